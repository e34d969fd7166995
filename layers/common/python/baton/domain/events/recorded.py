"""An event with its id, time and author, as the history of a lead stores it; the union of all events."""

from typing import Annotated, Any, get_args

from pydantic import Field
from pydantic_core import core_schema

from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.moments import iso
from baton.domain.basics.staff_addresses import StaffAddress
from baton.domain.events.handoff_events import (
    ClocksMoved,
    ContactLogged,
    HandoffAccepted,
    HandoffClosed,
    HandoffConfirmed,
    HandoffEscalated,
    HandoffOffered,
    HandoffRated,
    HandoffReassigned,
    HandoffReminded,
    HandoffReturned,
    OwnerNotified,
    RequestsTold,
)
from baton.domain.events.happened import Happened
from baton.domain.events.lead_events import (
    LeadHeldBack,
    LeadKeptFromSales,
    LeadLeftToReview,
    LeadQualified,
    LeadReleased,
    LeadUpdated,
    LeftLeadsTold,
    LookScheduled,
    LookTaken,
    NoteAdded,
    TargetAccountEngaged,
    TimerSet,
)
from baton.domain.events.merge_events import AddressChosen, LeadAbsorbed, LeadMerged, LeadRestored, LeadUnmerged
from baton.domain.events.review_events import (
    AnswerRequested,
    DutyEscalated,
    DutyReminded,
    LeadDisqualified,
    LeadParked,
    LeadReviewed,
    ReviewClaimed,
    ReviewRequested,
)
from baton.domain.events.signal_events import ConsentWithdrawn, LeadCaptured, ReleasedFromSpam, SignalRecorded

AnyEvent = (
    LeadCaptured
    | SignalRecorded
    | ReleasedFromSpam
    | ConsentWithdrawn
    | LeadUpdated
    | LeadQualified
    | TargetAccountEngaged
    | LeadLeftToReview
    | LeftLeadsTold
    | LeadHeldBack
    | LeadKeptFromSales
    | LeadReleased
    | LookScheduled
    | LookTaken
    | HandoffOffered
    | HandoffReminded
    | RequestsTold
    | HandoffEscalated
    | HandoffReassigned
    | OwnerNotified
    | HandoffAccepted
    | HandoffConfirmed
    | ClocksMoved
    | ContactLogged
    | HandoffReturned
    | HandoffClosed
    | HandoffRated
    | LeadParked
    | LeadDisqualified
    | ReviewRequested
    | AnswerRequested
    | DutyReminded
    | DutyEscalated
    | LeadReviewed
    | LeadMerged
    | LeadAbsorbed
    | LeadUnmerged
    | LeadRestored
    | AddressChosen
    | TimerSet
    | NoteAdded
    | ReviewClaimed
)
Event = Annotated[AnyEvent, Field(discriminator="type")]


class _ByItsKind:
    """Reads an event by the one model that its `type` names; a union would build all forty at the first one."""

    models: dict[str, type[Happened]] = {}  # noqa: RUF012  # filled at the first event that is read

    def __get_pydantic_core_schema__(self, _type: Any, _handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, core_schema.any_schema())

    def read(self, event: Any) -> Happened:
        """Returns an event as it is, or reads its fields.

        Raises:
            ValueError: there is no event with such a `type`, or its fields are wrong.
        """
        if isinstance(event, Happened):
            return event
        if not self.models:
            self.models.update({model.model_fields["type"].default: model for model in get_args(AnyEvent)})
        model = self.models.get(str(event.get("type"))) if isinstance(event, dict) else None
        if model is None:
            raise ValueError("there is no event of this type")
        return model.model_validate(event)


class Recorded(Fact):
    """An event in a lead's history: which one it is, when it happened, and who did it.

    `timer_due_at` is given if it set the lead's timer although its kind sets none. `ends_timer` is given if it ended a
    timer that waits: the id of the event that had set it.
    """

    event_id: str
    lead_id: str
    at: Instant
    by: StaffAddress
    event: Annotated[AnyEvent, _ByItsKind()]
    timer_due_at: Instant | None = None
    ends_timer: str | None = None

    def for_the_bus(self) -> dict[str, object]:
        """Returns the fields that the bus may carry: ids and facts, no names, no addresses."""
        facts = self.event.model_dump(mode="json", include=set(self.event.published), exclude_none=True)
        if self.timer_due_at:
            facts["due_at"] = iso(self.timer_due_at)
        if self.ends_timer:
            facts["ends_timer"] = self.ends_timer
        at = iso(self.at)
        return {"event_id": self.event_id, "lead_id": self.lead_id, "at": at, "version": 1, **facts}


def event_id_of(lead_id: str, which: int | str) -> str:
    """Builds the id of a lead's nth event, such as `abc-00000004`; an id of another lead's event stays as it is."""
    return which if isinstance(which, str) else f"{lead_id}-{which:08d}"


def event_number(recorded: Recorded) -> int:
    """Returns the number of an event in its lead's history."""
    return int(recorded.event_id.rsplit("-", 1)[1])
