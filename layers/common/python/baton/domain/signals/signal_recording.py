"""Records a signal, such as a submitted form or a visited page, in a lead's history."""

from datetime import datetime, timedelta
from typing import Any

from pydantic import Field

from baton.domain.basics.facts import Fact, Instant
from baton.domain.events.recorded import Event
from baton.domain.events.signal_events import LeadCaptured, SignalRecorded
from baton.domain.handoffs import reassignment
from baton.domain.handoffs.meeting_clocks import follow_meeting
from baton.domain.history.meetings_fold import meeting_changes
from baton.domain.identity.disposable_domains import is_disposable
from baton.domain.leads.lead import Lead
from baton.domain.leads.ownership import NewsKind, is_told_at_once
from baton.domain.leads.person_facts import (
    NO_COMPANY,
    NO_PROFILE,
    AnswerValue,
    Company,
    Existing,
    MailChoice,
    Need,
    Profile,
)
from baton.domain.leads.stage_and_status import Channel, Status, Suspicion
from baton.domain.meetings.meeting import Meeting
from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.trust.speakers import Speaker, Trust, trust_in

SUBMISSION_REPEAT_WINDOW = timedelta(minutes=10)
REQUEST_EXPIRES_AFTER = timedelta(days=30)
"""A request for a person that is older than this scores, but hands nothing over."""


WEBSITE = "website"
"""The source of a form that names none."""


class Signal(Fact):
    """A checked signal: who gave it, when, what it means, and what they wrote.

    `occurred_at` is given if it differs from the time of arrival. `lead_id` is that of its address, and `message_id`
    the sender's id for it. `from_person` is given if the sender tells whether the person did it, and `mail_choice`
    if it tells whether they want mails. `anybody` could have sent it, by another tool's form or a website's script.
    `meeting` is what a signed tool says of a booked one; no form says any.
    `speaker` is who says so, as far as the way tells by which it came. Its sender has no value of the `cleared` facts.
    """

    email: str
    kind: str
    form: str | None = None
    asks_for_a_person: bool = False
    reference: str
    lead_id: str | None = None
    message_id: str | None = None
    channel: Channel = Channel.INBOUND
    source: str = WEBSITE
    campaign: str | None = None
    occurred_at: Instant | None = None
    content: str | None = None
    content_title: str | None = None
    content_topic: str | None = None
    content_stage: str | None = None
    properties: dict[str, AnswerValue] = Field(default_factory=dict)
    profile: Profile = NO_PROFILE
    company: Company = NO_COMPANY
    bant: dict[Need, AnswerValue] = Field(default_factory=dict)
    consents: dict[str, str] = Field(default_factory=dict)
    message: str | None = None
    spam: bool = False
    suspicion: Suspicion | None = None
    unverified: bool = False
    existing: Existing | None = None
    staff_said: tuple[str, ...] | None = None
    opted_out: bool | None = None
    from_person: bool | None = None
    mail_choice: MailChoice | None = None
    anybody: bool = False
    meeting: Meeting | None = None
    speaker: Speaker | None = None
    cleared: tuple[str, ...] = ()


NOTHING_AGREED = AgreedKinds()
_KEPT = (SignalRecorded.model_fields.keys() & Signal.model_fields.keys()) - {"mail_choice"}
"""The fields of a signal that its record keeps as they are."""


def record_signal(
    lead: Lead | None, sent: Signal, agreement_version: int, now: datetime, kinds: AgreedKinds = NOTHING_AGREED
) -> list[Event]:
    """Records a signal; a new lead is captured first, and a spam form is stored without effect.

    The owner in sales is mailed about forms and about requests for a person, a few times an hour at most, because
    anybody can send them; further requests come in one mail, at the end of the hour. If they have made contact and the
    lead asks for a person again, its handoff is reopened, as a consequence. `kinds` is what is agreed of kinds of
    signals, from any source.
    """
    from_person = kinds.came_from_person(sent.kind, sent.from_person, by_form=sent.form is not None)
    wanted = sent.asks_for_a_person or (from_person and sent.kind in kinds.asking)
    asks = wanted and not sent.spam and not _request_has_expired(sent, now)
    is_a_form, by_anybody = sent.form is not None, _is_by_anybody(sent)
    told = sent.mail_choice or (MailChoice(wanted=False, cause="record") if sent.opted_out else None)
    choice = kinds.mail_choice(sent.kind, told, anybody=sent.anybody or by_anybody)
    facts: dict[str, Any] = {name: getattr(sent, name) for name in _KEPT}
    facts |= {"asks_for_a_person": asks, "from_person": from_person, "mail_choice": choice}
    is_known = sent.existing is not None or from_person
    facts["confirms"] = is_known and not (by_anybody or sent.spam)
    facts["asked"] = unheard_requests(lead) + 1 if asks else 0
    if attributes := kinds.attributes_in(sent.properties):
        facts["attributes"] = attributes
    facts["claims"] = is_a_form and bool(sent.consents)
    facts["speaker"] = speaker = _speaker(sent, kinds, from_person=from_person)
    facts["cleared"] = sent.cleared if speaker and trust_in(speaker) > Trust.ANYBODY else ()
    if sent.meeting and speaker is Speaker.ANYBODY:
        sent = sent.model_copy(update={"meeting": sent.meeting.model_copy(update={"by_anybody": True})})
        facts["meeting"] = sent.meeting
    if lead and sent.lead_id != lead.lead_id:
        facts["sent_to"] = sent.lead_id
    signal = SignalRecorded.model_validate(facts)
    if lead is None:
        return [_captured(sent, agreement_version), signal]
    if lead.status is not Status.WITH_SALES or sent.spam:
        return [signal]
    if asks and reassignment.contacted_handoff(lead) is not None:
        return [signal]
    known = lead.model_copy(update=meeting_changes(lead, sent.meeting, now))
    moved = follow_meeting(lead, known, now)
    if not (asks or (is_a_form and from_person) or _meeting_changed(lead, known)):
        return [signal, *moved]
    return [signal.model_copy(update=_news(lead, sent, asks=asks, now=now)), *moved]


def _meeting_changed(lead: Lead, known: Lead) -> bool:
    """Tells whether the owner's next meeting is another now, or was called off."""
    return (lead.handoff and lead.handoff.meeting_at) != (known.handoff and known.handoff.meeting_at)


def _news(lead: Lead, sent: Signal, *, asks: bool, now: datetime) -> dict[str, object]:
    """Returns whether the owner gets a mail about a signal, and what it is to them; nobody in line has an owner yet."""
    kind: NewsKind = "meeting" if sent.meeting else "form"
    if asks:
        kind = "request" if _is_by_anybody(sent) else "confirmed_request"
    told = lead.handoff is None or is_told_at_once(lead.handoff.news, kind, now)
    has_owner = lead.handoff is not None and lead.handoff.owner is not None
    return {"tells_owner": told, "news": kind if has_owner and (told or asks) else None}


def unheard_requests(lead: Lead | None) -> int:
    """Returns how many requests of a lead nobody in sales has taken up, or heard of yet."""
    request, handoff = (lead.request, lead.handoff) if lead else (None, None)
    if request is None:
        return 0
    in_line = handoff is not None and handoff.is_waiting
    waits = handoff is not None and handoff.news is not None and handoff.news.waiting > 0
    return request.times if not request.answered or in_line or waits else 0


def _is_by_anybody(sent: Signal) -> bool:
    """Tells whether anybody could have sent a signal in the person's name: no list, and no meeting that a host has."""
    if sent.existing is not None:
        return False
    return sent.form is not None or sent.anybody or (sent.speaker is Speaker.ANYBODY and sent.meeting is None)


def _speaker(sent: Signal, kinds: AgreedKinds, *, from_person: bool) -> Speaker | None:
    """Returns who speaks: a form or a tool that passes on what anybody typed, an address's owner, or who sends it."""
    if sent.form is not None:
        return Speaker.FORM
    if sent.speaker is not Speaker.TOOL:
        return sent.speaker
    if sent.anybody:
        return Speaker.ANYBODY
    return Speaker.CONFIRMED if from_person and sent.kind in kinds.subscribing else Speaker.TOOL


def _captured(sent: Signal, agreement_version: int) -> LeadCaptured:
    return LeadCaptured(
        email=sent.email,
        channel=sent.channel,
        source=sent.source,
        campaign=sent.campaign,
        spam=sent.spam,
        disposable_address=is_disposable(sent.email),
        agreement_version=agreement_version,
    )


def _request_has_expired(sent: Signal, now: datetime) -> bool:
    return sent.occurred_at is not None and now - sent.occurred_at > REQUEST_EXPIRES_AFTER


def repeats_until(now: datetime, *, named: bool) -> datetime:
    """Returns until when the same submission counts as a repeat: 90 days if its sender gave an id, else ten minutes."""
    return now + (timedelta(days=90) if named else SUBMISSION_REPEAT_WINDOW)
