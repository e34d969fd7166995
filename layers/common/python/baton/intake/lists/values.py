"""Dates and numbers as people write them in spreadsheets → as programs write them; what is neither stays as it is."""

import re
from datetime import UTC, datetime, tzinfo
from typing import Literal

SlashDates = Literal["DD/MM/YYYY", "MM/DD/YYYY"]
Decimals = Literal[",", "."]

_TIME = r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)?"
_DAY_FIRST = r"(?P<day>\d{1,2}){0}(?P<month>\d{1,2}){0}(?P<year>\d{4})"
_MONTH_FIRST = r"(?P<month>\d{1,2}){0}(?P<day>\d{1,2}){0}(?P<year>\d{4})"
_YEAR_FIRST = r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})"


def _form(day: str, between: str = "") -> re.Pattern[str]:
    return re.compile(day.replace("{0}", between) + _TIME)


_ANY_ORDER = (_form(_YEAR_FIRST), _form(_DAY_FIRST, r"\."))
_SLASHES: dict[SlashDates, re.Pattern[str]] = {
    "DD/MM/YYYY": _form(_DAY_FIRST, "/"),
    "MM/DD/YYYY": _form(_MONTH_FIRST, "/"),
}
_WITH_SLASHES = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}\b.*")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,' \u00a0\u202f]\d+)*")
_BETWEEN_THOUSANDS = re.compile(r"[' \u00a0\u202f]")


def moment(written: str, slashes: SlashDates | None, zone: tzinfo) -> str:
    """A date, with or without a time, in ISO 8601 with its zone; without one it is of `zone`, without a time midnight.

    Raises:
        ValueError: it may be one of two dates, or is no day of the calendar.
    """
    forms = (*_ANY_ORDER, _SLASHES[slashes]) if slashes else _ANY_ORDER
    found = next((match for form in forms if (match := form.fullmatch(written))), None)
    if found is None:
        if _WITH_SLASHES.fullmatch(written):
            raise ValueError("may be of two days; say in `dates` whether it is DD/MM/YYYY or MM/DD/YYYY")
        return written
    parts = {name: int(digits) for name, digits in found.groupdict().items() if digits}
    try:
        local = datetime(**parts, tzinfo=zone)
    except ValueError as fault:
        raise ValueError("is no day and time of the calendar") from fault
    return local.astimezone(UTC).isoformat()


def number(written: str, decimals: Decimals | None) -> str:
    """A number in plain digits: `1.250,50` as `1250.50`, `12 000` as `12000`, `1200.0` as `1200`.

    Raises:
        ValueError: it may be one of two numbers.
    """
    if not _NUMBER.fullmatch(written):
        return written
    text = _BETWEEN_THOUSANDS.sub("", written)
    point = decimals or _point_of(text)
    whole, _, fraction = text.partition(point)
    plain = re.sub(r"[.,]", "", whole)
    if re.search(r"[.,]", fraction):
        return written
    return f"{plain}.{fraction}" if fraction.strip("0") else plain


def _point_of(text: str) -> str:
    """What stands before the decimals, where a number with both marks, or with one of them several times, tells."""
    marks = [letter for letter in text if letter in ".,"]
    if len(marks) == 1 and re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", text):
        raise ValueError("may be thousands or decimals; say in `decimals` whether `,` or `.` stands before decimals")
    if len(set(marks)) == 2 or len(marks) == 1:
        return marks[-1]
    return "." if "," in marks else ","
