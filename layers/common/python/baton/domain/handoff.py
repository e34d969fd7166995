"""A handoff: the lead in sales' hands, with the terms that were agreed when it was offered."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import ConfigDict

from baton.agreement.model import Act, ClockTerms, HandoffTerms
from baton.domain.model import Fact, Instant


class HandoffState(StrEnum):
    """How far sales is with it."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    CONTACTED = "contacted"
    RETURNED = "returned"
    WON = "won"
    LOST = "lost"


OPEN = frozenset({HandoffState.OFFERED, HandoffState.ACCEPTED, HandoffState.CONTACTED})


class Deadline(Fact):
    """A moment at which Baton acts unless somebody has; `done` once it did, or once a later one overtook it.

    `tries` is 0 for a step of the agreed ladder, and counts the attempts that follow where nobody could take the lead.
    """

    at: Instant
    do: Act
    done: bool = False
    tries: int = 0


class Clock(Fact):
    """A running or stopped clock of a handoff, with its deadlines in order."""

    name: str
    started_at: Instant
    due_at: Instant
    stops_when: str
    stopped_at: Instant | None = None
    deadlines: tuple[Deadline, ...] = ()

    def breached(self, now: Instant) -> bool:
        """Whether it had not been stopped in time, or has not been by now."""
        return (self.stopped_at or now) > self.due_at


class Skipped(Fact):
    """Somebody who could have had the lead, and why they did not get it."""

    rep: str
    why: str


class Routing(Fact):
    """Who was chosen, why, and who was not."""

    chosen: str | None = None
    why: str
    skipped: tuple[Skipped, ...] = ()


class Contact(Fact):
    """A contact that sales logged."""

    at: Instant
    channel: str
    note: str | None = None


class Evidence(Fact):
    """A line of the ledger, as it stood when the lead was handed over: points out of 100, and the event behind it."""

    rule: str
    points: float
    at: Instant
    signal: str | None = None


class Handoff(Fact):
    """One handover of a lead to sales.

    `assignment` counts to whom it was given: 1 for the first owner. `had_it` are all owners so far. The agreement's
    terms are frozen in it, so that a later agreement does not change a running clock. `score` and `evidence` are the
    score and its parts at that moment; `verdict` is what the rules said, where it was handed over by hand. A field that
    a newer Baton wrote is kept by an older one, as it is.
    """

    model_config = ConfigDict(extra="allow")

    handoff_id: str
    lead_id: str
    trigger: str
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    score: float | None = None
    verdict: tuple[str, ...] = ()
    agreement_version: int
    state: HandoffState = HandoffState.OFFERED
    owner: str | None = None
    team: str
    offered_at: Instant
    assigned_at: Instant
    assigned_by: str | None = None
    assigned_because: str | None = None
    assignment: int = 1
    had_it: tuple[str, ...] = ()
    next_step: str
    clocks: tuple[Clock, ...]
    routing: Routing
    terms: HandoffTerms
    contact: Contact | None = None
    return_reason: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether sales still holds the lead."""
        return self.state in OPEN


def handoff_id_of(lead_id: str, number: int) -> str:
    """The id of a lead's nth handoff; the lead's id is read back from it."""
    return f"{lead_id}-{number:03d}"


def handoff_number(handoff: Handoff | None) -> int:
    """Which handoff of its lead this is; 0 before the first."""
    return int(handoff.handoff_id.rsplit("-", 1)[1]) if handoff else 0


def start_clock(name: str, terms: ClockTerms, now: Instant) -> Clock:
    """Start a clock now: when it is due and when Baton acts follow from the agreed terms."""
    deadlines = tuple(Deadline(at=now + terms.within * step.at, do=step.do) for step in terms.ladder)
    return Clock(name=name, started_at=now, due_at=now + terms.within, stops_when=terms.stops_when, deadlines=deadlines)


def tries(clocks: Iterable[Clock]) -> int:
    """How often Baton has tried again to find somebody for the lead."""
    return max((deadline.tries for clock in clocks for deadline in clock.deadlines), default=0)


def waiting(handoff: Handoff, clock: Clock) -> list[Deadline]:
    """The clock's deadlines at which Baton still has to act; without an owner there is nobody to remind."""
    if not handoff.is_open or clock.stopped_at:
        return []
    return [d for d in clock.deadlines if not d.done and (handoff.owner or d.do is not Act.REMIND)]


def next_deadline(handoff: Handoff | None) -> Instant | None:
    """The earliest moment at which Baton has to look at the handoff again, if any."""
    if handoff is None:
        return None
    return min((d.at for clock in handoff.clocks for d in waiting(handoff, clock)), default=None)
