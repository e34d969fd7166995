"""Checks of calendars: the time zone exists, hours do not overlap, holidays are dates that exist."""

from collections.abc import Iterator
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from baton.agreement.terms.calendars import (
    DAYS,
    MINUTES_A_DAY,
    Calendar,
    holiday_dates,
    special_blocks,
    weekdays_of,
    weekly_blocks,
    written_block,
)

if TYPE_CHECKING:
    from baton.agreement.document.document import Sections

Loc = tuple[int | str, ...]
Fault = tuple[Loc, str]
_A_DAY = timedelta(days=1)


def calendars_make_sense(sections: "Sections") -> Iterator[Fault]:
    """Yields the faults of every calendar in a draft, each with its path, such as `calendars.berlin.time_zone`."""
    for name, calendar in sections.calendars.items():
        yield from ((("calendars", name, *loc), fault) for loc, fault in calendar_faults(calendar))


def calendar_faults(calendar: Calendar) -> Iterator[Fault]:
    """Yields the faults of one calendar, each with its path within it."""
    yield from _zone_exists(calendar.time_zone)
    hours = [*_hours_last(calendar), *_days_differ(calendar)]
    dates = [*_dates_exist(calendar), *_dates_differ(calendar)]
    yield from (*hours, *dates) if hours or dates else _hours_do_not_overlap(calendar)


@cache
def _zones() -> tuple[str, ...]:
    return tuple(files("tzdata").joinpath("zones").read_text(encoding="ascii").split())


def _zone_exists(zone: str) -> Iterator[Fault]:
    if zone not in _zones():
        by_place = {each.rpartition("/")[2].lower(): each for each in reversed(_zones())}
        close = get_close_matches(zone.rpartition("/")[2].lower().replace(" ", "_"), by_place, n=1)
        hint = f"did you mean {by_place[close[0]]}?" if close else "write one like Europe/Berlin or UTC"
        yield ("time_zone",), f"there is no time zone `{zone[:50]}`; {hint}"


def _hours_last(calendar: Calendar) -> Iterator[Fault]:
    days = (*(("hours", day) for day in calendar.hours), *(("special_hours", day) for day in calendar.special_hours))
    for loc in days:
        for block in getattr(calendar, loc[0])[loc[1]]:
            begin, _, end = block.partition("-")
            if begin == end:
                yield loc, f"`{block}` ends when it begins; write 00:00-24:00 for a whole day"


def _days_differ(calendar: Calendar) -> Iterator[Fault]:
    first: dict[int, str] = {}
    for written in calendar.hours:
        twice = [day for day in weekdays_of(written) if day in first]
        if twice:
            day = twice[0]
            yield (
                ("hours", written),
                f"`{DAYS[day]}` has hours in `{first[day]}` already; write the hours of a day in one line",
            )
        first |= {day: written for day in weekdays_of(written) if day not in first}


def _hours_do_not_overlap(calendar: Calendar) -> Iterator[Fault]:
    week = [[*blocks] for blocks in weekly_blocks(calendar.hours)]
    for day, blocks in enumerate(week):
        yield from ((("hours",), fault) for fault in _overlaps(day, blocks, week[(day + 1) % 7]))
    special = {day: [*blocks] for day, blocks in special_blocks(calendar.special_hours)}
    off = frozenset(holiday_dates(calendar.holidays))

    def blocks_on(date_: date) -> list[tuple[int, int]]:
        return [] if date_ in off else special[date_] if date_ in special else week[date_.weekday()]

    for written, (date_, blocks) in zip(calendar.special_hours, special.items(), strict=True):
        before, after = date_ - _A_DAY, date_ + _A_DAY
        around = list(_overlaps(date_.weekday(), blocks, blocks_on(after)))
        if before not in special:
            around += _overlaps(before.weekday(), blocks_on(before)[-1:], blocks)
        yield from ((("special_hours", written), fault) for fault in around)


def _overlaps(day: int, blocks: list[tuple[int, int]], next_day: list[tuple[int, int]]) -> Iterator[str]:
    """Yields the overlaps of a day's blocks with each other, and with the first of the next day."""
    following = [(begin + MINUTES_A_DAY, end + MINUTES_A_DAY) for begin, end in next_day[:1]]
    for (begin, end), (next_begin, next_end) in pairwise([*blocks, *following]):
        if next_begin < end:
            one, other = _block(day, begin, end), _block(day, next_begin, next_end)
            yield f"{one} and {other} overlap; end one before the other begins"


def _block(day: int, begin: int, end: int) -> str:
    return f"{DAYS[(day + begin // MINUTES_A_DAY) % 7]} {written_block(begin, end)}"


def _dates_exist(calendar: Calendar) -> Iterator[Fault]:
    for loc, day in _dates(calendar):
        try:
            date.fromisoformat(day[:10])
        except ValueError:
            yield loc, f"there is no {day[:10]}; write a date that exists, or leave it out"


def _dates_differ(calendar: Calendar) -> Iterator[Fault]:
    """Yields a fault for each date with special hours that is a holiday, too, or has special hours twice."""
    said = dict.fromkeys((day[:10] for day in calendar.holidays), "holidays")
    for day in calendar.special_hours:
        if day[:10] in said:
            yield ("special_hours", day), f"{day[:10]} stands in `{said[day[:10]]}` already; say once what it is"
        said[day[:10]] = "special_hours"


def _dates(calendar: Calendar) -> Iterator[tuple[Loc, str]]:
    yield from ((("holidays", number), day) for number, day in enumerate(calendar.holidays))
    yield from ((("special_hours", day), day) for day in calendar.special_hours)
