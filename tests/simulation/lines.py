"""Whoever serves the lines, as the deployed function does it: hearing that something has moved, and by a timer."""

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from baton.domain import events as e
from baton.domain import sales
from baton.domain.change import Change
from baton.domain.lead import Lead
from baton.domain.waiting import can_be_served, next_moment
from tests.simulation.team import waits

if TYPE_CHECKING:
    from tests.simulation.year import Year

HEARD_LATE, HEARD_TWICE, LATE = 0.1, 0.05, timedelta(seconds=90)


class Lines:
    """The lines of the team."""

    def __init__(self, year: "Year") -> None:
        self.year, self.chance = year, year.chance
        self.served = 0
        self.looks: set[datetime] = set()
        year.team.hears.append(self._hear)

    def learn(self, change: Change, _considered: bool) -> None:
        """The bus says what has happened; late now and then, and twice."""
        for recorded in change.events:
            match recorded.event:
                case e.HandoffReturned() | e.HandoffClosed():
                    self._hear()
                case e.HandoffOffered(moves_line=True) | e.HandoffReassigned(moves_line=True):
                    self._hear()

    def _hear(self) -> None:
        self._look_in(LATE * self.chance.random() if self.chance.random() < HEARD_LATE else timedelta())
        if self.chance.random() < HEARD_TWICE:
            self._look_in(LATE * self.chance.random())

    def _look_in(self, wait: timedelta) -> None:
        moment = self.year.now + wait
        if moment not in self.looks:
            self.looks.add(moment)
            self.year.plan(wait, partial(self._look, moment))

    def are_looked_at_soon(self) -> bool:
        """Whether somebody is on the way to serve them, if late."""
        return any(moment <= self.year.now + LATE for moment in self.looks)

    def _look(self, moment: datetime) -> None:
        self.looks.discard(moment)
        self.serve()

    def serve(self) -> None:
        """Give out what can be given out, and look again when by time alone there is somebody."""
        while waiting := can_be_served(self.year.team.roster(), self.year.now):
            lines = {(each.pool, each.line.had_it) for each in waiting}
            heads = [lead for lead in self.year.desk.leads.values() if self._is_in(lead, lines)]
            first = min(heads, key=lambda lead: (lead.handoff.assigned_at, lead.handoff.handoff_id))
            self.year.desk.change(first.lead_id, self._take, "line", self.year.now)
            assert not waits(self.year.desk.leads[first.lead_id]), "somebody is able, and does not get it"
            self.served += 1
        if due := next_moment(self.year.team.roster(), self.year.now):
            self._look_in(due - self.year.now)

    @staticmethod
    def _is_in(lead: Lead, lines: set[tuple[str, tuple[str, ...]]]) -> bool:
        handoff = waits(lead)
        return handoff is not None and (handoff.pool, tuple(sorted(handoff.had_it))) in lines

    def _take(self, lead: Lead | None) -> list[e.Event]:
        assert lead
        assert lead.handoff
        return sales.take_from_line(lead, lead.handoff.handoff_id, self.year.team.roster(), self.year.now)
