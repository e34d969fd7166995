"""The period of a report: from one moment up to another, which is not part of it, and the time zone of its days."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from baton.domain.basics import days

A_DAY = timedelta(days=1)
MAX_SPAN = timedelta(days=400)
DEFAULT_LENGTH = timedelta(days=7)


class Span(NamedTuple):
    """A period; `end` is the first moment after it. Its moments are in UTC, its days those of a time zone."""

    start: datetime
    end: datetime
    time_zone: str = "UTC"

    def holds(self, at: datetime) -> bool:
        """Returns whether the moment is in the period."""
        return self.start <= at < self.end

    @property
    def months(self) -> Iterator[str]:
        """Returns the months in UTC that the period touches, in order, as `2026-11`: the table lists by these."""
        month = midnight(self.start).replace(day=1)
        while month < self.end:
            yield f"{month:%Y-%m}"
            month = (month + timedelta(days=32)).replace(day=1)

    @property
    def dates(self) -> tuple[date, date]:
        """Returns the days of its start and of its end in its time zone."""
        return local(self.start, self.time_zone).date(), local(self.end, self.time_zone).date()

    def in_days_of(self, time_zone: str) -> "Span":
        """Returns the period with the days of a time zone, if it begins and ends with such days; else with UTC's."""
        fits = all(midnight(at, time_zone) == at for at in (self.start, self.end))
        return self._replace(time_zone=time_zone if fits else "UTC")


def local(at: datetime, time_zone: str) -> datetime:
    """Returns the same moment in a time zone."""
    if time_zone == "UTC":
        return at.astimezone(UTC)
    from zoneinfo import ZoneInfo  # many agreements have no calendar, and so no time zone  # noqa: PLC0415

    return at.astimezone(ZoneInfo(time_zone))


def wall_time(at: datetime, time_zone: str) -> datetime:
    """Returns what clocks on the wall show, without a zone; 00:00 when a day begins, also where that hour is skipped.

    The difference of two such times is in days of 24 hours, also where clocks are changed between them.
    """
    there = local(at, time_zone)
    begins = days.midnight(there.date(), time_zone) == at
    return datetime.combine(there.date(), time()) if begins else there.replace(tzinfo=None)


def midnight(at: datetime, time_zone: str = "UTC") -> datetime:
    """Returns the moment in UTC at which the day of a moment began in a time zone."""
    return days.midnight(local(at, time_zone).date(), time_zone)


def last_full_days(now: datetime, time_zone: str = "UTC") -> Span:
    """Returns the last seven full days before today, in a time zone."""
    today = local(now, time_zone).date()
    return Span(days.midnight(today - DEFAULT_LENGTH, time_zone), days.midnight(today, time_zone), time_zone)
