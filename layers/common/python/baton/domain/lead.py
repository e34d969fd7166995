"""The lead: one person, what is known of them, how qualified they are, and who holds them."""

from enum import StrEnum

from pydantic import ConfigDict

from baton.domain.handoff import Handoff
from baton.domain.model import Fact, Instant


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


class Profile(Fact):
    """What is known of the person."""

    first_name: str | None = None
    last_name: str | None = None
    title: str | None = None
    phone: str | None = None
    country: str | None = None

    def updated(self, newer: "Profile") -> "Profile":
        """The later answer replaces the earlier one; what was not answered stays."""
        return self.model_copy(update=newer.model_dump(exclude_none=True))


class Company(Fact):
    """What is known of the company the person works for."""

    name: str | None = None
    domain: str | None = None

    def updated(self, newer: "Company") -> "Company":
        """The later answer replaces the earlier one; what was not answered stays."""
        return self.model_copy(update=newer.model_dump(exclude_none=True))


class Activity(Fact):
    """One thing the lead did, as short as sales needs it."""

    at: Instant
    kind: str
    content: str | None = None


class Request(Fact):
    """The lead asked for a person: when, through which form, in which words, and giving which particulars.

    It is answered once sales was alerted and somebody took it from there.
    """

    at: Instant
    form: str
    message: str | None = None
    profile: Profile = Profile()
    answered: bool = False


class Lead(Fact):
    """The fold of a lead's events. A field that a newer Baton wrote is kept by an older one, as it is.

    `version` counts them; `timer` is the event whose deadline is being waited for, if any; `recent` holds the last
    few activities only, the timeline has them all.
    """

    model_config = ConfigDict(extra="allow")

    lead_id: str
    email: str
    profile: Profile = Profile()
    company: Company = Company()
    stage: Stage = Stage.LEAD
    status: Status = Status.NURTURING
    status_since: Instant
    channel: Channel = Channel.INBOUND
    source: str
    recent: tuple[Activity, ...] = ()
    request: Request | None = None
    handoff: Handoff | None = None
    review_on: Instant | None = None
    timer: str | None = None
    agreement_version: int
    version: int
    created_at: Instant
    updated_at: Instant
