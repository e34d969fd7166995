"""Divides the period of a report into days, weeks or months of its time zone, and finds the period before it."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

from baton.domain.basics import days
from baton.domain.reports.rows.span import Span, local, midnight, wall_time

Each = Literal["day", "week", "month"]
MOST_PARTS = 62
"""A period has at most so many parts: two months of days, or all weeks of the longest one."""
_A_DAY = timedelta(days=1)


class Divided(NamedTuple):
    """What a report tells besides its whole period: the figures of `each` part of it, and of the period `before`."""

    each: Each | None = None
    before: bool = False


WHOLE = Divided()


def parts_of(span: Span, each: Each) -> list[Span]:
    """Returns the days, weeks (from Monday) or months of a period, in order; the first and the last may be cut."""
    parts, start = list[Span](), span.start
    while start < span.end:
        next_day = _NEXT[each](local(start, span.time_zone).date())
        end = min(days.midnight(next_day, span.time_zone), span.end)
        parts.append(span._replace(start=start, end=end))
        start = end
    return parts


def twelve_weeks_until(span: Span) -> Span:
    """Returns the twelve weeks up to the end of a period; the last one may be cut."""
    last = local(span.end - timedelta(microseconds=1), span.time_zone).date()
    first = last - timedelta(days=last.weekday(), weeks=11)
    return span._replace(start=days.midnight(first, span.time_zone))


def period_before(span: Span) -> Span:
    """Returns the period before: as many whole months, if it is whole months, or else as many days."""
    start, end = (wall_time(at, span.time_zone) for at in (span.start, span.end))
    if all(midnight(at, span.time_zone) == at for at in (span.start, span.end)) and start.day == end.day == 1:
        months = (end.year - start.year) * 12 + end.month - start.month
        first = start.year * 12 + start.month - 1 - months
        begin = days.midnight(date(first // 12, first % 12 + 1, 1), span.time_zone)
    else:
        begin = _at_wall_time(start - (end - start), span.time_zone)
    return span._replace(start=begin, end=span.start)


def _at_wall_time(shown: datetime, time_zone: str) -> datetime:
    day = days.midnight(shown.date(), time_zone)
    if shown.time() == time():
        return day
    return shown.replace(tzinfo=local(day, time_zone).tzinfo).astimezone(UTC)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


_NEXT: Mapping[Each, Callable[[date], date]] = {
    "day": lambda day: day + _A_DAY,
    "week": lambda day: day + timedelta(days=7 - day.weekday()),
    "month": _next_month,
}
