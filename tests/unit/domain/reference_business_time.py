"""Computes business time by counting every minute of local time.

A slow reference for the tests; it shares no code with Baton's business time.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from baton.agreement.terms.calendars import Calendar

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Minutes:
    """Every minute of some days from a moment on: what the wall shows, and whether there is work."""

    def __init__(self, calendar: Calendar, since: datetime, days: int) -> None:
        self.since, zone = since, ZoneInfo(calendar.time_zone)
        holidays = {date.fromisoformat(day[:10]) for day in calendar.holidays}
        self._hours = {day: _parsed(blocks) for written, blocks in calendar.hours.items() for day in _meant(written)}
        self._dates: dict[date, list[tuple[int, int]]] = {day: [] for day in holidays}
        self._dates |= {date.fromisoformat(day[:10]): _parsed(blocks) for day, blocks in calendar.special_hours.items()}
        self.walls = [(since + n * MINUTE).astimezone(zone).replace(tzinfo=None) for n in range(days * 24 * 60)]
        self._days_begun: dict[date, list[date | None]] = {}
        self.begun = [self.day_begun(wall) for wall in self.walls]

    def day_begun(self, wall: datetime) -> date | None:
        """The day whose hours run when the wall shows this; None if there are none."""
        day = wall.date()
        if day not in self._days_begun:
            self._days_begun[day] = self._by_minute(day)
        return self._days_begun[day][wall.hour * 60 + wall.minute]

    def _by_minute(self, day: date) -> list[date | None]:
        begun: list[date | None] = [None] * (24 * 60)
        for _, end in self.hours(day - DAY):
            for minute in range(end - 24 * 60):
                begun[minute] = day - DAY
        for begin, end in self.hours(day):
            for minute in range(begin, min(end, 24 * 60)):
                begun[minute] = day
        return begun

    def hours(self, day: date) -> list[tuple[int, int]]:
        return self._dates[day] if day in self._dates else self._hours.get(WEEK[day.weekday()], [])

    def moment(self, minute: int) -> datetime:
        return self.since + minute * MINUTE

    def is_open(self, minute: int) -> bool:
        return self.begun[minute] is not None

    def opens(self, minute: int) -> int | None:
        return next((n for n in range(minute, len(self.begun)) if self.is_open(n)), None)

    def closes(self, minute: int) -> int | None:
        opens = self.opens(minute)
        return None if opens is None else next((n for n in range(opens, len(self.begun)) if not self.is_open(n)), None)

    def add(self, minute: int, length: int) -> int | None:
        """The end of the minute in which the last of so many minutes is worked."""
        if length == 0:
            return minute
        worked = (n + 1 for n in range(minute, len(self.begun)) if self.is_open(n))
        return next((n for number, n in enumerate(worked, 1) if number == length), None)

    def between(self, start: int, end: int) -> int:
        return sum(self.is_open(n) for n in range(start, end))

    def days_later(self, minute: int, days: int) -> int | None:
        opens = self.opens(minute)
        if opens is None:
            return None
        begun = self.begun[opens]
        assert begun is not None
        day = begun
        while days:
            day += DAY
            if day > self.walls[-1].date():
                return None
            days -= self.hours(day) != []
        shown = self.walls[opens] + (day - begun)
        there = next((n for n in range(opens, len(self.walls)) if self.walls[n] >= shown), None)
        return None if there is None else self.opens(there)


def _meant(written: str) -> Iterator[str]:
    first, _, last = written.partition("-")
    day = WEEK.index(first)
    yield first
    while WEEK[day] != (last or first):
        day = (day + 1) % 7
        yield WEEK[day]


def _parsed(blocks: tuple[str, ...]) -> list[tuple[int, int]]:
    parsed = []
    for block in blocks:
        begin, end = (int(hour) * 60 + int(minute) for hour, minute in (t.split(":") for t in block.split("-")))
        parsed.append((begin, end if end > begin else end + 24 * 60))
    return parsed


CHANGES = {
    "UTC": ["2026-12-31"],
    "Asia/Kolkata": ["2026-08-15"],
    "Europe/Berlin": ["2026-03-29", "2026-10-25"],
    "America/New_York": ["2026-03-08", "2026-11-01"],
    "America/St_Johns": ["2026-03-08", "2026-11-01"],
    "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],
    "Africa/Cairo": ["2026-04-24", "2026-10-29"],
    "Asia/Beirut": ["2026-03-29", "2026-10-24"],
    "Pacific/Apia": ["2011-12-30"],
}
"""Zones, with days on which their clocks are changed: by an hour or half an hour, at night or at midnight, by a day."""

splits = st.sampled_from(
    [
        ("mon-fri",),
        ("mon-fri", "sat"),
        ("sun-thu",),
        ("mon-sun",),
        ("mon", "tue", "wed-sun"),
        ("fri-mon", "tue-thu"),
        ("wed", "sun"),
        ("sun",),
    ]
)


def _said(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def blocks(draw: st.DrawFn, at_night: bool) -> list[str]:
    """Hours of a day that overlap neither each other nor those of the next day."""
    span = (6 * 60, 20 * 60) if at_night else (0, 24 * 60)
    size = st.sampled_from([2, 2, 4, 6])
    count = draw(size)
    times = sorted(draw(st.sets(st.integers(*span), min_size=count, max_size=count)))
    hours = [f"{_said(begin)}-{_said(end)}" for begin, end in zip(times[::2], times[1::2], strict=True)]
    if at_night:
        begin, end = draw(st.integers(20 * 60, 24 * 60 - 1)), draw(st.integers(0, 6 * 60))
        hours = [f"{_said(begin)}-{_said(end)}", *hours][: draw(st.integers(1, 4))]
    return hours


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Calendar, date]:
    """A calendar, and a day around which something happens to its clocks, holidays or special hours."""
    zone = draw(st.sampled_from(sorted(CHANGES)))
    day = date.fromisoformat(draw(st.sampled_from(CHANGES[zone])))
    at_night = draw(st.booleans())
    hours = {days: draw(st.just(["00:00-24:00"]) | blocks(at_night)) for days in draw(splits)}
    if at_night and ["00:00-24:00"] in hours.values():
        hours, at_night = {days: ["00:00-24:00"] for days in hours}, False
    near = st.integers(-4, 4).map(lambda n: str(day + n * DAY))
    holidays = draw(st.sets(near, max_size=3))
    special = {day: draw(blocks(at_night)) for day in sorted(draw(st.sets(near, max_size=2)) - holidays)}
    written = {"time_zone": zone, "hours": hours, "holidays": sorted(holidays), "special_hours": special}
    return Calendar.model_validate(written), day
