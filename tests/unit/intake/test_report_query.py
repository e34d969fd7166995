"""The query of a report: period, format and calendar, and their faults."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.domain.reports.rows.span import Span
from baton.intake.reports.report_query import QueryFaults, read_query

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
    assert read_query(query, NOW).span == (start, end)


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
    ],
    ids=str,
)
def test_the_wrong_parameters_of_a_report_query_are_named(query: dict[str, str], fields: list[str]) -> None:
    with pytest.raises(QueryFaults) as refused:
        read_query(query, NOW)
    assert [fault.field for fault in refused.value.errors] == fields


def test_the_format_and_calendar_of_a_report_can_be_chosen() -> None:
    assert read_query({}, NOW)[1:] == ("json", False)
    assert read_query({"format": "csv", "calendar": "current"}, NOW)[1:] == ("csv", True)


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
