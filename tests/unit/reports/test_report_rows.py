"""Stored rows of reports, read from any version of Baton."""

import json
from datetime import UTC, datetime

import pytest

from baton.domain.reports.rows.report_rows import ClockRow, LeadPlace, read_duty, read_handoff, read_move
from baton.domain.reports.rows.span import Span
from tests.unit.reports.given import WEEK

NEEDED = {
    "handoff_id": "anna-001",
    "lead_id": "anna",
    "trigger": "score",
    "team": "sales",
    "state": "offered",
    "offered_at": "2026-11-23T09:00:00Z",
}
MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_period_that_began_with_a_day_of_another_zone_is_told_in_utc() -> None:
    berlin = Span(datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2026, 11, 29, 23, tzinfo=UTC))
    assert berlin.in_days_of("Europe/Berlin").time_zone == "Europe/Berlin"
    assert WEEK.in_days_of("Europe/Berlin") == WEEK


def test_a_handoff_row_of_an_older_version_has_defaults_for_missing_fields() -> None:
    row = read_handoff(json.dumps(NEEDED))
    assert (row.offered_at, row.stints, row.rules, row.owner, row.persona) == (MORNING, (), (), None, None)
    assert row.is_open


def test_unknown_fields_of_a_newer_version_are_left_out_of_a_row() -> None:
    assert read_handoff(json.dumps({**NEEDED, "mood": "good", "stints": [{"since": "2026-11-23T09:00:00Z", "x": 1}]}))


def test_an_ownership_period_of_a_row_has_its_clocks() -> None:
    clock = {"clock": "accept", "started_at": "2026-11-23T09:00:00Z", "due_at": "2026-11-23T09:00:00.500Z"}
    row = read_handoff(
        json.dumps({**NEEDED, "stints": [{"owner": "sam", "since": NEEDED["offered_at"], "runs": [clock]}]})
    )
    assert row.stints[0].runs == (ClockRow("accept", MORNING, MORNING.replace(microsecond=500_000)),)
    assert row.owner == "sam"


@pytest.mark.parametrize("known", [{}, {"run": None}], ids=["unsaid", "null"])
def test_a_duty_row_may_have_no_clock(known: dict[str, None]) -> None:
    said = {"duty_id": "anna-D001", "lead_id": "anna", "kind": "review", "team": "m", "opened_at": NEEDED["offered_at"]}
    assert read_duty(json.dumps({**said, **known})).run is None


@pytest.mark.parametrize("before", [{}, {"from": None}], ids=["unsaid", "null"])
def test_a_move_row_may_have_no_earlier_place(before: dict[str, None]) -> None:
    row = read_move(json.dumps({**before, "at": NEEDED["offered_at"], "to": {"status": "nurturing", "stage": "lead"}}))
    assert (row.before, row.after) == (None, LeadPlace("nurturing", "lead"))
