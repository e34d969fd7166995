"""What can happen to a lead. Its history is a list of these; whatever is not in `published` never leaves the table."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from baton.agreement.model import Destination, HandoffTerms
from baton.domain.accounts import AccountMatch
from baton.domain.clock import Clock
from baton.domain.duty import DutyKind, Verdict
from baton.domain.elsewhere import Ceded, Part
from baton.domain.handoff import Evidence, Routing
from baton.domain.known import Known
from baton.domain.lead import Channel, Company, Need, Profile, Said, Stage, Suspicion
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
    campaign: str | None = None
    spam: bool = False
    disposable_address: bool = False
    agreement_version: int


IMPORTED = "imported"
"""The kind of a signal by which a list told of somebody: they did nothing, and came to nobody."""


class SignalRecorded(Happened):
    """The lead did something: sent a form, downloaded content.

    `message_id` is its sender's name for it, `sent_to` the lead that it was sent to, if this one stands for that one.
    """

    published = ("kind", "form", "channel", "source", "occurred_at", "spam", "tells_owner")
    type: Literal["SignalRecorded"] = "SignalRecorded"
    kind: str
    form: str | None = None
    channel: Channel = Channel.INBOUND
    source: str
    campaign: str | None = None
    reference: str
    message_id: str | None = None
    sent_to: str | None = None
    occurred_at: Instant | None = None
    asks_for_a_person: bool = False
    content: str | None = None
    content_title: str | None = None
    content_topic: str | None = None
    content_stage: str | None = None
    properties: dict[str, Said] = Field(default_factory=dict)
    consents: dict[str, str] = Field(default_factory=dict)
    message: str | None = None
    profile: Profile = Profile()
    company: Company = Company()
    bant: dict[Need, Said] = Field(default_factory=dict)
    spam: bool = False
    suspicion: Suspicion | None = None
    unverified: bool = False
    tells_owner: bool = False

    @property
    def came_to_us(self) -> bool:
        """Whether the lead did it by itself, rather than that we did something to it, or were told of it."""
        return self.channel is Channel.INBOUND and self.kind != IMPORTED and not self.spam


class ReleasedFromSpam(Happened):
    """Somebody has seen that these signals were a person's; they are recorded once more after this, to count."""

    published = ("signals",)
    type: Literal["ReleasedFromSpam"] = "ReleasedFromSpam"
    signals: tuple[str, ...]


class ConsentWithdrawn(Happened):
    """A person took back what they had agreed to for these purposes; `unsubscribed`: they want no mail at all."""

    published = ("purposes", "occurred_at", "unsubscribed")
    type: Literal["ConsentWithdrawn"] = "ConsentWithdrawn"
    purposes: tuple[str, ...] = ()
    occurred_at: Instant
    source: str
    unsubscribed: bool = False


class Answered(Fact):
    """What a person in staff put down for one of the four questions of BANT."""

    value: Said
    met: bool | None = None


class LeadUpdated(Happened):
    """Somebody put down what they know of the lead; `fields` are the names of what changed."""

    published = ("fields",)
    type: Literal["LeadUpdated"] = "LeadUpdated"
    fields: tuple[str, ...]
    profile: Profile = Profile()
    company: Company = Company()
    bant: dict[Need, Answered] = Field(default_factory=dict)
    cleared: tuple[str, ...] = ()
    account: AccountMatch | None = None


class LeadQualified(Happened):
    """The lead meets the agreed definition of a marketing or a sales qualified lead."""

    published = ("stage", "agreement_version")
    type: Literal["LeadQualified"] = "LeadQualified"
    stage: Stage
    agreement_version: int
    reasons: tuple[str, ...] = ()


class TargetAccountEngaged(Happened):
    """Somebody of a target account has come to us.

    `alerts` if this ends the account's quiet: its owner hears of it, by the handoff or, if `tells_owner`, only by this.
    """

    published = ("account", "matched_by", "kind", "alerts", "tells_owner")
    type: Literal["TargetAccountEngaged"] = "TargetAccountEngaged"
    account: str
    matched_by: str
    name: str | None = None
    owner: str | None = None
    kind: str
    alerts: bool = False
    quiet_since: Instant
    tells_owner: bool = False


class LeadHeldBack(Happened):
    """Somebody holds the lead back from sales, for a reason; `verdict` is what the rules said to that."""

    published = ("due_at",)
    type: Literal["LeadHeldBack"] = "LeadHeldBack"
    reason: str
    due_at: Instant
    verdict: tuple[str, ...] = ()


class LeadReleased(Happened):
    """The lead is held back no longer."""

    type: Literal["LeadReleased"] = "LeadReleased"


class LookScheduled(Happened):
    """By time alone a rule may come to hold for the lead; Baton looks at it again then."""

    published = ("due_at",)
    type: Literal["LookScheduled"] = "LookScheduled"
    due_at: Instant


class LookTaken(Happened):
    """Baton looked at the lead again, as it had been scheduled, and nothing further is to be waited for."""

    type: Literal["LookTaken"] = "LookTaken"


class HandoffOffered(Happened):
    """The lead was handed over to sales; the clocks run.

    `verdict` is what the rules said, where a person handed it over by hand. `moves_line`: it waits for somebody.
    """

    published = ("handoff_id", "trigger", "agreement_version", "team", "due_at", "moves_line")
    type: Literal["HandoffOffered"] = "HandoffOffered"
    handoff_id: str
    trigger: str
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    score: float | None = None
    verdict: tuple[str, ...] = ()
    persona: str | None = None
    agreement_version: int
    team: str
    owner: str | None = None
    clocks: tuple[Clock, ...]
    routing: Routing
    terms: HandoffTerms
    due_at: Instant
    moves_line: bool = False


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
    """Somebody else got the lead, or nobody yet; the clocks start anew.

    `moves_line`: whoever had it before can take another one, or it waits for somebody. `returned_for` is the agreed
    reason for which whoever had it gave it back, if they did. If it came to another team, `former_team` is the one that
    had it, and `terms` are what is agreed for it now.
    """

    published = ("handoff_id", "assignment", "team", "former_team", "due_at", "moves_line", "returned_for")
    type: Literal["HandoffReassigned"] = "HandoffReassigned"
    handoff_id: str
    assignment: int
    team: str | None = None
    former_team: str | None = None
    terms: HandoffTerms | None = None
    previous_owner: str | None = None
    owner: str | None = None
    reason: str
    returned_for: str | None = None
    clocks: tuple[Clock, ...]
    routing: Routing
    due_at: Instant
    moves_line: bool = False


class OwnerNotified(Happened):
    """The mail that alerts the owner went out."""

    published = ("handoff_id", "assignment")
    type: Literal["OwnerNotified"] = "OwnerNotified"
    handoff_id: str
    assignment: int


class HandoffAccepted(Happened):
    """The owner took the lead; `clocks` are those that start by it."""

    published = ("handoff_id", "assignment")
    type: Literal["HandoffAccepted"] = "HandoffAccepted"
    handoff_id: str
    assignment: int
    clocks: tuple[Clock, ...] = ()


class ContactLogged(Happened):
    """Sales reached out to the lead; `clocks` are those that start by it."""

    published = ("handoff_id", "assignment", "channel")
    type: Literal["ContactLogged"] = "ContactLogged"
    handoff_id: str
    assignment: int
    channel: str
    note: str | None = None
    clocks: tuple[Clock, ...] = ()


class HandoffReturned(Happened):
    """Sales gave the lead back, for an agreed reason."""

    published = ("handoff_id", "assignment", "team", "reason", "then")
    type: Literal["HandoffReturned"] = "HandoffReturned"
    handoff_id: str
    assignment: int
    team: str | None = None
    reason: str
    then: Destination
    note: str | None = None


class HandoffClosed(Happened):
    """Sales won or lost the lead."""

    published = ("handoff_id", "assignment", "team", "outcome")
    type: Literal["HandoffClosed"] = "HandoffClosed"
    handoff_id: str
    assignment: int
    team: str | None = None
    outcome: Literal["won", "lost"]
    reason: str | None = None
    amount: str | None = None


class HandoffRated(Happened):
    """Sales said what it thinks of the lead: 1 to 5 stars, and why."""

    published = ("handoff_id", "stars")
    type: Literal["HandoffRated"] = "HandoffRated"
    handoff_id: str
    stars: int
    note: str | None = None


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


class DutyOpened(Fact):
    """Marketing owes the lead something from now on, and by when."""

    duty_id: str | None = None
    team: str | None = None
    clock: Clock | None = None
    agreement_version: int | None = None
    due_at: Instant | None = None


class ReviewRequested(DutyOpened, Happened):
    """Marketing is to look at the lead; without `duty_id`, because it owes the lead an answer already."""

    published = ("why", "duty_id", "due_at")
    type: Literal["ReviewRequested"] = "ReviewRequested"
    why: str


class AnswerRequested(DutyOpened, Happened):
    """Marketing is to answer why sales gave the lead back."""

    published = ("handoff_id", "reason", "duty_id", "due_at")
    type: Literal["AnswerRequested"] = "AnswerRequested"
    handoff_id: str
    reason: str


class DutyReminded(Happened):
    """Marketing was reminded, because the clock of a duty is running out."""

    published = ("duty_id", "kind", "deadline")
    type: Literal["DutyReminded"] = "DutyReminded"
    duty_id: str
    kind: DutyKind
    deadline: Instant


class DutyEscalated(Happened):
    """Marketing's manager was told that a duty is late."""

    published = ("duty_id", "kind", "deadline")
    type: Literal["DutyEscalated"] = "DutyEscalated"
    duty_id: str
    kind: DutyKind
    deadline: Instant


class LeadReviewed(Happened):
    """Marketing has looked at the lead: what it said, with which answers to the checklist, why, and until when."""

    published = ("verdict", "duty_id")
    type: Literal["LeadReviewed"] = "LeadReviewed"
    verdict: Verdict
    duty_id: str | None = None
    answers: dict[str, bool] = Field(default_factory=dict)
    reason: str | None = None
    review_on: Instant | None = None
    agreement_version: int


class LeadMerged(Happened):
    """Somebody has said that another lead is the same person: what is known of it, and its history, are this one's."""

    published = ("other",)
    type: Literal["LeadMerged"] = "LeadMerged"
    other: str
    reason: str | None = None
    brought: Known
    parts: tuple[Part, ...]


class LeadAbsorbed(Happened):
    """The lead was merged into another, which stands for it from now on."""

    published = ("into",)
    type: Literal["LeadAbsorbed"] = "LeadAbsorbed"
    into: str
    reason: str | None = None


class LeadUnmerged(Happened):
    """Another lead was somebody else after all; `known` is what is left, `parts` and `ceded` are as they are now."""

    published = ("other",)
    type: Literal["LeadUnmerged"] = "LeadUnmerged"
    other: str
    reason: str | None = None
    known: Known
    parts: tuple[Part, ...] = ()
    ceded: tuple[Ceded, ...] = ()


class LeadRestored(Happened):
    """The lead is one of its own again; `known` is what it told of itself meanwhile, if it did."""

    published = ("merged_into",)
    type: Literal["LeadRestored"] = "LeadRestored"
    merged_into: str
    reason: str | None = None
    known: Known | None = None
    parts: tuple[Part, ...] = ()
    is_no_spam: bool = False


class TimerSet(Happened):
    """Something is due before what was waited for so far."""

    published = ("due_at",)
    type: Literal["TimerSet"] = "TimerSet"
    due_at: Instant


Event = Annotated[
    LeadCaptured
    | SignalRecorded
    | ReleasedFromSpam
    | ConsentWithdrawn
    | LeadUpdated
    | LeadQualified
    | TargetAccountEngaged
    | LeadHeldBack
    | LeadReleased
    | LookScheduled
    | LookTaken
    | HandoffOffered
    | HandoffReminded
    | HandoffEscalated
    | HandoffReassigned
    | OwnerNotified
    | HandoffAccepted
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
    | TimerSet,
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


def event_id_of(lead_id: str, which: int | str) -> str:
    """The id of a lead's nth event; one of another lead's is known by its id."""
    return which if isinstance(which, str) else f"{lead_id}-{which:08d}"


def number_of(recorded: Recorded) -> int:
    """Which event of its lead it is."""
    return int(recorded.event_id.rsplit("-", 1)[1])
