"""Calendars: the working hours of a week in one time zone, and the holidays."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from baton.agreement.terms.clause import Clause, ShortText

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = f"({'|'.join(DAYS)})"
DAYS_FORM = f"^{_DAY}(-{_DAY})?$"
BLOCK_FORM = "^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
HOLIDAY_FORM = "^[0-9]{4}-[0-9]{2}-[0-9]{2}( .{1,100})?$"
MINUTES_A_DAY = 24 * 60
Week = tuple[tuple[tuple[int, int], ...], ...]
"""The blocks of each day from Monday to Sunday, in minutes of that day; more than 1440 is the next morning."""


def _in_a_list(hours: Any) -> Any:
    """Puts a single block into a list: `09:00-17:00` needs no brackets."""
    return tuple(hours) if isinstance(hours, list) else (hours,) if isinstance(hours, str) else hours


def _as_texts(holidays: Any) -> Any:
    """Turns dates into texts: YAML reads a bare 2026-12-25 as a date."""
    if not isinstance(holidays, list | tuple):
        return holidays
    return [day.isoformat() if type(day) is date else day for day in holidays]


_ONE_BLOCK = {"type": "string", "pattern": BLOCK_FORM, "examples": ["09:00-17:00"]}
_BLOCKS = {"anyOf": [_ONE_BLOCK, {"type": "array", "items": _ONE_BLOCK, "minItems": 1, "maxItems": 10}]}
Days = Annotated[str, Field(pattern=DAYS_FORM)]
Block = Annotated[str, Field(pattern=BLOCK_FORM)]
Blocks = Annotated[
    tuple[Block, ...],
    Field(min_length=1, max_length=10),
    BeforeValidator(_in_a_list),
    WithJsonSchema(_BLOCKS, mode="validation"),
]
Holiday = Annotated[str, Field(pattern=HOLIDAY_FORM)]


class Calendar(Clause):
    """When people work."""

    time_zone: ShortText
    """Where the clock hangs that the hours are read from, such as Europe/Berlin."""
    hours: dict[Days, Blocks] = Field(min_length=1, max_length=7)
    """The hours of each day on which there is work, such as `mon-fri: 09:00-17:00`; in a list if there are several.

    Hours that end the next morning (22:00-06:00) are those of the day on which they begin.
    """
    holidays: Annotated[tuple[Holiday, ...], BeforeValidator(_as_texts)] = Field(default=(), max_length=500)
    """The dates on which nobody begins to work, each with its name if you like: 2026-12-25 Christmas Day."""

    special_hours: dict[Holiday, Blocks] = Field(default={}, max_length=200)
    """The hours of single dates, in place of those of their weekday: a Saturday that is worked, half a Christmas Eve.

    Each date may have a name, as holidays have: `2026-12-24 Christmas Eve: 09:00-12:00`.
    """

    def trimmed(self, first: date, last: date) -> "Calendar":
        """Returns the calendar with only the dates from `first` to `last`, to be stored with a handoff."""

        def meets(day: str) -> bool:
            return first.isoformat() <= day[:10] <= last.isoformat()

        holidays = tuple(filter(meets, self.holidays))
        special = {day: blocks for day, blocks in self.special_hours.items() if meets(day)}
        return self.model_copy(update={"holidays": holidays, "special_hours": special})


def weekdays_of(written: str) -> tuple[int, ...]:
    """Returns the weekdays of a day or range, Monday being 0: `fri-mon` gives 4, 5, 6, 0."""
    first, last = DAYS.index(written[:3]), DAYS.index(written[-3:])
    return tuple(day % 7 for day in range(first, first + (last - first) % 7 + 1))


def block_minutes(block: str) -> tuple[int, int]:
    """Returns the start and end of a block in minutes of its day; more than 1440 is the next morning."""
    begin, end = (int(time[:2]) * 60 + int(time[3:]) for time in block.split("-"))
    return begin, end if end > begin else end + MINUTES_A_DAY


def written_block(begin: int, end: int) -> str:
    """Returns a block as it is written, from its minutes: the opposite of `block_minutes`."""
    return f"{_time(begin)}-{_time(end) if end % MINUTES_A_DAY else '24:00'}"


def _time(minutes: int) -> str:
    return f"{minutes % MINUTES_A_DAY // 60:02}:{minutes % 60:02}"


def weekly_blocks(hours: Mapping[str, Iterable[str]]) -> Week:
    """Returns the blocks of each weekday of hours such as `{"mon-fri": ["09:00-17:00"]}`."""
    week: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for written, blocks in hours.items():
        for day in weekdays_of(written):
            week[day] += (block_minutes(block) for block in blocks)
    return tuple(tuple(sorted(blocks)) for blocks in week)


def special_blocks(special_hours: Mapping[str, Iterable[str]]) -> Iterator[tuple[date, tuple[tuple[int, int], ...]]]:
    """Yields each date with hours of its own, and its blocks in minutes of that day."""
    for day, blocks in special_hours.items():
        yield date.fromisoformat(day[:10]), tuple(sorted(map(block_minutes, blocks)))


def holiday_dates(holidays: Iterable[str]) -> Iterator[date]:
    """Yields the dates of holidays such as `2026-12-25 Christmas Day`."""
    return (date.fromisoformat(day[:10]) for day in holidays)


def weekly_business_time(calendar: Calendar) -> timedelta:
    """Returns the business time of a week without holidays."""
    return timedelta(minutes=sum(end - begin for blocks in weekly_blocks(calendar.hours) for begin, end in blocks))
