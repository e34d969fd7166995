"""Collects what a command adds to a lead's history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from baton.domain import events as e
from baton.domain.history import evolve
from baton.domain.lead import Lead
from baton.domain.tally import Tally


@dataclass(frozen=True, slots=True)
class Change:
    """What a command adds to a lead: the lead before, the lead after, and the events between."""

    lead_id: str
    before: Lead | None
    after: Lead | None
    events: tuple[e.Recorded, ...] = ()

    @classmethod
    def to(cls, lead: Lead | None, lead_id: str) -> Self:
        """No change yet, to a lead that may not exist yet."""
        return cls(lead_id, before=lead, after=lead)

    def then(self, happened: Sequence[e.Event], now: datetime, by: str) -> "Change":
        """The same change, with more events after it."""
        after, recorded = self.after, list(self.events)
        for event in happened:
            number = (after.version if after else 0) + 1
            fact = e.Recorded(
                event_id=e.event_id_of(self.lead_id, number), lead_id=self.lead_id, at=now, by=by, event=event
            )
            after = evolve(after, fact)
            recorded.append(fact)
        return Change(self.lead_id, self.before, after, tuple(recorded))

    def counted(self, tally: Tally | None) -> "Change":
        """The same change, with what was counted of the lead's signals after it."""
        if self.after is None or tally is None:
            return self
        after = self.after.model_copy(update={"tally": tally.data()})
        return Change(self.lead_id, self.before, after, self.events)

    @property
    def happened(self) -> list[e.Event]:
        """What happened, in order."""
        return [recorded.event for recorded in self.events]
