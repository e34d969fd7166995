"""What the bus learns of a person who was erased: only the id under which others may still know them."""

from typing import ClassVar, Literal

from baton.domain.model import Fact, Instant


class LeadErased(Fact):
    """Everything that Baton knew of a lead is being deleted; whoever listens deletes what they know, too.

    `team` had an open handoff of the lead's.
    """

    published: ClassVar[tuple[str, ...]] = ("team",)
    type: Literal["LeadErased"] = "LeadErased"
    team: str | None = None


KINDS: tuple[type[LeadErased], ...] = (LeadErased,)


class RecordedErasure(Fact):
    """That a lead is being erased, since when."""

    event_id: str
    lead_id: str
    at: Instant
    event: LeadErased

    def for_the_bus(self) -> dict[str, object]:
        """What the bus may carry of it."""
        facts = self.event.model_dump(mode="json", include=set(self.event.published), exclude_none=True)
        at = self.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {"event_id": self.event_id, "lead_id": self.lead_id, "at": at, "version": 1, **facts}
