"""Events of a lead's facts, qualification, target account, holds and timers."""

from typing import Literal

from pydantic import Field

from baton.domain.accounts.account import AccountMatch
from baton.domain.accounts.form_handoffs import FormHandoffs
from baton.domain.basics.facts import Fact, Instant
from baton.domain.events.happened import Happened
from baton.domain.leads.person_facts import NO_COMPANY, NO_PROFILE, AnswerValue, Company, Need, Profile
from baton.domain.leads.stage_and_status import Stage
from baton.domain.trust.speakers import Speaker


class Answered(Fact):
    """An answer to one of the four questions of BANT, as staff entered it."""

    value: AnswerValue
    met: bool | None = None


class LeadUpdated(Happened):
    """Somebody put down what they know of the lead; `fields` are the names of what changed.

    `speaker` is who says so; without one, it is of a Baton that did not keep it.
    `confirms`: it was a colleague, so that more than forms know the lead.
    """

    published = ("fields",)
    type: Literal["LeadUpdated"] = "LeadUpdated"
    fields: tuple[str, ...]
    profile: Profile = NO_PROFILE
    company: Company = NO_COMPANY
    bant: dict[Need, Answered] = Field(default_factory=dict)
    attributes: dict[str, AnswerValue] = Field(default_factory=dict)
    cleared: tuple[str, ...] = ()
    account: AccountMatch | None = None
    speaker: Speaker | None = None
    confirms: bool = False


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
    `by_form`: anybody could have sent it, so that it keeps nothing quiet that more than a form says.
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
    by_form: bool = False


class LeadLeftToReview(Happened):
    """The lead was not handed over, because only forms know it, and its target account had as many as are agreed.

    `forms` are the account's counts after it. At `digest_at`, if given, its owner is told how many were left.
    """

    published = ("account", "trigger", "matched_by", "asks_for_a_person")
    type: Literal["LeadLeftToReview"] = "LeadLeftToReview"
    account: str
    trigger: str
    matched_by: str
    asks_for_a_person: bool = False
    forms: FormHandoffs
    digest_at: Instant | None = None


class LeftLeadsTold(Happened):
    """The owner of a target account was told of `leads` by forms that were left to marketing's review.

    `asking` of them asked for a person, and `handed` were handed over on the day. `forms` are the counts after it.
    """

    published = ("account", "leads", "asking")
    type: Literal["LeftLeadsTold"] = "LeftLeadsTold"
    account: str
    name: str | None = None
    owner: str | None = None
    leads: int
    asking: int
    handed: int
    forms: FormHandoffs | None = None


class LeadHeldBack(Happened):
    """Somebody holds the lead back from sales, for a reason; `verdict` is what the rules said to that."""

    published = ("due_at",)
    type: Literal["LeadHeldBack"] = "LeadHeldBack"
    reason: str
    due_at: Instant
    verdict: tuple[str, ...] = ()


class LeadKeptFromSales(Happened):
    """A trigger holds for the lead, and the agreement keeps such leads from sales: by which `rule`, and what follows.

    `request_at` is the time of the wish for a person that was kept back, if it was one.
    """

    published = ("rule", "trigger", "then")
    type: Literal["LeadKeptFromSales"] = "LeadKeptFromSales"
    rule: str
    label: str
    trigger: str
    then: str
    request_at: Instant | None = None
    reasons: tuple[str, ...] = ()


class NoteAdded(Happened):
    """Somebody wrote down something about the lead that is no fact for rules; only people read it."""

    type: Literal["NoteAdded"] = "NoteAdded"
    text: str


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


class TimerSet(Happened):
    """Something is due before what was waited for so far."""

    published = ("due_at",)
    type: Literal["TimerSet"] = "TimerSet"
    due_at: Instant
