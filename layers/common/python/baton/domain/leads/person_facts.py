"""Facts of the person and the company: profile, firmographics, answers to BANT, consents."""

from typing import Literal

from baton.domain.basics.facts import Fact, Instant


class Profile(Fact):
    """What is known of the person."""

    first_name: str | None = None
    last_name: str | None = None
    title: str | None = None
    phone: str | None = None
    country: str | None = None
    region: str | None = None
    language: str | None = None


class Company(Fact):
    """What is known of the company the person works for."""

    name: str | None = None
    domain: str | None = None
    industry: str | None = None
    employees: int | None = None
    revenue: int | None = None
    country: str | None = None
    infrastructure: str | None = None


Need = Literal["budget", "authority", "need", "timeline"]
BANT: tuple[Need, ...] = ("budget", "authority", "need", "timeline")
AnswerValue = str | int | float | bool
Existing = Literal["fill", "replace", "keep"]
"""What a list does to facts that are known already: it fills gaps only, replaces by what is newer, or keeps all."""


class Answer(Fact):
    """An answer to one of the four questions of BANT: what was said, where and when.

    `met` is a person's word on whether it is good enough; without one, the agreement tells.
    """

    value: AnswerValue
    met: bool | None = None
    source: str
    at: Instant


class Consent(Fact):
    """What a person agreed to for one purpose, or no longer does: since when, in which words, by what, and where."""

    given: bool
    at: Instant
    text: str | None = None
    source: str
    page: str | None = None
