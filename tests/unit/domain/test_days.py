"""Days and moments as people and tools write them, in the years that Baton knows."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter

from baton.agreement.terms.agreement import Agreement
from baton.domain.basics.days import FIRST_DAY, LAST_DAY, DayOrMoment, begin_of, bounded, date_at, read_day_or_moment
from baton.domain.basics.moments import day_or_moment_text, local_date_text
from tests.unit.given import AGREEMENT

A_DAY_WRITTEN = date(2027, 1, 15)
NINE = datetime(2027, 1, 15, 9, tzinfo=UTC)
WRITTEN: TypeAdapter[date | datetime] = TypeAdapter(DayOrMoment)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("2027-01-15", A_DAY_WRITTEN, id="a date"),
        pytest.param(" 2027-01-15 ", A_DAY_WRITTEN, id="blanks around it"),
        pytest.param("2027-01-15T00:00:00", A_DAY_WRITTEN, id="as .NET writes a day"),
        pytest.param("2027-01-15T00:00:00.0000000", A_DAY_WRITTEN, id="as .NET writes it with ticks"),
        pytest.param("2027-01-15 00:00:00", A_DAY_WRITTEN, id="as a database writes it"),
        pytest.param("2027-01-15T00:00", A_DAY_WRITTEN, id="midnight"),
        pytest.param("15.01.2027", A_DAY_WRITTEN, id="German"),
        pytest.param("15.1.2027", A_DAY_WRITTEN, id="German, short"),
        pytest.param("15. 1. 2027", A_DAY_WRITTEN, id="Czech"),
        pytest.param("2027-01-15T09:00:00Z", NINE, id="UTC"),
        pytest.param("2027-01-15T10:00:00+01:00", NINE, id="with an offset"),
        pytest.param("2027-01-15T10:00+0100", NINE, id="an offset without colon"),
        pytest.param("2027-01-15 09:00:00Z", NINE, id="a blank between"),
        pytest.param("2027-01-15T09:00:00.000Z", NINE, id="as JavaScript writes it"),
        pytest.param("2027-01-15T00:00:00Z", datetime(2027, 1, 15, tzinfo=UTC), id="midnight in UTC is a moment"),
        pytest.param("0001-01-01", date(1, 1, 1), id="the empty date"),
        pytest.param("0001-01-01T00:00:00+14:00", datetime(1, 1, 1, tzinfo=UTC), id="before all dates"),
    ],
)
def test_a_day_or_a_moment_is_read_as_it_is_meant(written: str, read: date | datetime) -> None:
    assert read_day_or_moment(written) == read
    assert type(read_day_or_moment(written)) is type(read)


@pytest.mark.parametrize(
    "written",
    [
        *("", "soon", "2027-02-30", "2027-13-01", "15/01/2027", "01/15/2027", "15.01.27", "2027", "2027-01"),
        *("2027-01-15T09:00:00", "2027-01-15T24:00:01Z", "0000-00-00", "2027-01-15T09:00:00 Europe/Berlin"),
        *(20270115, 1.5, None, True, [], {}, "2027-01-15" * 9, "2027-01-15\x00", "１٢.01.2027", "10000-01-01"),
    ],
    ids=repr,
)
def test_what_is_neither_a_day_nor_a_moment_is_refused_with_an_example(written: Any) -> None:
    with pytest.raises(ValueError, match=r"^must be a date, such as 2026-12-24, or a moment, such as 2026-12-24T"):
        read_day_or_moment(written)


@pytest.mark.parametrize(
    ("zone", "begins"),
    [("UTC", "2027-01-15T00:00"), ("Europe/Berlin", "2027-01-14T23:00"), ("America/New_York", "2027-01-15T05:00")],
)
def test_a_day_begins_in_its_time_zone(zone: str, begins: str) -> None:
    assert begin_of(A_DAY_WRITTEN, zone) == datetime.fromisoformat(f"{begins}+00:00")
    assert begin_of(NINE, zone) == NINE


def test_a_day_is_told_as_the_day_that_somebody_wrote() -> None:
    assert local_date_text(begin_of(A_DAY_WRITTEN, "Europe/Berlin"), "Europe/Berlin") == "15 January 2027"
    assert local_date_text(begin_of(A_DAY_WRITTEN, "UTC"), "UTC") == "15 January 2027"


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "UTC"])
def test_the_beginning_of_a_day_is_that_day_again_and_no_other_moment_is_one(zone: str) -> None:
    begin = begin_of(A_DAY_WRITTEN, zone)
    assert date_at(begin, zone) == A_DAY_WRITTEN
    assert date_at(begin + timedelta(minutes=1), zone) is None
    assert day_or_moment_text(begin, zone) == "15 January 2027"
    assert day_or_moment_text(NINE, zone) == "15 January 2027 at 09:00 UTC"


@pytest.mark.parametrize(
    ("calendars", "of_marketing", "zone"),
    [
        pytest.param({}, None, "UTC", id="none"),
        pytest.param({"a": "Europe/Berlin"}, None, "Europe/Berlin", id="the only one"),
        pytest.param({"a": "Europe/Berlin", "b": "Europe/Berlin"}, None, "Europe/Berlin", id="all the same"),
        pytest.param({"a": "Europe/Berlin", "b": "Asia/Tokyo"}, "b", "Asia/Tokyo", id="marketing's"),
        pytest.param({"a": "Europe/Berlin", "b": "Asia/Tokyo"}, None, "UTC", id="several"),
    ],
)
def test_dates_without_a_time_are_in_the_agreements_time_zone(
    calendars: dict[str, str], of_marketing: str | None, zone: str
) -> None:
    drafted = AGREEMENT.model_dump(mode="json")
    drafted["calendars"] = {
        name: {"time_zone": each, "hours": {"mon": "09:00-17:00"}} for name, each in calendars.items()
    }
    drafted["marketing"]["calendar"] = of_marketing
    assert Agreement.model_validate(drafted).time_zone == zone


PIECES = (
    "0001",
    "9999",
    "2027",
    "-",
    "01",
    "31",
    "T",
    " ",
    ":",
    "00",
    "23",
    "59",
    ".",
    "Z",
    "+",
    "14",
    "1",
    "29",
    "02",
    "é",
)


def test_ten_thousand_written_dates_are_read_or_refused_and_read_the_same_again() -> None:
    chance, read = random.Random(5), 0
    for _ in range(10_000):
        text = _written(chance)
        try:
            day = read_day_or_moment(text)
        except ValueError as fault:
            assert "must be a date" in str(fault)
            continue
        read += 1
        assert WRITTEN.validate_json(WRITTEN.dump_json(day)) == day, text
        for zone in ("UTC", "Asia/Tokyo", "America/New_York"):
            begins = begin_of(day, zone)
            assert begin_of(begins, zone) == begins
            assert FIRST_DAY - timedelta(days=1) <= begins.date() <= LAST_DAY + timedelta(days=2)
        assert bounded(bounded(day)) == bounded(day)
    assert read > 1_000


def _written(chance: random.Random) -> str:
    if chance.random() < 0.4:
        return "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 9)))
    year, month, day = (
        chance.choice(["0001", "9999", "2027", "1970", "2000"]),
        chance.randrange(14),
        chance.randrange(33),
    )
    time = chance.choice(
        ["", "T00:00:00", "T23:59:59Z", "T00:00:00+14:00", "T23:59:59-12:00", " 09:00", "T12:30:00.123456Z"]
    )
    return f"{year}-{month:02}-{day:02}{time}"
