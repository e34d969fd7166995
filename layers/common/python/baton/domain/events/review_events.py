"""Events of marketing's reviews of a lead, and of the duties that come with them."""

from typing import Literal

from pydantic import Field

from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.staff_addresses import StaffAddress
from baton.domain.events.happened import Happened
from baton.domain.leads.clock import Clock
from baton.domain.leads.duty import DutyKind, Verdict


class LeadParked(Happened):
    """Right lead, wrong time: it is looked at again on `due_at`."""

    published = ("due_at",)
    type: Literal["LeadParked"] = "LeadParked"
    due_at: Instant


class LeadDisqualified(Happened):
    """We cannot help this lead as things are."""

    published = ("reason",)
    type: Literal["LeadDisqualified"] = "LeadDisqualified"
    reason: str


class DutyOpened(Fact):
    """A duty of marketing towards the lead began; it has a kind and a deadline."""

    duty_id: str | None = None
    team: str | None = None
    clock: Clock | None = None
    agreement_version: int | None = None
    due_at: Instant | None = None


class ReviewRequested(DutyOpened, Happened):
    """Marketing is to look at the lead; without `duty_id`, because it owes the lead an answer already."""

    published = ("why", "duty_id", "due_at")
    type: Literal["ReviewRequested"] = "ReviewRequested"
    why: str


class AnswerRequested(DutyOpened, Happened):
    """Marketing is to answer why sales gave the lead back."""

    published = ("handoff_id", "reason", "duty_id", "due_at")
    type: Literal["AnswerRequested"] = "AnswerRequested"
    handoff_id: str
    reason: str


class DutyReminded(Happened):
    """Marketing was reminded, because the clock of a duty is running out."""

    published = ("duty_id", "kind", "deadline")
    type: Literal["DutyReminded"] = "DutyReminded"
    duty_id: str
    kind: DutyKind
    deadline: Instant


class DutyEscalated(Happened):
    """Marketing's manager was told that a duty is late."""

    published = ("duty_id", "kind", "deadline")
    type: Literal["DutyEscalated"] = "DutyEscalated"
    duty_id: str
    kind: DutyKind
    deadline: Instant


class ReviewClaimed(Happened):
    """Somebody in marketing is on the review, until then; `taken_from` is who was on it before."""

    published = ("duty_id", "until")
    type: Literal["ReviewClaimed"] = "ReviewClaimed"
    duty_id: str
    until: Instant
    taken_from: StaffAddress | None = None


class LeadReviewed(Happened):
    """Marketing has looked at the lead: what it said, with which answers to the checklist, why, and until when."""

    published = ("verdict", "duty_id")
    type: Literal["LeadReviewed"] = "LeadReviewed"
    verdict: Verdict
    duty_id: str | None = None
    answers: dict[str, bool] = Field(default_factory=dict)
    reason: str | None = None
    review_on: Instant | None = None
    agreement_version: int
