"""Consequences of a change: a lead is handed over at once or by time, once, and again only for something new."""

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
from tests.unit.domain.scenario import Scenario
from tests.unit.given import AGREEMENT, KIM, NOW, SAM, rep, team

ACME = Account(domain="acme.example", name="Acme", owner=KIM, version=1)
BY_DOMAIN = AccountMatch(domain="acme.example", matched_by="domain")
ANSWERED = {need: {"value": "yes"} for need in ("budget", "authority", "need", "timeline")}


def agreed(**rules: Any) -> Agreement:
    """The packaged agreement with some other rules."""
    return AGREEMENT.model_copy(update={"rules": {**AGREEMENT.rules, **rules}})


def rule(name: str, points: int, signal: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": name, "points": points, "by_persona": {}, "signal": signal, "when": {}, **more}


def target_account_scenario(account: Account = ACME, matched_by: str = "domain", **known: Any) -> Scenario:
    match = BY_DOMAIN.model_copy(update={"matched_by": matched_by})
    return Scenario(AGREEMENT, target=TargetAccount(account, match), **{"roster": team(rep(SAM), rep(KIM)), **known})


def handed_over_by_score(content: str = "x") -> Scenario:
    """A lead that was handed over for its score."""
    scenario = Scenario(AGREEMENT)
    for number in range(2):
        scenario.sends("content_downloaded", content=f"{content}-{number}")
    assert scenario.known.handoff.trigger == "score"
    return scenario


# --- once, and anew only for something new ---


def test_points_used_for_a_handoff_do_not_hand_a_returned_lead_over_again() -> None:
    scenario = handed_over_by_score()
    assert scenario.is_returned() == ["HandoffReturned", "AnswerRequested"]
    assert scenario.sends("page_visited") == ["SignalRecorded"]
    assert scenario.is_looked_at_again() == []
    assert scenario.total == 100
    assert scenario.known.status is Status.NURTURING


def test_a_returned_lead_with_enough_new_points_is_handed_over_again() -> None:
    scenario = handed_over_by_score()
    scenario.is_returned()
    scenario.waits(days=10)
    assert "HandoffOffered" in scenario.sends("content_downloaded", content="something new")
    assert scenario.known.handoff.handoff_id.endswith("-002")


def test_a_returned_sql_is_handed_over_again_only_for_a_new_bant_answer() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("page_visited")
    assert "HandoffOffered" in scenario.updates_facts(bant=ANSWERED)
    scenario.is_returned()
    scenario.waits(days=1)
    assert scenario.sends("page_visited") == ["SignalRecorded"]
    assert scenario.updates_facts(bant={"budget": {"value": "no"}}) == ["LeadUpdated"]
    assert "HandoffOffered" in scenario.updates_facts(bant={"budget": {"value": "yes, by January"}})


def test_a_lead_with_sales_is_qualified_but_not_handed_over_twice() -> None:
    scenario = handed_over_by_score()
    assert scenario.updates_facts(bant=ANSWERED) == ["LeadUpdated", "LeadQualified"]
    assert scenario.known.stage is Stage.SQL


def test_a_won_lead_is_not_handed_over_for_earlier_points() -> None:
    scenario = handed_over_by_score()
    scenario.happens([HandoffClosed(handoff_id=scenario.known.handoff.handoff_id, assignment=1, outcome="won")])
    assert scenario.known.stage is Stage.CUSTOMER
    assert scenario.sends("page_visited") == ["SignalRecorded"]


def test_a_request_older_than_30_days_hands_no_lead_over() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested", occurred_at=NOW - timedelta(days=31))
    assert scenario.known.handoff is None
    assert "HandoffOffered" in scenario.sends("consultation_requested", occurred_at=NOW - timedelta(days=29))


@pytest.mark.parametrize("kind", AGREEMENT.rules["asks_for_a_person"])
def test_every_signal_kind_that_asks_for_a_person_triggers_a_consultation_handoff(kind: str) -> None:
    scenario = Scenario(AGREEMENT)
    assert "HandoffOffered" in scenario.sends(kind)
    assert scenario.known.handoff.trigger == "consultation"


def test_a_handoff_names_the_first_trigger_that_holds() -> None:
    scenario = target_account_scenario()
    scenario.sends("consultation_requested", bant=dict.fromkeys(ANSWERED, "yes"), profile=Profile(title="VP"))
    assert scenario.known.handoff.trigger == "consultation"


# --- target accounts ---


def test_a_lead_of_a_target_account_goes_to_the_account_owner() -> None:
    scenario = target_account_scenario()
    assert scenario.sends("page_visited") == [
        "LeadCaptured",
        "SignalRecorded",
        "TargetAccountEngaged",
        "HandoffOffered",
    ]
    handoff = scenario.known.handoff
    assert (handoff.trigger, handoff.owner) == ("target_account", KIM)
    assert handoff.routing.why == "owns the target account acme.example"
    assert handoff.routing.skipped[0].why == "somebody else comes first"


def test_a_lead_whose_account_owner_has_no_capacity_goes_to_another_rep() -> None:
    scenario = target_account_scenario()
    scenario.roster = team(rep(SAM), rep(KIM, capacity=1, open_handoffs=1))
    scenario.sends("page_visited")
    handoff = scenario.known.handoff
    assert handoff.owner == SAM
    assert [(skipped.rep, skipped.why) for skipped in handoff.routing.skipped] == [
        (KIM, "owns the target account acme.example, but has 1 of at most 1 open leads")
    ]


def test_an_outbound_signal_alerts_no_account_owner() -> None:
    scenario = target_account_scenario()
    assert scenario.sends("email_sent", channel="outbound") == ["LeadCaptured", "SignalRecorded"]
    assert scenario.known.channel == "outbound"


def test_an_account_owner_is_alerted_once_for_a_lead_in_a_quiet_period() -> None:
    scenario = target_account_scenario(roster=team(rep(SAM)))
    scenario.target = None
    scenario.sends("consultation_requested")
    scenario.target = TargetAccount(ACME, BY_DOMAIN)
    happened = scenario.sends("page_visited")
    assert happened == ["SignalRecorded", "TargetAccountEngaged"]
    assert scenario.history[-1].event.tells_owner, "the lead is somebody else's"
    assert scenario.sends("page_visited") == ["SignalRecorded"]
    scenario.now += timedelta(days=8)
    assert "TargetAccountEngaged" in scenario.sends("page_visited")


def test_an_account_in_its_quiet_period_alerts_no_owner_and_still_hands_leads_over() -> None:
    scenario = target_account_scenario(ACME.model_copy(update={"alerted_at": NOW - timedelta(days=1)}))
    assert "HandoffOffered" in scenario.sends("page_visited")
    engaged = next(each.event for each in scenario.history if each.event.type == "TargetAccountEngaged")
    assert (engaged.alerts, engaged.tells_owner) == (False, False)


def test_an_account_owner_who_has_the_lead_is_not_alerted_and_no_quiet_period_begins() -> None:
    scenario = target_account_scenario(roster=team(rep(KIM)))
    scenario.target = None
    scenario.sends("consultation_requested")
    assert scenario.known.handoff.owner == KIM
    scenario.target = TargetAccount(ACME, BY_DOMAIN)
    scenario.sends("page_visited")
    engaged = scenario.history[-1].event
    assert (engaged.type, engaged.alerts, engaged.tells_owner) == ("TargetAccountEngaged", False, False)


def test_an_account_may_have_a_quiet_period_of_its_own() -> None:
    account = ACME.model_copy(update={"quiet_for": timedelta(hours=1), "alerted_at": NOW - timedelta(hours=2)})
    scenario = target_account_scenario(account)
    scenario.sends("page_visited")
    assert next(each.event for each in scenario.history if each.event.type == "TargetAccountEngaged").alerts


def test_an_account_match_by_company_name_only_is_named_in_the_reasons() -> None:
    scenario = target_account_scenario(matched_by="name")
    scenario.sends("page_visited")
    assert "by its name only" in scenario.known.handoff.reasons[0]
    assert scenario.known.account.matched_by == "name"


def test_a_newly_listed_account_hands_over_its_leads_of_the_last_30_days() -> None:
    lately, long_ago = target_account_scenario(), target_account_scenario()
    for scenario, days in ((lately, 29), (long_ago, 31)):
        scenario.target = None
        scenario.sends("page_visited", occurred_at=NOW - timedelta(days=days))
        scenario.target = TargetAccount(ACME, BY_DOMAIN)
    assert "HandoffOffered" in lately.is_looked_at_again()
    assert long_ago.is_looked_at_again() == []


def test_a_returned_lead_of_a_target_account_is_not_handed_over_in_the_quiet_period() -> None:
    scenario = target_account_scenario()
    scenario.sends("page_visited")
    scenario.is_returned()
    scenario.waits(days=6)
    assert "HandoffOffered" not in scenario.sends("page_visited")
    scenario.waits(days=2)
    assert "HandoffOffered" in scenario.sends("page_visited")


# --- parked and disqualified ---


def test_a_parked_lead_goes_to_review_for_an_agreed_new_signal_and_not_for_earlier_signals() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested", content="price-list")
    scenario.waits(minutes=20)
    scenario.is_returned("bad_timing")
    assert scenario.known.status is Status.PARKED
    scenario.waits(minutes=1)
    assert scenario.sends("page_visited") == ["SignalRecorded"]
    assert scenario.sends("page_visited", content="price-list") == ["SignalRecorded", "ReviewRequested"]
    assert scenario.known.status is Status.IN_REVIEW


@pytest.mark.parametrize("reason", ["bad_timing", "bad_fit"])
def test_a_parked_or_disqualified_lead_is_not_handed_over_for_its_score(reason: str) -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested")
    scenario.waits(minutes=20)
    scenario.is_returned(reason)
    aside = scenario.known.status
    for number in range(2):
        scenario.sends("content_downloaded", content=f"x-{number}")
    assert (scenario.total, scenario.known.status) == (100, aside)
    assert "HandoffOffered" in scenario.sends("consultation_requested")


def test_a_parked_lead_stays_parked_until_a_new_fact_or_signal() -> None:
    scenario = Scenario(agreed(wakes={"parked": {"channel": {"is": "inbound"}}, "disqualified": None}))
    scenario.sends("consultation_requested")
    scenario.waits(minutes=20)
    scenario.is_returned("bad_timing")
    scenario.now += timedelta(days=1)
    assert scenario.is_looked_at_again() == [], "a look at all leads wakes nobody"
    assert scenario.updates_facts(profile=Profile(title="Buyer")) == ["LeadUpdated", "ReviewRequested"]


# --- by time alone ---


def test_a_lead_is_handed_over_by_time_when_its_negative_points_fade() -> None:
    scenario = Scenario(
        agreed(engagement=[rule("careers", -30, {"kind": {"is": "careers"}})], fit=AGREEMENT.rules["fit"], mql=None)
    )
    scenario.sends("careers", profile=Profile(title="Vice President"))
    assert scenario.total == 70
    scheduled = scenario.history[-1].event
    assert scheduled.type == "LookScheduled"
    scenario.now = scheduled.due_at - timedelta(seconds=1)
    assert scenario.is_looked_at_again() == []
    scenario.now = scheduled.due_at
    assert "HandoffOffered" in scenario.waits(seconds=0)


def test_a_lead_is_handed_over_by_time_when_a_signal_window_ends() -> None:
    tried = {"signals": {"match": {"kind": {"is": "trial_started"}}}}
    quiet = {"all": [tried, {"signals": {"match": {}, "at_most": 0, "within": 86_400}}]}
    scenario = Scenario(agreed(sql=quiet, mql=None, engagement=[]))
    assert scenario.sends("trial_started")[-1] == "LookScheduled"
    assert scenario.sends("page_visited")[-1] == "SignalRecorded", (
        "the timer that waits already looks again, and then later"
    )
    scenario.waits(hours=25)
    assert scenario.known.handoff.trigger == "sql"


def test_a_lead_that_time_alone_cannot_hand_over_has_no_timer() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("content_downloaded", content="guide")
    assert scenario.known.timer is None


# --- another agreement ---


def test_a_second_look_at_an_unchanged_lead_changes_nothing() -> None:
    scenario = handed_over_by_score()
    scenario.is_returned()
    scenario.is_looked_at_again()
    stored = scenario.known
    assert scenario.is_looked_at_again() == []
    assert Lead.model_validate_json(stored.model_dump_json()) == Lead.model_validate_json(
        scenario.known.model_dump_json()
    )
    read = Lead.model_validate_json(scenario.known.model_dump_json())
    scenario.lead = read
    scenario.happens([])
    assert scenario.known == read, "or it would be saved again"


def test_a_lead_that_reaches_the_threshold_of_a_new_agreement_is_handed_over_with_that_reason() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("content_downloaded", content="guide")
    scenario.agreement, scenario.version = agreed(threshold=40), 2
    assert "HandoffOffered" in scenario.is_looked_at_again()
    assert scenario.known.handoff.agreement_version == 2
    assert scenario.known.handoff.reasons[0] == "the score of 50 has reached the threshold of 40"
    assert scenario.is_looked_at_again() == []


def test_a_new_agreement_hands_no_lead_with_sales_and_no_returned_lead_over_again() -> None:
    with_sales, came_back = handed_over_by_score(), handed_over_by_score()
    came_back.is_returned()
    for scenario in (with_sales, came_back):
        scenario.agreement, scenario.version = agreed(threshold=10), 2
        scenario.is_looked_at_again()
        assert len([each for each in scenario.history if each.event.type == "HandoffOffered"]) == 1


def test_an_open_handoff_keeps_its_clocks_under_a_new_agreement() -> None:
    scenario = handed_over_by_score()
    before = scenario.known.handoff
    scenario.agreement, scenario.version = agreed(threshold=1), 2
    scenario.sends("page_visited")
    assert scenario.known.handoff == before
