"""Lengths in business time beside those in plain time: an attempt on the next morning took no night."""

import random
from datetime import timedelta

import pytest

from baton.agreement.terms.calendars import Calendar
from baton.domain.reports.corrected_calendars import Calendars
from baton.domain.reports.funnel_report import funnel_report
from baton.domain.reports.handoffs_report import handoffs_report
from baton.domain.reports.lead_balance import NO_LEADS
from baton.domain.reports.rows.report_groups import Figures, Report
from baton.domain.reports.rows.report_rows import DutyRow, HandoffRow
from baton.domain.reports.sla_report import sla_report
from baton.domain.working_time.business_time import WorkingTime
from baton.outreach.reports.format_figures import both_times
from baton.outreach.reports.report_csv import report_csv
from tests.unit.reports.given import KIM, LATER, MONDAY, SAM, WEEK, at, duty, handoff, move, stint

OFFICE = Calendar.model_validate({"time_zone": "UTC", "hours": {"mon-fri": ["09:00-17:00"]}})
NIGHTS = Calendar.model_validate({"time_zone": "UTC", "hours": {"mon-sun": ["20:00-23:00"]}})
CALENDARS = Calendars({"office": OFFICE, "nights": NIGHTS}, "office", {"sales": "office", "late": "nights"})
EVENING, NEXT_MORNING = 9.5 * 60, 24 * 60 + 20  # Monday 18:30, Tuesday 9:20
NEXT_WEEK = 7 * 24 * 60 + 30


def report(*rows: HandoffRow | DutyRow, calendars: Calendars | None = CALENDARS) -> Report:
    handoffs = [row for row in rows if isinstance(row, HandoffRow)]
    duties = [row for row in rows if isinstance(row, DutyRow)]
    return sla_report(handoffs, duties, WEEK, LATER, calendars=calendars)


def speed(told: Report, group: str = "department", name: str = "sales") -> Figures:
    found: Figures = told.line(group, name)["speed_to_lead"]
    return found


def contacted(offered: float, contact: float, **known: object) -> HandoffRow:
    return handoff(stint(SAM, offered, notified_at=offered, contacted_at=contact), offered=offered, **known)


@pytest.mark.parametrize(
    ("row", "plain", "business"),
    [
        pytest.param(contacted(EVENING, NEXT_MORNING), 14 * 60 + 50, 20, id="a lead of the evening"),
        pytest.param(contacted(30, 90), 60, 60, id="within the hours"),
        pytest.param(contacted(EVENING, EVENING + 60), 60, 0, id="an attempt in the evening"),
        pytest.param(contacted(30, NEXT_WEEK), 7 * 24 * 60, 5 * 8 * 60, id="over a weekend"),
        pytest.param(
            contacted(EVENING, NEXT_MORNING, team="late"), 14 * 60 + 50, 3 * 60, id="a team that works at night"
        ),
        pytest.param(
            contacted(EVENING, NEXT_MORNING, team="late", calendar="office"),
            14 * 60 + 50,
            20,
            id="the handoff's calendar",
        ),
        pytest.param(
            contacted(EVENING, NEXT_MORNING, calendar="gone"),
            14 * 60 + 50,
            20,
            id="a calendar that is gone: the team's",
        ),
    ],
)
def test_speed_to_lead_is_told_in_plain_and_in_business_time(row: HandoffRow, plain: float, business: float) -> None:
    told = speed(report(row))
    assert (told["median_seconds"], told["business"]["median_seconds"]) == (plain * 60, business * 60)
    assert told["business"]["n"] == told["n"] == 1


def test_every_group_and_every_step_has_both_times() -> None:
    told = report(contacted(EVENING, NEXT_MORNING))
    for group, name in (("department", "sales"), ("team", "sales"), ("trigger", "consultation"), ("rep", SAM)):
        assert speed(told, group, name)["business"]["median_seconds"] == 20 * 60
    assert told.line("team", "sales")["contacted"]["business"] == {"n": 1, "median_seconds": 0, "p90_seconds": 0}
    assert told.line("team", "sales")["accepted"]["business"]["median_seconds"] == 20 * 60


def test_a_former_owner_has_the_business_time_of_their_own_part() -> None:
    passed = handoff(stint(SAM, EVENING, until=NEXT_MORNING), stint(KIM, NEXT_MORNING, contacted_at=NEXT_MORNING + 30))
    assert speed(report(passed), "rep", KIM)["business"]["median_seconds"] == 30 * 60


def test_marketing_counts_by_its_own_calendar() -> None:
    told = report(duty(opened=EVENING, closed=NEXT_MORNING, verdict="good_fit", by="mia"), duty(number=2))
    assert told.line("department", "marketing")["closed"]["business"] == {
        "n": 1,
        "median_seconds": 1200,
        "p90_seconds": 1200,
    }


@pytest.mark.parametrize(
    ("status", "of_teams", "minutes"),
    [
        pytest.param("in_review", {"sales": "nights"}, 20, id="marketing's calendar"),
        pytest.param("with_sales", {"sales": "nights", "others": "nights"}, 3 * 60, id="the calendar of all teams"),
        pytest.param("with_sales", {"sales": "nights", "others": "office"}, None, id="several teams' calendars"),
        pytest.param("with_sales", {}, None, id="no team's calendar"),
    ],
)
def test_stays_in_the_funnel_are_told_in_plain_and_in_business_time(
    status: str, of_teams: dict[str, str], minutes: float | None
) -> None:
    stayed = (NEXT_MORNING - EVENING) * 60
    left = move(NEXT_MORNING, f"{status}/mql", "nurturing/lead", stayed=stayed, stage_stayed=stayed)
    calendars = CALENDARS._replace(of_teams=of_teams)
    told = funnel_report(NO_LEADS, [left], WEEK, LATER, calendars=calendars)
    of_status = told.line("status", status)["stayed"]
    assert of_status["median_seconds"] == stayed
    assert of_status.get("business", {}).get("median_seconds") == (None if minutes is None else minutes * 60)
    assert told.line("stage", "mql")["stayed"]["business"]["median_seconds"] == 1200
    assert "business" not in funnel_report(NO_LEADS, [left], WEEK, LATER).line("status", status)["stayed"]


@pytest.mark.parametrize(
    "calendars",
    [
        pytest.param(None, id="no agreement"),
        pytest.param(Calendars({}), id="no calendar"),
        pytest.param(Calendars({"office": OFFICE}, None, {}), id="nobody's calendar"),
        pytest.param(Calendars({"office": OFFICE}, "gone", {"sales": "gone"}), id="a calendar that is not there"),
    ],
)
def test_without_a_calendar_there_is_plain_time_only(calendars: Calendars | None) -> None:
    told = report(contacted(EVENING, NEXT_MORNING), duty(opened=0, closed=60), calendars=calendars)
    assert "business" not in speed(told)
    assert "business" not in told.line("department", "marketing")["closed"]


def test_leads_of_a_team_without_a_calendar_do_not_count_in_business_time() -> None:
    told = speed(report(contacted(EVENING, NEXT_MORNING), contacted(0, 60, number=2, team="elsewhere")))
    assert (told["n"], told["business"]["n"]) == (2, 1)


def test_business_time_is_never_longer_than_plain_time_and_adds_up() -> None:
    """By a seed: any two moments, against minutes counted one by one."""
    working = WorkingTime(OFFICE)
    for seed in range(25):
        chance = random.Random(seed)
        start, length = chance.randrange(0, 3 * 1440), chance.randrange(1, 2 * 1440)
        told = speed(report(contacted(start, start + length)))
        open_minutes = sum(working.is_open(at(start) + timedelta(minutes=minute)) for minute in range(length))
        assert told["business"]["median_seconds"] == open_minutes * 60, seed
        assert told["business"]["median_seconds"] <= told["median_seconds"], seed


@pytest.mark.parametrize(
    ("figures", "text"),
    [
        ({"median_seconds": 53400, "business": {"median_seconds": 1200}}, "14h 50m (20m at work)"),
        ({"median_seconds": 600, "business": {"median_seconds": 600}}, "10m"),
        ({"median_seconds": 600}, "10m"),
        ({"median_seconds": None}, "–"),
        ({"median_seconds": 60, "business": {"median_seconds": 0}}, "1m (0s at work)"),
    ],
)
def test_pages_tell_both_times_where_they_differ(figures: Figures, text: str) -> None:
    assert both_times(figures, "median_seconds") == text


def test_the_csv_has_columns_for_business_time() -> None:
    header = report_csv(report(contacted(EVENING, NEXT_MORNING))).splitlines()[0]
    assert "speed_to_lead_business_median_seconds" in header


def test_the_handoffs_report_says_after_how_many_attempts_leads_were_reached() -> None:
    rows = [handoff(number=n, attempts=n, reached_after=n if n < 4 else None) for n in range(1, 6)]
    told = handoffs_report(rows, WEEK, LATER).line("total", "all")
    assert (told["reached"], told["attempts_until_reached"]) == (3, {"median": 2, "p90": 3})
    assert "reached" not in handoffs_report([handoff()], WEEK, LATER).line("total", "all")


def test_days_of_reports_stay_in_utc() -> None:
    assert WEEK.start == MONDAY.replace(hour=0)
