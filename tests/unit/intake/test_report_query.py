"""The query of a report: period, format and calendar, and their faults."""

import itertools
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from baton.domain.reports.rows.span import Span
from baton.intake.reports.report_query import QUERY, QueryFaults, read_figure, read_query

NOW = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)


def day(month: int, day: int) -> datetime:
    return datetime(2026, month, day, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "start", "end"),
    [
        ({}, day(11, 18), day(11, 25)),
        ({"from": "2026-11-01"}, day(11, 1), day(11, 25)),
        ({"from": "2026-11-25"}, day(11, 25), NOW),
        ({"to": "2026-11-08"}, day(11, 1), day(11, 8)),
        ({"from": "2026-10-01", "to": "2026-11-01"}, day(10, 1), day(11, 1)),
        ({"from": "2026-11-01T01:00:00+01:00", "to": "2026-11-02T00:00:00Z"}, day(11, 1), day(11, 2)),
        ({"from": "2026-11-01T01:00:00 01:00", "to": "2026-11-02T00:00:00Z"}, day(11, 1), day(11, 2)),
        ({"from": "2026-11-01T00:00:00.0009Z", "to": "2026-12-31"}, day(11, 1), day(12, 31)),
    ],
    ids=str,
)
def test_the_period_of_a_report_is_read_from_two_dates_or_moments(
    query: dict[str, str], start: datetime, end: datetime
) -> None:
    assert read_query(query, NOW).span == Span(start, end)


BERLIN, NEW_YORK, SANTIAGO = "Europe/Berlin", "America/New_York", "America/Santiago"


@pytest.mark.parametrize(
    ("query", "agreed", "start", "end"),
    [
        pytest.param({}, BERLIN, "2026-11-17T23:00", "2026-11-24T23:00", id="the agreement's days"),
        pytest.param({"time_zone": NEW_YORK}, BERLIN, "2026-11-18T05:00", "2026-11-25T05:00", id="other days"),
        pytest.param({"time_zone": "UTC"}, BERLIN, "2026-11-18T00:00", "2026-11-25T00:00", id="days in UTC"),
        pytest.param({"time_zone": "Pacific/Auckland"}, "UTC", "2026-11-18T11:00", "2026-11-25T11:00", id="tomorrow"),
        pytest.param({"from": "2026-11-25"}, BERLIN, "2026-11-24T23:00", "2026-11-25T16:30", id="today so far"),
        pytest.param(
            {"to": "2026-10-29"}, BERLIN, "2026-10-21T22:00", "2026-10-28T23:00", id="seven days of the clock"
        ),
        pytest.param(
            {"from": "2026-09-06", "to": "2026-09-07"},
            SANTIAGO,
            "2026-09-06T04:00",
            "2026-09-07T03:00",
            id="no midnight",
        ),
        pytest.param(
            {"from": "2025-10-21", "to": "2026-11-25"}, BERLIN, "2025-10-20T22:00", "2026-11-24T23:00", id="400 days"
        ),
    ],
)
def test_the_days_of_a_report_are_those_of_a_time_zone(
    query: dict[str, str], agreed: str, start: str, end: str
) -> None:
    bounds = (datetime.fromisoformat(f"{each}+00:00") for each in (start, end))
    assert read_query(query, NOW, agreed).span == Span(*bounds, query.get("time_zone", agreed))


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"from": "yesterday"}, ["from"]),
        ({"from": "2026-11-01T00:00:00"}, ["from"]),
        ({"from": "0001-01-01"}, ["from"]),
        ({"to": "9999-12-31"}, ["to"]),
        ({"from": "2026-02-30", "to": "x"}, ["from", "to"]),
        ({"from": "2026-11-02", "to": "2026-11-02"}, ["to"]),
        ({"from": "2026-11-26"}, ["from"]),
        ({"from": "2026-11-25T16:30:00Z"}, ["from"]),
        ({"from": "2025-10-01", "to": "2026-11-06"}, ["from"]),
        ({"format": "pdf", "calendar": "julian"}, ["format", "calendar"]),
        ({"time_zone": "Mars/Olympus"}, ["time_zone"]),
        ({"time_zone": "../../etc/passwd", "to": "x"}, ["time_zone", "to"]),
        ({"time_zone": "x" * 5000}, ["time_zone"]),
    ],
    ids=str,
)
def test_the_wrong_parameters_of_a_report_query_are_named(query: dict[str, str], fields: list[str]) -> None:
    with pytest.raises(QueryFaults) as refused:
        read_query(query, NOW)
    assert [fault.field for fault in refused.value.errors] == fields


def test_the_format_and_calendar_of_a_report_can_be_chosen() -> None:
    assert read_query({}, NOW)[1:3] == ("json", False)
    assert read_query({"format": "csv", "calendar": "current"}, NOW)[1:3] == ("csv", True)


@pytest.mark.parametrize(
    ("start", "days", "months"),
    [
        (day(11, 24), 7, ["2026-11"]),
        (day(11, 25), 7, ["2026-11", "2026-12"]),
        (day(11, 1), 30, ["2026-11"]),
        (day(11, 30), 1, ["2026-11"]),
        (datetime(2026, 11, 30, 23, 59, tzinfo=UTC), 33, ["2026-11", "2026-12", "2027-01"]),
        (day(1, 31), 400, [f"2026-{month:02d}" for month in range(1, 13)] + ["2027-01", "2027-02", "2027-03"]),
    ],
)
def test_a_period_lists_its_months(start: datetime, days: int, months: list[str]) -> None:
    assert list(Span(start, start + timedelta(days=days)).months) == months


ROOT = Path(__file__).parents[3]
DESCRIBED = json.loads((ROOT / "docs/openapi.json").read_text())["paths"]["/reports/{report}"]["get"]
REPORTS = next(each["schema"]["enum"] for each in DESCRIBED["parameters"] if each["in"] == "path")
WELL_WRITTEN = {
    each["name"]: next(iter(each["schema"].get("enum", ["(none)"])))
    for each in DESCRIBED["parameters"]
    if each["in"] == "query" and each["name"] not in ("from", "to", "time_zone", "cursor")
}


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_refused_for_the_fields_that_its_description_names(report: str) -> None:
    refused_for = set()
    for first, second in itertools.combinations_with_replacement(sorted({*WELL_WRITTEN} & {*QUERY}), 2):
        values = {name: WELL_WRITTEN[name] for name in (first, second)}
        for written in (values, values | {"format": "csv"}):
            try:
                read_query(written, NOW).of_report(report)
                read_figure(written)
            except QueryFaults as faults:
                refused_for |= {each.field for each in faults.errors}

    assert refused_for <= {*DESCRIBED["x-judged"]}
