"""A person's decision stands until something new happens, and each signal and fact counts once."""

from datetime import timedelta
from typing import Any

import pytest

from baton.aws.lists.lead_rows import lead_row
from baton.domain.basics.facts import Staff
from baton.domain.events.handoff_events import HandoffClosed
from baton.domain.handoffs import manual_decisions
from baton.domain.history.change import Change
from baton.domain.leads.person_facts import Profile
from baton.domain.leads.stage_and_status import Status
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.scoring.signal_counting import counts_after
from baton.domain.timers.deadlines import timer_look_at
from tests.unit.domain.scenario import Scenario
from tests.unit.domain.test_consequences import (
    ACME,
    BY_DOMAIN,
    agreed,
    handed_over_by_score,
    rule,
    target_account_scenario,
)
from tests.unit.given import AGREEMENT, NOW

DAY = 86_400
MARKETER = Staff(email="mia@example.com")


def closed(scenario: Scenario, outcome: str) -> list[str]:
    handoff = scenario.known.handoff
    assert handoff is not None
    return scenario.happens(
        [HandoffClosed.model_validate({"handoff_id": handoff.handoff_id, "assignment": 1, "outcome": outcome})]
    )


@pytest.mark.parametrize("outcome", ["won", "lost"])
def test_a_request_that_sales_knew_does_not_hand_a_won_or_lost_lead_over_again(outcome: str) -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested")
    scenario.now += timedelta(days=1)
    scenario.sends("consultation_requested")
    scenario.now += timedelta(days=2)
    assert closed(scenario, outcome) == ["HandoffClosed"]


def test_a_request_one_minute_before_its_handoff_is_lost_hands_the_lead_over_again() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested")
    scenario.now += timedelta(days=1)
    scenario.sends("consultation_requested")
    scenario.now += timedelta(minutes=1)
    assert closed(scenario, "lost") == ["HandoffClosed", "HandoffOffered"]


def test_a_fact_in_another_spelling_earns_no_new_points() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("page_visited", profile=Profile(title="Vice President  Sales"))
    scenario.is_returned()
    scenario.now += timedelta(minutes=5)
    assert scenario.updates_facts(profile=Profile(title="vice president sales")) == ["LeadUpdated"]
    assert scenario.known.profile.title == "vice president sales"


def test_a_returned_lead_is_handed_over_again_once_new_signals_alone_meet_the_sql_definition() -> None:
    demos = {"signals": {"match": {"kind": {"is": "demo_watched"}}, "at_least": 2}}
    scenario = Scenario(agreed(sql=demos, mql=None))
    scenario.sends("demo_watched")
    assert "HandoffOffered" in scenario.sends("demo_watched")
    scenario.is_returned()
    scenario.now += timedelta(days=1)
    assert scenario.sends("demo_watched") == ["SignalRecorded"], "half of it was used before"
    assert "HandoffOffered" in scenario.sends("demo_watched")


def test_a_parked_lead_that_wakes_above_the_threshold_goes_to_sales_at_once() -> None:
    scenario = handed_over_by_score()
    scenario.is_returned("bad_timing")
    scenario.now += timedelta(days=5)
    scenario.sends("content_downloaded", content="something new")
    assert scenario.sends("content_downloaded", content="price-list") == [
        "SignalRecorded",
        "ReviewRequested",
        "HandoffOffered",
    ]


def test_points_that_depend_on_a_stage_count_as_soon_as_the_stage_is_reached() -> None:
    bonus = rule("bonus", 80, {"kind": {"is": "x"}}, when={"stage": {"is": "mql"}})
    scenario = Scenario(
        agreed(mql={"score": {"at_least": 20}}, engagement=[rule("x", 30, {"kind": {"is": "x"}}), bonus])
    )
    assert "HandoffOffered" in scenario.sends("x")
    assert (
        scenario.known.tally
        == counts_after(
            Change.begin(scenario.known, scenario.known.lead_id), scenario.card, scenario.history.copy
        ).as_data()
    )


def test_the_reasons_of_a_target_account_handoff_name_no_outbound_signal() -> None:
    scenario = target_account_scenario()
    scenario.target = None
    scenario.sends("page_visited")
    scenario.now += timedelta(days=1)
    scenario.sends("email_sent", channel="outbound")
    scenario.target = TargetAccount(ACME, BY_DOMAIN)
    scenario.is_looked_at_again()
    assert scenario.known.handoff.reasons[1].startswith("page visited on 24 November")


def test_a_signal_older_than_30_days_alerts_no_account_owner() -> None:
    assert target_account_scenario().sends("page_visited", occurred_at=NOW - timedelta(days=31)) == [
        "LeadCaptured",
        "SignalRecorded",
    ]


def test_a_signal_repeated_after_its_repeat_key_has_expired_counts_once() -> None:
    scenario, at = Scenario(AGREEMENT), NOW - timedelta(days=1)
    scenario.sends("email_clicked", reference="first", occurred_at=at)
    scenario.sends("email_clicked", reference="first", occurred_at=at)
    assert scenario.standing.earned() == 489
    scenario.sends("page_visited", reference="second", occurred_at=NOW)
    scenario.sends("email_clicked", reference="first", occurred_at=at)
    assert scenario.standing.earned() == 1489


@pytest.mark.parametrize("outcome", ["won", "lost"])
def test_the_timer_of_a_held_won_or_lost_lead_waits_for_the_end_of_the_hold(outcome: str) -> None:
    scenario = handed_over_by_score()
    closed(scenario, outcome)
    until = scenario.now + timedelta(hours=5)
    held = manual_decisions.HoldRequest(reason="not now", until=until)
    scenario.happens(manual_decisions.hold(scenario.known, held, MARKETER, scenario.standing, None, scenario.now))
    assert timer_look_at(scenario.known, str(scenario.known.timer)) == until
    scenario.now += timedelta(minutes=1)
    scenario.sends("content_downloaded", content="something new")
    assert scenario.known.status is Status(outcome)
    assert "HandoffOffered" in scenario.waits(hours=5)


def visits(scenario: Scenario, count: int) -> list[str]:
    happened: list[str] = []
    for _ in range(count):
        scenario.now += timedelta(hours=1)
        happened += scenario.sends("visit")
    return happened


@pytest.mark.parametrize("half_life", [None, 300 * DAY])
def test_points_used_for_a_handoff_are_not_earned_again_when_awards_are_summed_up(half_life: int | None) -> None:
    every_visit = rule("visit", 4, {"kind": {"is": "visit"}})
    scenario = Scenario(agreed(engagement=[every_visit], half_life=half_life, mql=None, recycled_leads_earn=200))
    while not scenario.lead or not scenario.lead.handoff:
        visits(scenario, 1)
    visits(scenario, 15)
    for _ in range(2):
        scenario.is_returned()
        assert "HandoffOffered" not in visits(scenario, 49)
        assert "HandoffOffered" in visits(scenario, 6)
    assert sum(line.of for line in scenario.standing.engagement_entries) == sum(
        each.event.type == "SignalRecorded" for each in scenario.history
    )


def test_points_expire_for_any_number_of_awards() -> None:
    every_visit = rule("visit", 1, {"kind": {"is": "visit"}}, expires_after=30 * DAY)
    scenario = Scenario(agreed(engagement=[every_visit], half_life=None, mql=None))
    for _ in range(90):
        scenario.now += timedelta(days=1)
        scenario.sends("visit")
    assert scenario.total == 30


# --- by time alone ---

QUIET = {"all": [{"signals": {"match": {"kind": {"is": "trial_started"}}}}, {"not": {"shifted": {"within": DAY}}}]}
FORGOTTEN = {"all": [{"signals": {"match": {"kind": {"is": "trial_started"}}}}, {"not": {"funnel": {"known": True}}}]}


@pytest.mark.parametrize(("definition", "days"), [(QUIET, 1), (FORGOTTEN, 90)], ids=["shifted", "funnel"])
def test_content_that_was_read_delays_a_handover_only_as_long_as_agreed(definition: Any, days: int) -> None:
    scenario = Scenario(agreed(sql=definition, mql=None, engagement=[]))
    scenario.sends("content_downloaded", content="guide")
    scenario.sends("content_downloaded", content="price-list")
    assert scenario.sends("trial_started")[-1] == "LookScheduled"
    assert scenario.known.look_at == NOW + timedelta(days=days)
    assert "HandoffOffered" in scenario.waits(days=days)


def test_a_lead_with_many_fading_negative_points_is_looked_at_fewer_than_20_times() -> None:
    bad = rule("bad", -10, {"kind": {"is": "bad"}}, half_life=30 * DAY)
    good = rule("good", 100, {"kind": {"is": "good"}}, at_most={"times": 1})
    without_limits = {"engagement_limits": [-100_000, 100_000], "half_life": None}
    scenario = Scenario(agreed(engagement=[bad, good], threshold=99, mql=None, fit=[], **without_limits))
    for _ in range(20):
        scenario.now += timedelta(hours=1)
        scenario.sends("bad")
    scenario.sends("good")
    looks = 0
    while not scenario.known.handoff:
        scenario.now = scenario.known.look_at
        looks += 1
        scenario.waits(seconds=0)
    assert looks < 20
    assert scenario.total >= 99


@pytest.mark.parametrize("kept", [None, {"version": 1, "basis": "", "awards": {}}], ids=["none", "otherwise"])
def test_a_missing_tally_or_a_tally_of_an_older_version_is_counted_again(kept: Any) -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("content_downloaded", content="guide")
    scenario.lead = scenario.known.model_copy(update={"tally": kept})
    scenario.sends("page_visited")
    assert scenario.total == 60
    scenario.lead = scenario.known.model_copy(update={"tally": kept})
    assert lead_row(scenario.known, scenario.card, scenario.now)["score"] is None


def test_a_cap_on_points_holds_for_any_number_of_awards() -> None:
    capped = rule("visit", 1, {"kind": {"is": "visit"}}, at_most={"points": 130})
    scenario = Scenario(
        agreed(engagement=[capped], half_life=None, mql=None, full_score=1000, engagement_limits=[0, 1000])
    )
    visits(scenario, 200)
    assert scenario.total == 13
