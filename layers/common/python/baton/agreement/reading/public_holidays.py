"""Prints the public holidays of a country as lines for a calendar's `holidays:`.

Only the command line imports this: an agreement lists its holidays as dates, which both departments can read.
"""

import json
import re

MAX_YEARS = 30
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
_MAX_NAME = 100


class NoHolidays(Exception):
    """There are no holidays to print; the text says why, and what to do."""


def holiday_lines(country: str, years: str, subdivision: str | None = None) -> list[str]:
    """Returns a line for each holiday of a country (`DE`) or a part of it (`BY`) in some years (`2026-2028`).

    Raises:
        NoHolidays: the package `holidays` is missing or does not know the place, or the years are none.
    """
    try:
        import holidays  # takes 190 ms and comes in no layer  # noqa: PLC0415
    except ImportError as fault:
        raise NoHolidays("the package that knows the holidays is missing; pip install holidays") from fault
    wanted = _years(years)
    try:
        found = holidays.country_holidays(country.upper(), subdiv=subdivision, years=wanted, language="en_US")
    except NotImplementedError as fault:
        raise NoHolidays(f"{fault}; write codes like DE and BY, or US and CA (ISO 3166)") from fault
    return [_line(f"{day} {name}"[: len("2026-12-25 ") + _MAX_NAME]) for day, name in sorted(found.items())]


def _years(written: str) -> range:
    form = _YEARS.fullmatch(written)
    years = range(int(form[1]), int(form[2] or form[1]) + 1) if form else range(0)
    if not 0 < len(years) <= MAX_YEARS:
        raise NoHolidays(f"{written} are no years; write them like 2026 or 2026-2028, at most {MAX_YEARS}")
    return years


def _line(holiday: str) -> str:
    """Returns a line of YAML; in quotes where YAML would read another value."""
    return f"- {json.dumps(holiday, ensure_ascii=False) if re.search(r': |:$| #', holiday) else holiday}"
