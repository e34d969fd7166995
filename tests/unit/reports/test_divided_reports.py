"""Reports on parts of a period, and on the period before: the same as if each was asked for, in one read."""

import json
from csv import DictReader
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import pairwise
from random import Random

import pytest

from baton.aws.reports.report_builder import ReportBuilder
from baton.aws.reports.report_views import report_view
from baton.domain.reports.report_registry import IN_SERIES, REPORTS
from baton.domain.reports.rows.periods import Divided, Each, parts_of, period_before
from baton.domain.reports.rows.span import Span
from baton.intake.reports.report_query import EACH, QueryFaults, read_query
from baton.outreach.reports.report_csv import filename, report_csv
from tests.unit.outreach.report_page_example import TWELVE_WEEKS, example
from tests.unit.reports.given import LATER, WEEK
from tests.unit.reports.random_office import Office
from tests.unit.reports.table import Table
from tests.unit.reports.test_recount import AGREED, CLOCKS_CHANGE, close_some_days

NOW = datetime(2028, 1, 1, tzinfo=UTC)
BERLIN, AUCKLAND = "Europe/Berlin", "Pacific/Auckland"


def asked(first: str, last: str, zone: str = BERLIN) -> Span:
    return read_query({"from": first, "to": last, "time_zone": zone}, NOW).span


@pytest.mark.parametrize("each", EACH)
@pytest.mark.parametrize("zone", [BERLIN, AUCKLAND, "America/New_York", "UTC"])
def test_the_parts_of_a_period_follow_each_other_and_are_all_of_it(each: Each, zone: str) -> None:
    chance = Random(f"{each}{zone}")
    for _ in range(30):
        start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=chance.randrange(9000))
        span = Span(start, start + timedelta(hours=chance.randrange(1, 3000)), zone)
        parts = parts_of(span, each)
        assert (parts[0].start, parts[-1].end) == (span.start, span.end)
        assert all(one.end == other.start for one, other in pairwise(parts))
        begins = [part.dates[0] for part in parts[1:]]
        assert all(each != "week" or begin.weekday() == 0 for begin in begins)
        assert all(each != "month" or begin.day == 1 for begin in begins)
        assert len({*begins, parts[0].dates[0]}) == len(parts)


def test_twelve_weeks_over_a_change_of_the_clock_are_twelve_parts() -> None:
    weeks = parts_of(asked("2026-09-07", "2026-11-30"), "week")
    assert [week.end - week.start for week in weeks].count(timedelta(days=7, hours=1)) == 1
    assert [week.dates[0] for week in weeks] == [date(2026, 9, 7) + timedelta(weeks=number) for number in range(12)]


@pytest.mark.parametrize(
    ("period", "before"),
    [
        pytest.param(("2026-11-23", "2026-11-30"), ("2026-11-16", "2026-11-23"), id="a week"),
        pytest.param(("2026-10-23", "2026-10-30"), ("2026-10-16", "2026-10-23"), id="a week of 25 hours more"),
        pytest.param(("2026-11-01", "2026-12-01"), ("2026-10-01", "2026-11-01"), id="a month"),
        pytest.param(("2027-01-01", "2027-04-01"), ("2026-10-01", "2027-01-01"), id="a quarter"),
        pytest.param(("2027-01-01", "2028-01-01"), ("2026-01-01", "2027-01-01"), id="a year"),
        pytest.param(("2026-11-01", "2026-11-11"), ("2026-10-22", "2026-11-01"), id="ten days"),
        pytest.param(
            ("2026-11-02T08:00:00Z", "2026-11-03T09:00:00Z"),
            ("2026-11-01T07:00:00Z", "2026-11-02T08:00:00Z"),
            id="hours",
        ),
    ],
)
def test_the_period_before_is_as_many_months_or_as_long(period: tuple[str, str], before: tuple[str, str]) -> None:
    assert period_before(asked(*period)) == asked(*before)


@pytest.mark.parametrize(("zone", "changed", "hours"), [CLOCKS_CHANGE[0], CLOCKS_CHANGE[3]])
def test_each_part_of_a_report_is_what_a_report_on_that_part_says(zone: str, changed: date, hours: int) -> None:
    begun = datetime.combine(changed, datetime.min.time(), UTC) - timedelta(days=8)
    chance, office = Random(f"{zone}{changed}"), Office(changed.toordinal(), begun)
    close_some_days(chance, office, begun)
    builder = ReportBuilder(office.table.rows)
    span = asked(str(changed - timedelta(days=9)), str(changed + timedelta(days=40)), zone)
    whole = builder.build(REPORTS, span, office.now, AGREED)
    for each in EACH:
        told = builder.build(REPORTS, span, office.now, AGREED, divided=Divided(each, before=True))
        assert [report._replace(parts=(), before=None, compared=()) for report in told] == whole
        parts = [part for part in parts_of(span, each) if part.start < office.now]
        for number, part in enumerate([period_before(span), *parts]):
            for alone, report in zip(builder.build(REPORTS, part, office.now, AGREED), told, strict=True):
                summary = report.parts[number - 1] if number else report.before
                assert summary is not None
                kept = tuple(group for group in alone.groups if group.name in IN_SERIES[report.name])
                assert summary == alone._replace(groups=kept), (report.name, part)


def test_a_series_needs_no_more_queries_than_its_whole_period() -> None:
    table = Table()
    builder = ReportBuilder(table.rows)
    span = Span(WEEK.end - timedelta(weeks=12), WEEK.end)
    builder.build(REPORTS, span, LATER)
    alone, table.queries = table.queries, 0
    [*_, report] = builder.build(REPORTS, span, LATER, divided=Divided("week"))
    assert (table.queries, len(report.parts)) == (alone, 12)


def test_parts_that_are_still_to_come_are_left_out() -> None:
    span = Span(WEEK.start, WEEK.start + timedelta(days=21))
    [report] = ReportBuilder(Table().rows).build(["sla"], span, WEEK.end, divided=Divided("week"))
    assert [part.span for part in report.parts] == [WEEK]


def test_an_answer_has_the_series_and_the_period_before_beside_the_whole() -> None:
    [report] = ReportBuilder(Table().rows).build(["sla"], WEEK, LATER, divided=Divided("day", before=True))
    told = report_view(report)
    assert [part["from"][:10] for part in told["series"]] == [f"2026-11-{day}" for day in range(23, 30)]
    assert (told["before"]["from"], told["before"]["to"]) == ("2026-11-16T00:00:00.000Z", "2026-11-23T00:00:00.000Z")
    assert list(told["before"]["groups"]) == ["department", "clock", "speed", "duty", "target"]
    assert set(told["groups"]) > set(told["before"]["groups"])


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"each": "year"}, "each"),
        ({"compare": "after"}, "compare"),
        ({"each": "day", "from": "2026-09-01", "to": "2026-11-25"}, "each"),
    ],
)
def test_a_series_that_cannot_be_told_is_refused(query: dict[str, str], field: str) -> None:
    with pytest.raises(QueryFaults) as refused:
        read_query(query, NOW)
    assert [fault.field for fault in refused.value.errors] == [field]


@pytest.mark.parametrize("zone", [BERLIN, "America/New_York", "Asia/Kolkata"])
@pytest.mark.parametrize("changed", [date(2026, 10, 25), date(2027, 3, 28)])
def test_the_table_of_a_series_has_the_rows_of_the_table_of_each_part(zone: str, changed: date) -> None:
    office = Office(changed.toordinal(), datetime.combine(changed, datetime.min.time(), UTC) - timedelta(days=8))
    builder, span = ReportBuilder(office.table.rows), asked(str(changed), str(changed + timedelta(days=10)), zone)
    for report in builder.build(REPORTS, span, office.now, AGREED, divided=Divided("week", before=True)):
        assert report.before
        rows = list(DictReader(StringIO(report_csv(report), newline="")))
        for which, each in (("whole", report), ("before", report.before), *(("part", part) for part in report.parts)):
            first, end = each.span.dates
            its = [row for row in rows if (row["period"], row["from"], row["to"]) == (which, str(first), str(end))]
            alone = list(
                DictReader(StringIO(report_csv(each._replace(parts=(), before=None, compared=())), newline=""))
            )
            told = [{name: row[name] for name in alone[0]} for row in its]
            assert told == alone
            assert all(not row[name] for row in its for name in row.keys() - alone[0].keys() - {"period", "from", "to"})
        assert filename(report).endswith("-in-parts-compared.csv")


def test_a_period_in_a_table_that_is_cut_within_a_day_has_its_moment() -> None:
    cut = WEEK._replace(end=WEEK.end - timedelta(hours=2))
    [report] = ReportBuilder(Table().rows).build(["sla"], cut, LATER, divided=Divided("week"))
    assert report_csv(report).splitlines()[1].startswith("whole,2026-11-23,2026-11-29T22:00:00.000Z,")


def test_one_call_has_all_that_a_meeting_looks_at() -> None:
    """As docs/reports.md says where it is."""
    told = {report.name: report_view(report) for report in example(TWELVE_WEEKS, Divided("week", before=True))}
    sla, handoffs, scoring, funnel = (told[name] for name in ("sla", "handoffs", "scoring", "funnel"))
    weeks = [{each["name"]: each for each in week["groups"]["target"]} for week in sla["series"]]
    assert [week["accept"]["target"] for week in weeks] == [0.9] * 12
    assert all(week["accept"]["met"] + week["accept"]["missed"] for week in weeks)
    assert all(week["groups"]["department"] for week in sla["series"])
    for part in (sla, sla["before"], *sla["series"]):
        assert [each["name"] for each in part["groups"]["speed"]][-1] == "3d-"
    [review] = [each for each in sla["groups"]["duty"] if each["name"] == "review"]
    assert 0 < review["overdue"] <= review["owed"] < review["duties"]
    assert {"to_mql", "sql_accepted", "to_won", "amounts"} < funnel["groups"]["total"][0].keys()
    assert [each["name"] for each in funnel["groups"]["target"]] == ["new", "mql", "sql_accepted"]
    assert funnel["groups"]["conversion"]
    assert sum(handoffs["groups"]["total"][0]["returned_for"].values()) > 0
    assert all(rep["offered"] >= rep["open"] for rep in handoffs["groups"]["rep"])
    assert {rep["name"] for rep in handoffs["groups"]["rep"]} == {rep["name"] for rep in sla["groups"]["rep"]}
    assert all(
        {"counted", "without", "difference", "q", "too_few"} <= rule.keys() for rule in scoring["groups"]["rule"]
    )
    assert all(report["compared"] for report in told.values())
    assert len(json.dumps(told)) < 150_000


def test_a_series_is_asked_for_by_its_parts() -> None:
    assert read_query({"each": "week", "compare": "before"}, NOW).divided == Divided("week", before=True)
    assert read_query({"each": "", "compare": ""}, NOW).divided == Divided()


@pytest.mark.parametrize("zone", [BERLIN, "America/New_York", "Asia/Kolkata"])
def test_pages_draw_the_twelve_weeks_up_to_the_end_of_their_period(zone: str) -> None:
    office = Office(5, datetime(2026, 9, 1, 8, tzinfo=UTC))
    builder, span = ReportBuilder(office.table.rows), asked("2026-11-23", "2026-11-29", zone)
    reports, before = builder.build(["sla", "funnel"], span, NOW, AGREED), office.table.queries
    [sla, funnel] = builder.with_weeks(reports, NOW, AGREED)
    assert office.table.queries - before <= 2 * 5 * 4, "two kinds of rows, five lists a month"
    assert not funnel.parts
    weeks = [part.span for part in sla.parts]
    assert [week.dates[0] for week in weeks] == [date(2026, 9, 7) + timedelta(weeks=number) for number in range(12)]
    assert weeks[-1].end == span.end
    for part in sla.parts:
        [alone] = builder.build(["sla"], part.span, NOW, AGREED)
        assert part.groups == tuple(group for group in alone.groups if group.name in IN_SERIES["sla"])
