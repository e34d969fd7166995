"""Stages, statuses and channels of leads, and the named sets of statuses that rules use."""

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


STAGE_RANK = {stage: rank for rank, stage in enumerate(Stage)}
"""The order of the stages, from 0 for `lead` to 3 for `customer`."""

CLOSED = (Status.WON, Status.LOST)
"""Sales has closed the lead."""
DORMANT = frozenset({Status.PARKED, Status.DISQUALIFIED})
"""The lead stays where it is until it asks for a person or does what wakes such leads."""
WITH_MARKETING = frozenset({Status.NURTURING, Status.IN_REVIEW})
"""Marketing has the lead, and it is not dormant."""
AWAITS_REVIEW = frozenset({Status.IN_REVIEW, Status.PARKED})
"""Marketing reviews the lead now, or on the date until which it is parked."""
OWED_A_STEP = (Status.IN_REVIEW, Status.PARKED, Status.WITH_SALES)
"""Marketing or sales owes the lead a next step, in the order in which the search for forgotten leads reads them."""
OPEN_TO_TRIGGERS = WITH_MARKETING.union(CLOSED)
"""A trigger may hand the lead over, or a person may hold it back from that."""
NOT_FOR_HANDOVER = frozenset({Status.WITH_SALES, Status.SPAM})
"""The statuses in which no trigger hands the lead over."""
NOT_FOR_REVIEW = NOT_FOR_HANDOVER.union(CLOSED)
"""Marketing cannot review the lead."""
NOT_JUDGED = frozenset({Status.SPAM})
"""The lead is neither scored nor qualified."""
RESCORING_ORDER = (Status.WITH_SALES, *CLOSED, Status.IN_REVIEW, Status.PARKED, Status.DISQUALIFIED, Status.NURTURING)
"""A lead that rescoring hands over or puts up for review comes into a queue that is done already."""
FURTHEST_FIRST = (
    *(Status.WITH_SALES, Status.IN_REVIEW, Status.WON, Status.PARKED, Status.LOST, Status.DISQUALIFIED),
    *(Status.NURTURING, Status.SPAM),
)
"""The order of statuses in a merge: of two leads, the one whose status comes first here stays."""


class Channel(StrEnum):
    """Whether the lead came to us, or we went to the lead."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Suspicion(StrEnum):
    """Why a form was taken for spam: its hidden field was filled, it came too fast, or its captcha was not solved."""

    HONEYPOT = "honeypot"
    TOO_FAST = "too_fast"
    CAPTCHA = "captcha"
