"""An independent reader of who holds how many leads: nobody is given more than they can hold."""

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from baton.domain import events as e
from tests.simulation.owed import must
from tests.simulation.shares import is_at_work

if TYPE_CHECKING:
    from tests.simulation.year import Year


class Holding:
    """Who holds which leads now."""

    def __init__(self, year: "Year") -> None:
        self.year = year
        self.owner: dict[str, str] = {}
        self.held = Counter[str]()
        self.given = 0

    def read(self, recorded: e.Recorded) -> None:
        match event := recorded.event:
            case e.HandoffOffered() | e.HandoffReassigned():
                before = self._lets_go(recorded.lead_id)
                if event.owner:
                    if event.owner != before:
                        self._can_have_it(event, recorded.at)
                    self.given += 1
                    self.held[event.owner] += 1
                    self.owner[recorded.lead_id] = event.owner
            case e.HandoffReturned() | e.HandoffClosed():
                self._lets_go(recorded.lead_id)

    def _lets_go(self, lead_id: str) -> str | None:
        owner = self.owner.pop(lead_id, None)
        if owner:
            self.held[owner] -= 1
        return owner

    def _can_have_it(self, event: e.HandoffOffered | e.HandoffReassigned, now: datetime) -> None:
        email = event.owner or ""
        rep = self.year.team.reps[email]
        by_hand = event.routing.why.startswith("named by")
        must(by_hand or is_at_work(rep, now), f"is given to {email}, who is not at work")
        must(rep.role == "rep" and rep.subscription == "confirmed", f"is given to {email}, who is not there")
        must(self.held[email] < rep.capacity, f"is given to {email}, who has {self.held[email]} of {rep.capacity}")

    def close(self) -> None:
        for rep in self.year.team.roster():
            must(rep.open_handoffs == self.held[rep.email], f"{rep.email} holds {self.held[rep.email]}")
