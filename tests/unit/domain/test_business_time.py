"""Business time: examples, laws, and a comparison with a count of every minute around difficult days."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from baton.agreement.terms.calendars import Calendar, weekly_business_time
from baton.agreement.terms.durations import Period, TimeUnit
from baton.domain.working_time.business_time import NoBusinessTime, WorkingTime, period_end
from baton.domain.working_time.spelled_times import limit_in
from tests.unit.domain.reference_business_time import DAY, MINUTE, Minutes, calendars

HOUR = timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")


def calendar(hours: dict[str, Any], *holidays: str, zone: str = "Europe/Berlin") -> Calendar:
    return Calendar.model_validate({"time_zone": zone, "hours": hours, "holidays": holidays})


def berlin(day: str, time: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=BERLIN).astimezone(UTC)


NINE_TO_SIX = calendar({"mon-fri": "09:00-18:00"}, "2026-12-25 Christmas Day", "2027-01-01")
MOVED = NINE_TO_SIX.model_copy(
    update={"special_hours": {"2026-10-10 for Monday": ("10:00-12:00",), "2026-12-24": ("09:00-12:00",)}}
)
NIGHTS = calendar({"mon-sun": "22:00-06:00"}, "2026-12-25 Christmas Day")
SHORT_FRIDAYS = calendar({"mon-thu": ["09:00-12:00", "13:00-18:00"], "fri": "09:00-15:00"})

ADDED = {
    "from Sunday (one CRM says Monday 17:50)": (
        (NINE_TO_SIX, "2026-11-22", "16:50", HOUR),
        ("2026-11-23", "10:00"),
    ),
    "from within the hours": ((NINE_TO_SIX, "2026-11-23", "09:30", 2 * HOUR), ("2026-11-23", "11:30")),
    "from the evening": ((NINE_TO_SIX, "2026-11-23", "18:00", HOUR), ("2026-11-24", "10:00")),
    "up to closing time": ((NINE_TO_SIX, "2026-11-23", "09:00", 9 * HOUR), ("2026-11-23", "18:00")),
    "over the weekend": ((NINE_TO_SIX, "2026-11-27", "17:30", HOUR), ("2026-11-30", "09:30")),
    "over a holiday and a weekend": ((NINE_TO_SIX, "2026-12-24", "17:30", HOUR), ("2026-12-28", "09:30")),
    "from a holiday": ((NINE_TO_SIX, "2027-01-01", "10:00", HOUR), ("2027-01-04", "10:00")),
    "over lunch": ((SHORT_FRIDAYS, "2026-11-23", "11:30", HOUR), ("2026-11-23", "13:30")),
    "over a weekend with another time": ((NINE_TO_SIX, "2026-03-27", "17:30", HOUR), ("2026-03-30", "09:30")),
    "over a Saturday that is worked": ((MOVED, "2026-10-09", "17:30", 2 * HOUR), ("2026-10-10", "11:30")),
    "over half a day": ((MOVED, "2026-12-24", "11:30", HOUR), ("2026-12-28", "09:30")),
    "a night on which clocks go forward": ((NIGHTS, "2026-03-28", "23:00", 4 * HOUR), ("2026-03-29", "04:00")),
    "a night on which clocks go back": ((NIGHTS, "2026-10-24", "23:00", 6 * HOUR), ("2026-10-25", "04:00")),
    "a night into a holiday": ((NIGHTS, "2026-12-24", "23:00", 7 * HOUR), ("2026-12-25", "06:00")),
    "a night that a holiday leaves out": ((NIGHTS, "2026-12-24", "23:00", 8 * HOUR), ("2026-12-26", "23:00")),
}


@pytest.mark.parametrize(("given_", "end"), ADDED.values(), ids=ADDED.keys())
def test_business_time_runs_over_nights_weekends_holidays_and_clock_changes(
    given_: tuple[Calendar, str, str, timedelta], end: tuple[str, str]
) -> None:
    hours, day, time, length = given_
    start = berlin(day, time)
    assert WorkingTime(hours).add(start, length) == berlin(*end)
    assert WorkingTime(hours).between(start, berlin(*end)) == length


@pytest.mark.parametrize(
    ("hours", "day", "length"),
    [
        ("22:00-06:00", "2026-03-28", 7 * HOUR),
        ("22:00-06:00", "2026-10-24", 9 * HOUR),
        ("02:00-03:00", "2026-03-29", timedelta()),
        ("02:30-04:00", "2026-03-29", HOUR),
        ("02:00-03:00", "2026-10-25", 2 * HOUR),
        ("00:00-24:00", "2026-03-29", 23 * HOUR),
        ("00:00-24:00", "2026-10-25", 25 * HOUR),
    ],
)
def test_opening_hours_on_a_clock_change_day_have_their_real_length(hours: str, day: str, length: timedelta) -> None:
    weekday = date.fromisoformat(day).strftime("%a").lower()
    midnight = berlin(day, "00:00")
    working = WorkingTime(calendar({weekday: hours}))
    assert working.between(midnight, midnight + 36 * HOUR) == length


def test_a_holiday_is_a_day_in_the_time_zone_of_its_calendar() -> None:
    hours = {"mon-sun": "00:00-24:00"}
    kiritimati = WorkingTime(calendar(hours, "2027-01-01", zone="Pacific/Kiritimati"))
    begins = datetime(2026, 12, 31, 10, tzinfo=UTC)
    assert kiritimati.closes(begins - HOUR) == begins
    assert kiritimati.opens(begins) == begins + DAY


def test_a_day_that_a_time_zone_skipped_has_no_business_time() -> None:
    apia = WorkingTime(calendar({"mon-sun": "09:00-17:00"}, zone="Pacific/Apia"))
    thursday = datetime(2011, 12, 29, 9, tzinfo=ZoneInfo("Pacific/Apia"))
    saturday = datetime(2011, 12, 31, 9, tzinfo=ZoneInfo("Pacific/Apia"))
    assert apia.add(thursday, 9 * HOUR) == saturday + HOUR


BUSINESS_DAYS = {
    "a day": (NINE_TO_SIX, ("2026-11-23", "10:15"), 1, ("2026-11-24", "10:15")),
    "a day over the weekend": (NINE_TO_SIX, ("2026-11-27", "17:00"), 1, ("2026-11-30", "17:00")),
    "two days over a holiday": (NINE_TO_SIX, ("2026-12-24", "10:00"), 2, ("2026-12-29", "10:00")),
    "a day to a Saturday that is worked": (MOVED, ("2026-10-09", "11:00"), 1, ("2026-10-10", "11:00")),
    "a day to half a day": (MOVED, ("2026-12-23", "16:00"), 1, ("2026-12-28", "09:00")),
    "a day from Saturday": (NINE_TO_SIX, ("2026-11-28", "11:00"), 1, ("2026-12-01", "09:00")),
    "a day from the evening": (NINE_TO_SIX, ("2026-11-23", "20:00"), 1, ("2026-11-25", "09:00")),
    "a day to when it is closed": (SHORT_FRIDAYS, ("2026-11-26", "16:00"), 1, ("2026-11-30", "09:00")),
    "a day after half a night": (NIGHTS, ("2026-11-24", "02:00"), 1, ("2026-11-25", "02:00")),
    "a day after the last half night": (
        calendar({"mon-fri": "22:00-06:00"}),
        ("2026-11-28", "02:00"),
        1,
        ("2026-12-01", "02:00"),
    ),
    "a day to an hour that is left out": (NIGHTS, ("2026-03-28", "02:30"), 1, ("2026-03-29", "03:00")),
    "a day to an hour that comes twice": (NIGHTS, ("2026-10-24", "02:30"), 1, ("2026-10-25", "02:30")),
}


@pytest.mark.parametrize(("hours", "start", "days", "end"), BUSINESS_DAYS.values(), ids=BUSINESS_DAYS.keys())
def test_a_business_day_ends_at_the_same_time_on_the_next_business_day(
    hours: Calendar, start: tuple[str, str], days: int, end: tuple[str, str]
) -> None:
    assert period_end(berlin(*start), Period(days * DAY, TimeUnit.BUSINESS_DAYS), 1, hours) == berlin(*end)


@pytest.mark.parametrize(
    ("period", "share", "end"),
    [
        ("4h", 0.5, ("2026-11-27", "19:00")),
        ("4 business hours", 0.5, ("2026-11-30", "10:00")),
        ("4 business hours", 1.5, ("2026-11-30", "14:00")),
        ("1 business day", 0.5, ("2026-11-30", "12:30")),
        ("1 business day", 1.0, ("2026-11-30", "17:00")),
        ("1 business day", 1.5, ("2026-12-01", "12:30")),
    ],
)
def test_a_share_of_a_period_is_a_share_of_its_business_time(period: str, share: float, end: tuple[str, str]) -> None:
    assert period_end(berlin("2026-11-27", "17:00"), limit_in(period), share, NINE_TO_SIX) == berlin(*end)


@pytest.mark.parametrize(
    ("period", "length"), [("4h", 4 * HOUR), ("4 business hours", 4 * HOUR), ("2 business days", 2 * DAY)]
)
def test_without_a_calendar_all_time_is_business_time(period: str, length: timedelta) -> None:
    start = berlin("2026-03-28", "23:00")
    assert period_end(start, limit_in(period)) == start + length


def test_computed_moments_are_in_utc_for_a_start_in_any_time_zone() -> None:
    there = datetime(2026, 3, 28, 23, tzinfo=BERLIN)
    working = WorkingTime(NIGHTS)
    moments = [
        *(working.opens(there), working.closes(there), working.add(there, HOUR), working.add(there, timedelta())),
        *(period_end(there, limit_in(period), 1.0, NIGHTS) for period in ("6h", "6 business hours", "1 business day")),
    ]
    assert {moment.tzinfo for moment in moments if moment} == {UTC}
    assert working.between(there, there + 12 * HOUR) == 6 * HOUR
    assert period_end(there, limit_in("6h")) == datetime(2026, 3, 29, 4, tzinfo=UTC)


def test_the_search_for_business_time_ends_after_ten_years_with_an_error() -> None:
    monday = date(2026, 11, 23)
    mondays = tuple(str(monday + n * 7 * DAY) for n in range(600))
    never = WorkingTime(calendar({"mon": "09:00-09:01"}).model_copy(update={"holidays": mondays}))
    start = berlin("2026-11-23", "09:00")
    assert (never.opens(start), never.closes(start), never.is_open(start)) == (None, None, False)
    for ask in (lambda: never.add(start, MINUTE), lambda: never.days_later(start, 1)):
        with pytest.raises(NoBusinessTime, match="ten years"):
            ask()
    seldom = WorkingTime(calendar({"mon": "09:00-09:01"}))
    for ask in (lambda: seldom.add(start, 9 * HOUR), lambda: seldom.days_later(start, 600)):
        with pytest.raises(NoBusinessTime, match="give the calendar more"):
            ask()


def test_a_calendar_that_is_always_open_has_no_closing_time() -> None:
    assert WorkingTime(calendar({"mon-sun": "00:00-24:00"})).closes(berlin("2026-11-23", "09:00")) is None


DAYS_LOOKED_AT = 9
a_minute = st.integers(0, DAYS_LOOKED_AT * 24 * 60 - 1)


@pytest.mark.slow
@settings(max_examples=120)
@given(calendars(), st.lists(a_minute, min_size=8, max_size=8), st.integers(0, 3_000), st.integers(1, 4))
def test_business_time_agrees_with_a_count_of_every_minute_of_local_time(
    around: tuple[Calendar, date], asked: list[int], length: int, days: int
) -> None:
    hours, day = around
    since = datetime(day.year, day.month, day.day, tzinfo=UTC) - 4 * DAY
    minutes, working = Minutes(hours, since, DAYS_LOOKED_AT), WorkingTime(hours)
    end = minutes.moment(len(minutes.begun))
    for number in asked:
        at = minutes.moment(number)
        assert working.is_open(at) == minutes.is_open(number)
        for answer, expected in (
            (working.opens(at), minutes.opens(number)),
            (working.closes(at), minutes.closes(number)),
            (working.add(at, length * MINUTE), minutes.add(number, length)),
            (working.days_later(at, days), minutes.days_later(number, days)),
        ):
            if expected is None:
                assert answer is None or answer >= end
            else:
                assert answer == minutes.moment(expected)
    first, last = min(asked), max(asked)
    worked = working.between(minutes.moment(first), minutes.moment(last))
    assert worked == minutes.between(first, last) * MINUTE


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
busy = calendars().filter(lambda around: weekly_business_time(around[0]) >= HOUR)
lengths = st.timedeltas(timedelta(microseconds=1), timedelta(hours=80))


@given(busy, moments, lengths, lengths)
def test_added_business_time_is_the_time_between_and_can_be_added_in_parts(
    around: tuple[Calendar, date], start: datetime, one: timedelta, other: timedelta
) -> None:
    working = WorkingTime(around[0])
    assume(working.opens(start))
    end = working.add(start, one)
    assert working.between(start, end) == one
    assert working.between(start, end - timedelta(microseconds=1)) < one
    assert working.add(end, other) == working.add(start, one + other)


@given(calendars(), st.tuples(moments, moments, moments).map(sorted))
def test_business_time_adds_up_and_lies_within_the_hours(
    around: tuple[Calendar, date], at: tuple[datetime, datetime, datetime]
) -> None:
    working, (first, middle, last) = WorkingTime(around[0]), at
    assert working.between(first, middle) + working.between(middle, last) == working.between(first, last)
    assert timedelta() <= working.between(first, last) <= last - first
    assert working.between(last, first) == timedelta() or first == last
    opens, closes = working.opens(first), working.closes(first)
    if opens and closes:
        assert working.is_open(opens)
        assert not working.is_open(closes)
        assert working.between(first, closes) == closes - opens


periods = st.sampled_from(["90m", "30 business minutes", "7 business hours", "1 business day", "3 business days"])
shares = st.integers(1, 300).map(lambda percent: percent / 100)


@given(busy, moments, lengths, periods.map(limit_in), shares, shares)
def test_a_period_that_begins_later_or_is_longer_never_ends_earlier(
    around: tuple[Calendar, date], start: datetime, later: timedelta, period: Period, share: float, other: float
) -> None:
    hours = around[0]
    assert period_end(start, period, min(share, other), hours) <= period_end(start, period, max(share, other), hours)
    assert period_end(start, period, 1.0, hours) <= period_end(start + later, period, 1.0, hours)
