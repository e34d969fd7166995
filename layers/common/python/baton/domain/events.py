"""What can happen to a lead. Its history is a list of these; whatever is not in `published` never leaves the table."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from baton.agreement.model import Destination, HandoffTerms
from baton.domain.handoff import Clock, Routing
from baton.domain.lead import Channel, Company, Profile
from baton.domain.model import Fact, Instant


class Happened(Fact):
    """Something that happened; `published` names the fields that the bus may carry: ids and facts, nothing personal."""

    published: ClassVar[tuple[str, ...]] = ()


class LeadCaptured(Happened):
    """A person became known."""

    published = ("channel", "source", "spam")
    type: Literal["LeadCaptured"] = "LeadCaptured"
    email: str
    channel: Channel = Channel.INBOUND
    source: str
    spam: bool = False
    agreement_version: int


class SignalRecorded(Happened):
    """The lead did something: sent a form, downloaded content."""

    published = ("kind", "form", "channel", "source", "spam", "tells_owner")
    type: Literal["SignalRecorded"] = "SignalRecorded"
    kind: str
    form: str
    channel: Channel = Channel.INBOUND
    source: str
    reference: str
    asks_for_a_person: bool = False
    content: str | None = None
    message: str | None = None
    profile: Profile = Profile()
    company: Company = Company()
    spam: bool = False
    tells_owner: bool = False


class HandoffOffered(Happened):
    """The lead was handed over to sales; the clocks run."""

    published = ("handoff_id", "trigger", "agreement_version", "team", "due_at")
    type: Literal["HandoffOffered"] = "HandoffOffered"
    handoff_id: str
    trigger: str
    reasons: tuple[str, ...]
    agreement_version: int
    team: str
    owner: str | None = None
    clocks: tuple[Clock, ...]
    routing: Routing
    terms: HandoffTerms
    due_at: Instant


class HandoffReminded(Happened):
    """The owner was reminded, because a clock is running out."""

    published = ("handoff_id", "assignment", "clock", "deadline")
    type: Literal["HandoffReminded"] = "HandoffReminded"
    handoff_id: str
    assignment: int
    clock: str
    deadline: Instant


class HandoffEscalated(Happened):
    """The manager was told; `again_at` is when Baton tries once more, where nobody could take the lead."""

    published = ("handoff_id", "assignment", "clock", "deadline", "again_at")
    type: Literal["HandoffEscalated"] = "HandoffEscalated"
    handoff_id: str
    assignment: int
    clock: str
    deadline: Instant
    why: str
    again_at: Instant | None = None


class HandoffReassigned(Happened):
    """Somebody else got the lead, or nobody yet; the clocks start anew."""

    published = ("handoff_id", "assignment", "due_at")
    type: Literal["HandoffReassigned"] = "HandoffReassigned"
    handoff_id: str
    assignment: int
    previous_owner: str | None = None
    owner: str | None = None
    reason: str
    clocks: tuple[Clock, ...]
    routing: Routing
    due_at: Instant


class HandoffAccepted(Happened):
    """The owner took the lead."""

    published = ("handoff_id", "assignment")
    type: Literal["HandoffAccepted"] = "HandoffAccepted"
    handoff_id: str
    assignment: int


class ContactLogged(Happened):
    """Sales reached out to the lead."""

    published = ("handoff_id", "assignment", "channel")
    type: Literal["ContactLogged"] = "ContactLogged"
    handoff_id: str
    assignment: int
    channel: str
    note: str | None = None


class HandoffReturned(Happened):
    """Sales gave the lead back, for an agreed reason."""

    published = ("handoff_id", "assignment", "reason", "then")
    type: Literal["HandoffReturned"] = "HandoffReturned"
    handoff_id: str
    assignment: int
    reason: str
    then: Destination
    note: str | None = None


class HandoffClosed(Happened):
    """Sales won or lost the lead."""

    published = ("handoff_id", "assignment", "outcome")
    type: Literal["HandoffClosed"] = "HandoffClosed"
    handoff_id: str
    assignment: int
    outcome: Literal["won", "lost"]
    reason: str | None = None
    amount: str | None = None


class LeadParked(Happened):
    """Right lead, wrong time: it is looked at again on `due_at`."""

    published = ("due_at",)
    type: Literal["LeadParked"] = "LeadParked"
    due_at: Instant


class LeadDisqualified(Happened):
    """We cannot help this lead as things are."""

    published = ("reason",)
    type: Literal["LeadDisqualified"] = "LeadDisqualified"
    reason: str


class ReviewRequested(Happened):
    """Marketing is to look at the lead."""

    published = ("why",)
    type: Literal["ReviewRequested"] = "ReviewRequested"
    why: str


Event = Annotated[
    LeadCaptured
    | SignalRecorded
    | HandoffOffered
    | HandoffReminded
    | HandoffEscalated
    | HandoffReassigned
    | HandoffAccepted
    | ContactLogged
    | HandoffReturned
    | HandoffClosed
    | LeadParked
    | LeadDisqualified
    | ReviewRequested,
    Field(discriminator="type"),
]


class Recorded(Fact):
    """An event in a lead's history: which one it is, when it happened, and who did it."""

    event_id: str
    lead_id: str
    at: Instant
    by: str
    event: Event

    def for_the_bus(self) -> dict[str, object]:
        """What the bus may carry of it: ids and facts, no names, no addresses."""
        facts = self.event.model_dump(mode="json", include=set(self.event.published), exclude_none=True)
        at = self.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {"event_id": self.event_id, "lead_id": self.lead_id, "at": at, "version": 1, **facts}


def event_id_of(lead_id: str, number: int) -> str:
    """The id of a lead's nth event."""
    return f"{lead_id}-{number:08d}"
