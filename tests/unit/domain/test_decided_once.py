"""What a person has decided stands until something new happens, and what has happened counts once."""

from datetime import timedelta
from typing import Any

import pytest

from baton.aws.leads.views import lead_summary
from baton.domain.basics.facts import Staff
from baton.domain.events.handoff_events import HandoffClosed
from baton.domain.handoffs import manual_decisions
from baton.domain.history.change import Change
from baton.domain.leads.person_facts import Profile
from baton.domain.leads.stage_and_status import Status
from baton.domain.qualification.triggers import TargetAccount
from baton.domain.scoring.signal_counting import counts_after
from baton.domain.timers.deadlines import timer_look_at
from tests.unit.domain.playing import Play
from tests.unit.domain.test_consequences import ACME, BY_DOMAIN, agreed, crossed, rule, targeted
from tests.unit.given import AGREEMENT, NOW

DAY = 86_400
MARKETER = Staff(email="mia@example.com")


def closed(play: Play, outcome: str) -> list[str]:
    handoff = play.known.handoff
    assert handoff is not None
    return play.happens(
        [HandoffClosed.model_validate({"handoff_id": handoff.handoff_id, "assignment": 1, "outcome": outcome})]
    )


@pytest.mark.parametrize("outcome", ["won", "lost"])
def test_a_request_that_sales_knew_of_does_not_bring_back_who_was_won_or_lost(outcome: str) -> None:
    play = Play(AGREEMENT)
    play.does("consultation_requested")
    play.now += timedelta(days=1)
    play.does("consultation_requested")
    play.now += timedelta(days=2)
    assert closed(play, outcome) == ["HandoffClosed"]


def test_a_request_that_nobody_can_have_seen_outlives_the_end_of_a_handoff() -> None:
    play = Play(AGREEMENT)
    play.does("consultation_requested")
    play.now += timedelta(days=1)
    play.does("consultation_requested")
    play.now += timedelta(minutes=1)
    assert closed(play, "lost") == ["HandoffClosed", "HandoffOffered"]


def test_a_fact_that_is_only_spelt_otherwise_earns_nothing_anew() -> None:
    play = Play(AGREEMENT)
    play.does("page_visited", profile=Profile(title="Vice President  Sales"))
    play.given_back()
    play.now += timedelta(minutes=5)
    assert play.is_known(profile=Profile(title="vice president sales")) == ["LeadUpdated"]
    assert play.known.profile.title == "vice president sales"


def test_what_the_definition_asks_for_brings_a_lead_back_once_it_was_done_anew() -> None:
    demos = {"signals": {"match": {"kind": {"is": "demo_watched"}}, "at_least": 2}}
    play = Play(agreed(sql=demos, mql=None))
    play.does("demo_watched")
    assert "HandoffOffered" in play.does("demo_watched")
    play.given_back()
    play.now += timedelta(days=1)
    assert play.does("demo_watched") == ["SignalRecorded"], "half of it was used before"
    assert "HandoffOffered" in play.does("demo_watched")


def test_a_lead_that_wakes_and_has_crossed_meanwhile_goes_to_sales_at_once() -> None:
    play = crossed()
    play.given_back("bad_timing")
    play.now += timedelta(days=5)
    play.does("content_downloaded", content="something new")
    assert play.does("content_downloaded", content="price-list") == [
        "SignalRecorded",
        "ReviewRequested",
        "HandoffOffered",
    ]


def test_points_that_depend_on_the_stage_count_as_soon_as_it_is_reached() -> None:
    bonus = rule("bonus", 80, {"kind": {"is": "x"}}, when={"stage": {"is": "mql"}})
    play = Play(agreed(mql={"score": {"at_least": 20}}, engagement=[rule("x", 30, {"kind": {"is": "x"}}), bonus]))
    assert "HandoffOffered" in play.does("x")
    assert (
        play.known.tally
        == counts_after(Change.begin(play.known, play.known.lead_id), play.card, play.history.copy).as_data()
    )


def test_a_target_account_is_not_said_to_have_done_what_we_did() -> None:
    play = targeted()
    play.target = None
    play.does("page_visited")
    play.now += timedelta(days=1)
    play.does("email_sent", channel="outbound")
    play.target = TargetAccount(ACME, BY_DOMAIN)
    play.reconsidered()
    assert play.known.handoff.reasons[1].startswith("page visited on 24 November")


def test_nobody_is_alerted_of_what_somebody_of_the_account_did_long_ago() -> None:
    assert targeted().does("page_visited", occurred_at=NOW - timedelta(days=31)) == ["LeadCaptured", "SignalRecorded"]


def test_the_same_signal_told_again_after_its_mark_is_gone_counts_once() -> None:
    play, at = Play(AGREEMENT), NOW - timedelta(days=1)
    play.does("email_clicked", reference="first", occurred_at=at)
    play.does("email_clicked", reference="first", occurred_at=at)
    assert play.standing.earned() == 489
    play.does("page_visited", reference="second", occurred_at=NOW)
    play.does("email_clicked", reference="first", occurred_at=at)
    assert play.standing.earned() == 1489


@pytest.mark.parametrize("outcome", ["won", "lost"])
def test_a_timer_that_is_early_waits_for_the_end_of_a_hold_whoever_is_held(outcome: str) -> None:
    play = crossed()
    closed(play, outcome)
    until = play.now + timedelta(hours=5)
    held = manual_decisions.HoldRequest(reason="not now", until=until)
    play.happens(manual_decisions.hold(play.known, held, MARKETER, play.standing, None, play.now))
    assert timer_look_at(play.known, str(play.known.timer)) == until
    play.now += timedelta(minutes=1)
    play.does("content_downloaded", content="something new")
    assert play.known.status is Status(outcome)
    assert "HandoffOffered" in play.waits(hours=5)


def visits(play: Play, count: int) -> list[str]:
    happened: list[str] = []
    for _ in range(count):
        play.now += timedelta(hours=1)
        happened += play.does("visit")
    return happened


@pytest.mark.parametrize("half_life", [None, 300 * DAY])
def test_points_that_were_used_are_not_earned_anew_by_being_summed_up(half_life: int | None) -> None:
    every_visit = rule("visit", 4, {"kind": {"is": "visit"}})
    play = Play(agreed(engagement=[every_visit], half_life=half_life, mql=None, recycled_leads_earn=200))
    while not play.lead or not play.lead.handoff:
        visits(play, 1)
    visits(play, 15)
    for _ in range(2):
        play.given_back()
        assert "HandoffOffered" not in visits(play, 49)
        assert "HandoffOffered" in visits(play, 6)
    assert sum(line.of for line in play.standing.engagement_entries) == sum(
        each.event.type == "SignalRecorded" for each in play.history
    )


def test_points_that_expire_do_so_however_many_there_are() -> None:
    every_visit = rule("visit", 1, {"kind": {"is": "visit"}}, expires_after=30 * DAY)
    play = Play(agreed(engagement=[every_visit], half_life=None, mql=None))
    for _ in range(90):
        play.now += timedelta(days=1)
        play.does("visit")
    assert play.total == 30


# --- by time alone ---

QUIET = {"all": [{"signals": {"match": {"kind": {"is": "trial_started"}}}}, {"not": {"shifted": {"within": DAY}}}]}
FORGOTTEN = {"all": [{"signals": {"match": {"kind": {"is": "trial_started"}}}}, {"not": {"funnel": {"known": True}}}]}


@pytest.mark.parametrize(("definition", "days"), [(QUIET, 1), (FORGOTTEN, 90)], ids=["shifted", "funnel"])
def test_what_was_read_keeps_a_lead_from_sales_only_as_long_as_agreed(definition: Any, days: int) -> None:
    play = Play(agreed(sql=definition, mql=None, engagement=[]))
    play.does("content_downloaded", content="guide")
    play.does("content_downloaded", content="price-list")
    assert play.does("trial_started")[-1] == "LookScheduled"
    assert play.known.look_at == NOW + timedelta(days=days)
    assert "HandoffOffered" in play.waits(days=days)


def test_many_points_below_zero_that_fade_are_waited_for_in_few_steps() -> None:
    bad = rule("bad", -10, {"kind": {"is": "bad"}}, half_life=30 * DAY)
    good = rule("good", 100, {"kind": {"is": "good"}}, at_most={"times": 1})
    without_limits = {"engagement_limits": [-100_000, 100_000], "half_life": None}
    play = Play(agreed(engagement=[bad, good], threshold=99, mql=None, fit=[], **without_limits))
    for _ in range(20):
        play.now += timedelta(hours=1)
        play.does("bad")
    play.does("good")
    looks = 0
    while not play.known.handoff:
        play.now = play.known.look_at
        looks += 1
        play.waits(seconds=0)
    assert looks < 20
    assert play.total >= 99


@pytest.mark.parametrize("kept", [None, {"version": 1, "basis": "", "awards": {}}], ids=["none", "otherwise"])
def test_what_an_older_baton_counted_otherwise_is_counted_anew(kept: Any) -> None:
    play = Play(AGREEMENT)
    play.does("content_downloaded", content="guide")
    play.lead = play.known.model_copy(update={"tally": kept})
    play.does("page_visited")
    assert play.total == 60
    play.lead = play.known.model_copy(update={"tally": kept})
    assert lead_summary(play.known, play.card, play.now)["score"] is None


def test_a_cap_holds_however_many_awards_it_takes_to_reach_it() -> None:
    capped = rule("visit", 1, {"kind": {"is": "visit"}}, at_most={"points": 130})
    play = Play(agreed(engagement=[capped], half_life=None, mql=None, full_score=1000, engagement_limits=[0, 1000]))
    visits(play, 200)
    assert play.total == 13
