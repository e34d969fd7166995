"""Each count of a report leads to the leads that it counts, no more and no fewer."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from baton.aws.reports.leads_behind import A_PAGE, FigureOfReport
from baton.aws.reports.report_builder import ReportBuilder
from baton.aws.web.http import Problem
from baton.domain.reports.report_registry import REPORTS
from baton.domain.reports.rows.figure_asked import COUNTS, FigureAsked
from baton.domain.reports.rows.span import Span
from baton.intake.reports.report_query import QueryFaults, read_figure
from tests.unit.reports.random_office import Office
from tests.unit.reports.test_recount import AGREED

START = datetime(2026, 10, 20, 8, 0, tzinfo=UTC)


def counts(figures: dict[str, Any], within: str = "") -> Iterator[tuple[str, int]]:
    """All counts of a line, with those of nested figures: `speed_to_lead.n`, `returned_for.bad_fit`."""
    for name, value in figures.items():
        if isinstance(value, dict) and not within and name != "without":
            yield from counts(value, f"{name}.")
        elif isinstance(value, int) and (name in COUNTS or within in ("returned_for.", "stars.", "out_to.")):
            yield f"{within}{name}", value


@pytest.mark.parametrize("name", REPORTS)
def test_each_count_of_a_report_is_the_sum_over_the_leads_behind_it(name: str) -> None:
    office = Office(2, START, leads=4, steps=60)
    span = Span(START + timedelta(hours=3), office.now - timedelta(hours=3))
    rows, now, known = office.table.rows, office.now, {scenario.known.lead_id for scenario in office.scenarios}
    [report] = ReportBuilder(rows).build([name], span, now, AGREED)
    checked = set()
    for group in report.groups:
        if group.name == "target":
            continue
        for line in group.lines[:2]:
            for figure, number in counts(line.figures):
                if figure in checked and not number:
                    continue
                asked = FigureAsked(group.name, line.name, figure)
                assert read_figure(asked._asdict()) == asked
                behind = list(FigureOfReport(name, asked, span, now, AGREED).leads(rows))
                assert sum(each.times for each in behind) == number, (group.name, line.name, figure)
                assert {each.row.lead_id for each in behind} <= known
                checked.add(figure)
    assert len(checked) > 5


def test_the_leads_behind_a_figure_come_in_pages_that_are_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert A_PAGE == 100
    monkeypatch.setattr("baton.aws.reports.leads_behind.A_PAGE", 2)
    office = Office(2, START, leads=6, steps=60)
    span, rows = Span(START, office.now), office.table.rows
    seen, cursor = list[Any](), ""
    while cursor is not None:
        asked = FigureAsked("department", "sales", "handoffs", cursor)
        page = FigureOfReport("sla", asked, span, office.now, AGREED).page(rows)
        assert 0 < len(page["leads"]) <= 2
        seen, cursor = [*seen, *page["leads"]], page["cursor"]
    [report] = ReportBuilder(rows).build(["sla"], span, office.now, AGREED)
    assert len({each["handoff_id"] for each in seen}) == len(seen) == report.line("department", "sales")["handoffs"]
    assert [each["at"] for each in seen] == sorted(each["at"] for each in seen)


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"figure": "met"}, ["group", "name"]),
        ({"group": "clock", "name": "accept"}, ["figure"]),
        ({"cursor": "x"}, ["group", "name", "figure"]),
        ({"group": "clock", "name": "accept", "figure": "share"}, ["figure"]),
        ({"group": "rule", "name": "pages", "figure": "without.won"}, ["figure"]),
        ({"group": "source", "name": "(others)", "figure": "won"}, ["name"]),
    ],
    ids=str,
)
def test_a_figure_that_counts_no_leads_is_refused(query: dict[str, str], fields: list[str]) -> None:
    with pytest.raises(QueryFaults) as refused:
        read_figure(query)
    assert [fault.field for fault in refused.value.errors] == fields


@pytest.mark.parametrize(("report", "field"), [("sla", "group"), ("all", "figure")])
def test_a_group_that_a_report_does_not_have_is_refused(report: str, field: str) -> None:
    office = Office(2, START, leads=1, steps=1)
    asked = FigureAsked("weather", "rain", "n")
    with pytest.raises(Problem) as refused:
        FigureOfReport(report, asked, Span(START, office.now), office.now, AGREED).page(office.table.rows)
    assert [name for name, _ in refused.value.errors] == [field]


def test_a_report_itself_is_asked_for_without_a_figure() -> None:
    assert read_figure({"from": "2026-11-01", "figure": ""}) is None
