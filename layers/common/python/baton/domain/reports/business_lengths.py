"""Lengths in business time, beside those in plain time: an attempt on the next morning took no night."""

from collections.abc import Callable
from datetime import datetime

from baton.domain.reports.corrected_calendars import Calendars
from baton.domain.reports.rows.report_rows import HandoffRow

BusinessSeconds = Callable[[datetime, datetime], float | None]
"""Returns the seconds of business time between two moments; None where no calendar is agreed."""


def no_business_time(_start: datetime, _end: datetime) -> None:
    """Returns None for all lengths: no calendar is known."""


def of_handoff(row: HandoffRow, calendars: Calendars | None) -> BusinessSeconds:
    """Returns the function that counts business time for a handoff: by its own calendar, or else by its team's."""
    if calendars is None:
        return no_business_time
    names = (row.calendar, calendars.of_teams.get(row.team))
    return _by(next((name for name in names if name in calendars.by_name), None), calendars)


def of_duty(calendars: Calendars | None) -> BusinessSeconds:
    """Returns the function that counts business time for duties of marketing, by marketing's calendar."""
    return _by(calendars.marketing, calendars) if calendars else no_business_time


def of_sales(calendars: Calendars | None) -> BusinessSeconds:
    """Returns the function that counts business time for leads with sales, by its teams' calendar if they share one."""
    of_teams = set(calendars.of_teams.values()) if calendars else set[str]()
    return _by(of_teams.pop(), calendars) if calendars and len(of_teams) == 1 else no_business_time


def _by(name: str | None, calendars: Calendars) -> BusinessSeconds:
    found = calendars.by_name.get(name or "")
    if found is None:
        return no_business_time
    from baton.domain.working_time.business_time import WorkingTime  # many agreements have no calendar  # noqa: PLC0415

    working = WorkingTime(found)
    return lambda start, end: working.between(start, end).total_seconds()
