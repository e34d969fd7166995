"""A report that is narrowed to some handoffs says the same of them as the whole report does in its groups."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from baton.aws.reports.leads_behind import FigureOfReport
from baton.aws.reports.report_builder import ReportBuilder
from baton.domain.reports.report_registry import REPORTS
from baton.domain.reports.rows.figure_asked import FigureAsked
from baton.domain.reports.rows.handoff_filter import HandoffFilter
from baton.domain.reports.rows.span import Span
from baton.intake.reports.report_query import QueryFaults, read_query
from baton.outreach.reports.report_csv import filename
from baton.outreach.reports.report_page import report_page
from tests.unit.reports.random_office import Office
from tests.unit.reports.test_recount import AGREED

START = datetime(2026, 10, 20, 8, 0, tzinfo=UTC)
NOW = START + timedelta(days=60)
BY = ("team", "source", "campaign", "trigger", "agreement_version")


@pytest.mark.parametrize("seed", [2, 5])
def test_a_narrowed_report_says_what_the_group_of_the_whole_report_says(seed: int) -> None:
    office = Office(seed, START)
    builder, span = ReportBuilder(office.table.rows), Span(START, office.now)
    [whole] = builder.build(["handoffs"], span, office.now, AGREED)
    narrowed = 0
    for name in BY:
        for line in whole.group(name).lines:
            only = HandoffFilter(**{name: line.name})
            [report] = builder.build(["handoffs"], span, office.now, AGREED, only=only)
            assert report.line("total", "all") == line.figures
            assert report.basis["filter"] == {name: line.name}
            asked = FigureAsked("total", "all", "offered")
            behind = FigureOfReport("handoffs", asked, span, office.now, AGREED, only=only).leads(builder.rows)
            assert sum(each.times for each in behind) == line.figures["offered"]
            narrowed += 1
    assert narrowed > 4


def test_a_report_narrowed_to_a_rep_has_what_they_had() -> None:
    office = Office(2, START)
    builder, span = ReportBuilder(office.table.rows), Span(START, office.now)
    [whole] = builder.build(["sla"], span, office.now, AGREED)
    reps = [line for line in whole.group("rep").lines if "@" in line.name]
    assert reps
    for line in reps:
        [report] = builder.build(["sla"], span, office.now, AGREED, only=HandoffFilter(rep=line.name))
        assert report.line("rep", line.name) == line.figures
        assert report.line("department", "sales")["handoffs"] == line.figures["handoffs"]
        assert report.line("department", "marketing")["duties"] == 0


def test_values_of_several_names_must_all_hold() -> None:
    office = Office(2, START)
    builder, span = ReportBuilder(office.table.rows), Span(START, office.now)
    rows = builder.rows.handoffs(span)
    both = [row for row in rows if row.source == "website" and row.trigger == "consultation"]
    only = HandoffFilter(source="website", trigger="consultation")
    [report] = builder.build(["handoffs"], span, office.now, AGREED, only=only)
    assert report.line("total", "all")["offered"] == len(both) < len(rows)


def test_a_filter_is_read_and_told_on_the_page_and_in_the_name_of_the_file() -> None:
    asked = read_query({"source": "<b>fair", "team": "", "rep": "sam@example.com"}, NOW)
    assert asked.only == HandoffFilter(source="<b>fair", rep="sam@example.com")
    office = Office(2, START, leads=1, steps=1)
    [report] = ReportBuilder(office.table.rows).build(["handoffs"], asked.span, NOW, AGREED, only=asked.only)
    assert "Only leads handed over with rep sam@example.com, source &lt;b&gt;fair;" in report_page([report])
    assert filename(report).endswith("-filtered.csv")


@pytest.mark.parametrize("seed", [2, 5])
@pytest.mark.parametrize("name", ["source", "campaign"])
def test_leads_and_duties_are_narrowed_by_how_the_lead_came(seed: int, name: str) -> None:
    office = Office(seed, START)
    builder, span = ReportBuilder(office.table.rows), Span(START, office.now)
    sla, funnel = builder.build(["sla", "funnel"], span, office.now, AGREED)
    duties, places, kept = 0, Counter[str](), Counter[str]()
    for line in funnel.group("status").lines:
        places[line.name] += line.figures["in"]
    for line in funnel.group(name).lines:
        only = HandoffFilter(**{name: line.name})
        owed, report = builder.build(["sla", "funnel"], span, office.now, AGREED, only=only)
        assert report.line("total", "all") == line.figures
        duties += owed.line("department", "marketing")["duties"]
        for status in report.group("status").lines:
            kept[status.name] += status.figures["in"]
            assert status.figures["opening"] is status.figures["closing"] is None
        assert not report.group("target").lines
        asked = FigureAsked("total", "all", "new")
        behind = FigureOfReport("funnel", asked, span, office.now, AGREED, only=only).leads(builder.rows)
        assert sum(each.times for each in behind) == line.figures["new"]
        assert "Where leads are" in report_page([owed, report])
    assert duties == sla.line("department", "marketing")["duties"] > 0
    assert kept == places


def test_a_narrowed_page_of_all_reports_says_nothing_of_leads_that_wait() -> None:
    office = Office(2, START)
    builder, span = ReportBuilder(office.table.rows), Span(START, office.now)
    page = report_page(builder.build(REPORTS, span, office.now, AGREED, only=HandoffFilter(source="fair")))
    assert "<p>Only leads with source fair.</p>" in page
    assert "Still owed by marketing" in page
    assert "Waiting at the end" not in page


def test_the_funnel_is_not_narrowed_by_what_only_handoffs_have() -> None:
    asked = read_query({"source": "fair", "trigger": "score", "rep": "sam@example.com"}, NOW)
    with pytest.raises(QueryFaults) as refused:
        asked.of_report("funnel")
    assert [fault.field for fault in refused.value.errors] == ["rep", "trigger"]
    assert list(asked.of_report("all").left_out) == ["funnel"]
    assert not read_query({"source": "fair"}, NOW).of_report("all").left_out
