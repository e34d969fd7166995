"""The shipped agreements applied to leads: points, reviews, handovers and clocks."""

from typing import Any

import pytest

from baton.domain.leads.person_facts import Company, Profile
from baton.domain.leads.stage_and_status import Stage, Status
from tests.unit.domain.scenario import Scenario

# --- the packaged one: a visit 10, a whitepaper 50, a vice president 100, threshold 100 ---


def test_by_default_a_visit_is_worth_10_and_a_whitepaper_50() -> None:
    scenario = Scenario.shipped()
    scenario.sends("page_visited")
    assert scenario.total == 10
    scenario.sends("content_downloaded", content="guide")
    assert scenario.total == 60


def test_by_default_a_lead_is_reviewed_from_60_and_handed_over_from_100() -> None:
    scenario = Scenario.shipped()
    scenario.sends("content_downloaded", content="guide")
    assert (scenario.known.status, scenario.known.stage) == (Status.NURTURING, Stage.LEAD)
    assert scenario.sends("page_visited") == ["SignalRecorded", "LeadQualified", "ReviewRequested"]
    assert (scenario.known.status, scenario.known.stage) == (Status.IN_REVIEW, Stage.MQL)
    assert "HandoffOffered" in scenario.sends("content_downloaded", content="price-list")
    assert scenario.known.handoff.trigger == "score"
    assert scenario.known.handoff.reasons[0] == "the score of 100 has reached the threshold of 100"


def test_by_default_a_vice_president_is_handed_over_at_the_first_visit() -> None:
    scenario = Scenario.shipped()
    assert "HandoffOffered" in scenario.sends("page_visited", profile=Profile(title="Vice President Operations"))
    assert "vice-president: 100" in scenario.known.handoff.reasons


def test_by_default_the_last_missing_answer_hands_a_lead_over() -> None:
    scenario = Scenario.shipped()
    scenario.sends("page_visited", bant={"authority": "decides", "need": "a faster line", "timeline": "Q1"})
    assert scenario.known.status is Status.NURTURING
    happened = scenario.updates_facts(bant={"budget": {"value": 50_000}})
    assert happened == ["LeadUpdated", "LeadQualified", "HandoffOffered"]
    assert scenario.known.handoff.trigger == "sql"
    assert "authority: decides (test" in scenario.known.handoff.reasons[2]


@pytest.mark.parametrize("answer", ["no", "None", "unknown", "not yet"])
def test_by_default_a_negative_bant_answer_counts_as_no_answer(answer: str) -> None:
    scenario = Scenario.shipped()
    scenario.sends("page_visited", bant={"authority": "decides", "need": "yes", "timeline": "Q1", "budget": answer})
    assert scenario.known.handoff is None


# --- fit grade by engagement band ---

HEAD = {"profile": Profile(title="Head of Production", country="DE")}
A = {**HEAD, "company": Company(industry="manufacturing", employees=800)}
B = {**HEAD, "company": Company(employees=800)}
C = {"profile": Profile(title="Head of Production")}


@pytest.mark.parametrize(
    ("lead", "deeds", "grade", "status"),
    [
        (A, ["webinar", "paper"], ("a", "hot"), Status.WITH_SALES),
        (A, ["webinar"], ("a", "warm"), Status.WITH_SALES),
        (A, ["visit"], ("a", "cold"), Status.IN_REVIEW),
        (B, ["webinar", "paper"], ("b", "hot"), Status.WITH_SALES),
        (B, ["webinar"], ("b", "warm"), Status.IN_REVIEW),
        (B, ["visit"], ("b", "cold"), Status.NURTURING),
        (C, ["webinar", "paper"], ("c", "hot"), Status.IN_REVIEW),
        (C, ["webinar"], ("c", "warm"), Status.NURTURING),
        ({}, ["webinar", "paper"], ("d", "hot"), Status.NURTURING),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_the_matrix_of_fit_and_engagement_decides_the_status_of_a_lead(
    lead: Any, deeds: list[str], grade: Any, status: Status
) -> None:
    scenario = Scenario.shipped("fit-and-engagement")
    kinds: dict[str, dict[str, Any]] = {
        "visit": {"kind": "page_visited"},
        "webinar": {"kind": "webinar_attended"},
        "paper": {"kind": "content_downloaded", "content": "guide"},
    }
    for deed in deeds:
        scenario.sends(**kinds[deed], **lead)
    facts = scenario.standing.moment
    assert (facts["fit_band"], facts["engagement_band"]) == grade
    assert scenario.known.status is status


# --- a demo request is an MQL at once; the careers page takes points away ---


def test_a_demo_request_is_an_mql_at_any_score() -> None:
    scenario = Scenario.shipped("demo-requests")
    scenario.sends("demo_requested", profile=Profile(title="Student"))
    assert scenario.total == 10
    assert (scenario.known.stage, scenario.known.status) == (Stage.MQL, Status.IN_REVIEW)


def test_a_visit_to_the_careers_page_costs_points_and_the_third_visit_costs_more() -> None:
    scenario = Scenario.shipped("demo-requests")
    scenario.sends("content_downloaded", content="guide", profile=Profile(title="Head of Procurement"))
    assert scenario.total == 50
    for left in (35, 20, 0):  # a visit is worth 5, a visit to that page costs 20, the third 40 more
        scenario.sends("page_visited", content="careers")
        assert scenario.total == left
    lines = {line.rule: line.points for line in scenario.standing.ledger()}
    assert (lines["careers-again"], sum(line.points for line in scenario.standing.ledger())) == (-4000, 0)


# --- two thresholds ---


def test_a_prospect_needs_80_points_a_customer_50_and_a_cold_outbound_lead_100() -> None:
    def threshold(**lead: Any) -> int:
        scenario = Scenario.shipped("prospects-and-customers")
        scenario.sends("page_visited", **{name: lead[name] for name in ("channel", "profile") if name in lead})
        scenario.lead = scenario.known.model_copy(update={"stage": lead.get("stage", Stage.LEAD)})
        return scenario.standing.threshold

    assert threshold() == 80
    assert threshold(stage=Stage.CUSTOMER) == 50
    assert threshold(channel="outbound") == 100
    assert threshold(channel="outbound", profile=Profile(title="Head of Purchasing")) == 80


def test_a_buyer_gets_more_points_for_visits_including_visits_before_the_title_was_known() -> None:
    scenario = Scenario.shipped("prospects-and-customers")
    scenario.sends("page_visited")
    assert scenario.total == 10
    scenario.updates_facts(profile=Profile(title="Head of Purchasing"))
    assert scenario.total == 15


def test_a_visit_after_a_long_silence_earns_extra_points() -> None:
    scenario = Scenario.shipped("prospects-and-customers")
    scenario.sends("page_visited")
    scenario.waits(days=61)
    scenario.sends("page_visited")
    assert "back-after-silence" in scenario.known.tally["awards"]


# --- five minutes or a day ---


def minutes(scenario: Scenario) -> float:
    handoff = scenario.known.handoff
    assert handoff is not None
    return (handoff.clocks[0].due_at - handoff.offered_at).total_seconds() / 60


def test_a_request_a_trial_or_65_points_get_a_five_minute_clock_and_other_leads_a_day() -> None:
    asked, tried, keen, other = (Scenario.shipped("five-minutes-or-a-day") for _ in range(4))
    asked.sends("consultation_requested", form="consultation", asks_for_a_person=True)
    tried.sends("trial_started")
    for content in "abc":
        other.sends("content_downloaded", content=content)
    for content in ("pricing", "pricing"):
        keen.sends("page_visited", content=content)
    assert (minutes(asked), minutes(tried)) == (5, 5)
    assert [scenario.known.handoff.trigger for scenario in (asked, tried, keen, other)] == [
        "consultation",
        *["score"] * 3,
    ]
    assert minutes(other) == 24 * 60


def test_a_condition_tests_the_first_500_characters_of_a_fact() -> None:
    scenario = Scenario.shipped()
    scenario.sends("page_visited", profile=Profile(title="x" * 600 + " vice president"))
    assert scenario.known.handoff is None
    assert len(scenario.standing.facts["title"]) == 500
