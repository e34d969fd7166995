"""The events of erasure and retention: the id under which others may still know the person, and numbers."""

from datetime import datetime
from typing import ClassVar, Literal

from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.moments import iso
from baton.domain.follow_up.search_events import Place


class LeadErased(Fact):
    """Everything that Baton knew of a lead is being deleted; whoever listens deletes what they know, too.

    `team` had an open handoff of the lead's.
    """

    published: ClassVar[tuple[str, ...]] = ("team",)
    type: Literal["LeadErased"] = "LeadErased"
    team: str | None = None


class LeadsRetired(Fact):
    """Leads were gone through for those who are kept no longer; with `next`, more are waiting."""

    published: ClassVar[tuple[str, ...]] = ("round", "looked_at", "erased", "next")
    type: Literal["LeadsRetired"] = "LeadsRetired"
    round: str
    looked_at: int = 0
    erased: int = 0
    next: Place | None = None

    def for_the_bus(self, at: datetime) -> dict[str, object]:
        """Returns what the bus carries of the event: numbers."""
        facts = self.model_dump(mode="json", include=set(self.published), exclude_none=True)
        event_id = f"{self.round}-{self.looked_at if self.next else 'end'}"
        moment = iso(at)
        return {"event_id": event_id, "at": moment, "version": 1, **facts}


KINDS: tuple[type[LeadErased], ...] = (LeadErased,)
OF_ROUNDS: tuple[type[LeadsRetired], ...] = (LeadsRetired,)


class RecordedErasure(Fact):
    """The event that a lead is being erased, with its time."""

    event_id: str
    lead_id: str
    at: Instant
    event: LeadErased

    def for_the_bus(self) -> dict[str, object]:
        """Returns what the bus carries of the event."""
        facts = self.event.model_dump(mode="json", include=set(self.event.published), exclude_none=True)
        at = iso(self.at)
        return {"event_id": self.event_id, "lead_id": self.lead_id, "at": at, "version": 1, **facts}
