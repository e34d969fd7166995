"""Counts handovers by working day: what arrives on a day without work waits for the next one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo

from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.calendars import Calendar, holiday_dates, special_blocks, weekly_blocks

_MOST_DAYS_AHEAD = 400
_A_DAY = timedelta(days=1)
_MONDAY_TO_FRIDAY = frozenset(range(5))


class WorkingDays:
    """The working days of a team by its calendar; without one, Monday to Friday in the agreement's time zone."""

    def __init__(self, agreement: Agreement, team: str) -> None:
        from zoneinfo import ZoneInfo  # nothing needs a zone's file that shows no figures  # noqa: PLC0415

        terms = agreement.teams.get(team)
        calendar: Calendar | None = agreement.calendars.get((terms and terms.calendar) or "")
        self.zone: tzinfo = ZoneInfo(calendar.time_zone if calendar else agreement.time_zone)
        week = weekly_blocks(calendar.hours) if calendar else ()
        self.weekdays = frozenset(day for day, blocks in enumerate(week) if blocks) or _MONDAY_TO_FRIDAY
        self.holidays = frozenset(holiday_dates(calendar.holidays)) if calendar else frozenset[date]()
        self.worked = frozenset(day for day, _ in special_blocks(calendar.special_hours)) if calendar else ()

    def works(self, day: date) -> bool:
        """Tells whether the team works on a day."""
        return day in self.worked or (day.weekday() in self.weekdays and day not in self.holidays)

    def day_of(self, moment: int) -> date:
        """Returns the working day for what arrives at a moment, in milliseconds since 1970."""
        day = datetime.fromtimestamp(moment / 1000, tz=UTC).astimezone(self.zone).date()
        return next((each for each in _from(day) if self.works(each)), day)

    def between(self, first: date, last: date) -> list[date]:
        """Returns the working days from one day to another, both included."""
        days = (first + _A_DAY * number for number in range((last - first).days + 1))
        return [day for day in days if self.works(day)]


def _from(day: date) -> Iterator[date]:
    return (day + _A_DAY * number for number in range(_MOST_DAYS_AHEAD))
