"""Durations and periods as people write them: `30m`, `2 business hours`, `1 business day`."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema

MAX_DURATION = timedelta(days=360)  # Step Functions ends whatever waits for longer than a year
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_PART = r"(\d{1,6})\s*([smhdw])"
_WHOLE = r"\s*(?:\d{1,6}\s*[smhdw]\s*){1,5}"


def parse_duration(text: object) -> timedelta:
    """Reads `30m`, `4h`, `1h 30m` or `90d`.

    Raises:
        ValueError: it is something else, nothing at all, or more than 360 days.
    """
    if isinstance(text, timedelta):
        return text
    if not isinstance(text, str) or not re.fullmatch(_WHOLE, text):
        raise ValueError(f"{text!r} is not a duration; write it like 30m, 4h, 1h 30m or 90d")
    length = sum((timedelta(**{_UNITS[unit]: int(n)}) for n, unit in re.findall(_PART, text)), timedelta())
    if not timedelta() < length <= MAX_DURATION:
        raise ValueError("a duration must be longer than nothing and no longer than 360 days; write one between")
    return length


def format_duration(length: timedelta) -> str:
    """Returns a duration as people write it: `1h 30m`; parts of a second are dropped."""
    seconds = int(length.total_seconds())
    parts = []
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count}{unit}")
    return " ".join(parts) or "0s"


WRITTEN_DURATION = {
    "type": "string",
    "pattern": r"^\s*([0-9]{1,6}\s*[smhdw]\s*){1,5}$",
    "examples": ["30m", "4h", "7d"],
}
Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(format_duration, return_type=str),
    WithJsonSchema(WRITTEN_DURATION, mode="validation"),
]


_BUSINESS = r"\s*(\d{1,8}) +business +(second|minute|hour|day)s?\s*"
_PERIOD_FORM = r"^\s*(([0-9]{1,6}\s*[smhdw]\s*){1,5}|[0-9]{1,8} +business +(second|minute|hour|day)s?\s*)$"


class TimeUnit(StrEnum):
    """The time that counts: all of it, that within the hours of a calendar, or the days on which there is work."""

    PLAIN = "plain"
    BUSINESS = "business"
    BUSINESS_DAYS = "business_days"


@dataclass(frozen=True, slots=True)
class Period:
    """A time limit: plain time, business time, or `length.days` business days.

    Business time passes only within the hours of a calendar. A business day ends at the same time on the next day on
    which there is work, however many hours that has.
    """

    length: timedelta
    unit: TimeUnit = TimeUnit.PLAIN

    @classmethod
    def plain(cls, length: timedelta) -> "Period":
        """Returns a period of plain time: nights and holidays count, too."""
        return cls(length)

    @property
    def needs_calendar(self) -> bool:
        """Returns whether a calendar is needed to say when it is over."""
        return self.unit is not TimeUnit.PLAIN

    def __str__(self) -> str:
        return format_period(self)


def parse_period(text: object) -> Period:
    """Reads `30m`, `1h 30m`, `2 business hours` or `1 business day`.

    Raises:
        ValueError: it is something else, nothing at all, or more than 360 days.
    """
    if isinstance(text, Period):
        return text
    if isinstance(text, timedelta) or (isinstance(text, str) and re.fullmatch(_WHOLE, text)):
        return Period.plain(parse_duration(text))
    written = re.fullmatch(_BUSINESS, text) if isinstance(text, str) else None
    if written is None:
        raise ValueError(f"{text!r} is no period; write it like 30m, 4h, 1h 30m, 2 business hours or 1 business day")
    length = timedelta(**{f"{written[2]}s": int(written[1])})
    if not timedelta() < length <= MAX_DURATION:
        raise ValueError("a period must be longer than nothing and no longer than 360 days; write one between")
    return Period(length, TimeUnit.BUSINESS_DAYS if written[2] == "day" else TimeUnit.BUSINESS)


def format_period(period: Period) -> str:
    """Returns a period as people write it: `1h 30m`, `90 business minutes`; parts of a second are dropped."""
    if period.unit is TimeUnit.PLAIN:
        return format_duration(period.length)
    if period.unit is TimeUnit.BUSINESS_DAYS:
        return _many(period.length.days, "business day")
    seconds = int(period.length.total_seconds())
    size, unit = next((size, unit) for size, unit in _BUSINESS_UNITS if seconds % size == 0)
    return _many(seconds // size, f"business {unit}")


_BUSINESS_UNITS = ((3_600, "hour"), (60, "minute"), (1, "second"))


def _many(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


_PERIOD_EXAMPLES = ["30m", "2 business hours", "1 business day"]
PeriodText = Annotated[
    Period,
    PlainValidator(parse_period),
    PlainSerializer(format_period, return_type=str),
    WithJsonSchema({"type": "string", "pattern": _PERIOD_FORM, "examples": _PERIOD_EXAMPLES}, mode="validation"),
]
