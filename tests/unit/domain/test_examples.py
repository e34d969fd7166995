"""What the shipped agreements mean: each says, without code, how some company passes its leads on."""

from typing import Any

import pytest

from baton.domain.leads.person_facts import Company, Profile
from baton.domain.leads.stage_and_status import Stage, Status
from tests.unit.domain.playing import Play

# --- the packaged one: a visit 10, a whitepaper 50, a vice president 100, threshold 100 ---


def test_by_default_a_visit_is_worth_10_and_a_whitepaper_50() -> None:
    play = Play.shipped()
    play.does("page_visited")
    assert play.total == 10
    play.does("content_downloaded", content="guide")
    assert play.total == 60


def test_by_default_a_lead_is_reviewed_from_60_and_handed_over_from_100() -> None:
    play = Play.shipped()
    play.does("content_downloaded", content="guide")
    assert (play.known.status, play.known.stage) == (Status.NURTURING, Stage.LEAD)
    assert play.does("page_visited") == ["SignalRecorded", "LeadQualified", "ReviewRequested"]
    assert (play.known.status, play.known.stage) == (Status.IN_REVIEW, Stage.MQL)
    assert "HandoffOffered" in play.does("content_downloaded", content="price-list")
    assert play.known.handoff.trigger == "score"
    assert play.known.handoff.reasons[0] == "the score of 100 has reached the threshold of 100"


def test_by_default_a_vice_president_who_comes_is_handed_over_at_once() -> None:
    play = Play.shipped()
    assert "HandoffOffered" in play.does("page_visited", profile=Profile(title="Vice President Operations"))
    assert "vice-president: 100" in play.known.handoff.reasons


def test_by_default_the_last_missing_answer_hands_a_lead_over() -> None:
    play = Play.shipped()
    play.does("page_visited", bant={"authority": "decides", "need": "a faster line", "timeline": "Q1"})
    assert play.known.status is Status.NURTURING
    happened = play.is_known(bant={"budget": {"value": 50_000}})
    assert happened == ["LeadUpdated", "LeadQualified", "HandoffOffered"]
    assert play.known.handoff.trigger == "sql"
    assert "authority: decides (test" in play.known.handoff.reasons[2]


@pytest.mark.parametrize("answer", ["no", "None", "unknown", "not yet"])
def test_by_default_an_answer_that_says_no_is_none(answer: str) -> None:
    play = Play.shipped()
    play.does("page_visited", bant={"authority": "decides", "need": "yes", "timeline": "Q1", "budget": answer})
    assert play.known.handoff is None


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
def test_the_matrix_of_fit_and_engagement(lead: Any, deeds: list[str], grade: Any, status: Status) -> None:
    play = Play.shipped("fit-and-engagement")
    kinds: dict[str, dict[str, Any]] = {
        "visit": {"kind": "page_visited"},
        "webinar": {"kind": "webinar_attended"},
        "paper": {"kind": "content_downloaded", "content": "guide"},
    }
    for deed in deeds:
        play.does(**kinds[deed], **lead)
    facts = play.standing.moment
    assert (facts["fit_band"], facts["engagement_band"]) == grade
    assert play.known.status is status


# --- a demo request is an MQL at once; the careers page takes points away ---


def test_a_demo_request_is_an_mql_at_once_whatever_the_score() -> None:
    play = Play.shipped("demo-requests")
    play.does("demo_requested", profile=Profile(title="Student"))
    assert play.total == 10
    assert (play.known.stage, play.known.status) == (Stage.MQL, Status.IN_REVIEW)


def test_who_visits_the_careers_page_loses_points_and_more_so_the_third_time() -> None:
    play = Play.shipped("demo-requests")
    play.does("content_downloaded", content="guide", profile=Profile(title="Head of Procurement"))
    assert play.total == 50
    for left in (35, 20, 0):  # a visit is worth 5, a visit to that page costs 20, the third 40 more
        play.does("page_visited", content="careers")
        assert play.total == left
    lines = {line.rule: line.points for line in play.standing.ledger()}
    assert (lines["careers-again"], sum(line.points for line in play.standing.ledger())) == (-4000, 0)


# --- two thresholds ---


def test_a_prospect_needs_80_points_a_customer_50_and_a_cold_outbound_lead_100() -> None:
    def threshold(**lead: Any) -> int:
        play = Play.shipped("prospects-and-customers")
        play.does("page_visited", **{name: lead[name] for name in ("channel", "profile") if name in lead})
        play.lead = play.known.model_copy(update={"stage": lead.get("stage", Stage.LEAD)})
        return play.standing.threshold

    assert threshold() == 80
    assert threshold(stage=Stage.CUSTOMER) == 50
    assert threshold(channel="outbound") == 100
    assert threshold(channel="outbound", profile=Profile(title="Head of Purchasing")) == 80


def test_a_buyer_gets_more_points_for_a_visit_and_so_do_the_visits_before_they_were_known_as_one() -> None:
    play = Play.shipped("prospects-and-customers")
    play.does("page_visited")
    assert play.total == 10
    play.is_known(profile=Profile(title="Head of Purchasing"))
    assert play.total == 15


def test_who_comes_back_after_a_silence_is_worth_more() -> None:
    play = Play.shipped("prospects-and-customers")
    play.does("page_visited")
    play.waits(days=61)
    play.does("page_visited")
    assert "back-after-silence" in play.known.tally["awards"]


# --- five minutes or a day ---


def minutes(play: Play) -> float:
    handoff = play.known.handoff
    assert handoff is not None
    return (handoff.clocks[0].due_at - handoff.offered_at).total_seconds() / 60


def test_contact_us_a_trial_or_65_points_get_five_minutes_and_all_others_a_day() -> None:
    asked, tried, keen, other = (Play.shipped("five-minutes-or-a-day") for _ in range(4))
    asked.does("consultation_requested", form="consultation", asks_for_a_person=True)
    tried.does("trial_started")
    for content in "abc":
        other.does("content_downloaded", content=content)
    for content in ("pricing", "pricing"):
        keen.does("page_visited", content=content)
    assert (minutes(asked), minutes(tried)) == (5, 5)
    assert [play.known.handoff.trigger for play in (asked, tried, keen, other)] == ["consultation", *["score"] * 3]
    assert minutes(other) == 24 * 60


def test_a_condition_sees_the_first_500_characters_of_whatever_was_said() -> None:
    play = Play.shipped()
    play.does("page_visited", profile=Profile(title="x" * 600 + " vice president"))
    assert play.known.handoff is None
    assert len(play.standing.facts["title"]) == 500
