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


NO_PROFILE = Profile.model_construct()
"""Nothing is known of the person; made without a check, for which a start would have to build the validator."""


SizeName = Literal["employees", "revenue"]
SIZES: tuple[SizeName, ...] = ("employees", "revenue")
"""Facts of a company that may be a range."""


def written_size(name: SizeName) -> str:
    """Returns the field that has a size as it was written: `employees_written`."""
    return f"{name}_written"


_OF_SIZES = frozenset({*SIZES, *map(written_size, SIZES)})


class Company(Fact):
    """What is known of the company the person works for.

    A size that is a range, or has a currency, is also kept as written: `51-200`; its number is then the lower end.
    """

    name: str | None = None
    domain: str | None = None
    industry: str | None = None
    employees: int | None = None
    employees_written: str | None = None
    revenue: int | None = None
    revenue_written: str | None = None
    country: str | None = None
    infrastructure: str | None = None

    def size(self, name: SizeName) -> dict[str, int | str | None]:
        """Returns the number of a size and how it was written, by field; empty if nothing is known of it."""
        size = {name: getattr(self, name), written_size(name): getattr(self, written_size(name))}
        return size if any(part is not None for part in size.values()) else {}

    def plain_facts(self) -> dict[str, str | None]:
        """Returns all facts by field, without the sizes."""
        return {field: value for field, value in self if field not in _OF_SIZES}


NO_COMPANY = Company.model_construct()
"""Nothing is known of the company; made like `NO_PROFILE`."""


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


Cause = Literal["person", "complaint", "record"]
"""Who says that somebody wants mails or none: they did, they called one spam, or a tool's record of them does."""


class MailChoice(Fact):
    """Whether a person wants mails, as a signal says; an opt-out from text messages or calls is none."""

    wanted: bool
    cause: Cause = "person"


class Consent(Fact):
    """What a person agreed to for one purpose, or no longer does: since when, in which words, by what, and where.

    `claimed`: a form says so, which anybody can send, and no tool has confirmed it yet. After an unsubscription a claim
    gives nothing.
    """

    given: bool
    claimed: bool = False
    at: Instant
    text: str | None = None
    source: str
    page: str | None = None
