"""Checks a simulated year after each command, and once more at its end."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random

from baton.domain.events.recorded import Event, Recorded
from baton.domain.follow_up.forgotten import why_forgotten
from baton.domain.history.change import Change
from baton.domain.history.lead_fold import fold
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.qualification.audit import AUDIT
from baton.domain.qualification.triggers import due_handover
from tests.simulation.assignment_check import AssignmentCheck
from tests.simulation.broken_rules import RuleBroken, must
from tests.simulation.business_time_check import BusinessTimeCheck
from tests.simulation.history_check import HistoryCheck
from tests.simulation.strangers_check import StrangersCheck
from tests.simulation.year import Year

FOLDED = 4
"""One lead of so many is made anew from its history at the end, for that takes time."""


class YearCheck:
    """Reads along for a year, and finds what Baton forgets, does twice, or should not do."""

    def __init__(self, year: Year) -> None:
        self.year, self.chance = year, Random(year.seed)
        self.ended = Counter[str]()
        self.owed: dict[str, HistoryCheck] = {}
        self.assignments = AssignmentCheck(year)
        self.counted = BusinessTimeCheck(year.seed)
        self.strangers = StrangersCheck(year)
        self.touched: list[Change] = []
        year.commands.watchers.append(self.read)
        year.after_each.append(self.check)
        self._inspect()

    def read(self, change: Change, considered: bool) -> None:
        """Read what a command has changed."""
        owed = self.owed.setdefault(change.lead_id, HistoryCheck(change.lead_id, self.ended))
        self.touched.append(change)
        self.counted.read(change)
        with self._of(change):
            for recorded in change.events:
                owed.read(recorded)
                self.assignments.read(recorded)
            if considered:
                owed.looked(self.year.now)
            owed.searches()
            self.strangers.read(change)
            self._agrees(owed, change.after)

    def check(self) -> None:
        """For each moment at which Baton has to do something a timer waits, even if that will be late."""
        for change in self.touched:
            if moments := self.owed[change.lead_id].moments():
                with self._of(change):
                    awaited = self.year.timers.looks_by(change.lead_id, min(moments))
                    must(awaited, f"has a deadline at {min(moments)} that no timer waits for")
        self.touched.clear()

    def _inspect(self) -> None:
        """Now and then somebody looks whether anybody waits who need not."""
        self.year.plan(timedelta(minutes=self.chance.randint(1, 60 * 24)), self._inspect)
        self.assignments.inspect()

    @contextmanager
    def _of(self, change: Change) -> Iterator[None]:
        try:
            yield
        except RuleBroken as broken:
            raise RuleBroken(f"{change.lead_id} {broken}\n{_told(change)}") from broken

    def _agrees(self, owed: HistoryCheck, lead: Lead | None) -> None:
        """The lead is as the reader understands its history."""
        must(lead is not None and lead.status.value == owed.status, f"should be {owed.status}")
        handoff = lead.handoff if lead and lead.handoff and lead.handoff.is_open else None
        must((handoff.handoff_id if handoff else None) == owed.handoff_id, "has another handoff than was offered")
        must(handoff is None or handoff.owner == owed.owner, "has another owner than it was given to")

    # --- Once the year is over

    def close(self) -> None:
        """Check what became of everything.

        Raises:
            RuleBroken: something was missed, is forgotten, or does not follow from its history.
        """
        for number, (lead_id, lead) in enumerate(self.year.commands.leads.items()):
            try:
                self._is_finished(self.owed[lead_id], lead)
                if number % FOLDED == self.year.seed % FOLDED:
                    self._follows(lead)
            except RuleBroken as broken:
                raise RuleBroken(f"at the end, {lead_id} {broken}") from broken
        self.assignments.close()
        self.strangers.close()
        self.counted.close()

    def _is_finished(self, owed: HistoryCheck, lead: Lead) -> None:
        """Whatever was due was done, and somebody or some moment will move the lead on."""
        now = self.year.now
        must(all(due.at > now for due in owed.open_deadlines.left), "has missed a deadline")
        must(all(moment > now for moment in owed.moments()), "was not looked at")
        why = why_forgotten(lead, now, lambda _team: now)  # who waits for nobody in particular is inspected apart
        must(why is None, f"is forgotten, as Baton says: {why}")
        match owed.status:
            case "with_sales":
                must(bool(owed.running), "lies with sales, and nothing is expected")
                waits = owed.lead_id in self.assignments.waiting
                must((owed.owner is None) == waits, "has no owner, and is not in line for one")
            case "in_review":
                must(owed.duty_id is not None, "waits for a review that nobody owes it")
            case "parked":
                must(any(each.of == "date" for each in owed.open_deadlines.left), "is parked for ever")
            case "nurturing":
                standing = self.year.commands.standing(lead, now)
                due = due_handover(lead, standing, self.year.commands.target(lead), now)
                must(due is None or due.trigger == AUDIT, "should be with sales")  # a drawn lead waits for time

    def _follows(self, lead: Lead) -> None:
        """The lead is what its history makes of it."""
        history = self.year.commands.histories[lead.lead_id]
        kept = [Recorded.model_validate_json(recorded.model_dump_json()) for recorded in history]
        stored = Lead.model_validate_json(lead.model_dump_json(exclude={"tally"}))
        must(fold(kept) == stored, "does not follow from its history, as the table keeps both")

    @property
    def deadlines(self) -> int:
        """How many deadlines there were that have come to an end."""
        return sum(self.ended.values())

    @property
    def fingerprint(self) -> str:
        """What tells this year from any other."""
        digest = hashlib.sha256()
        for history in self.year.commands.histories.values():
            for recorded in history:
                digest.update(f"{recorded.event_id} {recorded.at} {recorded.by} {recorded.event!r}\n".encode())
        return digest.hexdigest()


def _told(change: Change) -> str:
    """What has just happened, and what the lead was before, for whoever looks for the fault."""
    happened = [f"  {recorded.at} {recorded.by}: {_short(recorded.event)}" for recorded in change.events]
    before = change.before
    handoff = before.handoff if before else None
    return "\n".join([*happened, f"  before: {before.status if before else None}, {_clocks(handoff)}"])


def _short(event: Event) -> str:
    said = {name: value for name, value in event if name not in ("terms", "clocks", "clock", "routing", "evidence")}
    return f"{event.type} {said}"


def _clocks(handoff: Handoff | None) -> str:
    return (
        "; ".join(f"{clock.name} {clock.stopped_at} {clock.deadlines}" for clock in handoff.clocks) if handoff else ""
    )
