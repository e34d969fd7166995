"""Each count of a report leads to the leads that it counts, no more and no fewer."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from baton.aws.reports.leads_behind import A_BATCH, A_PAGE, FigureOfReport
from baton.aws.reports.report_builder import ReportBuilder
from baton.aws.web.http import Problem
from baton.domain.reports.report_registry import REPORTS, Agreed, ReportInput
from baton.domain.reports.rows.figure_asked import COUNTS, FigureAsked
from baton.domain.reports.rows.periods import Divided
from baton.domain.reports.rows.report_groups import Report
from baton.domain.reports.rows.report_rows import HandoffRow
from baton.domain.reports.rows.span import Span
from baton.intake.reports.report_query import QueryFaults, read_figure
from tests.unit.reports.given import LATER, WEEK, handoff
from tests.unit.reports.random_office import Office
from tests.unit.reports.test_recount import AGREED, AT_WORK

START = datetime(2026, 10, 20, 8, 0, tzinfo=UTC)


def counts(figures: dict[str, Any], within: str = "") -> Iterator[tuple[str, int]]:
    """All counts of a line, with those of nested figures: `speed_to_lead.business.n`, `returned_for.bad_fit`."""
    for name, value in figures.items():
        if isinstance(value, dict):
            yield from counts(value, f"{within}{name}.")
        elif isinstance(value, int) and (name in COUNTS or within in ("returned_for.", "stars.", "out_to.")):
            yield f"{within}{name}", value


@pytest.mark.parametrize("agreed", [AGREED, AT_WORK], ids=["in plain time", "in business time"])
@pytest.mark.parametrize("name", REPORTS)
def test_each_count_of_a_report_is_the_sum_over_the_leads_behind_it(name: str, agreed: Agreed) -> None:
    office = Office(2, START, leads=4, steps=60)
    span = Span(START + timedelta(hours=3), office.now - timedelta(hours=3))
    rows, now, known = office.table.rows, office.now, {scenario.known.lead_id for scenario in office.scenarios}
    [report] = ReportBuilder(rows).build([name], span, now, agreed)
    checked = set()
    for group in report.groups:
        if group.name == "target":
            continue
        for line in group.lines[:2]:
            for figure, number in counts(line.figures):
                if (figure in checked and not number) or (group.name, figure) == ("conversion", "of"):
                    continue
                asked = FigureAsked(group.name, line.name, figure)
                assert read_figure(asked._asdict()) == asked
                behind = list(FigureOfReport(name, asked, span, now, agreed).leads(rows))
                assert sum(each.times for each in behind) == number, (group.name, line.name, figure)
                assert {each.row.lead_id for each in behind} <= known
                checked.add(figure)
    assert len(checked) > 5


SHARES = {
    "share": ("met", "met,missed"),
    "within": ("so_far", "of"),
    "acceptance": ("accepted", "offered"),
    "win_rate": ("won", "won,lost"),
    "counted": ("counted.won", "counted.of"),
}
"""The counts that each share of a report is of."""


@pytest.mark.parametrize("name", REPORTS)
def test_each_share_that_is_compared_leads_to_its_leads_in_both_periods(name: str) -> None:
    office = Office(2, START, leads=4, steps=60)
    half = START + (office.now - START) / 2
    span, rows = Span(half, office.now), office.table.rows
    [report] = ReportBuilder(rows).build([name], span, office.now, AGREED, divided=Divided(before=True))
    assert report.compared and report.before
    for compared in report.compared:
        going_on = compared["group"] == "conversion"
        counts = {"n": "leads"} if going_on else dict(zip(("n", "of"), SHARES[compared["figure"]], strict=True))
        for period, shares in ((span, compared["now"]), (report.before.span, compared["before"])):
            for number, figure in counts.items():
                asked = FigureAsked(compared["group"], compared["name"], figure)
                assert read_figure(asked._asdict()) == asked
                behind = FigureOfReport(name, asked, period, office.now, AGREED).leads(rows)
                if not going_on or shares["of"]:
                    assert sum(each.times for each in behind) == shares[number], (compared, figure)


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


class ManyHandoffs:
    """A source of many handoffs that counts those that are read; each 500th is won, and each has rules of its own."""

    def __init__(self, count: int, rules: int = 0) -> None:
        self.count, self.rules, self.read = count, rules, 0

    def each_handoff(self, span: Span) -> Iterator[HandoffRow]:
        for number in range(self.count):
            row = handoff(offered=number / 10, number=number, state="lost" if number % 500 else "won")
            if span.holds(row.offered_at):
                self.read += 1
                yield row._replace(rules=tuple(f"rule-{number}-{each}" for each in range(self.rules)))


def behind(figure: str, cursor: str = "", group: str = "total", name: str = "all") -> FigureOfReport:
    span = WEEK._replace(end=WEEK.end + timedelta(days=7))
    return FigureOfReport("handoffs", FigureAsked(group, name, figure, cursor), span, LATER, AGREED)


def test_a_page_reads_and_reports_in_proportion_to_what_it_shows_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = list[int]()

    def counting(of: ReportInput) -> Report:
        made.append(len(of.handoffs))
        return REPORTS["handoffs"](of)

    monkeypatch.setattr("baton.aws.reports.leads_behind.REPORTS", {"handoffs": counting})
    bills, cursor = set[tuple[int, int]](), ""
    for count in (300, 20_000):
        for _ in range(2):
            rows, made[:] = ManyHandoffs(count), []
            page = behind("offered", cursor).page(rows)  # type: ignore[arg-type]  # it asks no more of it
            cursor = page["cursor"]
            assert len(page["leads"]) == 100
            bills.add((rows.read, len(made)))
    assert max(read for read, _ in bills) <= 2 * A_BATCH + 1
    assert max(reports for _, reports in bills) <= 4 * A_BATCH
    rows, made[:] = ManyHandoffs(20_000), []
    page = behind("won").page(rows)  # type: ignore[arg-type]
    assert [each["times"] for each in page["leads"]] == [1] * 40
    assert len(made) < 20_000 / A_BATCH + 40 * 2 * A_BATCH.bit_length() + 2


def test_a_line_that_a_batch_adds_up_with_others_has_its_leads() -> None:
    rows = ManyHandoffs(200, rules=12)
    for name in ("rule-0-0", "rule-70-11", "rule-199-5"):
        [found] = behind("offered", "", "rule", name).leads(rows)  # type: ignore[arg-type]
        assert found.row.row.handoff_id == f"anna-{int(name.split('-')[1]):03d}"  # type: ignore[union-attr]


@pytest.mark.parametrize("cursor", ["x", "2026-11-23 a", "2026-11-23T09:00:00 a", "9999-12-31T23:59:59.999999Z z"])
def test_a_cursor_of_no_page_is_no_fault(cursor: str) -> None:
    page = behind("offered", cursor).page(ManyHandoffs(3))  # type: ignore[arg-type]
    assert page["cursor"] is None


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"figure": "met"}, ["group", "name"]),
        ({"group": "clock", "name": "accept"}, ["figure"]),
        ({"cursor": "x"}, ["group", "name", "figure"]),
        ({"group": "clock", "name": "accept", "figure": "share"}, ["figure"]),
        ({"group": "clock", "name": "accept", "figure": "met,share"}, ["figure"]),
        ({"group": "conversion", "name": "mql to sql", "figure": "of"}, ["figure"]),
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
