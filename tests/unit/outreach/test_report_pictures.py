"""The pictures of a report's parts tell the shares of its figures, against the target, with words and a table."""

from datetime import timedelta

import pytest

from baton.domain.reports.agreed_targets import NO_TARGETS, AgreedTargets
from baton.domain.reports.rows.periods import parts_of
from baton.domain.reports.rows.report_groups import Report
from baton.domain.reports.sla_report import sla_report
from baton.outreach.reports.report_page import report_page
from tests.unit.outreach.link_page_examples import ParsedPage
from tests.unit.reports.given import LATER, SAM, WEEK, handoff, run, stint

A_WEEK = 7 * 1440
WEEKS = WEEK._replace(start=WEEK.start - timedelta(weeks=2))
AGREED = AgreedTargets({"accept": 90}, {})


def in_weeks(targets: AgreedTargets = AGREED) -> Report:
    """Two leads in the first week, of which one was accepted in time, one in the last, and none between."""
    begun = (-2 * A_WEEK, -2 * A_WEEK, 0)
    rows = [
        handoff(stint(SAM, at, run(start=at, due=at + 30, stop=at + took)), number=number, offered=at)
        for number, (at, took) in enumerate(zip(begun, (20, 40, 30), strict=True))
    ]
    parts = parts_of(WEEKS, "week")
    told = [
        sla_report([row for row in rows if part.holds(row.offered_at)], [], part, LATER, None, targets)
        for part in parts
    ]
    return sla_report(rows, [], WEEKS, LATER, None, targets)._replace(parts=tuple(told))


def test_each_week_has_a_column_a_share_and_a_row_of_the_table() -> None:
    page = report_page([in_weeks()])
    read = ParsedPage(page)
    assert read.in_order
    heights = [float(each["height"].removesuffix("em")) for each in read.all("rect")]
    assert heights == [3.0, 6.0], "a week without leads has no column"
    said = "9 Nov to 15 Nov 2026: 1 of 2, 50%; 16 Nov to 22 Nov 2026: –; 23 Nov to 29 Nov 2026: 1 of 1, 100%."
    assert said in page
    assert "Accept, percent in time; the line is the agreed 90%" in page
    assert '<th scope="row">9 Nov to 15 Nov 2026</th><td>1 of 2, 50%</td>' in page
    [agreed] = [each for each in read.all("line") if each["class"] == "agreed"]
    assert agreed["y1"] == agreed["y2"] == "0.8em"


def test_without_targets_the_pictures_are_of_the_departments() -> None:
    page = report_page([in_weeks(NO_TARGETS)])
    assert "Sales, percent in time" in page
    assert "Marketing, percent in time" in page
    assert 'class="agreed"' not in page


@pytest.mark.parametrize("targets", [AGREED, NO_TARGETS])
def test_a_report_without_parts_has_no_picture(targets: AgreedTargets) -> None:
    assert "<svg" not in report_page([in_weeks(targets)._replace(parts=())])


def test_many_parts_have_columns_without_numbers() -> None:
    report = in_weeks()
    page = report_page([report._replace(parts=report.parts * 10)])
    assert len(ParsedPage(page).all("rect")) == 20
    assert ">50</text>" not in page
