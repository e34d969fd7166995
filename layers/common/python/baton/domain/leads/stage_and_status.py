"""How qualified a lead is, who holds it, and on which way it came."""

from enum import StrEnum


class Stage(StrEnum):
    """How qualified a lead is."""

    LEAD = "lead"
    MQL = "mql"
    SQL = "sql"
    CUSTOMER = "customer"


class Status(StrEnum):
    """Who holds a lead."""

    NURTURING = "nurturing"
    IN_REVIEW = "in_review"
    PARKED = "parked"
    DISQUALIFIED = "disqualified"
    WITH_SALES = "with_sales"
    WON = "won"
    LOST = "lost"
    SPAM = "spam"


class Channel(StrEnum):
    """Whether the lead came to us, or we went to the lead."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Suspicion(StrEnum):
    """Why a form was taken for a robot's: the trap was filled, it came too fast, or a puzzle was not solved."""

    HONEYPOT = "honeypot"
    TOO_FAST = "too_fast"
    CAPTCHA = "captcha"
