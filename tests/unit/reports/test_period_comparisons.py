"""Shares beside those of the period before: the difference with its interval, or that there are too few."""

import pytest

from baton.domain.reports.compared.period_comparisons import compare_periods
from baton.domain.reports.funnel_report import funnel_report
from baton.domain.reports.handoffs_report import handoffs_report
from baton.domain.reports.lead_balance import Balance
from baton.domain.reports.rows.report_groups import Figures, Report
from baton.domain.reports.sla_report import sla_report
from baton.outreach.reports.format_figures import chance_text, points_more
from baton.outreach.reports.report_csv import report_csv
from baton.outreach.reports.report_page import report_page
from tests.unit.outreach.link_page_examples import ParsedPage
from tests.unit.reports.given import LATER, SAM, WEEK, handoff, move, run, stint

NOTHING_SAID = {"share": None, "low": None, "high": None}


def accepted(some: int, of: int) -> Report:
    rows = [handoff(stint(SAM, 0, **({"accepted_at": 5} if n < some else {})), number=n) for n in range(of)]
    return handoffs_report(rows, WEEK, LATER)


def the_one(report: Report, before: Report, **named: str) -> Figures:
    found = compare_periods(report, before)
    [one] = [each for each in found if all(each[name] == said for name, said in named.items())]
    return one


def test_a_difference_has_the_interval_of_newcombe() -> None:
    """Newcombe 1998, table II, method 10: 56 of 70 against 48 of 80."""
    found = the_one(accepted(56, 70), accepted(48, 80))
    assert (found["group"], found["name"], found["figure"]) == ("total", "all", "acceptance")
    figures = found
    assert figures["difference"] == {"share": 0.2, "low": 0.0524, "high": 0.3339}
    assert (figures["now"]["n"], figures["now"]["of"], figures["now"]["share"]) == (56, 70, 0.8)
    assert (figures["before"]["n"], figures["before"]["of"], figures["before"]["share"]) == (48, 80, 0.6)
    assert not figures["too_few"]
    assert figures["q"] == pytest.approx(0.0078, abs=0.001)
    assert points_more(figures["difference"]) == "20 points more (5 to 33)"
    assert chance_text(figures) == "hardly, q is 0.008"


@pytest.mark.parametrize(
    ("now", "before"), [((0, 20), (5, 20)), ((9, 70), (48, 80)), ((61, 70), (48, 80)), ((56, 70), (0, 0))], ids=str
)
def test_under_ten_on_either_side_are_too_few(now: tuple[int, int], before: tuple[int, int]) -> None:
    figures = the_one(accepted(*now), accepted(*before))
    assert (figures["too_few"], figures["difference"], figures["q"]) == (True, NOTHING_SAID, None)
    assert points_more(figures["difference"]) == "–"
    assert chance_text(figures) == "too few leads"


def test_a_share_of_nothing_in_both_periods_is_not_compared() -> None:
    assert compare_periods(accepted(0, 0), accepted(0, 0)) == ()


def in_time(kept: int, of: int) -> Report:
    rows = [
        handoff(stint(SAM, 0, run(due=30, stop=20 if n < kept else 40), contacted_at=20), number=n) for n in range(of)
    ]
    return sla_report(rows, [], WEEK, LATER)


def test_clocks_and_the_speed_to_lead_are_compared_each_with_its_own_and_corrected_together() -> None:
    found = compare_periods(in_time(56, 70), in_time(48, 80))
    assert [(each["group"], each["name"], each["figure"]) for each in found] == [
        ("department", "sales", "share"),
        ("clock", "accept", "share"),
        *(("speed", band, "within") for band in ("0-5m", "5m-30m", "30m-1h", "1h-4h", "4h-1d", "1d-3d")),
    ]
    assert found[0]["difference"] == found[1]["difference"] == {"share": 0.2, "low": 0.0524, "high": 0.3339}
    assert all(each["too_few"] for each in found[2:]), "none, or all"


def test_those_who_went_on_from_a_stage_are_compared_unless_nobody_knows_of_how_many() -> None:
    moves = [move(n, "nurturing/lead", "in_review/mql") for n in range(56)]
    now, before = (funnel_report(Balance({}, {"lead": n}), moves, WEEK, LATER) for n in (70, 80))
    assert the_one(now, before)["before"]["of"] == 80
    assert compare_periods(*(funnel_report(None, moves, WEEK, LATER) for _ in range(2))) == ()


def test_more_who_went_on_than_there_were_are_not_compared() -> None:
    """Leads of before the first balance that is kept: they left a stage, and nobody knows that they were there."""
    moves = [move(n, "nurturing/lead", "in_review/mql") for n in range(56)]
    now, before = (funnel_report(Balance({}, {"lead": n}), moves, WEEK, LATER) for n in (20, 80))
    assert the_one(now, before)["now"]["of"] == 0
    assert the_one(now, before)["too_few"]


def test_the_page_and_the_table_have_the_shares_of_both_periods() -> None:
    report, before = in_time(56, 70), in_time(48, 80)
    report = report._replace(before=before, compared=compare_periods(report, before))
    text = ParsedPage(report_page([report])).text
    for said in (
        "Kept in time: shares, compared with the period before",
        "accept in time",
        "20 points more (5 to 33)",
        "contact within 1h",
    ):
        assert said in text, said
    rows = [row for row in report_csv(report).splitlines() if row.startswith("compared,")]
    assert len(rows) == 8
    assert "share_difference_low" in report_csv(report).splitlines()[0]
