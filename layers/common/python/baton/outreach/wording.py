"""How mails and pages say who, when and by when: the same words everywhere, all times in UTC."""

from datetime import datetime, timedelta

from baton.agreement.durations import say_duration
from baton.domain.clock import Clock
from baton.domain.handoff import Handoff
from baton.domain.lead import Lead
from baton.outreach.harmless import one_line

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


def moment(at: datetime) -> str:
    """Sun 22 Nov 2026, 17:43 UTC."""
    return f"{_DAYS[at.weekday()]} {day(at)} {at.year}, {at:%H:%M} UTC"


def day(at: datetime) -> str:
    """22 Nov."""
    return f"{at.day} {_MONTHS[at.month - 1]}"


def soon(at: datetime, now: datetime) -> str:
    """A time as short as it can be said at `now`: the day only if it is another one."""
    return f"{at:%H:%M} UTC" if at.date() == now.date() else f"{day(at)} {at:%H:%M} UTC"


def distance(at: datetime, now: datetime) -> str:
    """How far away that is: `in 30m`, `now`, `overdue by 2h 5m`; to the minute, and from a day on to the hour."""
    away = abs(at - now)
    step = timedelta(hours=1) if away >= timedelta(days=1) else timedelta(minutes=1)
    if away < step / 2:
        return "now"
    length = say_duration(round(away / step) * step)
    return f"in {length}" if at > now else f"overdue by {length}"


def running(handoff: Handoff) -> list[Clock]:
    """The clocks that nobody has stopped, the next one due first."""
    return sorted((clock for clock in handoff.clocks if clock.stopped_at is None), key=lambda clock: clock.due_at)


def clock_line(clock: Clock, now: datetime) -> str:
    """Accept by Sun 22 Nov 2026, 17:43 UTC (in 30m)."""
    return f"{spoken(clock.name).capitalize()} by {moment(clock.due_at)} ({distance(clock.due_at, now)})"


def person(lead: Lead) -> str:
    """The lead's name on one line; empty if none is known."""
    return one_line(" ".join(filter(None, (lead.profile.first_name, lead.profile.last_name))))


def company(lead: Lead) -> str:
    """The company's name on one line, or its domain; empty if none is known."""
    return one_line(lead.company.name or "") or one_line(lead.company.domain or "")
