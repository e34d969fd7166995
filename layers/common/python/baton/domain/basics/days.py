"""Days and moments as people write them: `2027-01-15`, `2027-01-15T09:00:00Z`; and the years that dates may have."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)
"""Dates before or after are no dates of Baton's, but empty ones (0001-01-01) or `until further notice` (9999-12-31)."""
A_DAY = timedelta(days=1)
_FIRST_MOMENT, _LAST_MOMENT = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_DAY = r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00(?:\.0{1,9})?)?)?"
_DAY_FIRST = r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})\. ?(?P<year>[0-9]{4})"
_LONGEST = 40


def read_day_or_moment(written: Any) -> date | datetime:
    """Reads a date, or a moment with its time zone; midnight without a zone is that day.

    Raises:
        ValueError: it is neither.
    """
    if isinstance(written, date) and not isinstance(written, datetime):
        return written
    text = written.isoformat() if isinstance(written, datetime) else written
    read = _read(text.strip()) if isinstance(text, str) and len(text) <= _LONGEST else None
    if read is None:
        raise ValueError("must be a date, such as 2026-12-24, or a moment, such as 2026-12-24T12:00:00Z")
    return read


def _read(text: str) -> date | datetime | None:
    try:
        if day := re.fullmatch(_DAY, text):
            return date(*map(int, day.groups()))
        if day := re.fullmatch(_DAY_FIRST, text):
            return date(**{name: int(digits) for name, digits in day.groupdict().items()})
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return in_utc(moment) if moment.tzinfo else None


def in_utc(moment: datetime) -> datetime:
    """Returns an aware moment in UTC; one beyond the calendar of computers is the first or the last one in it."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return _FIRST_MOMENT if moment.year == 1 else _LAST_MOMENT


def bounded(day: date | datetime) -> date | datetime:
    """Returns the day or moment itself, or the nearest between the first and the last day, wherever they begin."""
    if isinstance(day, datetime):
        return min(max(day, midnight(FIRST_DAY - A_DAY, "UTC")), midnight(LAST_DAY + 2 * A_DAY, "UTC"))
    return min(max(day, FIRST_DAY), LAST_DAY)


def is_bounded(day: date | datetime) -> bool:
    """Tells whether a date or a moment is between the first and the last day."""
    return bounded(day) == day


def midnight(day: date, zone: str) -> datetime:
    """Returns the moment in UTC at which a day begins in a time zone."""
    if zone == "UTC":
        return datetime.combine(day, time(), UTC)
    from zoneinfo import ZoneInfo  # nobody needs a zone's file who names no day  # noqa: PLC0415

    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def begin_of(day: date | datetime, zone: str) -> datetime:
    """Returns a moment as it is, or the beginning of a day in a time zone; extreme years are bounded."""
    within = bounded(day)
    return within if isinstance(within, datetime) else midnight(within, zone)


def date_at(moment: datetime, zone: str) -> date | None:
    """Returns the date that begins at a moment in a time zone, as `begin_of` reads one; None of any other moment."""
    there = moment.astimezone(UTC)
    if zone != "UTC":
        from zoneinfo import ZoneInfo  # as above  # noqa: PLC0415

        there = moment.astimezone(ZoneInfo(zone))
    return there.date() if midnight(there.date(), zone) == moment else None


def _as_written(day: date | datetime) -> str:
    return day.isoformat().replace("+00:00", "Z")


_WRITTEN = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
DayOrMoment = Annotated[
    date | datetime,
    PlainValidator(read_day_or_moment),
    PlainSerializer(_as_written, return_type=str, when_used="json"),
    WithJsonSchema(_WRITTEN),
]
