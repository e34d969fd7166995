"""The day until which bad timing parks a lead whose reviewer names no date."""

from datetime import date, datetime

from baton.agreement.terms.agreement import Agreement
from baton.domain.leads.lead import Lead


def bad_timing_until(lead: Lead, agreement: Agreement, now: datetime) -> date:
    """Returns the day, in the agreement's time zone: the one that sales gave, else the agreed time from `now`."""
    stands = lead.review_on if lead.review_on and lead.review_on > now else now + agreement.marketing.bad_timing
    if agreement.time_zone == "UTC":
        return stands.date()
    from zoneinfo import ZoneInfo  # many agreements are in UTC  # noqa: PLC0415

    return stands.astimezone(ZoneInfo(agreement.time_zone)).date()
