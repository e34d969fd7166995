"""A form that a person sent: what it adds to the lead's history."""

from datetime import datetime, timedelta

from baton.domain import events as e
from baton.domain.lead import Company, Lead, Profile, Status
from baton.domain.model import Fact

SAME_SUBMISSION = timedelta(minutes=10)


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


def receive(lead: Lead | None, sent: Submission, agreement_version: int) -> list[e.Event]:
    """Record what was sent. A new person is captured first; a trapped robot's form is kept, and moves nothing."""
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
        tells_owner=lead is not None and lead.status is Status.WITH_SALES and not sent.spam,
    )
    return [signal] if lead else [captured, signal]


def repeats_until(now: datetime, *, named: bool) -> datetime:
    """Until when the same submission counts as the same: long if its sender named it, ten minutes if not."""
    return now + (timedelta(days=90) if named else SAME_SUBMISSION)
