"""Times as programs write them: each read as the same moment, or not at all."""

import random
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from baton.domain.basics.written_times import read_unix_time, read_written_time

THEN = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

WRITTEN = [
    pytest.param("2026-11-24T09:30:00Z", id="ISO 8601"),
    pytest.param("2026-11-24T09:30:00.000Z", id="JavaScript's JSON"),
    pytest.param("2026-11-24T09:30:00z", id="a small z"),
    pytest.param("2026-11-24t09:30:00z", id="all small"),
    pytest.param("2026-11-24T10:30:00+01:00", id="an offset"),
    pytest.param("2026-11-24T10:30:00+0100", id="an offset without colon"),
    pytest.param("2026-11-24T10:30:00+01", id="hours alone as an offset"),
    pytest.param("2026-11-24T09:30:00Z+0000", id="Marketo"),
    pytest.param("2026-11-24T10:30:00Z+0100", id="Java's pattern with a literal Z"),
    pytest.param("2026-11-24T10:30:00+01:00[Europe/Berlin]", id="Java's ZonedDateTime"),
    pytest.param("2026-11-24T09:30:00.123456789Z", id="nanoseconds"),
    pytest.param("2026-11-24 09:30:00", id="SQL"),
    pytest.param("2026-11-24 09:30:00 UTC", id="Ruby"),
    pytest.param("2026-11-24 09:30:00 +0000", id="Ruby with an offset"),
    pytest.param("2026-11-24 09:30:00 +0000 UTC", id="Go"),
    pytest.param("2026-11-24 10:30:00 +0100 CET", id="Go in Berlin"),
    pytest.param("2026-11-24 12:30:00 +0300 MSK", id="Go in Moscow"),
    pytest.param("2026-11-24 9:30:00", id="an hour of one digit"),
    pytest.param("2026-11-24 9:30 AM", id="half a day"),
    pytest.param("2026-11-24, 09:30", id="a comma"),
    pytest.param("2026/11/24 09:30:00", id="slashes, year first"),
    pytest.param("2026.11.24 09:30:00", id="points, year first"),
    pytest.param("24.11.2026 09:30:00", id="points, day first"),
    pytest.param("24.11.2026, 09:30", id="as a German browser writes it"),
    pytest.param("20261124T093000Z", id="the basic form"),
    pytest.param("Tue, 24 Nov 2026 09:30:00 +0000", id="RFC 2822"),
    pytest.param("Tue, 24 Nov 2026 10:30:00 +0100 (CET)", id="RFC 2822 with a comment"),
    pytest.param("24 Nov 2026 09:30 GMT", id="RFC 822 without weekday and seconds"),
    pytest.param("Tue, 24 Nov 2026 09:30:00 -0000", id="RFC 2822, zone unknown"),
    pytest.param("Tue, 24 Nov 2026 04:30:00 EST", id="a zone of RFC 822"),
    pytest.param("Tue, 24 Nov 2026 09:30:00 UT", id="another zone of RFC 822"),
    pytest.param("Tuesday, 24-Nov-26 09:30:00 GMT", id="RFC 850"),
    pytest.param("Tuesday, 24-Nov-2026 09:30:00 UTC", id="PHP's cookies"),
    pytest.param("Tue Nov 24 09:30:00 2026", id="asctime"),
    pytest.param("Tue Nov 24 09:30:00 UTC 2026", id="date(1)"),
    pytest.param("Tue Nov 24 09:30:00 +0000 2026", id="a social network"),
    pytest.param("Tue Nov 24 2026 10:30:00 GMT+0100 (Central European Standard Time)", id="a browser's Date"),
    pytest.param("Tue Nov 24 2026 10:30:00 GMT+0100 (Mitteleuropäische Normalzeit)", id="a German browser's Date"),
    pytest.param("Tue Nov 24 2026 18:30:00 GMT+0900 (日本標準時)", id="a Japanese browser's Date"),
    pytest.param("Tue Nov 24 2026 04:30:00 GMT-0500 (EST)", id="an American browser's Date"),
    pytest.param("Tue Nov 24 2026 09:30:00 GMT", id="a browser's Date, cut"),
    pytest.param("Tue, 24 Nov 2026 09:30:00 GMT", id="toUTCString"),
    pytest.param("November 24, 2026 9:30 AM", id="American words"),
    pytest.param("Nov. 24th, 2026 at 9:30\u202fa.m. UTC", id="American words with all signs"),
    pytest.param("24 November 2026 09:30", id="British words"),
    pytest.param("/Date(1795512600000)/", id=".NET"),
    pytest.param("/Date(1795512600000+0100)/", id=".NET with an offset"),
    pytest.param("1795512600", id="Unix seconds"),
    pytest.param("1795512600.000", id="Unix seconds with a fraction"),
    pytest.param("1795512600000", id="Unix milliseconds"),
    pytest.param("1795512600000000", id="Unix microseconds"),
    pytest.param("1795512600000000000", id="Unix nanoseconds"),
    pytest.param("  2026-11-24T09:30:00Z\n", id="blanks around it"),
    pytest.param("２０２６-11-24T09:30:00Z", id="full-width digits"),
    pytest.param("2026-11-24T04:30:00\u221205:00", id="a real minus sign"),
    pytest.param("2026-11-24 09:30:00.000 Z", id="a blank before the Z"),
    pytest.param("2026-11-24 09:30:00,000", id="a decimal comma"),
    pytest.param("2026-11-24T09:30Z", id="no seconds"),
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_time_is_read_however_programs_write_it(written: str) -> None:
    read = read_written_time(written)
    assert read is not None
    assert read.replace(microsecond=0) == THEN


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("2026-11-24", "2026-11-24T00:00:00", id="a day"),
        pytest.param("Tue Nov 24 2026", "2026-11-24T00:00:00", id="toDateString"),
        pytest.param("2026-11-24T24:00:00Z", "2026-11-25T00:00:00", id="midnight at the end"),
        pytest.param("2026-12-31T23:59:60Z", "2026-12-31T23:59:59", id="a leap second"),
        pytest.param("12:00 AM, Nov 24, 2026", "2026-11-24T00:00:00", id="midnight of half days"),
        pytest.param("12:00 PM, Nov 24, 2026", "2026-11-24T12:00:00", id="noon of half days"),
        pytest.param("24-Nov-26", "2026-11-24T00:00:00", id="a year of two digits"),
        pytest.param("24-Nov-69", "1969-11-24T00:00:00", id="an old year of two digits"),
        pytest.param("2026-11-24-05:00", "2026-11-24T05:00:00", id="a day with a zone"),
        pytest.param("0001-01-01T00:00:00", "0001-01-01T00:00:00", id="the empty date"),
        pytest.param("9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59.999999", id="the last date"),
    ],
)
def test_a_time_at_the_edge_is_read(written: str, read: str) -> None:
    assert read_written_time(written) == datetime.fromisoformat(read).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "soon", "yesterday", "null", "undefined", "Invalid Date", "NaN", "-", "0", "12345678", "-1"),
        *("11/12/2026", "11/24/2026 9:30 AM", "24/11/2026", "24.11.26", "Nov 24", "November 2026", "09:30", "2026"),
        *("0000-00-00 00:00:00", "0000-00-00", "2026-02-30T09:30:00Z", "2026-13-01", "2026-11-24T25:00:00Z"),
        *(
            "2026-11-24T09:61:00Z",
            "2026-11-24 13:30 PM",
            "2026-11-24 0:30 AM",
            "2026-11-24T09:30:00+99:00",
            "24-Foo-26",
        ),
        *(
            "Tue Nov 24 24 2026",
            "Tue Nov Nov 24 2026",
            "2026-11-24 2026-11-25",
            "2026-11-24 09:30 XYZ",
            "99999999999999999999",
        ),
        *(
            "１" * 200,
            "2026-11-24T09:30:00Z; DROP",
            "\x00",
            "2026-11-24T09:30:00ZZ",
            "()",
        ),
    ],
    ids=repr,
)
def test_what_names_no_moment_is_not_read(written: str) -> None:
    assert read_written_time(written) is None


@pytest.mark.parametrize("number", [0, -1, 1e300, float("nan"), float("inf"), 10**400, 5 * 10**9, -(10**400)], ids=str)
def test_a_number_that_is_no_unix_time_is_not_read(number: float) -> None:
    assert read_unix_time(number) is None


def test_a_text_without_a_zone_is_in_the_given_one() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert read_written_time("2026-11-24 10:30", berlin) == THEN
    assert read_written_time("Nov 24, 2026 10:30", berlin) == THEN
    assert read_written_time("2026-11-24 09:30Z", berlin) == THEN


FORMS = (
    *("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S %z", "%a, %d %b %Y %H:%M:%S %z", "%A, %d-%b-%y %H:%M:%S GMT%z"),
    *(
        "%a %b %d %Y %H:%M:%S GMT%z (Somewhere)",
        "%a %b %d %H:%M:%S %z %Y",
        "%B %d, %Y %I:%M:%S %p %z",
        "%d.%m.%Y %H:%M:%S%z",
    ),
)
LONG = "Tue Nov 24 2026 10:30:00 GMT+0100 (Central European Standard Time)"
PIECES = (
    "2026",
    "-",
    "11",
    "24",
    "T",
    ":",
    "09",
    "Nov",
    "Tue",
    ",",
    " ",
    "+",
    "0100",
    "Z",
    "GMT",
    "PM",
    "(",
    ")",
    "/",
    ".",
    "é",
    "\u200b",
)


def test_ten_thousand_written_times_are_read_as_they_were_meant_and_the_same_again() -> None:
    chance, read = random.Random(8), 0
    for number in range(10_000):
        if number % 2:
            zone = timezone(timedelta(minutes=chance.randrange(-720, 841, 15)))
            meant = datetime.fromtimestamp(chance.randrange(10**9, 2_000_000_000), zone)
            assert read_written_time(meant.strftime(chance.choice(FORMS))) == meant
            continue
        text = "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 14)))
        if number % 4:
            place = chance.randrange(60)
            text = f"{LONG[:place]}{text[:2]}{LONG[place:]}" if number % 3 else f"2026-11-24 09:30:00 {text[:2]}"
        at = read_written_time(text)
        read += at is not None
        assert at is None or read_written_time(at.isoformat()) == at
    assert read > 300
