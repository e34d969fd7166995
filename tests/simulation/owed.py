"""An independent reader of histories: what Baton has to do for a lead, when, and what became of it.

It knows the words of the events and nothing of the code that makes them. Each deadline is acted on exactly once, at or
after its time; or it is over for a reason that the reader can name, and is never acted on.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from baton.domain import events as e
from baton.domain.clock import Clock

FURTHER = ("remind", "escalate", "reassign")
ASLEEP = frozenset({"parked", "disqualified", "with_sales", "spam"})
WITHOUT_OWNER = {"remind": "nobody to remind", "reassign": "waits in a line"}
RETURNED = {"park": "parked", "disqualify": "disqualified", "nurture": "nurturing"}


@dataclass(slots=True)
class Due:
    """Something to do at a moment for the clock of a handoff or a duty, or because a lead is parked until then."""

    of: str
    at: datetime
    do: str
    ends_when: str
    again: bool = False


@dataclass
class Owed:
    """What is owed to one lead, as far as its history has been read."""

    lead_id: str
    ended: Counter[str]
    status: str = ""
    dues: list[Due] = field(default_factory=list)
    running: dict[str, Clock] = field(default_factory=dict)
    nobody_found: set[str] = field(default_factory=set)
    handoff_id: str | None = None
    assignment: int = 0
    owner: str | None = None
    nobody: bool = False
    duty_id: str | None = None
    held: bool = False
    look: datetime | None = None

    def read(self, recorded: e.Recorded) -> None:
        """Read one more event."""
        event, now, by_timer = recorded.event, recorded.at, recorded.by == "timer"
        match event:
            case e.LeadCaptured() | e.SignalRecorded():
                if self.status in ("", "spam"):
                    self.status = "spam" if event.spam else "nurturing"
            case e.HandoffOffered() | e.HandoffReassigned():
                self._given(event, now, by_timer)
            case e.HandoffAccepted() | e.ContactLogged():
                self._taken_up(event, now)
            case e.HandoffReturned() | e.HandoffClosed():
                self._ended(event)
            case e.HandoffReminded() | e.HandoffEscalated():
                self._acted(event, now, by_timer)
            case e.ReviewRequested() | e.AnswerRequested():
                self._asked(event, now, by_timer)
            case e.DutyReminded() | e.DutyEscalated():
                must(event.duty_id == self.duty_id and by_timer, "acts on a duty that is none")
                self._act("duty", event.deadline, now, "remind" if isinstance(event, e.DutyReminded) else "escalate")
            case e.LeadReviewed():
                must(event.duty_id == self.duty_id, "is reviewed for another duty than the open one")
                self._over("reviewed", lambda due: due.of in ("duty", "date"))
                self.status, self.duty_id = "nurturing", None
            case e.LeadParked() | e.LeadDisqualified():
                self._put_aside(event, now)
            case e.LookScheduled() | e.LeadHeldBack():
                must(event.due_at > now, "plans to look in the past")
                self.look, self.held = event.due_at, self.held or isinstance(event, e.LeadHeldBack)
            case e.LeadReleased():
                self.held = False

    # --- Sales

    def _given(self, event: e.HandoffOffered | e.HandoffReassigned, now: datetime, by_timer: bool) -> None:
        if isinstance(event, e.HandoffOffered):
            must(self.handoff_id is None, "is handed over twice")
            self._over("handed over", lambda _: True)
            self.handoff_id, self.assignment, self.duty_id = event.handoff_id, 1, None
            self.status, self.held, self.look = "with_sales", False, None
        else:
            must(event.handoff_id == self.handoff_id, "passes on what sales does not have")
            must(event.assignment == self.assignment + 1, "loses count of its owners")
            must(event.previous_owner == self.owner, "is taken from somebody who did not have it")
            if by_timer:
                late = [due for due in self.dues if due.at <= now and due.do == "reassign"]
                must(bool(late), "is passed on before its time")
                self.dues.remove(late[0])
                self.ended["acted"] += 1
            self._over("passed on", lambda _: True)
            self.assignment = event.assignment
        self.owner, self.nobody, self.running = event.owner, event.owner is None, {}
        self.nobody_found = set()
        self._begins(event.clocks, now)

    def _begins(self, clocks: tuple[Clock, ...], now: datetime) -> None:
        for clock in clocks:
            must(clock.started_at == now, "starts a clock at another time")
            self._over("begun anew", lambda due, name=clock.name: due.of == name)
            self.running.pop(clock.name, None)
            self.nobody_found.discard(clock.name)
            self.running[clock.name] = clock
            for deadline in clock.deadlines:
                if self.owner is None and deadline.do != "escalate":
                    self.ended["waits for its turn"] += 1
                    continue
                self._owe(clock.name, deadline.at, deadline.do, now, clock.stops_when)

    def _taken_up(self, event: e.HandoffAccepted | e.ContactLogged, now: datetime) -> None:
        must(event.handoff_id == self.handoff_id and self.owner is not None, "is taken up by nobody")
        done = ("accepted",) if isinstance(event, e.HandoffAccepted) else ("contacted", "acted")
        self.running = {name: clock for name, clock in self.running.items() if clock.stops_when not in done}
        heir = next((name for name in self.running if name in self.nobody_found), None)
        for due in self.dues:
            if due.again and due.ends_when in done and heir:
                due.of, due.ends_when = heir, self.running[heir].stops_when
        self._over("stopped", lambda due: due.ends_when in done)
        self._begins(event.clocks, now)

    def _ended(self, event: e.HandoffReturned | e.HandoffClosed) -> None:
        must(event.handoff_id == self.handoff_id, "ends what sales does not have")
        self._over("ended", lambda _: True)
        self.handoff_id, self.owner, self.running = None, None, {}
        self.status = event.outcome if isinstance(event, e.HandoffClosed) else RETURNED[event.then]

    def _acted(self, event: e.HandoffReminded | e.HandoffEscalated, now: datetime, by_timer: bool) -> None:
        must(event.handoff_id == self.handoff_id, "acts on a handoff that is over")
        must(event.assignment == self.assignment, "acts on an owner who lost the lead")
        again_at = event.again_at if isinstance(event, e.HandoffEscalated) else None
        if self.nobody and event.deadline == now:
            self.nobody = False  # the manager learns that nobody has it
        else:
            must(by_timer, "acts without a timer")
            self._act(
                event.clock, event.deadline, now, "remind" if isinstance(event, e.HandoffReminded) else "escalate"
            )
        if again_at:
            self._owe(event.clock, again_at, "reassign", now, self.running[event.clock].stops_when, again=True)

    # --- Marketing

    def _asked(self, event: e.ReviewRequested | e.AnswerRequested, now: datetime, by_timer: bool) -> None:
        if isinstance(event, e.ReviewRequested):
            date = [due for due in self.dues if due.of == "date"]
            if by_timer:
                must(bool(date), "is put up for review by a timer, and was not parked")
                self._act("date", date[0].at, now, "review")
            self._over("woken before its time", lambda due: due.of == "date")
            self.status, self.look = "in_review", self.look if self.held else None
        if event.clock:
            must(self.duty_id is None, "is owed two things at once")
            self.duty_id = event.duty_id
            for deadline in event.clock.deadlines:
                self._owe("duty", deadline.at, deadline.do, now, "reviewed")
        must(self.duty_id is not None, "is asked about, and nobody owes it an answer")

    def _put_aside(self, event: e.LeadParked | e.LeadDisqualified, now: datetime) -> None:
        self._over("put aside anew", lambda due: due.of == "date")
        self.status = "parked" if isinstance(event, e.LeadParked) else "disqualified"
        if isinstance(event, e.LeadParked):
            self._owe("date", event.due_at, "review", now, "woken")

    # --- What is owed

    def _owe(self, of: str, at: datetime, do: str, now: datetime, ends_when: str, *, again: bool = False) -> None:
        must(at > now, "has a deadline in the past")
        self.dues.append(Due(of, at, str(do), ends_when, again))

    def _act(self, of: str, deadline: datetime, now: datetime, did: str) -> None:
        """One act for all that is due of a clock: at the time of the last, and the one that goes furthest."""
        late = [due for due in self.dues if due.of == of and due.at <= now]
        must(bool(late), f"acts on {of} before its time, or twice")
        must(deadline == max(due.at for due in late), f"acts on another deadline of {of} than the last that is past")
        furthest = max((due.do for due in late), key=lambda do: FURTHER.index(do) if do in FURTHER else 0)
        must(did == furthest or (did, furthest) == ("escalate", "reassign"), f"does {did} where {furthest} is due")
        if did != furthest:
            self.nobody_found.add(of)
        self.ended["acted"] += 1
        self.ended["overtaken by a later step"] += len(late) - 1
        self.dues = [due for due in self.dues if due not in late]

    def _over(self, why: str, which: Callable[[Due], bool]) -> None:
        over = [due for due in self.dues if which(due)]
        if over:
            self.ended[why] += len(over)
            self.dues = [due for due in self.dues if not which(due)]

    def looked(self, now: datetime) -> None:
        """Baton has looked at what follows by time."""
        if self.look and self.look <= now:
            self.ended["looked"] += 1
            self.look = None

    def searches(self) -> None:
        """If nobody could be found who takes the lead from its owner, one clock looks again, and only one."""
        tries = sum(due.again for due in self.dues)
        must(tries <= 1, "looks for somebody with two clocks")
        wanted = self.owner is not None and any(name in self.nobody_found for name in self.running)
        must(tries == 1 or not wanted, "is to be passed on, and nobody is looked for any more")

    def moments(self) -> list[datetime]:
        """When Baton has to look at the lead."""
        looks = [self.look] if self.look and self.status not in ASLEEP else []
        return [*(due.at for due in self.dues), *looks]


class Broken(AssertionError):
    """Something is not as it was promised."""


def must(holds: bool, otherwise: str) -> None:
    """A promise.

    Raises:
        Broken: it does not hold.
    """
    if not holds:
        raise Broken(otherwise)
