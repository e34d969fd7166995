"""Checks of calendars: the time zone exists, hours do not overlap, holidays are dates that exist."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from baton.agreement.terms.calendars import DAYS, MINUTES_A_DAY, Calendar, weekdays_of, weekly_blocks

if TYPE_CHECKING:
    from baton.agreement.document.document import Sections

Fault = tuple[tuple[int | str, ...], str]


def calendars_make_sense(sections: "Sections") -> Iterator[Fault]:
    """Yields the faults of every calendar in a draft, each with its path, such as `calendars.berlin.time_zone`."""
    for name, calendar in sections.calendars.items():
        yield from ((("calendars", name, *loc), fault) for loc, fault in calendar_faults(calendar))


def calendar_faults(calendar: Calendar) -> Iterator[Fault]:
    """Yields the faults of one calendar, each with its path within it."""
    yield from _zone_exists(calendar.time_zone)
    hours = [*_hours_last(calendar), *_days_differ(calendar)]
    yield from hours or _hours_do_not_overlap(calendar)
    yield from _dates_exist(calendar)


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
    for written, blocks in calendar.hours.items():
        for block in blocks:
            begin, _, end = block.partition("-")
            if begin == end:
                yield ("hours", written), f"`{block}` ends when it begins; write 00:00-24:00 for a whole day"


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
    blocks = [
        (day * MINUTES_A_DAY + begin, day * MINUTES_A_DAY + end)
        for day, blocks in enumerate(weekly_blocks(calendar.hours))
        for begin, end in blocks
    ]
    next_week = [(begin + 7 * MINUTES_A_DAY, end + 7 * MINUTES_A_DAY) for begin, end in blocks[:1]]
    for (begin, end), (next_begin, next_end) in pairwise(blocks + next_week):
        if next_begin < end:
            yield (
                ("hours",),
                f"{_block(begin, end)} and {_block(next_begin, next_end)} overlap; end one before the other begins",
            )


def _block(begin: int, end: int) -> str:
    day = DAYS[begin // MINUTES_A_DAY % 7]
    return f"{day} {_time(begin)}-{'24:00' if end % MINUTES_A_DAY == 0 else _time(end)}"


def _time(minutes: int) -> str:
    return f"{minutes % MINUTES_A_DAY // 60:02}:{minutes % 60:02}"


def _dates_exist(calendar: Calendar) -> Iterator[Fault]:
    for number, day in enumerate(calendar.holidays):
        try:
            date.fromisoformat(day[:10])
        except ValueError:
            yield ("holidays", number), f"there is no {day[:10]}; write a date that exists, or leave it out"
