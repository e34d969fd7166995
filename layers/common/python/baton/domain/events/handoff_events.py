"""Events of a handoff, from the offer to the outcome."""

from enum import StrEnum
from typing import Literal

from baton.domain.accounts.form_handoffs import FormHandoffs
from baton.domain.basics.facts import Instant
from baton.domain.events.happened import Happened
from baton.domain.leads.clock import Clock
from baton.domain.leads.handoff import FULL_SCORE, Evidence
from baton.domain.leads.routing_choice import Routing
from baton.domain.terms.kept_terms import HandoffTerms


class HandoffOffered(Happened):
    """The lead was handed over to sales; the clocks run.

    `verdict` is what the rules said, where a person handed it over by hand. `company_key` tells of the lead's company,
    if one rep is to have its leads. `moves_line`: it waits for somebody.
    `by_form`: only forms know the lead; it is counted for a target account, whose counts are `forms` after it.
    `spares_capacity`: until somebody accepts it, it keeps no other lead from its owner.
    `probability`: it was drawn by lot, out of leads that nothing else had handed over, with this probability.
    """

    published = ("handoff_id", "trigger", "agreement_version", "team", "due_at", "moves_line")
    type: Literal["HandoffOffered"] = "HandoffOffered"
    handoff_id: str
    trigger: str
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    score: float | None = None
    full_score: int = FULL_SCORE
    verdict: tuple[str, ...] = ()
    persona: str | None = None
    agreement_version: int
    team: str
    owner: str | None = None
    clocks: tuple[Clock, ...]
    routing: Routing
    terms: HandoffTerms
    company_key: str | None = None
    due_at: Instant
    moves_line: bool = False
    by_form: bool = False
    form_account: str | None = None
    forms: FormHandoffs | None = None
    spares_capacity: bool = False
    probability: float | None = None


class HandoffReminded(Happened):
    """The owner was reminded, because a clock is running out."""

    published = ("handoff_id", "assignment", "clock", "deadline")
    type: Literal["HandoffReminded"] = "HandoffReminded"
    handoff_id: str
    assignment: int
    clock: str
    deadline: Instant


class RequestsTold(Happened):
    """The owner heard in one mail of `requests` for a person that had come too fast for a mail each, since a moment."""

    published = ("handoff_id", "assignment", "requests", "since")
    type: Literal["RequestsTold"] = "RequestsTold"
    handoff_id: str
    assignment: int
    requests: int
    since: Instant


class HandoffEscalated(Happened):
    """The manager was told; `again_at` is when Baton tries once more, where nobody could take the lead."""

    published = ("handoff_id", "assignment", "clock", "deadline", "again_at")
    type: Literal["HandoffEscalated"] = "HandoffEscalated"
    handoff_id: str
    assignment: int
    clock: str
    deadline: Instant
    why: str
    again_at: Instant | None = None


class HandoffReassigned(Happened):
    """Somebody else got the lead, or nobody yet; the clocks start anew.

    `moves_line`: whoever had it before can take another one, or it waits for somebody. `returned_for` is the agreed
    reason for which whoever had it gave it back, if they did. If it came to another team, `former_team` is the one that
    had it, and `terms` are what is agreed for it now.
    """

    published = ("handoff_id", "assignment", "team", "former_team", "due_at", "moves_line", "returned_for")
    type: Literal["HandoffReassigned"] = "HandoffReassigned"
    handoff_id: str
    assignment: int
    team: str | None = None
    former_team: str | None = None
    terms: HandoffTerms | None = None
    previous_owner: str | None = None
    owner: str | None = None
    reason: str
    returned_for: str | None = None
    clocks: tuple[Clock, ...]
    routing: Routing
    due_at: Instant
    moves_line: bool = False


class HandoffConfirmed(Happened):
    """More than forms know the lead by now, which waits for a rep: it moves to the line of such leads.

    It keeps its place by time, and its clocks run on. `moves_line`: somebody may have room for it now.
    """

    published = ("handoff_id", "assignment", "team", "moves_line")
    type: Literal["HandoffConfirmed"] = "HandoffConfirmed"
    handoff_id: str
    assignment: int
    team: str
    moves_line: bool = True


class ClocksMoved(Happened):
    """A meeting of the lead was booked, moved or called off, so that `clocks` are due at another time.

    With `next_at` it was its owner who said when they speak next, without a contact.
    """

    published = ("handoff_id", "assignment", "due_at", "next_at")
    type: Literal["ClocksMoved"] = "ClocksMoved"
    handoff_id: str
    assignment: int
    clocks: tuple[Clock, ...]
    due_at: Instant
    next_at: Instant | None = None


class OwnerNotified(Happened):
    """The mail that alerts the owner went out."""

    published = ("handoff_id", "assignment")
    type: Literal["OwnerNotified"] = "OwnerNotified"
    handoff_id: str
    assignment: int


class HandoffAccepted(Happened):
    """The owner took the lead; `clocks` are those that start by it."""

    published = ("handoff_id", "assignment")
    type: Literal["HandoffAccepted"] = "HandoffAccepted"
    handoff_id: str
    assignment: int
    clocks: tuple[Clock, ...] = ()


class ContactLogged(Happened):
    """Sales reached out to the lead; `clocks` are those that start by it.

    `outcome` is what came of it, and `next_at` when they speak again, as far as was said. `attempt` is its number in
    the handoff; events before December 2026 have none.
    """

    published = ("handoff_id", "assignment", "channel", "outcome", "next_at")
    type: Literal["ContactLogged"] = "ContactLogged"
    handoff_id: str
    assignment: int
    channel: str
    note: str | None = None
    outcome: str | None = None
    next_at: Instant | None = None
    attempt: int | None = None
    clocks: tuple[Clock, ...] = ()


class ReturnDestination(StrEnum):
    """Where a returned lead goes."""

    PARK = "park"
    DISQUALIFY = "disqualify"
    NURTURE = "nurture"
    NEXT_REP = "next_rep"


class HandoffReturned(Happened):
    """Sales gave the lead back, for an agreed reason."""

    published = ("handoff_id", "assignment", "team", "reason", "then")
    type: Literal["HandoffReturned"] = "HandoffReturned"
    handoff_id: str
    assignment: int
    team: str | None = None
    reason: str
    then: ReturnDestination
    note: str | None = None


class HandoffClosed(Happened):
    """Sales won or lost the lead."""

    published = ("handoff_id", "assignment", "team", "outcome")
    type: Literal["HandoffClosed"] = "HandoffClosed"
    handoff_id: str
    assignment: int
    team: str | None = None
    outcome: Literal["won", "lost"]
    reason: str | None = None
    amount: str | None = None
    worth: float | None = None
    """The number that `amount` was understood as; events before December 2026 have neither this nor `currency`."""
    currency: str | None = None


class HandoffRated(Happened):
    """Sales said what it thinks of the lead: 1 to 5 stars, and why."""

    published = ("handoff_id", "stars")
    type: Literal["HandoffRated"] = "HandoffRated"
    handoff_id: str
    stars: int
    note: str | None = None
