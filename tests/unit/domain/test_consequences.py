"""When a lead passes to sales, and when it does not: at once, by time, once, and anew only for something new."""

from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.terms.agreement import Agreement
from baton.domain.accounts.account import Account, AccountMatch
from baton.domain.events.handoff_events import HandoffClosed
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Profile
from baton.domain.leads.stage_and_status import Stage, Status
from baton.domain.qualification.triggers import TargetAccount
from tests.unit.domain.playing import Play
from tests.unit.given import AGREEMENT, KIM, NOW, SAM, rep, team

ACME = Account(domain="acme.example", name="Acme", owner=KIM, version=1)
BY_DOMAIN = AccountMatch(domain="acme.example", matched_by="domain")
ANSWERED = {need: {"value": "yes"} for need in ("budget", "authority", "need", "timeline")}


def agreed(**rules: Any) -> Agreement:
    """The packaged agreement with some other rules."""
    return AGREEMENT.model_copy(update={"rules": {**AGREEMENT.rules, **rules}})


def rule(name: str, points: int, signal: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": name, "points": points, "by_persona": {}, "signal": signal, "when": {}, **more}


def targeted(account: Account = ACME, matched_by: str = "domain", **known: Any) -> Play:
    match = BY_DOMAIN.model_copy(update={"matched_by": matched_by})
    return Play(AGREEMENT, target=TargetAccount(account, match), **{"roster": team(rep(SAM), rep(KIM)), **known})


def crossed(content: str = "x") -> Play:
    """A lead that was handed over for its score."""
    play = Play(AGREEMENT)
    for number in range(2):
        play.does("content_downloaded", content=f"{content}-{number}")
    assert play.known.handoff.trigger == "score"
    return play


# --- once, and anew only for something new ---


def test_what_handed_a_lead_over_once_does_not_hand_it_over_again() -> None:
    play = crossed()
    assert play.given_back() == ["HandoffReturned", "AnswerRequested"]
    assert play.does("page_visited") == ["SignalRecorded"]
    assert play.reconsidered() == []
    assert play.total == 100
    assert play.known.status is Status.NURTURING


def test_a_returned_lead_that_earns_enough_anew_is_handed_over_again() -> None:
    play = crossed()
    play.given_back()
    play.waits(days=10)
    assert "HandoffOffered" in play.does("content_downloaded", content="something new")
    assert play.known.handoff.handoff_id.endswith("-002")


def test_a_returned_lead_that_meets_the_definition_still_waits_for_an_answer_that_is_new() -> None:
    play = Play(AGREEMENT)
    play.does("page_visited")
    assert "HandoffOffered" in play.is_known(bant=ANSWERED)
    play.given_back()
    play.waits(days=1)
    assert play.does("page_visited") == ["SignalRecorded"]
    assert play.is_known(bant={"budget": {"value": "no"}}) == ["LeadUpdated"]
    assert "HandoffOffered" in play.is_known(bant={"budget": {"value": "yes, by January"}})


def test_a_lead_with_sales_is_qualified_but_not_handed_over_twice() -> None:
    play = crossed()
    assert play.is_known(bant=ANSWERED) == ["LeadUpdated", "LeadQualified"]
    assert play.known.stage is Stage.SQL


def test_who_has_bought_is_not_handed_over_for_what_was_known_before() -> None:
    play = crossed()
    play.happens([HandoffClosed(handoff_id=play.known.handoff.handoff_id, assignment=1, outcome="won")])
    assert play.known.stage is Stage.CUSTOMER
    assert play.does("page_visited") == ["SignalRecorded"]


def test_an_old_wish_for_a_person_scores_and_hands_nobody_over() -> None:
    play = Play(AGREEMENT)
    play.does("consultation_requested", occurred_at=NOW - timedelta(days=31))
    assert play.known.handoff is None
    assert "HandoffOffered" in play.does("consultation_requested", occurred_at=NOW - timedelta(days=29))


@pytest.mark.parametrize("kind", AGREEMENT.rules["asks_for_a_person"])
def test_asking_for_a_person_is_a_consultation_request_whichever_tool_tells(kind: str) -> None:
    play = Play(AGREEMENT)
    assert "HandoffOffered" in play.does(kind)
    assert play.known.handoff.trigger == "consultation"


def test_the_first_trigger_that_holds_is_the_one_that_is_named() -> None:
    play = targeted()
    play.does("consultation_requested", bant=dict.fromkeys(ANSWERED, "yes"), profile=Profile(title="VP"))
    assert play.known.handoff.trigger == "consultation"


# --- target accounts ---


def test_whoever_comes_from_a_target_account_goes_to_its_owner() -> None:
    play = targeted()
    assert play.does("page_visited") == ["LeadCaptured", "SignalRecorded", "TargetAccountEngaged", "HandoffOffered"]
    handoff = play.known.handoff
    assert (handoff.trigger, handoff.owner) == ("target_account", KIM)
    assert handoff.routing.why == "owns the target account acme.example"
    assert handoff.routing.skipped[0].why == "somebody else comes first"


def test_an_owner_who_cannot_take_it_is_named_and_somebody_else_does() -> None:
    play = targeted()
    play.roster = team(rep(SAM), rep(KIM, capacity=1, open_handoffs=1))
    play.does("page_visited")
    handoff = play.known.handoff
    assert handoff.owner == SAM
    assert [(skipped.rep, skipped.why) for skipped in handoff.routing.skipped] == [
        (KIM, "owns the target account acme.example, but has 1 of at most 1 open handoffs")
    ]


def test_what_we_send_is_no_reason_to_alert_anybody() -> None:
    play = targeted()
    assert play.does("email_sent", channel="outbound") == ["LeadCaptured", "SignalRecorded"]
    assert play.known.channel == "outbound"


def test_the_owner_is_alerted_once_for_a_lead_in_a_quiet_period() -> None:
    play = targeted(roster=team(rep(SAM)))
    play.target = None
    play.does("consultation_requested")
    play.target = TargetAccount(ACME, BY_DOMAIN)
    happened = play.does("page_visited")
    assert happened == ["SignalRecorded", "TargetAccountEngaged"]
    assert play.history[-1].event.tells_owner, "the lead is somebody else's"
    assert play.does("page_visited") == ["SignalRecorded"]
    play.now += timedelta(days=8)
    assert "TargetAccountEngaged" in play.does("page_visited")


def test_an_account_in_its_quiet_period_alerts_nobody_and_still_hands_over() -> None:
    play = targeted(ACME.model_copy(update={"alerted_at": NOW - timedelta(days=1)}))
    assert "HandoffOffered" in play.does("page_visited")
    engaged = next(each.event for each in play.history if each.event.type == "TargetAccountEngaged")
    assert (engaged.alerts, engaged.tells_owner) == (False, False)


def test_an_owner_who_has_the_lead_already_is_not_alerted_and_the_account_stays_free_to_alert() -> None:
    play = targeted(roster=team(rep(KIM)))
    play.target = None
    play.does("consultation_requested")
    assert play.known.handoff.owner == KIM
    play.target = TargetAccount(ACME, BY_DOMAIN)
    play.does("page_visited")
    engaged = play.history[-1].event
    assert (engaged.type, engaged.alerts, engaged.tells_owner) == ("TargetAccountEngaged", False, False)


def test_an_account_may_have_a_quiet_period_of_its_own() -> None:
    account = ACME.model_copy(update={"quiet_for": timedelta(hours=1), "alerted_at": NOW - timedelta(hours=2)})
    play = targeted(account)
    play.does("page_visited")
    assert next(each.event for each in play.history if each.event.type == "TargetAccountEngaged").alerts


def test_a_match_by_name_only_is_marked_as_weak() -> None:
    play = targeted(matched_by="name")
    play.does("page_visited")
    assert "by its name only" in play.known.handoff.reasons[0]
    assert play.known.account.matched_by == "name"


def test_a_company_that_comes_on_the_list_brings_those_who_came_lately() -> None:
    lately, long_ago = targeted(), targeted()
    for play, days in ((lately, 29), (long_ago, 31)):
        play.target = None
        play.does("page_visited", occurred_at=NOW - timedelta(days=days))
        play.target = TargetAccount(ACME, BY_DOMAIN)
    assert "HandoffOffered" in lately.reconsidered()
    assert long_ago.reconsidered() == []


def test_a_returned_lead_of_a_target_account_is_left_alone_for_the_quiet_period() -> None:
    play = targeted()
    play.does("page_visited")
    play.given_back()
    play.waits(days=6)
    assert "HandoffOffered" not in play.does("page_visited")
    play.waits(days=2)
    assert "HandoffOffered" in play.does("page_visited")


# --- parked and disqualified ---


def test_a_parked_lead_wakes_by_what_was_agreed_and_not_by_what_it_did_before() -> None:
    play = Play(AGREEMENT)
    play.does("consultation_requested", content="price-list")
    play.waits(minutes=20)
    play.given_back("bad_timing")
    assert play.known.status is Status.PARKED
    play.waits(minutes=1)
    assert play.does("page_visited") == ["SignalRecorded"]
    assert play.does("page_visited", content="price-list") == ["SignalRecorded", "ReviewRequested"]
    assert play.known.status is Status.IN_REVIEW


@pytest.mark.parametrize("reason", ["bad_timing", "bad_fit"])
def test_no_score_wakes_who_was_put_aside(reason: str) -> None:
    play = Play(AGREEMENT)
    play.does("consultation_requested")
    play.waits(minutes=20)
    play.given_back(reason)
    aside = play.known.status
    for number in range(2):
        play.does("content_downloaded", content=f"x-{number}")
    assert (play.total, play.known.status) == (100, aside)
    assert "HandoffOffered" in play.does("consultation_requested")


def test_who_was_put_aside_stays_so_until_something_is_new_of_them() -> None:
    play = Play(agreed(wakes={"parked": {"channel": {"is": "inbound"}}, "disqualified": None}))
    play.does("consultation_requested")
    play.waits(minutes=20)
    play.given_back("bad_timing")
    play.now += timedelta(days=1)
    assert play.reconsidered() == [], "a look at all leads wakes nobody"
    assert play.is_known(profile=Profile(title="Buyer")) == ["LeadUpdated", "ReviewRequested"]


# --- by time alone ---


def test_points_below_zero_fade_and_the_lead_crosses_by_time() -> None:
    play = Play(
        agreed(engagement=[rule("careers", -30, {"kind": {"is": "careers"}})], fit=AGREEMENT.rules["fit"], mql=None)
    )
    play.does("careers", profile=Profile(title="Vice President"))
    assert play.total == 70
    scheduled = play.history[-1].event
    assert scheduled.type == "LookScheduled"
    play.now = scheduled.due_at - timedelta(seconds=1)
    assert play.reconsidered() == []
    play.now = scheduled.due_at
    assert "HandoffOffered" in play.waits(seconds=0)


def test_a_window_that_ends_hands_over_by_time() -> None:
    tried = {"signals": {"match": {"kind": {"is": "trial_started"}}}}
    quiet = {"all": [tried, {"signals": {"match": {}, "at_most": 0, "within": 86_400}}]}
    play = Play(agreed(sql=quiet, mql=None, engagement=[]))
    assert play.does("trial_started")[-1] == "LookScheduled"
    assert play.does("page_visited")[-1] == "SignalRecorded", "the timer that waits already looks again, and then later"
    play.waits(hours=25)
    assert play.known.handoff.trigger == "sql"


def test_nothing_is_waited_for_that_time_alone_cannot_bring() -> None:
    play = Play(AGREEMENT)
    play.does("content_downloaded", content="guide")
    assert play.known.timer is None


# --- another agreement ---


def test_looking_again_at_a_lead_of_which_nothing_is_new_changes_nothing() -> None:
    play = crossed()
    play.given_back()
    play.reconsidered()
    stored = play.known
    assert play.reconsidered() == []
    assert Lead.model_validate_json(stored.model_dump_json()) == Lead.model_validate_json(play.known.model_dump_json())
    read = Lead.model_validate_json(play.known.model_dump_json())
    play.lead = read
    play.happens([])
    assert play.known == read, "or it would be saved again"


def test_who_newly_crosses_under_a_new_agreement_is_handed_over_with_that_reason() -> None:
    play = Play(AGREEMENT)
    play.does("content_downloaded", content="guide")
    play.agreement, play.version = agreed(threshold=40), 2
    assert "HandoffOffered" in play.reconsidered()
    assert play.known.handoff.agreement_version == 2
    assert play.known.handoff.reasons[0] == "the score of 50 has reached the threshold of 40"
    assert play.reconsidered() == []


def test_under_a_new_agreement_nobody_with_sales_is_handed_over_again_and_nobody_who_came_back() -> None:
    with_sales, came_back = crossed(), crossed()
    came_back.given_back()
    for play in (with_sales, came_back):
        play.agreement, play.version = agreed(threshold=10), 2
        play.reconsidered()
        assert len([each for each in play.history if each.event.type == "HandoffOffered"]) == 1


def test_the_clocks_of_a_running_handoff_stay_as_they_were_agreed() -> None:
    play = crossed()
    before = play.known.handoff
    play.agreement, play.version = agreed(threshold=1), 2
    play.does("page_visited")
    assert play.known.handoff == before
