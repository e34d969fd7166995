"""How mails and pages say who, when and by when: the same words everywhere.

Times are in UTC; where the agreed calendar has a time zone, what is due is said in that as well.
"""

from datetime import datetime, timedelta

from baton.agreement.terms.durations import format_duration
from baton.domain.leads.clock import Clock
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.working_time.working_calendar import AnyCalendar
from baton.outreach.text.untrusted_text import one_line

_TRIGGERS = {
    "consultation": "Consultation request",
    "target_account": "Target account lead",
    "sql": "Sales qualified lead",
    "score": "High-scoring lead",
    "manual": "Lead handed over by hand",
}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def trigger(handoff: Handoff) -> str:
    """Why the lead was handed over, as a heading."""
    return _TRIGGERS.get(handoff.trigger) or f"New lead, {spoken(handoff.trigger)}"


def spoken(name: str) -> str:
    """A name from the agreement as people say it: `first_contact` is "first contact"."""
    return one_line(name).replace("_", " ").replace("-", " ")


def moment(at: datetime, zone: str | None = None) -> str:
    """Sun 22 Nov 2026, 17:43 UTC; or in a time zone: Sun 22 Nov 2026, 18:43 Europe/Berlin."""
    there = local(at, zone)
    return f"{_DAYS[there.weekday()]} {day(there)} {there.year}, {there:%H:%M} {zone or 'UTC'}"


def local(at: datetime, zone: str | None) -> datetime:
    """The same moment, as the clocks of a time zone show it."""
    if zone is None:
        return at
    from zoneinfo import ZoneInfo  # few handoffs have a calendar  # noqa: PLC0415

    return at.astimezone(ZoneInfo(zone))


def day(at: datetime) -> str:
    """22 Nov."""
    return f"{at.day} {_MONTHS[at.month - 1]}"


def soon(at: datetime, now: datetime, zone: str | None = None) -> str:
    """A time as short as it can be said at `now`: the day only if it is another one."""
    there, name = local(at, zone), zone or "UTC"
    same_day = there.date() == local(now, zone).date()
    return f"{there:%H:%M} {name}" if same_day else f"{day(there)} {there:%H:%M} {name}"


def distance(at: datetime, now: datetime) -> str:
    """How far away that is: `in 30m`, `now`, `overdue by 2h 5m`; to the minute, and from a day on to the hour."""
    away = abs(at - now)
    step = timedelta(hours=1) if away >= timedelta(days=1) else timedelta(minutes=1)
    if away < step / 2:
        return "now"
    length = format_duration(round(away / step) * step)
    return f"in {length}" if at > now else f"overdue by {length}"


def running(handoff: Handoff) -> list[Clock]:
    """The clocks that nobody has stopped, the next one due first."""
    return sorted((clock for clock in handoff.clocks if clock.stopped_at is None), key=lambda clock: clock.due_at)


def zone_of(calendar: AnyCalendar | None) -> str | None:
    """The time zone in which what is due is said besides UTC."""
    return calendar.time_zone if calendar and calendar.time_zone != "UTC" else None


def clock_line(clock: Clock, now: datetime, zone: str | None = None) -> str:
    """Accept by Sun 22 Nov 2026, 17:43 UTC (in 30m)."""
    return f"{spoken(clock.name).capitalize()} by {due(clock, now, zone)}"


def due(clock: Clock, now: datetime, zone: str | None = None) -> str:
    """Sun 22 Nov 2026, 17:43 UTC (in 30m); or Sun 22 Nov 2026, 18:43 Europe/Berlin (17:43 UTC, in 30m)."""
    at = clock.due_at
    there = local(at, zone)
    other_day = f"{_DAYS[at.weekday()]} " if there.date() != at.date() else ""
    besides = f"{other_day}{at:%H:%M} UTC, " if zone else ""
    return f"{moment(at, zone)} ({besides}{distance(at, now)})"


def by_when(clock: Clock, now: datetime, zone: str | None = None) -> str:
    """The end of a subject: ` - accept by 17:43 UTC`."""
    return f" - {spoken(clock.name)} {'by' if clock.due_at >= now else 'was due'} {soon(clock.due_at, now, zone)}"


def person(lead: Lead) -> str:
    """The lead's name on one line; empty if none is known."""
    return one_line(" ".join(filter(None, (lead.profile.first_name, lead.profile.last_name))))


def company(lead: Lead) -> str:
    """The company's name on one line, or its domain; empty if none is known."""
    return one_line(lead.company.name or "") or one_line(lead.company.domain or "")
