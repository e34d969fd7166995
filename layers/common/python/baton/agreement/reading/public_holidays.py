"""Prints the public holidays of a country as lines for a calendar's `holidays:`.

Only the command line imports this: an agreement lists its holidays as dates, which both departments can read.
"""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from holidays import HolidayBase

MAX_YEARS = 30
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
_MAX_NAME = 100


class NoHolidays(Exception):
    """There are no holidays to print; the text says why, and what to do."""


class PublicHolidays(NamedTuple):
    """The holidays of a place in some years.

    Args:
        lines: a line of YAML for each, such as `- 2026-12-25 Christmas Day`.
        remarks: what whoever pastes them should know, in sentences: which parts of the country have holidays of their
            own, and on which days off there is work.
    """

    lines: list[str]
    remarks: list[str]


def public_holidays(country: str, years: str, subdivision: str | None = None) -> PublicHolidays:
    """Returns the holidays of a country (`DE`) or a part of it (`BY`) in some years (`2026-2028`).

    Raises:
        NoHolidays: the package `holidays` is missing or does not know the place, or the years are none.
    """
    try:
        import holidays  # takes 190 ms and comes in no layer  # noqa: PLC0415
    except ImportError as fault:
        raise NoHolidays("the package that knows the holidays is missing; pip install holidays") from fault
    wanted, code = _years(years), country.upper()

    def days_of(part: str | None) -> "HolidayBase":
        return holidays.country_holidays(code, subdiv=part, years=wanted, language="en_US")

    try:
        found = days_of(subdivision)
    except NotImplementedError as fault:
        raise NoHolidays(f"{fault}; write codes like DE and BY, or US and CA (ISO 3166)") from fault
    lines = [_line(f"{day} {name}"[: len("2026-12-25 ") + _MAX_NAME]) for day, name in sorted(found.items())]
    parts = [] if subdivision else [part for part in found.subdivisions if days_of(part).keys() - found.keys()]
    return PublicHolidays(lines, [*_parts_differ(code, parts, found), *_work_on_days_off(found, wanted)])


def _parts_differ(country: str, parts: list[str], found: "HolidayBase") -> Iterator[str]:
    if parts:
        names = {code: name for name, code in reversed(found.subdivisions_aliases.items())}
        named = ", ".join(f"{part} ({names[part]})" if part in names else part for part in parts)
        yield (
            f"These are the holidays of all of {country}. Parts of it have others besides: {named}. If your people work"
            f" in one of them, ask for it, such as --subdivision {parts[0]}."
        )


def _work_on_days_off(found: "HolidayBase", years: range) -> Iterator[str]:
    worked = ", ".join(str(day) for day in sorted(found.weekend_workdays) if day.year in years)
    if worked:
        yield f"On these days off there is work: {worked}. Write their hours into the calendar's `special_hours`."


def _years(written: str) -> range:
    form = _YEARS.fullmatch(written)
    years = range(int(form[1]), int(form[2] or form[1]) + 1) if form else range(0)
    if not 0 < len(years) <= MAX_YEARS:
        raise NoHolidays(f"{written} are no years; write them like 2026 or 2026-2028, at most {MAX_YEARS}")
    return years


def _line(holiday: str) -> str:
    """Returns a line of YAML; in quotes where YAML would read another value."""
    return f"- {json.dumps(holiday, ensure_ascii=False) if re.search(r': |:$| #', holiday) else holiday}"
