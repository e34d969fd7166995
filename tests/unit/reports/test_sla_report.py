"""The SLA report: clocks met and missed by department, team and rep, and the time from offer to contact."""

import pytest

from baton.agreement.terms.calendars import Calendar
from baton.domain.reports.attainment import clock_result
from baton.domain.reports.corrected_calendars import Calendars
from baton.domain.reports.rows.report_groups import Report
from baton.domain.reports.rows.report_rows import ClockRow, DutyRow, HandoffRow
from baton.domain.reports.sla_report import sla_report
from tests.unit.reports.given import KIM, LATER, MONDAY, SAM, WEEK, at, duty, handoff, run, stint


def report(*rows: HandoffRow | DutyRow, corrected: Calendars | None = None) -> Report:
    handoffs = [row for row in rows if isinstance(row, HandoffRow)]
    duties = [row for row in rows if isinstance(row, DutyRow)]
    return sla_report(handoffs, duties, WEEK, LATER, corrected)


def attained(figures: dict[str, object]) -> tuple[object, ...]:
    return tuple(figures[name] for name in ("met", "missed", "open", "passed_on", "share"))


@pytest.mark.parametrize(
    ("stop", "until", "now", "expected"),
    [
        (30, None, 99, "met"),
        (30.01, None, 99, "missed"),
        (None, None, 30, "open"),
        (None, None, 30.01, "missed"),
        (None, 20, 99, "passed_on"),
        (None, 30, 99, "missed"),
        (20, 25, 99, "met"),
    ],
    ids=[
        "stopped at the last moment",
        "stopped too late",
        "runs and is due now",
        "runs and was due",
        "went to somebody else before",
        "taken away when it was due",
        "met, and passed on later",
    ],
)
def test_a_clock_is_met_missed_open_or_passed_on(
    stop: float | None, until: float | None, now: float, expected: str
) -> None:
    clock = run(due=30, stop=stop)
    assert clock_result(clock, clock.due_at, None if until is None else at(until), at(now)) == expected


def test_a_clock_counts_for_the_owner_of_the_lead_at_its_time() -> None:
    told = report(
        handoff(
            stint(SAM, 0, run(due=30), run("first_contact", due=240), until=45),
            stint(None, 45, run(start=45, due=75), until=50),
            stint(KIM, 50, run(start=50, due=80, stop=60), run("first_contact", start=50, due=290)),
        )
    )
    assert attained(told.line("rep", SAM)) == (0, 1, 0, 1, 0)
    assert attained(told.line("rep", "nobody")) == (0, 0, 0, 1, None)
    assert attained(told.line("rep", KIM)) == (1, 1, 0, 0, 0.5)
    assert attained(told.line("clock", "accept")) == (1, 1, 0, 1, 0.5)
    assert attained(told.line("trigger_and_clock", "consultation: first_contact")) == (0, 1, 0, 1, 0)
    for group, name in (("team", "sales"), ("trigger", "consultation"), ("department", "sales")):
        assert attained(told.line(group, name)) == (1, 2, 0, 2, 0.3333)


def test_the_times_of_a_rep_are_measured_from_the_assignment_of_the_lead() -> None:
    told = report(
        handoff(
            stint(SAM, 0, notified_at=1, until=60),
            stint(None, 60, until=90),
            stint(KIM, 90, notified_at=91, accepted_at=95, contacted_at=110),
        )
    )
    shown = ("notified", "accepted", "contacted", "speed_to_lead")
    assert [told.line("rep", KIM)[name]["median_seconds"] for name in shown] == [60, 240, 900, 1200]
    assert [told.line("rep", SAM)[name]["median_seconds"] for name in shown] == [60, None, None, None]
    assert told.line("department", "sales")["speed_to_lead"]["median_seconds"] == 110 * 60
    assert {line.name: line.figures["handoffs"] for line in told.group("rep").lines} == {SAM: 1, KIM: 1, "nobody": 1}


def test_clock_runs_that_are_only_counted_are_in_the_figures() -> None:
    called_often = stint(SAM, 0, run("next_action", stop=5))._replace(more={"next_action": (3, 1)})
    assert attained(report(handoff(called_often)).line("clock", "next_action")) == (4, 1, 0, 0, 0.8)


def test_each_step_from_offer_to_contact_is_measured_from_the_end_of_the_step_before() -> None:
    told = report(handoff(stint(None, 0, until=5), stint(SAM, 5, notified_at=6, accepted_at=16, contacted_at=46)))
    way = told.line("department", "sales")
    taken = [way[name]["median_seconds"] for name in ("routed", "notified", "accepted", "contacted", "speed_to_lead")]
    assert taken == [300, 60, 600, 1800, 2760]


def test_a_contact_without_an_acceptance_counts_as_both() -> None:
    way = report(handoff(stint(SAM, 0, notified_at=1, contacted_at=11))).line("trigger", "consultation")
    assert (way["accepted"]["median_seconds"], way["contacted"]["median_seconds"]) == (600, 0)


def test_the_time_to_acceptance_of_a_reassigned_lead_runs_from_its_first_notification() -> None:
    way = report(handoff(stint(SAM, 0, notified_at=1, until=60), stint(KIM, 60, notified_at=61, accepted_at=70)))
    figures = way.line("team", "sales")
    assert figures["accepted"] == {"n": 1, "median_seconds": 69 * 60, "p90_seconds": 69 * 60}
    assert figures["speed_to_lead"]["n"] == 0


def test_a_notification_recorded_after_the_acceptance_gives_no_negative_time() -> None:
    way = report(handoff(stint(SAM, 0, accepted_at=5, notified_at=6))).line("team", "sales")
    assert (way["notified"]["median_seconds"], way["accepted"]["median_seconds"]) == (360, 0)


def test_duties_of_marketing_have_figures_by_kind_reviewer_team_and_verdict() -> None:
    told = report(
        duty("review", run=run("review", due=60, stop=50), closed=50, verdict="good_fit", by="mia", number=1),
        duty("review", run=run("review", due=60), number=2),
        duty("return", run=run("answer", due=60, stop=70), closed=70, verdict="not_ready", by="max", number=3),
        duty("return", number=4),
    )
    assert attained(told.line("department", "marketing")) == (1, 2, 0, 0, 0.3333)
    assert attained(told.line("duty", "review")) == (1, 1, 0, 0, 0.5)
    assert told.line("duty", "return")["closed"] == {"n": 1, "median_seconds": 4200, "p90_seconds": 4200}
    assert told.line("duty", "return")["duties"] == 2
    assert attained(told.line("reviewer", "mia")) == (1, 0, 0, 0, 1)
    assert attained(told.line("duty_team", "marketing")) == (1, 2, 0, 0, 0.3333)
    assert told.line("verdict", "good_fit") == {"duties": 1}


OFFICE = Calendar(time_zone="UTC", hours={"mon-fri": ("09:00-17:00",)})
WITH_HOLIDAY = OFFICE.model_copy(update={"holidays": (f"{MONDAY:%Y-%m-%d} Forgotten",)})
IN_TIME_THEN = 60 * 24 + 60


def in_business_time(**known: str) -> HandoffRow:
    clock = ClockRow("accept", at(0), at(120), at(IN_TIME_THEN), "2 business hours")
    return handoff(stint(SAM, 0, clock), **{"calendar": "office", **known})


def test_a_report_by_the_current_calendar_counts_a_holiday_added_later() -> None:
    corrected = Calendars({"office": WITH_HOLIDAY})
    assert attained(report(in_business_time()).line("rep", SAM)) == (0, 1, 0, 0, 0)
    assert attained(report(in_business_time(), corrected=corrected).line("rep", SAM)) == (1, 0, 0, 0, 1)
    assert report(corrected=corrected).basis == {"calendar": "current"}


@pytest.mark.parametrize(
    "row",
    [
        in_business_time(calendar="gone"),
        handoff(stint(SAM, 0, run(due=120, stop=IN_TIME_THEN, within="2h")), calendar="office"),
    ],
    ids=["by a calendar that there is no longer", "in plain time"],
)
def test_clocks_in_plain_time_or_by_a_removed_calendar_stay_as_agreed(row: HandoffRow) -> None:
    corrected = Calendars({"office": WITH_HOLIDAY})
    assert attained(report(row, corrected=corrected).line("rep", SAM)) == (0, 1, 0, 0, 0)


def test_the_duties_of_marketing_are_corrected_by_the_calendar_of_marketing() -> None:
    clock = ClockRow("review", at(0), at(120), at(IN_TIME_THEN), "2 business hours")
    row = duty(run=clock, closed=IN_TIME_THEN)
    corrected = Calendars({"desk": WITH_HOLIDAY}, marketing="desk")
    assert attained(report(row).line("duty", "review")) == (0, 1, 0, 0, 0)
    assert attained(report(row, corrected=corrected).line("duty", "review")) == (1, 0, 0, 0, 1)


def test_a_current_calendar_with_too_few_hours_changes_no_due_time() -> None:
    hardly_any = OFFICE.model_copy(update={"hours": {"mon": ("09:00-09:01",)}})
    row = handoff(stint(SAM, 0, ClockRow("accept", at(0), at(120), at(130), "1000 business hours")), calendar="office")
    assert attained(report(row, corrected=Calendars({"office": hardly_any})).line("rep", SAM)) == (0, 1, 0, 0, 0)


def test_a_report_without_rows_has_zero_figures_and_no_lines() -> None:
    assert attained(report().line("department", "sales")) == (0, 0, 0, 0, None)
    assert report().group("rep").lines == ()
