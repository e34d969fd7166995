"""Absences of reps: whole days or moments, in the time zone where the rep works, through changes to summer time too."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

from pydantic import ConfigDict, Field, PlainSerializer, PlainValidator, WithJsonSchema

from baton.domain.basics.facts import Fact

MAX_ABSENCES = 50
A_DAY = timedelta(days=1)


def _day_or_moment(written: Any) -> date | datetime:
    """Reads a date, or a moment with its time zone.

    Raises:
        ValueError: it is neither.
    """
    if isinstance(written, date):
        return written
    try:
        if len(text := str(written)) == len("2026-12-24"):
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError("must be a date, such as 2026-12-24, or a moment, such as 2026-12-24T12:00:00Z")
    return moment.astimezone(UTC)


def _as_written(day: date | datetime) -> str:
    return day.isoformat().replace("+00:00", "Z")


_WRITTEN = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
DayOrMoment = Annotated[
    date | datetime,
    PlainValidator(_day_or_moment),
    PlainSerializer(_as_written, return_type=str, when_used="json"),
    WithJsonSchema(_WRITTEN),
]


class AbsencePeriod(Fact):
    """A person's absence: from a moment until another; dates are whole days where the person works, the last included.

    `why` is for the people on the staff, and stays on the roster.
    """

    model_config = ConfigDict(populate_by_name=True)

    since: DayOrMoment = Field(alias="from")
    until: DayOrMoment = Field(alias="to")
    why: Annotated[str, Field(max_length=200)] | None = None

    def begins(self, zone: str) -> datetime:
        """Returns the first moment of it in UTC, for a rep who works in this time zone."""
        return self.since if isinstance(self.since, datetime) else _midnight(self.since, zone)

    def ends(self, zone: str) -> datetime:
        """Returns the first moment after it in UTC."""
        return self.until if isinstance(self.until, datetime) else _midnight(self.until + A_DAY, zone)


def _midnight(day: date, zone: str) -> datetime:
    from zoneinfo import ZoneInfo  # nobody needs a zone's file who is not away for a day  # noqa: PLC0415

    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
