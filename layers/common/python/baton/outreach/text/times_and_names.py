"""Formats names, times and deadlines, the same in all mails and pages.

Times are in the reader's time zone, with its usual short name; where none is known, in UTC.
"""

import re
from datetime import UTC, date, datetime, timedelta

from baton.agreement.terms.durations import format_duration
from baton.agreement.terms.trigger_terms import TRIGGER_LABELS
from baton.domain.leads.clock import Clock
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.working_time.working_calendar import AnyCalendar
from baton.outreach.text.untrusted_text import one_line

_KEPT_TIME = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2})[a-z]{0,6} (\d{4}) at (\d\d):(\d\d) UTC")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def trigger_heading(handoff: Handoff) -> str:
    """Returns the trigger of a handoff as a heading: `Consultation request`."""
    return TRIGGER_LABELS.get(handoff.trigger) or f"New lead, {in_words(handoff.trigger)}"


def in_words(name: str) -> str:
    """Returns a name from the agreement in words: `first_contact` becomes `first contact`."""
    return one_line(name).replace("_", " ").replace("-", " ")


def moment(at: datetime, zone: str | None = None) -> str:
    """Returns a time with its day: `Sun 22 Nov 2026, 17:43 UTC`; in a zone `Sun 22 Nov 2026, 18:43 CET`."""
    there = local(at, zone)
    return f"{_DAYS[there.weekday()]} {day(there)} {there.year}, {there:%H:%M} {zone_name(there)}"


def day_and_time(at: datetime, zone: str | None = None) -> str:
    """Returns a time with its day, in short: `22 Nov 17:43 UTC`."""
    there = local(at, zone)
    return f"{day(there)} {there:%H:%M} {zone_name(there)}"


def with_local_times(text: str, zone: str | None) -> str:
    """Returns a kept sentence with its times, `24 November 2026 at 09:30 UTC`, told in a zone: `... at 10:30 CET`."""
    return _KEPT_TIME.sub(lambda found: _told_there(found, zone), text) if zone else text


def _told_there(kept: re.Match[str], zone: str | None) -> str:
    day_of_month, month, year, hour, minute = kept.groups()
    try:
        at = datetime(int(year), _MONTHS.index(month) + 1, int(day_of_month), int(hour), int(minute), tzinfo=UTC)
    except ValueError:
        return kept[0]
    there = local(at, zone)
    return f"{there.day} {there:%B %Y} at {there:%H:%M} {zone_name(there)}"


def zone_name(there: datetime) -> str:
    """Returns the usual short name of a time's zone, such as `CEST`; of a zone that has none `UTC-3`."""
    name = there.tzname() or "UTC"
    if name.isalpha():
        return name
    hours, minutes = (name[:3], name[3:])
    return f"UTC{hours[0]}{int(hours[1:])}" + (f":{minutes}" if minutes else "")


def local(at: datetime, zone: str | None) -> datetime:
    """Returns the same moment in a time zone."""
    if zone is None:
        return at
    from zoneinfo import ZoneInfo  # few handoffs have a calendar  # noqa: PLC0415

    return at.astimezone(ZoneInfo(zone))


def day(at: date) -> str:
    """Returns a day: `22 Nov`."""
    return f"{at.day} {_MONTHS[at.month - 1]}"


def short_time(at: datetime, now: datetime, zone: str | None = None) -> str:
    """Returns a time without its day if that is today: `17:43 UTC`, else `23 Nov 17:43 UTC`."""
    there = local(at, zone)
    same_day = there.date() == local(now, zone).date()
    return f"{there:%H:%M} {zone_name(there)}" if same_day else day_and_time(at, zone)


def time_left(at: datetime, now: datetime) -> str:
    """Returns how far away a moment is: `in 30m`, `now`, `overdue by 2h 5m`; from a day on to the hour."""
    away = abs(at - now)
    step = timedelta(hours=1) if away >= timedelta(days=1) else timedelta(minutes=1)
    if away < step / 2:
        return "now"
    length = format_duration(round(away / step) * step)
    return f"in {length}" if at > now else f"overdue by {length}"


def running_clocks(handoff: Handoff) -> list[Clock]:
    """Returns the clocks that are not stopped, the next one due first."""
    return sorted((clock for clock in handoff.clocks if clock.stopped_at is None), key=lambda clock: clock.due_at)


def zone_of(calendar: AnyCalendar | None) -> str | None:
    """Returns the calendar's time zone; None if it is UTC or there is no calendar."""
    return calendar.time_zone if calendar and calendar.time_zone != "UTC" else None


def zone_of_owner(handoff: Handoff) -> str | None:
    """Returns the time zone of the owner of a handoff, else that of the agreed calendar; None if it is UTC."""
    return None if handoff.time_zone == "UTC" else handoff.time_zone


def clock_line(clock: Clock, now: datetime, zone: str | None = None) -> str:
    """Returns a clock with its deadline: `Accept by Sun 22 Nov 2026, 17:43 UTC (in 30m)`."""
    return f"{in_words(clock.name).capitalize()} by {due_time(clock, now, zone)}"


def due_time(clock: Clock, now: datetime, zone: str | None = None) -> str:
    """Returns a deadline: `Sun 22 Nov 2026, 17:43 UTC (in 30m)`, or in a zone `Sun 22 Nov 2026, 18:43 CET (in 30m)`.

    From an appointment to the end of its grace it is `now`.
    """
    left = "now" if clock.due_at <= now <= clock.late_after else time_left(clock.due_at, now)
    return f"{moment(clock.due_at, zone)} ({left})"


def due_in_subject(clock: Clock, now: datetime, zone: str | None = None) -> str:
    """Returns the end of a mail's subject: ` - accept by 17:43 UTC`."""
    by = "by" if clock.due_at >= now else "was due"
    return f" - {in_words(clock.name)} {by} {short_time(clock.due_at, now, zone)}"


def person_name(lead: Lead) -> str:
    """Returns the lead's name on one line; empty if it is not known."""
    return one_line(" ".join(filter(None, (lead.profile.first_name, lead.profile.last_name))))


def company_name(lead: Lead) -> str:
    """Returns the company's name on one line, else its domain; empty if neither is known."""
    return one_line(lead.company.name or "") or one_line(lead.company.domain or "")
