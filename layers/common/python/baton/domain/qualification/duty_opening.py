"""Opens duties of marketing, to review a lead or to answer why sales returned it, each with its clock."""

from datetime import datetime, timedelta
from typing import Any

from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.clock_terms import DutyTerms
from baton.domain.basics.refusals import WrongField
from baton.domain.events.review_events import AnswerRequested, ReviewRequested
from baton.domain.leads.clock import start_clock
from baton.domain.leads.duty import duty_id_of, duty_number
from baton.domain.leads.lead import Lead
from baton.domain.terms.terms_from_agreement import agreed_clock

MAX_WAIT = timedelta(days=360)


class WrongDate(WrongField):
    """The date for which a lead is to be parked is past, or too far away."""

    def __init__(self, why: str) -> None:
        super().__init__("review_on", why)


def request_review(lead: Lead, why: str, agreement: Agreement, version: int, now: datetime) -> ReviewRequested:
    """Asks marketing to review the lead in the agreed time; an open duty stays as it is."""
    if lead.duty and lead.duty.is_open:
        return ReviewRequested(why=why)
    return ReviewRequested(why=why, **_duty("review", agreement.marketing.review, lead, agreement, version, now))


def request_answer(
    lead: Lead, handoff_id: str, reason: str, agreement: Agreement, version: int, now: datetime
) -> AnswerRequested:
    """Asks marketing to answer sales' reason for a return in the agreed time."""
    terms = agreement.marketing.answer_returns
    return AnswerRequested(
        handoff_id=handoff_id, reason=reason, **_duty("answer", terms, lead, agreement, version, now)
    )


def _duty(name: str, terms: DutyTerms, lead: Lead, agreement: Agreement, version: int, now: datetime) -> dict[str, Any]:
    calendar = agreement.calendars.get(agreement.marketing.calendar or "")
    duty_id = duty_id_of(lead.lead_id, duty_number(lead.duty) + 1)
    clock = start_clock(name, agreed_clock(terms, "reviewed"), "reviewed", calendar, now, duty_id)
    return {
        "duty_id": duty_id,
        "team": agreement.marketing.team,
        "clock": clock,
        "agreement_version": version,
        "due_at": min(deadline.at for deadline in clock.deadlines),
    }


def parked_until(date: datetime | None, agreed: timedelta, now: datetime) -> datetime:
    """Returns the date until which a lead is parked: the one that a person named, or the agreed time from now.

    Raises:
        WrongDate: the date is past, or more than 360 days away.
    """
    until = date or now + agreed
    if not now < until <= now + MAX_WAIT:
        raise WrongDate(f"must be in the future, and at most {MAX_WAIT.days} days from now")
    return until
