"""Serves the waiting lines as the deployed function does: when an event moves them, or when hours begin."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from baton.domain.events.handoff_events import (
    HandoffClosed,
    HandoffConfirmed,
    HandoffOffered,
    HandoffReassigned,
    HandoffReturned,
)
from baton.domain.events.recorded import Event
from baton.domain.handoffs import offering
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead
from baton.domain.leads.routing_choice import LineKey
from baton.domain.teams.roster import Roster
from baton.domain.teams.waiting_leads import LineWithLeads, lines_with_leads, next_servable_at, servable_lines

if TYPE_CHECKING:
    from tests.simulation.year import Year

Place = tuple[datetime, str]


@dataclass
class Timer:
    """The one timer of a team that counts."""

    number: int = 0
    due_at: datetime | None = None


class WaitingLines:
    """The leads that wait, each in the line of its pool and of those who have had it."""

    def __init__(self, year: "Year") -> None:
        self.year, self.late = year, (0.05, 0.5)[year.seed % 3 == 0]
        self.lines: dict[tuple[str, str, LineKey], dict[str, Place]] = {}
        self.timers = {team: Timer() for team in year.teams.teams}
        self.to_serve = dict.fromkeys(year.teams.teams, 0)

    def learn(self, change: Change, _considered: bool) -> None:
        """A lead has come to a line or left it, or somebody may be free for one: the bus tells, now or later."""
        for lead, comes in ((change.before, False), (change.after, True)):
            if lead and lead.handoff and lead.handoff.is_waiting:
                handoff = lead.handoff
                line = self.lines.setdefault((handoff.team, handoff.pool, handoff.line_key), {})
                line.pop(lead.lead_id, None)
                if comes:
                    line[lead.lead_id] = (handoff.assigned_at, handoff.handoff_id)
        for event in change.happened:
            ends = isinstance(event, HandoffReturned | HandoffClosed)
            moves = isinstance(event, HandoffOffered | HandoffReassigned | HandoffConfirmed) and event.moves_line
            if (ends or moves) and event.team:
                self.move(event.team)
            former = getattr(event, "former_team", None) if moves else None
            if former and self.year.teams.teams[former].gets_leads:
                self.move(former)

    def move(self, team: str) -> None:
        """Something has happened to a team: its lines are served as soon as the bus has told, once or twice."""
        self._soon(team)
        if self.year.chance.random() < 0.05:
            self._soon(team)

    def _soon(self, team: str) -> None:
        self.to_serve[team] += 1
        late = self.year.chance.randint(1, 120) if self.year.chance.random() < self.late else 0
        self.year.plan(timedelta(minutes=late), partial(self._told, team))

    def _told(self, team: str) -> None:
        self.to_serve[team] -= 1
        if due_at := self._serve(team):
            self._keep(team, due_at)

    def _serve(self, team: str) -> datetime | None:
        """Give the leads that wait to whoever is able; when by time alone somebody will be."""
        while True:
            roster = self.year.teams.roster(team)
            waiting = lines_with_leads(roster) if roster.no_leads else servable_lines(roster, self.year.now)
            if not waiting:
                return next_servable_at(roster, self.year.now)
            lead_id, handoff_id = self._first(team, waiting)
            self.year.commands.change(lead_id, partial(self._take, handoff_id, roster), "line", self.year.now)
            handoff = self.year.commands.leads[lead_id].handoff
            assert handoff and (not handoff.is_waiting or handoff.team != team), "whoever can be served is served"

    def _first(self, team: str, waiting: list[LineWithLeads]) -> tuple[str, str]:
        """The lead that has waited longest in any of these lines."""
        lines = [self.lines[team, each.pool, each.line.key] for each in waiting]
        (_, handoff_id), lead_id = min((place, lead_id) for line in lines for lead_id, place in line.items())
        return lead_id, handoff_id

    def _take(self, handoff_id: str, roster: Roster, lead: Lead | None) -> list[Event]:
        assert lead
        people = self.year.commands.reassignment_roster(lead, self.year.now) if roster.no_leads else roster
        return offering.serve_waiting_lead(lead, handoff_id, people, self.year.now)

    # --- The team's timer

    def _keep(self, team: str, due_at: datetime) -> None:
        """See to it that a timer looks at the lines by then."""
        timer = self.timers[team]
        if timer.due_at and self.year.now < timer.due_at <= due_at:
            return
        self.timers[team] = Timer(timer.number + 1, due_at)
        self._wait(team, due_at)

    def _wait(self, team: str, due_at: datetime) -> None:
        look = partial(self._look, team, self.timers[team].number)
        self.year.plan(due_at - self.year.now + self.year.timers.late(), look)

    def _look(self, team: str, number: int) -> None:
        if self.timers[team].number != number:
            return
        self.timers[team].due_at = due_at = self._serve(team)
        if due_at:
            self._wait(team, due_at)

    def looks(self, team: str) -> datetime | None:
        """When the team's timer looks at its lines again."""
        return self.timers[team].due_at

    def serve_all(self) -> None:
        """Whatever was late comes now."""
        for team in self.timers:
            self.to_serve[team], self.timers[team].due_at = 0, self._serve(team)

    def is_late(self, team: str) -> bool:
        """Whether the bus or the team's timer has yet to tell what is the case already."""
        timer = self.timers[team]
        return self.to_serve[team] > 0 or (timer.due_at is not None and timer.due_at <= self.year.now)
