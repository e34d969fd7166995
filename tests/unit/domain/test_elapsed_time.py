"""Conditions on how long a lead is known and has been silent hold on time, without a search for such leads."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from baton.domain.conditions.compiled_conditions import compile_condition
from baton.domain.conditions.condition_wording import condition_in_words, missing_in_words
from baton.domain.conditions.elapsed_time import turning_points
from baton.domain.leads.person_facts import Profile
from baton.domain.leads.stage_and_status import Status
from baton.domain.qualification import assessment
from baton.domain.qualification.triggers import due_handover
from baton.domain.scoring.standing import Standing, standing_of
from tests.unit.agreement.drafts import faults_of, read_draft, shipped_document_with, shipped_text_with
from tests.unit.domain.scenario import Scenario
from tests.unit.given import NOW

DAY = timedelta(days=1)
SECONDS = 86_400


def _under(*changes: tuple[str, object]) -> Scenario:
    return Scenario.under(shipped_text_with(*changes))


def _at(scenario: Scenario, at: datetime) -> Standing:
    return standing_of(scenario.known, scenario.card, at)


WRITTEN = {
    "a bare length": ({"age": "14d"}, {"age": {"at_least": 14 * SECONDS}}, "known for at least 14d"),
    "at most": ({"age": {"at_most": "2h"}}, {"age": {"at_most": 7200}}, "known for at most 2h"),
    "silence": ({"silent_for": "30d"}, {"silent_for": {"at_least": 30 * SECONDS}}, "silent for at least 30d"),
    "both ends": (
        {"silent_for": {"at_least": "30d", "at_most": "60d"}},
        {"silent_for": {"at_least": 30 * SECONDS, "at_most": 60 * SECONDS}},
        "silent for at least 30d and at most 60d",
    ),
    "denied": (
        {"not": {"silent_for": "1w"}},
        {"not": {"silent_for": {"at_least": 7 * SECONDS}}},
        "not silent for at least 7d",
    ),
}


@pytest.mark.parametrize(("written", "stored", "said"), WRITTEN.values(), ids=WRITTEN.keys())
def test_a_length_is_written_as_people_say_it_and_stored_in_seconds(written: Any, stored: Any, said: str) -> None:
    assert read_draft(shipped_document_with(("mql", written))).rules["mql"] == stored
    assert condition_in_words(stored) == said


HELD = {
    "age too short": ({"age": {"at_least": 5 * SECONDS}}, 4.99, False),
    "age to the moment": ({"age": {"at_least": 5 * SECONDS}}, 5, True),
    "age at most, to the moment": ({"age": {"at_most": 5 * SECONDS}}, 5, True),
    "age at most, later": ({"age": {"at_most": 5 * SECONDS}}, 5.01, False),
    "silence counts from the last deed": ({"silent_for": {"at_least": 5 * SECONDS}}, 5, False),
    "silence long enough": ({"silent_for": {"at_least": 3 * SECONDS}}, 5, True),
    "both": ({"age": {"at_least": 5 * SECONDS}, "silent_for": {"at_most": 3 * SECONDS}}, 5, True),
    "either": ({"any": [{"age": {"at_least": 9 * SECONDS}}, {"silent_for": {"at_least": 2 * SECONDS}}]}, 4, True),
}


@pytest.mark.parametrize(("condition", "days", "holds"), HELD.values(), ids=HELD.keys())
def test_a_length_counts_from_when_the_lead_is_known_or_last_did_something(
    condition: Any, days: float, holds: bool
) -> None:
    scenario = _under()
    scenario.sends("page_visited")
    scenario.now += 2 * DAY
    scenario.sends("page_visited")
    moment = _at(scenario, NOW + timedelta(days=days)).moment
    assert compile_condition(condition, {})(moment) is holds
    assert (missing_in_words(condition, moment, {}) == []) is holds


def test_what_is_missing_says_how_long_it_is() -> None:
    scenario = _under()
    scenario.sends("page_visited")
    moment = _at(scenario, NOW + timedelta(days=3, hours=2)).moment
    assert missing_in_words({"silent_for": {"at_least": 30 * SECONDS}}, moment, {}) == [
        "silent for at least 30d (it is 3d 2h)"
    ]


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"kind": "email_bounced", "from_person": False}, id="a tool tells something"),
        pytest.param({"kind": "imported", "from_person": False}, id="a line of a list"),
    ],
)
def test_what_is_told_of_a_lead_breaks_no_silence(told: dict[str, Any]) -> None:
    scenario = _under()
    scenario.sends("page_visited")
    scenario.now += 20 * DAY
    scenario.sends(**told)
    assert compile_condition({"silent_for": {"at_least": 20 * SECONDS}}, {})(scenario.standing.moment)


def test_a_lead_that_never_did_anything_is_silent_since_it_is_known() -> None:
    scenario = _under()
    scenario.sends("imported", from_person=False)
    assert compile_condition({"silent_for": {"at_least": SECONDS}}, {})(_at(scenario, NOW + DAY).moment)


# --- something happens on time ---


def test_a_lead_is_put_up_for_review_when_it_is_known_for_long_enough() -> None:
    scenario = _under(("mql", {"title": "cto", "age": "14d"}))
    assert scenario.sends("page_visited", profile=Profile(title="CTO")) == [
        "LeadCaptured",
        "SignalRecorded",
        "LookScheduled",
    ]
    assert scenario.known.look_at == NOW + 14 * DAY
    assert scenario.waits(days=13, hours=23) == []
    assert scenario.waits(hours=1) == ["LeadQualified", "ReviewRequested"]


def test_a_lead_is_put_up_for_review_after_a_silence_and_a_deed_begins_it_anew() -> None:
    scenario = _under(("mql", {"title": "cto", "silent_for": "30d"}))
    scenario.sends("page_visited", profile=Profile(title="CTO"))
    scenario.now += 20 * DAY
    scenario.sends("page_visited")
    assert scenario.waits(days=10) == ["LookScheduled"]
    assert scenario.waits(days=20) == ["LeadQualified", "ReviewRequested"]


def test_a_lead_is_handed_over_as_an_sql_by_time_alone() -> None:
    scenario = _under(("sql", {"title": "cto", "age": "7d"}))
    scenario.sends("page_visited", profile=Profile(title="CTO"))
    assert "HandoffOffered" in scenario.waits(days=7)


def test_a_lower_threshold_of_a_later_age_hands_a_lead_over_on_time() -> None:
    scenario = _under(("thresholds", [{"id": "old", "when": {"age": "10d"}, "threshold": 5}]))
    scenario.sends("page_visited")
    assert "HandoffOffered" in scenario.waits(days=10)


def test_a_lead_is_handed_over_when_never_ends_by_time() -> None:
    scenario = _under(("never", [{"id": "too-new", "when": {"age": {"at_most": "3d"}}}]))
    scenario.sends("page_visited", profile=Profile(title="VP Sales"))
    assert scenario.known.kept is not None
    assert "HandoffOffered" in scenario.waits(days=3, milliseconds=1)


def test_points_for_silence_come_by_time_and_end_with_a_deed() -> None:
    quiet = {"id": "quiet", "points": -10, "when": {"silent_for": "30d"}}
    document = shipped_document_with()
    document["fit"].append(quiet)
    scenario = Scenario(read_draft(document))
    scenario.sends("content_downloaded", content="guide")
    rules = [line.rule for line in _at(scenario, NOW + 30 * DAY).ledger()]
    assert "quiet" in rules
    scenario.now += 31 * DAY
    scenario.sends("page_visited")
    assert "quiet" not in [line.rule for line in scenario.standing.ledger()]


def test_points_that_an_age_takes_no_longer_away_hand_a_lead_over_on_time() -> None:
    document = shipped_document_with()
    document["fit"].append({"id": "too-new", "points": -50, "when": {"age": {"at_most": "5d"}}})
    scenario = Scenario(read_draft(document))
    scenario.sends("page_visited", profile=Profile(title="VP Sales"))
    assert scenario.known.handoff is None
    assert "HandoffOffered" in scenario.waits(days=5, milliseconds=1)


def test_a_returned_lead_is_not_handed_over_again_by_time_alone() -> None:
    scenario = _under(("sql", {"title": "cto", "age": "7d"}))
    scenario.sends("page_visited", profile=Profile(title="CTO"))
    scenario.waits(days=7)
    scenario.is_returned("not_qualified")
    assert scenario.known.status is Status.NURTURING
    assert scenario.known.look_at is None
    assert "HandoffOffered" not in scenario.is_looked_at_again()


def _random_length(random: Random) -> str:
    return f"{random.randint(1, 40)}d {random.randint(0, 23)}h"


def _random_condition(random: Random, depth: int = 0) -> dict[str, Any]:
    how = random.choice(
        ["age", "silent_for", "age", "silent_for", "all", "any", "not"] if depth < 2 else ["age", "silent_for"]
    )
    if how in ("all", "any"):
        return {how: [_random_condition(random, depth + 1) for _ in range(2)]}
    if how == "not":
        return {"not": _random_condition(random, depth + 1)}
    return {how: {random.choice(["at_least", "at_most"]): _random_length(random)}}


@pytest.mark.parametrize("seed", range(12))
def test_the_next_look_comes_before_anything_holds_by_time(seed: int) -> None:
    random = Random(seed)
    name = random.choice(["mql", "sql"])
    scenario = _under(
        ("mql", {"score": {"at_least": 60}}),
        (name, {"score": {"at_least": random.choice([0, 5, 20])}, **_random_condition(random)}),
    )
    for _ in range(random.randint(1, 4)):
        scenario.sends(
            random.choice(["page_visited", "unsubscribed", "email_clicked", "content_downloaded"]), content="guide"
        )
        scenario.now += timedelta(hours=random.randint(1, 200))
    if scenario.known.status is not Status.NURTURING:
        return
    lead, card = scenario.known, scenario.card
    first = None
    for hours in range(1, 24 * 60, 5):
        at = scenario.now + timedelta(hours=hours)
        then = standing_of(lead, card, at)
        if due_handover(lead, then, None, at) or assessment.review_requests(lead, then, lead):
            first = at
            break
    if first is not None:
        assert lead.look_at is not None
        assert lead.look_at <= first


def test_the_turning_points_of_nested_conditions_are_found() -> None:
    condition = {
        "any": [
            {"age": {"at_least": 60}},
            {"not": {"all": [{"age": {"at_most": 90}}, {"silent_for": {"at_least": 5}}]}},
        ]
    }
    assert turning_points("age", [condition]) == {60_000, 90_001}
    assert turning_points("silent_for", [condition]) == {5_000}


FAULTS = {
    "no length": ("mql", {"age": "a while"}, "mql.age"),
    "empty": ("mql", {"age": {}}, "mql.age"),
    "swapped": ("mql", {"age": {"at_least": "9d", "at_most": "2d"}}, "mql.age"),
    "a number": ("mql", {"silent_for": 30}, "mql.silent_for"),
    "silence that wakes": ("wakes", {"parked": {"silent_for": "30d"}}, "wakes.parked.silent_for"),
    "in an engagement rule": (
        "engagement",
        [{"id": "x", "points": 1, "signal": {"kind": "y"}, "when": {"silent_for": "30d"}}],
        "engagement.x.when.silent_for",
    ),
}


@pytest.mark.parametrize(("section", "value", "place"), FAULTS.values(), ids=FAULTS.keys())
def test_a_faulty_length_is_refused_with_its_place(section: str, value: object, place: str) -> None:
    assert place in faults_of(shipped_document_with((section, value)))
