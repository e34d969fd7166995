"""The period of a report, in UTC: from one moment up to another, which is not part of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

A_DAY = timedelta(days=1)
MAX_SPAN = timedelta(days=400)
DEFAULT_LENGTH = timedelta(days=7)


class Span(NamedTuple):
    """A period; `end` is the first moment after it."""

    start: datetime
    end: datetime

    def holds(self, at: datetime) -> bool:
        """Returns whether the moment is in the period."""
        return self.start <= at < self.end

    @property
    def months(self) -> Iterator[str]:
        """Returns the months of the period, in order, as `2026-11`."""
        month = midnight(self.start).replace(day=1)
        while month < self.end:
            yield f"{month:%Y-%m}"
            month = (month + timedelta(days=32)).replace(day=1)


def midnight(at: datetime) -> datetime:
    """Returns the beginning of the day, in UTC."""
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def last_full_days(now: datetime, length: timedelta = DEFAULT_LENGTH) -> Span:
    """Returns the last full days before today, in UTC."""
    return Span(midnight(now) - length, midnight(now))
