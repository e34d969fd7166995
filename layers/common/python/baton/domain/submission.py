"""A form that a person sent: what it adds to the lead's history."""

from datetime import datetime, timedelta

from baton.domain import events as e
from baton.domain import sales
from baton.domain.lead import Company, Lead, Profile, Status
from baton.domain.model import Fact

SAME_SUBMISSION = timedelta(minutes=10)
MOST_NEWS, NEWS_WITHIN = 6, timedelta(hours=1)


class Submission(Fact):
    """A checked form: who sent it, what it means, and what they wrote."""

    email: str
    form: str
    kind: str
    asks_for_a_person: bool
    reference: str
    source: str = "website"
    profile: Profile = Profile()
    company: Company = Company()
    message: str | None = None
    content: str | None = None
    spam: bool = False


def receive(lead: Lead | None, sent: Submission, agreement_version: int, now: datetime) -> list[e.Event]:
    """Record what was sent. A new person is captured first; a trapped robot's form is kept, and moves nothing.

    Whoever has the lead in sales is told, a few times an hour at most, because anybody may send forms. If they have
    reached out already and the lead asks for a person again, they get it anew.
    """
    captured = e.LeadCaptured(email=sent.email, source=sent.source, spam=sent.spam, agreement_version=agreement_version)
    signal = e.SignalRecorded(
        kind=sent.kind,
        form=sent.form,
        source=sent.source,
        reference=sent.reference,
        asks_for_a_person=sent.asks_for_a_person and not sent.spam,
        content=sent.content,
        message=sent.message,
        profile=sent.profile,
        company=sent.company,
        spam=sent.spam,
    )
    if lead is None:
        return [captured, signal]
    if lead.status is not Status.WITH_SALES or sent.spam:
        return [signal]
    anew = sales.reopen(lead, now) if sent.asks_for_a_person else []
    lately = sum(1 for activity in lead.recent if now - activity.at < NEWS_WITHIN)
    return [signal.model_copy(update={"tells_owner": not anew and lately < MOST_NEWS}), *anew]


def repeats_until(now: datetime, *, named: bool) -> datetime:
    """Until when the same submission counts as the same: long if its sender named it, ten minutes if not."""
    return now + (timedelta(days=90) if named else SAME_SUBMISSION)
