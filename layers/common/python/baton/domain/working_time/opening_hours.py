"""Converts a calendar's local opening hours to intervals in UTC, one day at a time, and caches them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from baton.agreement.terms.calendars import Week, holiday_dates, special_blocks, weekly_blocks
from baton.domain.working_time.working_calendar import AnyCalendar, WorkingCalendar

Interval = tuple[datetime, datetime]
DayHours = tuple[tuple[timedelta, timedelta], ...]
_A_DAY = timedelta(days=1)
_A_SECOND = timedelta(seconds=1)
_WEEK_AT_THE_END = 7
_FIRST, _LAST = date.min.toordinal() + _WEEK_AT_THE_END, date.max.toordinal() - _WEEK_AT_THE_END
"""Nobody works in the first and the last week of all dates, whose neighbours no computer knows."""
_CALENDARS_KEPT = 64
_DAYS_KEPT = 1024


class OpeningHours:
    """The opening hours of a calendar in its local time: its week without holidays, with the hours of single dates."""

    def __init__(self, calendar: AnyCalendar) -> None:
        from zoneinfo import ZoneInfo  # nothing needs a zone's file that has no calendar  # noqa: PLC0415

        self._zone = ZoneInfo(calendar.time_zone)
        self._dates: dict[date, DayHours] = dict.fromkeys(holiday_dates(calendar.holidays), ())
        self._dates |= {day: _day_hours(blocks) for day, blocks in special_blocks(calendar.special_hours)}
        self._week: tuple[DayHours, ...] = tuple(map(_day_hours, week_of(calendar)))
        self.intervals = lru_cache(_DAYS_KEPT)(self._intervals)

    def hours(self, day: date) -> DayHours:
        """Returns the hours that begin on a day, counted from its midnight; beyond 24 hours is the next morning."""
        return self._dates[day] if day in self._dates else self._week[day.weekday()]

    def _intervals(self, day: int) -> tuple[Interval, ...]:
        """Returns the business time of a day in UTC, given as its ordinal (`date.toordinal`)."""
        if not _FIRST <= day <= _LAST:
            return ()
        start = datetime.combine(date.fromordinal(day), time(), UTC)
        return tuple(interval for part in self._without_change(start, start + _A_DAY) for interval in self._in(*part))

    def _in(self, begins: datetime, ends: datetime) -> Iterator[Interval]:
        """Yields the business time between two moments with no change of the clocks between them."""
        offset = self._offset(begins)
        wall = begins.replace(tzinfo=None) + offset
        for day in (wall.date() - _A_DAY, wall.date(), wall.date() + _A_DAY):
            midnight = datetime.combine(day, time(), UTC) - offset
            for since, until in self.hours(day):
                if midnight + since < ends and midnight + until > begins:
                    yield max(begins, midnight + since), min(ends, midnight + until)

    def _without_change(self, start: datetime, end: datetime) -> Iterable[Interval]:
        """Splits an interval where the clocks change, to or from summer time."""
        if self._offset(start) == self._offset(end - _A_SECOND):
            return ((start, end),)
        change = self._change(start, end - _A_SECOND)
        return (start, change), (change, end)

    def _change(self, before: datetime, after: datetime) -> datetime:
        """Finds the second at which the clocks change, between two moments with different offsets, by bisection."""
        before, after = before.replace(microsecond=0), after.replace(microsecond=0)
        offset = self._offset(before)
        while after - before > _A_SECOND:
            middle = before + (after - before) // _A_SECOND // 2 * _A_SECOND
            if self._offset(middle) == offset:
                before = middle
            else:
                after = middle
        return after

    def _offset(self, at: datetime) -> timedelta:
        return at.astimezone(self._zone).utcoffset() or timedelta()

    def shift(self, at: datetime) -> tuple[date, timedelta]:
        """Returns the day to which the hours around a moment belong, and the local time since its midnight."""
        wall = at.astimezone(self._zone).replace(tzinfo=None)
        for day in (wall.date(), wall.date() - _A_DAY):
            since_midnight = wall - datetime.combine(day, time())
            if any(begin <= since_midnight < end for begin, end in self.hours(day)):
                return day, since_midnight
        raise ValueError(f"it is not business time at {at}")

    def moment(self, day: date, since_midnight: timedelta) -> datetime:
        """Returns the moment of a local time, the first if it occurs twice, a later one if the clocks skip it."""
        wall = (datetime.combine(day, time()) + since_midnight).replace(tzinfo=self._zone)
        first, last = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
        return first if first <= last else self._change(last, first)


def _day_hours(blocks: Iterable[tuple[int, int]]) -> DayHours:
    return tuple((timedelta(minutes=begin), timedelta(minutes=end)) for begin, end in blocks)


def week_of(calendar: AnyCalendar) -> Week:
    """Returns the blocks of each weekday in minutes: as they are kept, or as the hours spell them."""
    return (calendar.week if isinstance(calendar, WorkingCalendar) else None) or weekly_blocks(calendar.hours)


def opening_hours(calendar: AnyCalendar) -> OpeningHours:
    """Returns the opening hours of a calendar from the cache; equal calendars share one object."""
    return _cached_hours(_CalendarKey(calendar))


class _CalendarKey:
    """A calendar as the key of a cache: equal to every calendar with the same content."""

    def __init__(self, calendar: AnyCalendar) -> None:
        self.calendar = calendar
        week = calendar.week if isinstance(calendar, WorkingCalendar) else None
        special = tuple(calendar.special_hours.items())
        self._said = (calendar.time_zone, week, tuple(calendar.hours.items()), calendar.holidays, special)

    def __hash__(self) -> int:
        return hash(self._said)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _CalendarKey) and self._said == other._said


@lru_cache(_CALENDARS_KEPT)
def _cached_hours(key: _CalendarKey) -> OpeningHours:
    return OpeningHours(key.calendar)
