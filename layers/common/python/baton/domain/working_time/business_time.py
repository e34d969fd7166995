"""Computes when a period of business time ends: 4 business hours, or 2 business days, from a moment on.

A moment is business time if the local time of the calendar's zone is within its hours. Elapsed time is real time: a
night shift is an hour shorter when clocks go forward, and an hour longer when they go back. All moments are in UTC.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from baton.agreement.terms.durations import Period, TimeUnit
from baton.domain.working_time.opening_hours import Interval, opening_hours
from baton.domain.working_time.working_calendar import AnyCalendar

MAX_DAYS_AHEAD = 3660
"""The search for business time ends after so many days: ten years."""
_A_DAY = timedelta(days=1)


class NoBusinessTime(Exception):
    """The calendar has less business time in ten years than the period needs."""


class WorkingTime:
    """Computes with the business time of one calendar; equal calendars share a cache of their opening hours."""

    def __init__(self, calendar: AnyCalendar) -> None:
        self._hours = opening_hours(calendar)

    def is_open(self, at: datetime) -> bool:
        """Tells whether a moment is business time."""
        return any(begin <= at < end for begin, end in self._hours.intervals(_day(at)))

    def opens(self, at: datetime) -> datetime | None:
        """Returns the first moment of business time at or after this one; None if there is none for ten years."""
        return next((max(begin, at.astimezone(UTC)) for begin, _ in self._from(at)), None)

    def closes(self, at: datetime) -> datetime | None:
        """Returns the end of the business hours around or after this moment; None if not within ten years."""
        closing = None
        for begin, end in self._from(at):
            if closing not in (None, begin):
                return closing
            closing = end
        return None

    def add(self, start: datetime, length: timedelta) -> datetime:
        """Returns the moment at which `length` of business time has passed since `start`.

        Raises:
            NoBusinessTime: ten years have less business time.
        """
        start = start.astimezone(UTC)
        left = length
        if left <= timedelta():
            return start
        for begin, end in self._from(start):
            since = max(begin, start)
            if left <= end - since:
                return since + left
            left -= end - since
        raise NoBusinessTime(f"{length} of business time do not pass in ten years; give the calendar more hours")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Returns the business time between two moments; zero if `end` is not later than `start`."""
        start, end, passed = start.astimezone(UTC), end.astimezone(UTC), timedelta()
        for day in range(_day(start), _day(end) + 1):
            for begins, ends in self._hours.intervals(day):
                passed += max(timedelta(), min(ends, end) - max(begins, start))
        return passed

    def days_later(self, start: datetime, days: int) -> datetime:
        """Returns the same local time `days` working days later, or the next opening if that is outside the hours.

        A start outside business time moves to the next opening first. The hours of a night shift after midnight belong
        to the day on which it began.

        Raises:
            NoBusinessTime: ten years have fewer working days.
        """
        first, since_midnight = self._hours.shift(self._opening(start))
        ahead = (first + _A_DAY * number for number in range(1, MAX_DAYS_AHEAD))
        working = (day for day in ahead if self._hours.hours(day))
        day = next((day for number, day in enumerate(working, 1) if number == days), None)
        if day is None:
            raise NoBusinessTime(f"there are no {days} working days in ten years; give the calendar more of them")
        return self._opening(self._hours.moment(day, since_midnight))

    def _opening(self, at: datetime) -> datetime:
        opening = self.opens(at)
        if opening is None:
            raise NoBusinessTime("there is no business time in ten years; give the calendar hours without holidays")
        return opening

    def _from(self, at: datetime) -> Iterator[Interval]:
        """Yields intervals of business time that end after a moment, in order; midnight in UTC splits one in two."""
        today = _day(at)
        yield from (interval for interval in self._hours.intervals(today) if interval[1] > at)
        for day in range(today + 1, today + MAX_DAYS_AHEAD):
            yield from self._hours.intervals(day)


def period_end(start: datetime, limit: Period, share: float = 1.0, calendar: AnyCalendar | None = None) -> datetime:
    """Returns the moment at which a share of a time limit is over, for example half (0.5) of 4 business hours.

    A share of business days is a share of the business time in them. Without a calendar all time is business time.

    Raises:
        NoBusinessTime: the calendar has too little business time.
    """
    start = start.astimezone(UTC)
    if calendar is None or not limit.needs_calendar:
        return start + limit.length * share
    working = WorkingTime(calendar)
    if limit.unit is TimeUnit.BUSINESS:
        return working.add(start, limit.length * share)
    end = working.days_later(start, limit.length.days)
    return end if share == 1 else working.add(start, working.between(start, end) * share)


def _day(at: datetime) -> int:
    return at.astimezone(UTC).toordinal()
