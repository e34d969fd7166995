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
_BESIDES = {
    "de_facto": "Hardly anybody works on {days}, though the law does not say so. Add these days.",
    "half_day": "Half of these days is off: {days}. Write their hours into the calendar's `special_hours`.",
    "bank": "Banks are closed on {days}. Add the days on which your people are off, too.",
    "government": "Public offices are closed on {days}. Add the days on which your people are off, too.",
    "optional": "Some people are off on {days}. Add the days on which yours are.",
}
"""What is said of the package's other categories; those of schools and faiths, and days that are only named, are not.

Its own default has what the law calls a public holiday: of Sweden's that is not Midsummer's Eve or Christmas Eve.
"""
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
_MAX_NAME = 100


class NoHolidays(Exception):
    """There are no holidays to print; the text says why, and what to do."""


class PublicHolidays(NamedTuple):
    """The holidays of a place in some years.

    Args:
        lines: a line of YAML for each, such as `- 2026-12-25 Christmas Day`.
        remarks: what whoever pastes them should know, in sentences: which parts of the country have holidays of their
            own, on which days off there is work, and on which other days people are off.
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

    def days_of(part: str | None, category: str = "public") -> "HolidayBase":
        return holidays.country_holidays(code, subdiv=part, years=wanted, language="en_US", categories=(category,))

    try:
        found = days_of(subdivision)
    except NotImplementedError as fault:
        raise NoHolidays(f"{fault}; write codes like DE and BY, or US and CA (ISO 3166)") from fault
    lines = [_line(f"{day} {name}"[: len("2026-12-25 ") + _MAX_NAME]) for day, name in sorted(found.items())]
    parts = [] if subdivision else [part for part in found.subdivisions if days_of(part).keys() - found.keys()]
    besides = {kind: days_of(subdivision, kind) for kind in _BESIDES if kind in found.supported_categories}
    remarks = [*_parts_differ(code, parts, found), *_work_on_days_off(found, wanted), *_off_besides(found, besides)]
    return PublicHolidays(lines, remarks)


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


def _off_besides(found: "HolidayBase", besides: "dict[str, HolidayBase]") -> Iterator[str]:
    """Yields a sentence for each category, with the working days in it that no one before has, under their names."""
    told = set(found)
    for kind, days in besides.items():
        named: dict[str, list[str]] = {}
        for day, name in sorted(days.items()):
            if day not in told and day.weekday() not in found.weekend:
                named.setdefault(name[:_MAX_NAME], []).append(str(day))
        told.update(days)
        if named:
            yield _BESIDES[kind].format(days="; ".join(f"{', '.join(on)} ({name})" for name, on in named.items()))


def _years(written: str) -> range:
    form = _YEARS.fullmatch(written)
    years = range(int(form[1]), int(form[2] or form[1]) + 1) if form else range(0)
    if not 0 < len(years) <= MAX_YEARS:
        raise NoHolidays(f"{written} are no years; write them like 2026 or 2026-2028, at most {MAX_YEARS}")
    return years


def _line(holiday: str) -> str:
    """Returns a line of YAML; in quotes where YAML would read another value."""
    return f"- {json.dumps(holiday, ensure_ascii=False) if re.search(r': |:$| #', holiday) else holiday}"
