"""Reads dates and numbers as people write them in spreadsheets; any other text stays as it is."""

import re
from datetime import UTC, datetime, tzinfo
from typing import Literal

SlashDates = Literal["DD/MM/YYYY", "MM/DD/YYYY"]
Decimals = Literal[",", "."]

_TIME = (
    r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"(?:[ \u00a0\u202f]?(?P<half>[AaPp])\.?[Mm]\.?)?)?"
)
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
_OF_TWO_DAYS = "may be of two days; say in `dates` whether it is DD/MM/YYYY or MM/DD/YYYY"
_NOON = 12
_NUMBER = re.compile(r"[+-]?\d+(?:[.,' \u00a0\u202f]\d+)*")
_THOUSANDS = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})")
_DIGITS = re.compile(r"\d*")
_BETWEEN_THOUSANDS = re.compile(r"[' \u00a0\u202f]")
_KEPT_FROM_BEING_A_FORMULA = re.compile(r"""(^|[;\t\r\n]["\s]*)'(?=[=+\-@＝＋－＠\t\r\n])""")
_TEXT_AS_A_FORMULA = re.compile(r'="([^"]*)"')


def without_formula_guard(written: str) -> str:
    """Returns a cell without its guard against formulas: `'+49 30 1` and `="+49 30 1"` as `+49 30 1`."""
    formula = _TEXT_AS_A_FORMULA.fullmatch(written)
    return formula[1] if formula else _KEPT_FROM_BEING_A_FORMULA.sub(r"\1", written)


def read_date_cell(written: str, slashes: SlashDates | None, zone: tzinfo) -> str:
    """Returns a date in ISO 8601 in UTC: `24.11.2026 9:30` in Berlin as `2026-11-24T08:30:00+00:00`.

    A date without a time is midnight in `zone`.

    Raises:
        ValueError: it may be one of two dates, or does not exist.
    """
    forms = (*_ANY_ORDER, _SLASHES[slashes]) if slashes else _ANY_ORDER
    found = next((match for form in forms if (match := form.fullmatch(written))), None)
    if found is None:
        if _WITH_SLASHES.fullmatch(written):
            raise ValueError(_not_like(slashes) if slashes else _OF_TWO_DAYS)
        return written
    groups = found.groupdict()
    half = groups.pop("half")
    parts = {name: int(digits) for name, digits in groups.items() if digits}
    try:
        local = datetime(**(parts | ({"hour": _hour(parts["hour"], half)} if half else {})), tzinfo=zone)
        return local.astimezone(UTC).isoformat()
    except (ValueError, OverflowError) as fault:
        raise ValueError("is no day and time of the calendar") from fault


def _not_like(slashes: SlashDates) -> str:
    return f"is not written like {slashes}, or {slashes} 09:30, or 9:30 PM; the year has four digits"


def _hour(hour: int, half: str) -> int:
    """Returns the hour of 24 for an hour of 12 with `A` or `P`."""
    if not 1 <= hour <= _NOON:
        raise ValueError("no clock shows it")
    return hour % _NOON + (_NOON if half in "Pp" else 0)


def read_number_cell(written: str, decimals: Decimals | None, *, of_whole: bool = False) -> str:
    """Returns a number in plain digits: `1.250,50` as `1250.50`, `12 000` as `12000`, `1200.0` as `1200`.

    A text that is no number stays as it is. `of_whole` says that the column has whole numbers: `1,200` is 1200.

    Raises:
        ValueError: it may be one of two numbers, or it is not written as `decimals` says.
    """
    if not _NUMBER.fullmatch(written):
        return written
    text = _BETWEEN_THOUSANDS.sub("", written)
    whole, _, fraction = text.partition(decimals or _point_of(text, of_whole=of_whole))
    if not _THOUSANDS.fullmatch(whole) or not _DIGITS.fullmatch(fraction):
        if decimals:
            raise ValueError(f"is not written with `{decimals}` before its decimals, as `decimals` says")
        return written
    plain = re.sub(r"[.,]", "", whole)
    return f"{plain}.{fraction}" if fraction.strip("0") else plain


def _point_of(text: str, *, of_whole: bool) -> str:
    """Returns the mark before the decimals, as the number itself shows: `,` in `1.250,50`."""
    marks = [letter for letter in text if letter in ".,"]
    if len(marks) == 1 and re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", text):
        if of_whole:
            return "." if "," in marks else ","
        raise ValueError("may be thousands or decimals; say in `decimals` whether `,` or `.` stands before decimals")
    if len(set(marks)) == 2 or len(marks) == 1:
        return marks[-1]
    return "." if "," in marks else ","
