"""A handoff: the lead in sales' hands, with the terms that were agreed when it was offered."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import ConfigDict

from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.staff_addresses import StaffAddress
from baton.domain.leads.clock import Clock, Deadline
from baton.domain.leads.ownership import OwnerNews, OwnershipPeriod
from baton.domain.leads.routing_choice import NO_TERRITORY, SHARED_LINE, LineKey, Routing
from baton.domain.terms.kept_terms import DeadlineAction, HandoffTerms


class HandoffState(StrEnum):
    """How far sales is with it."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    CONTACTED = "contacted"
    RETURNED = "returned"
    WON = "won"
    LOST = "lost"


OPEN_STATES = frozenset({HandoffState.OFFERED, HandoffState.ACCEPTED, HandoffState.CONTACTED})


class Contact(Fact):
    """A contact that sales logged: what came of it, if that was said, and when they speak again, if that is agreed."""

    at: Instant
    channel: str
    note: str | None = None
    outcome: str | None = None
    next_at: Instant | None = None


class Rating(Fact):
    """What sales thinks of a lead that it got: 1 to 5 stars, and why."""

    stars: int
    note: str | None = None
    at: Instant
    by: StaffAddress


FULL_SCORE = 100
"""The full score unless an agreement has another."""
_OUT_OF = "out of "


def limits_out_of(full_score: int) -> tuple[str, str, str]:
    """Returns the names of the ledger's lines that say what the agreed limits cut; no rule is called so."""
    return "fit limits", "engagement limits", f"{_OUT_OF}{full_score}"


def is_limit(rule: str) -> bool:
    """Tells whether a line of the ledger says what a limit cut."""
    return rule in ("fit limits", "engagement limits") or rule.startswith(_OUT_OF)


class Evidence(Fact):
    """A line of the ledger, as it stood when the lead was handed over: points of the score, and the event behind it."""

    rule: str
    points: float
    at: Instant
    signal: str | None = None


class Handoff(Fact):
    """One handover of a lead to sales.

    `assignment` counts to whom it was given: 1 for the first owner. `had_it` are all owners so far. The agreement's
    terms are frozen in it, so that a later agreement does not change a running clock. `score`, out of `full_score`,
    and `evidence` are the score and its parts at that moment, `persona`, `source`, `campaign`, `channel` and
    `territory` what the lead was then, `company_key` tells of its company, if one rep is to have its leads; `verdict`
    is what the rules said, where it was handed over by hand. `amount` is what a deal is worth as sales wrote it,
    `worth` and `currency` what that was understood as. `stints` say who held the lead when, `news` what its owner
    heard of it lately. `attempts` counts the contacts, `unanswered` those that reached nobody, as far as was said,
    and `reached_after` those up to the first that did. `meeting_at` is the start of the lead's next meeting. `by_form`:
    only forms knew the lead, which anybody can send; `form_account` is its target account then. With
    `spares_capacity` it is counted among what keeps no other lead from its owner; a handoff by a form that an older
    Baton offered is counted so for a `form_account` only. Both end once more than forms know a lead that waits.
    `probability`: it was drawn by lot with this probability. A field that a newer Baton wrote is kept by
    an older one, as it is.
    """

    model_config = ConfigDict(extra="allow")

    handoff_id: str
    lead_id: str
    trigger: str
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    score: float | None = None
    full_score: int = FULL_SCORE
    verdict: tuple[str, ...] = ()
    persona: str | None = None
    source: str | None = None
    campaign: str | None = None
    channel: str | None = None
    agreement_version: int
    state: HandoffState = HandoffState.OFFERED
    owner: StaffAddress | None = None
    team: str
    offered_at: Instant
    assigned_at: Instant
    assigned_by: StaffAddress | None = None
    assigned_because: str | None = None
    assignment: int = 1
    had_it: tuple[str, ...] = ()
    territory: str | None = None
    company_key: str | None = None
    next_step: str
    clocks: tuple[Clock, ...]
    routing: Routing
    terms: HandoffTerms
    stints: tuple[OwnershipPeriod, ...] = ()
    news: OwnerNews | None = None
    by_form: bool = False
    form_account: str | None = None
    spares_capacity: bool = False
    probability: float | None = None
    contact: Contact | None = None
    attempts: int = 0
    unanswered: int = 0
    reached_after: int | None = None
    meeting_at: Instant | None = None
    rating: Rating | None = None
    return_reason: str | None = None
    return_note: str | None = None
    outcome_reason: str | None = None
    amount: str | None = None
    worth: float | None = None
    currency: str | None = None
    ended_at: Instant | None = None
    ended_by: StaffAddress | None = None

    @property
    def is_open(self) -> bool:
        """Tells whether sales still holds the lead."""
        return self.state in OPEN_STATES

    @property
    def is_waiting(self) -> bool:
        """Tells whether the lead waits in a line for a rep who can take it."""
        return self.is_open and self.owner is None

    @property
    def was_taken(self) -> bool:
        """Tells whether anybody in sales has accepted it, or reached out."""
        taken = any(period.accepted_at or period.contacted_at for period in self.stints)
        return taken or self.state not in (HandoffState.OFFERED, HandoffState.RETURNED)

    @property
    def needs_room_beside_all(self) -> bool:
        """Tells whether its owner must have room beside all that they hold: only a form says it, nobody accepted it."""
        return self.spares_capacity and not self.was_taken

    @property
    def waits_for_a_word(self) -> bool:
        """Tells whether it keeps no other lead from its owner: only a form says it, and nobody accepted it."""
        return self.is_open and (self.spares_capacity or self.form_account is not None) and not self.was_taken

    @property
    def line_key(self) -> LineKey:
        """Returns the line in which the lead waits, if it does."""
        had_it = () if SHARED_LINE in self.routing.besides else tuple(sorted(self.had_it))
        return had_it, self.routing.besides, self.needs_room_beside_all

    @property
    def time_zone(self) -> str:
        """Returns the time zone of its times for people: the owner's, else that of the agreed calendar, else UTC."""
        return self.routing.time_zone or (self.terms.calendar.time_zone if self.terms.calendar else "UTC")

    @property
    def pool(self) -> str:
        """Returns the name of the pool of reps who share leads like this one."""
        return self.territory or NO_TERRITORY

    def ownership_period(self, assignment: int) -> OwnershipPeriod | None:
        """Returns the nth assignment of the handoff; None if it is not stored, as only the first and last ones are."""
        if assignment == 1:
            return next(iter(self.stints), None)
        ago = self.assignment - assignment
        return self.stints[-1 - ago] if 0 <= ago < len(self.stints) - 1 else None


def handoff_id_of(lead_id: str, number: int) -> str:
    """Returns the id of a lead's nth handoff, which begins with the lead's id."""
    return f"{lead_id}-{number:03d}"


def handoff_number(handoff: Handoff | None) -> int:
    """Returns the number of a handoff of its lead; 0 for None."""
    return int(handoff.handoff_id.rsplit("-", 1)[1]) if handoff else 0


def retry_count(clocks: Iterable[Clock]) -> int:
    """Returns how often Baton has tried again to find a rep for the lead."""
    return max((deadline.tries for clock in clocks for deadline in clock.deadlines), default=0)


def pending_deadlines(handoff: Handoff, clock: Clock) -> list[Deadline]:
    """Returns the clock's deadlines at which Baton still has to act.

    While the lead waits in a line there is nobody to remind, and it is passed on when its turn comes; the manager is
    told, also when Baton was to try again because nobody is left.
    """
    if not handoff.is_open:
        return []
    return [d for d in clock.pending_deadlines if handoff.owner or d.do is DeadlineAction.ESCALATE or d.tries]


def next_handoff_deadline(handoff: Handoff | None) -> Instant | None:
    """Returns the earliest moment at which Baton has to look at the handoff again, if there is one."""
    if handoff is None:
        return None
    moments = [d.at for clock in handoff.clocks for d in pending_deadlines(handoff, clock)]
    return min([*moments, *([digest] if (digest := requests_due_at(handoff)) else [])], default=None)


def requests_due_at(handoff: Handoff) -> Instant | None:
    """Returns when the owner hears, in one mail, of the requests that came too fast for a mail each."""
    return handoff.news.due_at if handoff.news and handoff.owner and handoff.is_open else None
