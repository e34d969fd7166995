"""Tells, independently of Baton, whether a rep is at work or away, by calendars, absences and local time."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from baton.agreement.terms.calendars import Calendar
from baton.domain.teams.absences import AbsencePeriod
from baton.domain.teams.reps import Rep
from tests.simulation.agreements import in_force
from tests.unit.domain.reference_business_time import Minutes


@cache
def _wall(
    zone: str, hours: tuple[tuple[str, tuple[str, ...]], ...], holidays: tuple[str, ...], at: datetime
) -> Minutes:
    return Minutes(Calendar(time_zone=zone, hours=dict(hours), holidays=holidays), at, 0)


BEGINNING = datetime.fromisoformat("2026-01-01T00:00:00Z")


def calendar_of(rep: Rep, team: str) -> Calendar:
    """What somebody works by: the calendar that they name, or their team's, with their own hours and time zone."""
    agreement = in_force(1).agreement
    return agreement.calendars[rep.calendar or agreement.teams[team].calendar or ""]


def is_at_work(rep: Rep, team: str, now: datetime) -> bool:
    """Whether somebody works at a moment."""
    agreed = calendar_of(rep, team)
    zone, hours = rep.time_zone or agreed.time_zone, rep.hours or agreed.hours
    wall = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return _wall(zone, tuple(hours.items()), agreed.holidays, BEGINNING).day_begun(wall) is not None


def is_away(rep: Rep, team: str, now: datetime) -> bool:
    """Whether somebody is away at a moment: on whole days where they work, the last included, or to the minute."""
    zone = rep.time_zone or calendar_of(rep, team).time_zone
    today = now.astimezone(ZoneInfo(zone)).date()
    return any(_covers(away, today, now) for away in rep.away)


def _covers(away: AbsencePeriod, today: date, now: datetime) -> bool:
    begun = away.since <= now if isinstance(away.since, datetime) else away.since <= today
    over = away.until <= now if isinstance(away.until, datetime) else away.until < today
    return begun and not over
