"""A time limit, and the kind of time in which it is counted."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class TimeUnit(StrEnum):
    """The time that counts: all of it, that within the hours of a calendar, or the days on which there is work."""

    PLAIN = "plain"
    BUSINESS = "business"
    BUSINESS_DAYS = "business_days"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A time limit; in business days, `length` has 24 hours for each day.

    A business day ends at the same time on the next day on which there is work, however many hours that has.
    """

    length: timedelta
    unit: TimeUnit = TimeUnit.PLAIN

    @property
    def needs_calendar(self) -> bool:
        """Tells whether only a calendar says when the limit is over."""
        return self.unit is not TimeUnit.PLAIN
