"""Reads histories, independently of Baton: what Baton has to do for a lead, when, and what became of it.

It knows the words of the events, and nothing of the code that makes them.
"""

from collections import Counter
from datetime import datetime

from baton.domain.events.handoff_events import (
    ContactLogged,
    HandoffAccepted,
    HandoffClosed,
    HandoffEscalated,
    HandoffOffered,
    HandoffReassigned,
    HandoffReminded,
    HandoffReturned,
)
from baton.domain.events.lead_events import LeadHeldBack, LeadReleased, LookScheduled, LookTaken
from baton.domain.events.recorded import Event, Recorded
from baton.domain.events.review_events import (
    AnswerRequested,
    DutyEscalated,
    DutyReminded,
    LeadDisqualified,
    LeadParked,
    LeadReviewed,
    ReviewRequested,
)
from baton.domain.events.signal_events import LeadCaptured, SignalRecorded
from baton.domain.leads.clock import Clock
from tests.simulation.broken_rules import must
from tests.simulation.open_deadlines import OpenDeadline, OpenDeadlines

ASLEEP = frozenset({"parked", "disqualified", "with_sales", "spam"})
RETURNED = {"park": "parked", "disqualify": "disqualified", "nurture": "nurturing"}


class HistoryCheck:
    """What is owed to one lead, as far as its history has been read."""

    def __init__(self, lead_id: str, ended: Counter[str]) -> None:
        self.lead_id, self.open_deadlines = lead_id, OpenDeadlines(ended)
        self.status = ""
        self.handoff_id: str | None = None
        self.assignment, self.owner = 0, None
        self.running: dict[str, Clock] = {}
        self.nobody_found: set[str] = set()
        self.nobody_has_it = False
        self.duty_id: str | None = None
        self.held, self.look = False, None

    def read(self, recorded: Recorded) -> None:
        """Read one more event."""
        event, now, by_timer = recorded.event, recorded.at, recorded.by == "timer"
        match event:
            case LeadCaptured() | SignalRecorded():
                if self.status in ("", "spam"):
                    self.status = "spam" if event.spam else "nurturing"
            case HandoffOffered() | HandoffReassigned():
                self._given(event, now, by_timer)
            case HandoffAccepted() | ContactLogged():
                self._taken_up(event, now)
            case HandoffReturned() | HandoffClosed():
                self._ended(event)
            case HandoffReminded() | HandoffEscalated():
                self._acted(event, now, by_timer)
            case ReviewRequested() | AnswerRequested():
                self._asked(event, now, by_timer)
            case DutyReminded() | DutyEscalated():
                must(event.duty_id == self.duty_id and by_timer, "acts on a duty that is none")
                self.open_deadlines.acts("duty", event.deadline, now, _did(event))
            case LeadReviewed():
                must(event.duty_id == self.duty_id, "is reviewed for another duty than the open one")
                self.open_deadlines.over("reviewed", lambda due: due.of in ("duty", "date"))
                self.status, self.duty_id = "nurturing", None
            case LeadParked() | LeadDisqualified():
                self._put_aside(event, now)
            case LookScheduled() | LeadHeldBack() | LeadReleased() | LookTaken():
                self._waits(event, now)

    # --- Sales

    def _given(self, event: HandoffOffered | HandoffReassigned, now: datetime, by_timer: bool) -> None:
        if isinstance(event, HandoffOffered):
            must(self.handoff_id is None, "is handed over twice")
            self.open_deadlines.over("handed over")
            self.handoff_id, self.assignment, self.duty_id = event.handoff_id, 1, None
            self.status, self.held, self.look = "with_sales", False, None
        else:
            must(event.handoff_id == self.handoff_id, "passes on what sales does not have")
            must(event.assignment == self.assignment + 1, "loses count of its owners")
            must(event.previous_owner == self.owner, "is taken from somebody who did not have it")
            if by_timer:
                self.open_deadlines.passes_on(now)
            self.open_deadlines.over("passed on")
            self.assignment = event.assignment
        waits_on = isinstance(event, HandoffReassigned) and bool(event.former_team) and event.previous_owner is None
        self.owner, self.nobody_has_it = event.owner, event.owner is None and not waits_on
        self.running, self.nobody_found = {}, set()
        self._begins(event.clocks, now)

    def _begins(self, clocks: tuple[Clock, ...], now: datetime) -> None:
        for clock in clocks:
            must(clock.started_at == now, "starts a clock at another time")
            self.open_deadlines.over("begun anew", lambda due, name=clock.name: due.of == name)
            self.nobody_found.discard(clock.name)
            self.running.pop(clock.name, None)
            self.running[clock.name] = clock
            for deadline in clock.deadlines:
                if self.owner or deadline.do == "escalate":
                    self.open_deadlines.owe(
                        OpenDeadline(clock.name, deadline.at, str(deadline.do), clock.stops_when), now
                    )
                else:
                    self.open_deadlines.ended["waits for its turn"] += 1

    def _taken_up(self, event: HandoffAccepted | ContactLogged, now: datetime) -> None:
        must(event.handoff_id == self.handoff_id and self.owner is not None, "is taken up by nobody")
        done = ("accepted",) if isinstance(event, HandoffAccepted) else ("contacted", "acted")
        self.running = {name: clock for name, clock in self.running.items() if clock.stops_when not in done}
        if heir := next((clock for name, clock in self.running.items() if name in self.nobody_found), None):
            self.open_deadlines.inherit(heir.name, heir.stops_when, done)
        self.open_deadlines.over("stopped", lambda due: due.ends_when in done)
        self._begins(event.clocks, now)

    def _ended(self, event: HandoffReturned | HandoffClosed) -> None:
        must(event.handoff_id == self.handoff_id, "ends what sales does not have")
        self.open_deadlines.over("ended")
        self.handoff_id, self.owner, self.running = None, None, {}
        self.status = event.outcome if isinstance(event, HandoffClosed) else RETURNED[event.then]

    def _acted(self, event: HandoffReminded | HandoffEscalated, now: datetime, by_timer: bool) -> None:
        must(event.handoff_id == self.handoff_id, "acts on a handoff that is over")
        must(event.assignment == self.assignment, "acts on an owner who lost the lead")
        if self.nobody_has_it and event.deadline == now:
            self.nobody_has_it = False  # the manager learns of it once
        else:
            must(by_timer, "acts without a timer")
            if not self.open_deadlines.acts(event.clock, event.deadline, now, _did(event)):
                self.nobody_found.add(event.clock)
        if isinstance(event, HandoffEscalated) and event.again_at:
            ends_when = self.running[event.clock].stops_when
            self.open_deadlines.owe(OpenDeadline(event.clock, event.again_at, "reassign", ends_when, again=True), now)

    # --- Marketing

    def _asked(self, event: ReviewRequested | AnswerRequested, now: datetime, by_timer: bool) -> None:
        if isinstance(event, ReviewRequested):
            date = [due for due in self.open_deadlines.left if due.of == "date"]
            if by_timer:
                must(bool(date), "is put up for review by a timer, and was not parked")
                self.open_deadlines.acts("date", date[0].at, now, "review")
            self.open_deadlines.over("woken before its time", lambda due: due.of == "date")
            self.status, self.look = "in_review", self.look if self.held else None
        if event.clock:
            must(self.duty_id is None, "is owed two things at once")
            self.duty_id = event.duty_id
            for deadline in event.clock.deadlines:
                self.open_deadlines.owe(OpenDeadline("duty", deadline.at, str(deadline.do), "reviewed"), now)
        must(self.duty_id is not None, "is asked about, and nobody owes it an answer")

    def _put_aside(self, event: LeadParked | LeadDisqualified, now: datetime) -> None:
        self.open_deadlines.over("put aside anew", lambda due: due.of == "date")
        self.status = "parked" if isinstance(event, LeadParked) else "disqualified"
        if isinstance(event, LeadParked):
            self.open_deadlines.owe(OpenDeadline("date", event.due_at, "review", "woken"), now)

    # --- What follows

    def _waits(self, event: LookScheduled | LeadHeldBack | LeadReleased | LookTaken, now: datetime) -> None:
        match event:
            case LookTaken():
                must(self.look is not None and self.look <= now, "says that it was looked at, and it was not")
            case LeadReleased():
                self.held = False
            case _:
                must(event.due_at > now, "plans to look in the past")
                self.look, self.held = event.due_at, self.held or isinstance(event, LeadHeldBack)

    def looked(self, now: datetime) -> None:
        """Baton has looked at what follows by time."""
        if self.look and self.look <= now:
            self.open_deadlines.ended["looked"] += 1
            self.look = None

    def searches(self) -> None:
        """If nobody could be found who takes the lead from its owner, one clock looks again, and only one."""
        must(self.open_deadlines.searches <= 1, "looks for somebody with two clocks")
        wanted = self.owner is not None and any(name in self.nobody_found for name in self.running)
        must(self.open_deadlines.searches == 1 or not wanted, "is to be passed on, and nobody is looked for any more")

    def moments(self) -> list[datetime]:
        """When Baton has to look at the lead."""
        looks = [self.look] if self.look and self.status not in ASLEEP else []
        return [*(due.at for due in self.open_deadlines.left), *looks]


def _did(event: Event) -> str:
    return "remind" if isinstance(event, HandoffReminded | DutyReminded) else "escalate"
