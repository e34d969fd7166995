"""Events of signals: a lead is captured, does something, is released from spam, withdraws consent."""

from typing import Literal

from pydantic import Field

from baton.domain.basics.facts import Instant
from baton.domain.events.happened import Happened
from baton.domain.leads.ownership import NewsKind
from baton.domain.leads.person_facts import (
    NO_COMPANY,
    NO_PROFILE,
    AnswerValue,
    Cause,
    Company,
    Existing,
    MailChoice,
    Need,
    Profile,
)
from baton.domain.leads.stage_and_status import Channel, Suspicion
from baton.domain.meetings.meeting import Meeting
from baton.domain.trust.speakers import Speaker


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
"""The kind of a signal that an imported list made; the lead itself did nothing."""


class SignalRecorded(Happened):
    """The lead did something: sent a form, downloaded content.

    `message_id` is its sender's name for it, `sent_to` the lead that it was sent to, if this one stands for that one.
    A line of a list says what it does to `existing` facts; it spares those in `staff_said`. With `opted_out`, the
    person wants no more mail, whatever the signal's kind.
    `from_person` is false for what a tool tells on its own behalf, such as an import, and for signs of leaving.
    `tells_owner`: the lead's owner gets a mail about it. `news` is what it is to them; a request that does not tell
    them at once is told with others. `asked` counts the requests that nobody in sales has taken up, with this one.
    `attributes` are the agreement's own facts that it tells, by their names.
    `confirms`: more than a form speaks of the person, such as a signed tool that saw what they did.
    `mail_choice` is whether it says that the person wants mails, and `claims` that its consents are to be confirmed.
    `meeting` is what a signed tool says of a booked one.
    `speaker` is who says so; without one, a signal is of a Baton that did not keep it.
    `cleared` are the facts of which its sender has no value any more.
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
    properties: dict[str, AnswerValue] = Field(default_factory=dict)
    consents: dict[str, str] = Field(default_factory=dict)
    message: str | None = None
    profile: Profile = NO_PROFILE
    company: Company = NO_COMPANY
    bant: dict[Need, AnswerValue] = Field(default_factory=dict)
    attributes: dict[str, AnswerValue] = Field(default_factory=dict)
    spam: bool = False
    suspicion: Suspicion | None = None
    unverified: bool = False
    tells_owner: bool = False
    news: NewsKind | None = None
    asked: int = 0
    confirms: bool = False
    existing: Existing | None = None
    staff_said: tuple[str, ...] | None = None
    opted_out: bool | None = None
    from_person: bool = True
    mail_choice: MailChoice | None = None
    claims: bool = False
    meeting: Meeting | None = None
    speaker: Speaker | None = None
    cleared: tuple[str, ...] = ()

    @property
    def came_to_us(self) -> bool:
        """Tells whether the lead acted on its own: inbound, from the person, and not spam."""
        is_told = self.kind == IMPORTED or not self.from_person
        return self.channel is Channel.INBOUND and not is_told and not self.spam


class ReleasedFromSpam(Happened):
    """Somebody has seen that these signals were a person's; they are recorded once more after this, to count."""

    published = ("signals",)
    type: Literal["ReleasedFromSpam"] = "ReleasedFromSpam"
    signals: tuple[str, ...]


class ConsentWithdrawn(Happened):
    """A person took back what they had agreed to for these purposes; `unsubscribed`: they want no mail at all.

    `cause` is who says so: the person, a complaint of theirs, or a tool's record.
    """

    published = ("purposes", "occurred_at", "unsubscribed", "cause")
    type: Literal["ConsentWithdrawn"] = "ConsentWithdrawn"
    purposes: tuple[str, ...] = ()
    occurred_at: Instant
    source: str
    unsubscribed: bool = False
    cause: Cause | None = None
