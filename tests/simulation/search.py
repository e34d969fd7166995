"""Searches for forgotten leads as the deployed function does, in years in which some timers are lost."""

from datetime import timedelta
from typing import TYPE_CHECKING

from baton.domain.events.recorded import Event
from baton.domain.follow_up.repair import repair
from baton.domain.leads.lead import Lead

if TYPE_CHECKING:
    from tests.simulation.year import Year


class Search:
    """Sets right whoever is found."""

    def __init__(self, year: "Year") -> None:
        self.year = year

    def begin(self) -> None:
        """Search now, and again in some days."""
        self.year.plan(timedelta(days=self.year.chance.randint(1, 14)), self.begin)
        for lead_id, lead in self.year.commands.leads.items():
            if self._sets_right(lead):
                self.year.timers.give_up(lead_id, self.year.now)
                self.year.commands.change(lead_id, self._sets_right, "search", self.year.now)

    def _sets_right(self, lead: Lead | None) -> list[Event]:
        assert lead
        return repair(lead, self.year.commands.agreed, self.year.lines.looks, self.year.now)
