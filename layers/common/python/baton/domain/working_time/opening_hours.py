"""A calendar's hours as they fall in UTC, worked out day by day and kept."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from baton.agreement.terms.calendars import Calendar, holidays_of, weekly_blocks

Interval = tuple[datetime, datetime]
DayHours = tuple[tuple[timedelta, timedelta], ...]
_A_DAY = timedelta(days=1)
_A_SECOND = timedelta(seconds=1)
_CALENDARS_KEPT = 64
_DAYS_KEPT = 1024


class OpeningHours:
    """The hours of the week on the wall of one place, without its holidays."""

    def __init__(self, calendar: Calendar) -> None:
        from zoneinfo import ZoneInfo  # nothing needs a zone's file that has no calendar  # noqa: PLC0415

        self._zone = ZoneInfo(calendar.time_zone)
        self._holidays = frozenset(holidays_of(calendar))
        self._week: tuple[DayHours, ...] = tuple(
            tuple((timedelta(minutes=begin), timedelta(minutes=end)) for begin, end in blocks)
            for blocks in weekly_blocks(calendar)
        )
        self.intervals = lru_cache(_DAYS_KEPT)(self._intervals)

    def hours(self, day: date) -> DayHours:
        """The hours that begin on a day, from its midnight; more than 24 hours are the next morning."""
        return () if day in self._holidays else self._week[day.weekday()]

    def _intervals(self, day: int) -> tuple[Interval, ...]:
        """The business time of a day in UTC, given by its ordinal, in order."""
        start = datetime.combine(date.fromordinal(day), time(), UTC)
        return tuple(interval for part in self._without_change(start, start + _A_DAY) for interval in self._in(*part))

    def _in(self, begins: datetime, ends: datetime) -> Iterator[Interval]:
        """The business time between two moments between which no clock is put forward or back."""
        offset = self._offset(begins)
        wall = begins.replace(tzinfo=None) + offset
        for day in (wall.date() - _A_DAY, wall.date(), wall.date() + _A_DAY):
            midnight = datetime.combine(day, time(), UTC) - offset
            for since, until in self.hours(day):
                if midnight + since < ends and midnight + until > begins:
                    yield max(begins, midnight + since), min(ends, midnight + until)

    def _without_change(self, start: datetime, end: datetime) -> Iterable[Interval]:
        """The time in UTC in parts within which no clock is put forward or back."""
        if self._offset(start) == self._offset(end - _A_SECOND):
            return ((start, end),)
        change = self._change(start, end - _A_SECOND)
        return (start, change), (change, end)

    def _change(self, before: datetime, after: datetime) -> datetime:
        """The second from which on the clocks show something else, between two moments at which they differ."""
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
        """The day on which the hours began that run at this moment, and how long after its midnight it is."""
        wall = at.astimezone(self._zone).replace(tzinfo=None)
        for day in (wall.date(), wall.date() - _A_DAY):
            since_midnight = wall - datetime.combine(day, time())
            if any(begin <= since_midnight < end for begin, end in self.hours(day)):
                return day, since_midnight
        raise ValueError(f"it is not business time at {at}")

    def moment(self, day: date, since_midnight: timedelta) -> datetime:
        """When the clock on the wall first shows a time of a day, or a later one if it leaves that time out."""
        wall = (datetime.combine(day, time()) + since_midnight).replace(tzinfo=self._zone)
        first, last = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
        return first if first <= last else self._change(last, first)


def opening_hours(calendar: Calendar) -> OpeningHours:
    """The opening hours of a calendar, the same ones whenever the same calendar comes again."""
    return _cached_hours(_CalendarKey(calendar))


class _CalendarKey:
    """A calendar that equals, and is hashed as, another one that says the same."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._said = (calendar.time_zone, tuple(calendar.hours.items()), calendar.holidays)

    def __hash__(self) -> int:
        return hash(self._said)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _CalendarKey) and self._said == other._said


@lru_cache(_CALENDARS_KEPT)
def _cached_hours(key: _CalendarKey) -> OpeningHours:
    return OpeningHours(key.calendar)
