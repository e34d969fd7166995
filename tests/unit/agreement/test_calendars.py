"""Calendars of an agreement: their spelling in YAML, and the faults of wrong ones."""

from datetime import date, timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.agreement.terms.calendars import Calendar, block_minutes, holiday_dates, weekdays_of, weekly_business_time
from tests.unit.agreement.drafts import faults_of, read_draft, shipped_document_with
from tests.unit.agreement.test_shipped_agreements import schema_faults

BERLIN: dict[str, Any] = {"time_zone": "Europe/Berlin", "hours": {"mon-fri": ["09:00-17:00"]}}
AS_PEOPLE_WRITE_IT = """
calendars:
  berlin:
    time_zone: Europe/Berlin
    hours:
      mon-thu: 09:00-18:00
      fri: [09:00-12:00, 13:00-16:00]
      sat: [22:00-06:00]
    holidays:
      - 2026-12-25 Christmas Day
      - 2026-12-26
      - "2027-01-01"
    special_hours:
      2026-12-24 Christmas Eve: 09:00-12:00
      2026-12-28: [09:00-12:00, 13:00-15:00]
"""


def with_berlin(**changed: object) -> dict[str, Any]:
    return shipped_document_with(("calendars", {"berlin": {**BERLIN, **changed}}))


def test_a_calendar_needs_neither_quotes_nor_brackets() -> None:
    text = packaged_text() + AS_PEOPLE_WRITE_IT
    berlin = read_agreement(text).calendars["berlin"]
    assert berlin.hours["mon-thu"] == ("09:00-18:00",)
    assert berlin.holidays == ("2026-12-25 Christmas Day", "2026-12-26", "2027-01-01")
    half_days = {"2026-12-24 Christmas Eve": ("09:00-12:00",), "2026-12-28": ("09:00-12:00", "13:00-15:00")}
    assert berlin.special_hours == half_days
    assert weekly_business_time(berlin) == timedelta(hours=4 * 9 + 6 + 8)
    assert schema_faults(text) == []


def test_an_agreement_needs_no_calendar() -> None:
    assert read_agreement(packaged_text()).calendars == {}


FAULTS: dict[str, tuple[dict[str, object], str, str]] = {
    "no zone": ({"time_zone": "Europe/Berlim"}, "time_zone", "`Europe/Berlim`; did you mean Europe/Berlin?"),
    "a city": ({"time_zone": "new york"}, "time_zone", "did you mean America/New_York?"),
    "nowhere": ({"time_zone": "Office hours"}, "time_zone", "write one like Europe/Berlin or UTC"),
    "leap seconds": ({"time_zone": "right/Europe/Paris"}, "time_zone", "did you mean Europe/Paris?"),
    "a path": ({"time_zone": "../../etc/passwd"}, "time_zone", "there is no time zone"),
    "no hours": ({"hours": {}}, "hours", "at least 1"),
    "a day without hours": ({"hours": {"mon": []}}, "hours.mon", "at least 1"),
    "no day": ({"hours": {"Monday": "09:00-17:00"}}, "hours.Monday", "`Monday` is no day; write mon, tue"),
    "no block": ({"hours": {"mon": "9-17"}}, "hours.mon.0", "`9-17` does not fit; write from when to when"),
    "no such time": ({"hours": {"mon": ["09:00-25:00"]}}, "hours.mon.0", "like 09:00-17:00"),
    "a late midnight": ({"hours": {"mon": ["24:00-06:00"]}}, "hours.mon.0", "like 09:00-17:00"),
    "no time at all": ({"hours": {"mon": ["09:00-09:00"]}}, "hours.mon", "ends when it begins; write 00:00-24:00"),
    "a day twice": (
        {"hours": {"mon-fri": "09:00-17:00", "fri-sat": "18:00-19:00"}},
        "hours.fri-sat",
        "`fri` has hours in `mon-fri`",
    ),
    "an overlap": (
        {"hours": {"mon": ["09:00-12:00", "11:30-24:00"]}},
        "hours",
        "mon 09:00-12:00 and mon 11:30-24:00 overlap; end one",
    ),
    "an overlap over midnight": (
        {"hours": {"mon": ["22:00-06:00"], "tue": ["05:00-09:00"]}},
        "hours",
        "mon 22:00-06:00 and tue 05:00-09:00 overlap",
    ),
    "an overlap with next week": (
        {"hours": {"mon": ["05:00-09:00"], "sun": ["22:00-06:00"]}},
        "hours",
        "sun 22:00-06:00 and mon 05:00-09:00 overlap",
    ),
    "no date": (
        {"holidays": ["2026-12-25", "2027-02-29 Leap Day"]},
        "holidays.1",
        "there is no 2027-02-29; write a date",
    ),
    "no date with hours": (
        {"special_hours": {"2027-02-29 Leap Day": "09:00-12:00"}},
        "special_hours.2027-02-29 Leap Day",
        "there is no 2027-02-29; write a date",
    ),
    "a holiday with hours": (
        {"holidays": ["2026-12-24"], "special_hours": {"2026-12-24 Christmas Eve": "09:00-12:00"}},
        "special_hours.2026-12-24 Christmas Eve",
        "2026-12-24 stands in `holidays` already; say once",
    ),
    "a date with hours twice": (
        {"special_hours": {"2026-12-24": "09:00-12:00", "2026-12-24 Christmas Eve": "09:00-13:00"}},
        "special_hours.2026-12-24 Christmas Eve",
        "2026-12-24 stands in `special_hours` already",
    ),
    "a date whose hours overlap": (
        {"special_hours": {"2026-12-24": ["09:00-12:00", "11:00-13:00"]}},
        "special_hours.2026-12-24",
        "thu 09:00-12:00 and thu 11:00-13:00 overlap",
    ),
    "a date whose hours overlap with the day before": (
        {"hours": {"wed": "22:00-06:00"}, "special_hours": {"2026-12-24": "05:00-13:00"}},
        "special_hours.2026-12-24",
        "wed 22:00-06:00 and thu 05:00-13:00 overlap",
    ),
    "a date whose hours overlap with the next": (
        {"special_hours": {"2026-12-24": "22:00-10:00", "2026-12-25": "09:00-12:00"}},
        "special_hours.2026-12-24",
        "thu 22:00-10:00 and fri 09:00-12:00 overlap",
    ),
    "a date whose hours do not last": (
        {"special_hours": {"2026-12-24": "09:00-09:00"}},
        "special_hours.2026-12-24",
        "`09:00-09:00` ends when it begins",
    ),
    "a weekday with special hours": (
        {"special_hours": {"sat": "09:00-12:00"}},
        "special_hours.sat",
        "write a date like 2026-12-25",
    ),
    "a date as elsewhere": ({"holidays": ["25.12.2026"]}, "holidays.0", "write a date like 2026-12-25"),
    "a year": ({"holidays": [2026]}, "holidays.0", "is a number to YAML; write it in quotes"),
    "a single holiday": ({"holidays": "2026-12-25"}, "holidays", "must be a list"),
    "too many": ({"holidays": ["2026-12-25"] * 501}, "holidays", "has 501 parts; at most 500"),
    "a word nobody knows": ({"holiday": ["2026-12-25"]}, "holiday", "did you mean `holidays`?"),
}


@pytest.mark.parametrize(("changed", "place", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_calendar_fault_is_named_with_its_place_and_a_remedy(
    changed: dict[str, object], place: str, said: str
) -> None:
    faults = faults_of(with_berlin(**changed))
    assert list(faults) == [f"calendars.berlin.{place}"]
    assert said in faults[f"calendars.berlin.{place}"]


@pytest.mark.parametrize(
    "hours",
    [
        {"sun-thu": "08:00-16:00"},
        {"mon": ["22:00-06:00"], "tue": ["06:00-09:00"]},
        {"mon-sun": ["00:00-12:00", "12:00-24:00"]},
        {"mon-sun": "00:00-24:00"},
        {"sat": "18:00-00:00"},
    ],
)
def test_hours_of_a_calendar_may_touch_and_run_over_midnight_and_the_weekend(hours: object) -> None:
    assert read_draft(with_berlin(hours=hours))


@pytest.mark.parametrize(
    ("written", "days"), [("mon", (0,)), ("mon-fri", (0, 1, 2, 3, 4)), ("fri-mon", (4, 5, 6, 0)), ("sun-sun", (6,))]
)
def test_a_range_of_weekdays_may_run_over_the_weekend(written: str, days: tuple[int, ...]) -> None:
    assert weekdays_of(written) == days


@pytest.mark.parametrize(
    ("block", "minutes"),
    [
        ("09:00-17:30", (540, 1050)),
        ("22:00-06:00", (1320, 1800)),
        ("00:00-24:00", (0, 1440)),
        ("18:00-00:00", (1080, 1440)),
    ],
)
def test_a_block_of_hours_over_midnight_ends_the_next_morning(block: str, minutes: tuple[int, int]) -> None:
    assert block_minutes(block) == minutes


def test_special_hours_may_take_the_place_of_hours_that_they_would_overlap() -> None:
    assert read_draft(with_berlin(hours={"thu": "22:00-06:00"}, special_hours={"2026-12-24": "09:00-12:00"}))


def test_a_trimmed_calendar_keeps_only_the_dates_of_its_period() -> None:
    holidays = ["2025-12-25", "2026-01-01 New Year", "2026-12-25", "2027-01-01"]
    special = {"2025-12-24": "09:00-12:00", "2026-12-24 Christmas Eve": "09:00-12:00"}
    calendar = Calendar.model_validate({**BERLIN, "holidays": holidays, "special_hours": special})
    kept = calendar.trimmed(date(2026, 1, 1), date(2026, 12, 25))
    assert list(holiday_dates(kept.holidays)) == [date(2026, 1, 1), date(2026, 12, 25)]
    assert [*kept.special_hours] == ["2026-12-24 Christmas Eve"]
    assert (kept.hours, kept.time_zone) == (calendar.hours, calendar.time_zone)
