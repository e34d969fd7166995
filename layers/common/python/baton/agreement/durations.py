"""Durations as people say them (`30m`, `4h`, `90d`), because two departments sign the text, not a number of seconds."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

LONGEST = timedelta(days=360)  # Step Functions ends whatever waits for longer than a year
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_PART = re.compile(r"(\d{1,6})\s*([smhdw])")
_WHOLE = re.compile(r"\s*(?:\d{1,6}\s*[smhdw]\s*){1,5}")


def parse_duration(text: object) -> timedelta:
    """Read `30m`, `4h`, `1h 30m` or `90d`.

    Raises:
        ValueError: it is something else, nothing at all, or more than 360 days.
    """
    if isinstance(text, timedelta):
        return text
    if not isinstance(text, str) or not _WHOLE.fullmatch(text):
        raise ValueError(f"{text!r} is not a duration; write it like 30m, 4h, 1h 30m or 90d")
    length = sum((timedelta(**{_UNITS[unit]: int(n)}) for n, unit in _PART.findall(text)), timedelta())
    if not timedelta() < length <= LONGEST:
        raise ValueError("a duration must be longer than nothing and no longer than 360 days")
    return length


def say_duration(length: timedelta) -> str:
    """Write a duration the way it is read: `1h 30m`; parts of a second are dropped."""
    seconds = int(length.total_seconds())
    parts = []
    for unit, size in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count}{unit}")
    return " ".join(parts) or "0s"


_WRITTEN = {"type": "string", "pattern": r"^\s*([0-9]{1,6}\s*[smhdw]\s*){1,5}$", "examples": ["30m", "4h", "7d"]}
Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(say_duration, return_type=str),
    WithJsonSchema(_WRITTEN, mode="validation"),
]
