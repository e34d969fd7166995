"""Reports compare what was reached with the agreed targets, also for part of a month."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from baton.domain.reports.agreed_targets import NO_TARGETS, AgreedTargets
from baton.domain.reports.funnel_report import funnel_report
from baton.domain.reports.lead_balance import Balance
from baton.domain.reports.rows.span import Span
from baton.domain.reports.sla_report import sla_report
from baton.outreach.reports.format_figures import monthly_target, number_short, points_short
from baton.outreach.reports.report_page import report_page
from baton.outreach.reports.weekly_mail import weekly_mail
from tests.unit.agreement.drafts import GONE, faults_of, read_draft, shipped_document_with
from tests.unit.outreach.link_page_examples import ParsedPage
from tests.unit.outreach.test_report_page import all_reports
from tests.unit.reports.given import LATER, SAM, WEEK, duty, handoff, move, run, stint

NOVEMBER = Span(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
NO_LEADS = Balance({}, {})
RISES = [move(number, "nurturing/lead", "in_review/mql") for number in range(50)]


def _funnel(span: Span = WEEK, now: datetime = LATER, **per_month: int) -> dict[str, Any]:
    report = funnel_report(NO_LEADS, RISES, span, now, AgreedTargets({}, per_month))
    return {line.name: line.figures for line in report.group("target").lines}


MONTHS = {
    "a week of a month": (WEEK, WEEK.end, 46.6667, 7, 30, True),
    "a whole month": (NOVEMBER, NOVEMBER.end, 200, 30, 30, False),
    "a month that is not over": (NOVEMBER, NOVEMBER.start + timedelta(days=15), 100, 15, 30, True),
    "a period that is to come": (NOVEMBER, NOVEMBER.start - timedelta(days=1), 0, 0, 30, True),
    "two months": (
        Span(NOVEMBER.start, datetime(2027, 1, 1, tzinfo=UTC)),
        datetime(2027, 2, 1, tzinfo=UTC),
        400,
        61,
        61,
        False,
    ),
    "across the end of a month": (
        Span(datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 12, 8, tzinfo=UTC)),
        datetime(2026, 12, 8, tzinfo=UTC),
        91.828,
        14,
        61,
        True,
    ),
    "February": (
        Span(datetime(2027, 2, 1, tzinfo=UTC), datetime(2027, 2, 15, tzinfo=UTC)),
        datetime(2027, 3, 1, tzinfo=UTC),
        100,
        14,
        28,
        True,
    ),
    "a month in which clocks are changed": (
        Span(datetime(2026, 9, 30, 22, tzinfo=UTC), datetime(2026, 10, 31, 23, tzinfo=UTC), "Europe/Berlin"),
        NOVEMBER.end,
        200,
        31,
        31,
        False,
    ),
    "a day without midnight": (
        Span(datetime(2026, 9, 6, 4, tzinfo=UTC), datetime(2026, 9, 7, 3, tzinfo=UTC), "America/Santiago"),
        NOVEMBER.end,
        6.6667,
        1,
        30,
        True,
    ),
    "half a day": (Span(NOVEMBER.start, NOVEMBER.start + timedelta(hours=12)), NOVEMBER.end, 3.3333, 0.5, 30, True),
}


@pytest.mark.parametrize(("span", "now", "target", "days", "of_days", "partial"), MONTHS.values(), ids=MONTHS.keys())
def test_a_target_for_a_month_counts_for_the_part_that_the_report_has_seen(
    span: Span, now: datetime, target: float, days: float, of_days: int, partial: bool
) -> None:
    figures = _funnel(span, now, mql=200)["mql"]
    assert (figures["target"], figures["days"], figures["of_days"], figures["partial"]) == (
        target,
        days,
        of_days,
        partial,
    )
    assert figures["difference"] == pytest.approx(50 - target, abs=1e-3)


def test_every_target_for_a_month_has_its_own_count() -> None:
    moves = [
        move(0, None, "nurturing/lead"),
        move(1, "nurturing/lead", "in_review/mql"),
        move(2, "in_review/mql", "with_sales/sql"),
        move(3, "with_sales/sql", "won/customer"),
        move(4, None, "nurturing/lead"),
    ]
    per_month = dict.fromkeys(("new", "mql", "sql", "sql_accepted", "handed_over", "won"), 30)
    report = funnel_report(NO_LEADS, moves, WEEK, LATER, AgreedTargets({}, per_month))
    assert [line.figures["actual"] for line in report.group("target").lines] == [2, 1, 1, 0, 1, 1]


def _in_time(**in_time: int) -> dict[str, Any]:
    rows = [
        handoff(stint(SAM, 0, run(due=30, stop=25), run("first_contact", due=240, stop=250))),
        handoff(stint(SAM, 0, run(due=30, stop=25)), number=2),
        handoff(stint(SAM, 0, run(due=30, stop=45)), number=3),
    ]
    owed = [
        duty(run=run("review", due=60, stop=50), closed=50),
        duty("return", run=run("answer", due=5, stop=50), number=2),
    ]
    report = sla_report(rows, owed, WEEK, LATER, None, AgreedTargets(in_time, {}))
    return {line.name: line.figures for line in report.group("target").lines}


SHARES = {
    "a clock below its target": ("accept", 90, 0.6667, -0.2333),
    "a clock that nobody kept": ("first_contact", 50, 0.0, -0.5),
    "marketing's review": ("review", 95, 1.0, 0.05),
    "marketing's answers": ("answer_returns", 90, 0.0, -0.9),
    "a clock that was not due": ("next_action", 80, None, None),
}


@pytest.mark.parametrize(("name", "percent", "actual", "difference"), SHARES.values(), ids=SHARES.keys())
def test_the_share_of_a_clock_is_compared_with_its_target(
    name: str, percent: int, actual: float | None, difference: float | None
) -> None:
    figures = _in_time(**{name: percent})[name]
    assert figures["actual"] == (None if actual is None else pytest.approx(actual, abs=1e-3))
    assert figures["difference"] == (None if difference is None else pytest.approx(difference, abs=1e-3))


def test_without_targets_nothing_is_compared() -> None:
    assert _in_time() == {}
    assert AgreedTargets.of(read_draft(shipped_document_with()).rules) == NO_TARGETS


TARGETS = {"in_time": {"accept": "90%", "answer_returns": "80%"}, "per_month": {"mql": 200}}


def test_the_targets_of_an_agreement_are_stored_in_percent() -> None:
    rules = read_draft(shipped_document_with(("targets", TARGETS))).rules
    assert AgreedTargets.of(rules) == AgreedTargets({"accept": 90, "answer_returns": 80}, {"mql": 200})
    assert "targets" not in read_draft(shipped_document_with()).rules


FAULTS = {
    "no such clock": ((("targets", {"in_time": {"acept": "90%"}}),), "targets.in_time.acept"),
    "no percent": ((("targets", {"in_time": {"accept": 90}}),), "targets.in_time.accept"),
    "no such count": ((("targets", {"per_month": {"pql": 3}}),), "targets.per_month.pql"),
    "nothing a month": ((("targets", {"per_month": {"mql": 0}}),), "targets.per_month.mql"),
    "MQLs that nobody defines": ((("mql", GONE), ("targets", {"per_month": {"mql": 9}})), "targets.per_month.mql"),
}


@pytest.mark.parametrize(("changes", "place"), FAULTS.values(), ids=FAULTS.keys())
def test_a_faulty_target_is_refused_with_its_place(changes: tuple[tuple[str, object], ...], place: str) -> None:
    assert place in faults_of(shipped_document_with(*changes))


WORDS = {
    "short": (points_short(-0.0417), "4.2 points short"),
    "more": (points_short(0.03), "3 points more"),
    "as agreed": (points_short(0.0), "as agreed"),
    "unknown": (points_short(None), "–"),
    "leads short": (number_short(-1200.04), "1,200 short"),
    "leads more": (number_short(3.3333), "3.3 more"),
    "a large number": (number_short(-1_234_567.0), "1,234,567 short"),
    "part of a month": (monthly_target(_funnel(mql=200)["mql"]), "46.7 for 7 of 30 days at 200 a month"),
    "a month": (monthly_target(_funnel(NOVEMBER, NOVEMBER.end, mql=200)["mql"]), "200 a month"),
}


@pytest.mark.parametrize(("said", "words"), WORDS.values(), ids=WORDS.keys())
def test_a_target_and_its_difference_are_said_in_words(said: str, words: str) -> None:
    assert said == words


def _compared_reports() -> list[Any]:
    sla, handoffs, scoring, _ = all_reports([handoff(stint(SAM, 0, run(due=30, stop=45)))])
    sla = sla_report(
        [handoff(stint(SAM, 0, run(due=30, stop=45)))], [], WEEK, LATER, None, AgreedTargets({"accept": 90}, {})
    )
    return [sla, handoffs, scoring, funnel_report(NO_LEADS, RISES, WEEK, LATER, AgreedTargets({}, {"mql": 200}))]


def test_the_weekly_mail_tells_targets_and_what_was_reached() -> None:
    text = " ".join(weekly_mail(_compared_reports(), "https://example.com/x")[1].split())
    assert "TARGETS - accept in time: 0%, agreed 90%: 90 points short" in text
    assert "- mql: 50, agreed 46.7 for 7 of 30 days at 200 a month: 3.3 more" in text


def test_the_report_page_shows_targets_with_their_difference() -> None:
    page = report_page(_compared_reports())
    assert ParsedPage(page).in_order
    for said in ("In time, against the target", "90 points short", "46.7 for 7 of 30 days at 200 a month", "3.3 more"):
        assert said in page
