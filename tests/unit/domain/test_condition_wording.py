"""Conditions, and their missing parts, in plain words."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from baton.domain.conditions.compiled_conditions import compile_condition
from baton.domain.conditions.condition_wording import condition_in_words, missing_in_words
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.scoring.standing import Standing
from tests.unit.domain.random_rules import conditions
from tests.unit.given import NOW
from tests.unit.standing import PACKAGED, did, read, standing

WEEK = 7 * 86_400
BANT_OF_ALL = {"bant": {"met": ["budget", "authority", "need", "timeline"]}}
CONDITIONS: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({}, "anything"),
    "number": ({"score": {"at_least": 60}}, "score at least 60"),
    "large number": ({"budget": {"at_least": 1_000_000}}, "budget at least 1,000,000"),
    "range": ({"employees": {"between": [50, 5000]}}, "the number of employees from 50 to 5,000"),
    "texts": ({"industry": {"one_of": ["retail", "steel"]}}, "industry one of retail, steel"),
    "pattern": ({"title": {"matches": "^head"}}, "title like /^head/"),
    "unknown": ({"campaign": {"known": False}}, "campaign unknown"),
    "truth": ({"target_account": True}, "being a target account"),
    "no truth": ({"asked_for_a_person": False}, "not having asked for a person"),
    "shift": ({"shifted": {"within": WEEK}}, "a turn from orientation to buying in the last 7d"),
    "all of BANT": (BANT_OF_ALL, "budget, authority, need and timeline met"),
    "one of BANT": ({"bant": {"met": ["budget"]}}, "budget met"),
    "some of BANT": ({"bant": {"at_least": 2}}, "2 of budget, authority, need and timeline met"),
    "signals": (
        {"signals": {"match": {"kind": {"is": "page_visited"}}, "at_least": 3, "within": WEEK}},
        "at least 3 signals (kind page_visited) in the last 7d",
    ),
    "any signal": ({"signals": {"match": {}}}, "at least 1 signal"),
    "few signals": ({"signals": {"match": {}, "at_most": 2}}, "at most 2 signals"),
    "so many signals": ({"signals": {"match": {}, "at_least": 2, "at_most": 4}}, "2 to 4 signals"),
    "different": (
        {"signals": {"match": {}, "distinct": "content_topic", "at_least": 2}},
        "at least 2 signals of different content topic",
    ),
    "two things": (
        {"score": {"at_least": 60}, "title": {"is": "cto"}},
        "score at least 60, and title cto",
    ),
    "brackets": (
        {"any": [{"all": [{"score": {"at_least": 60}}, {"title": {"is": "cto"}}]}, {"not": {"country": {"is": "DE"}}}]},
        "either (score at least 60, and title cto), or not country DE",
    ),
}


@pytest.mark.parametrize(("condition", "said"), CONDITIONS.values(), ids=CONDITIONS.keys())
def test_a_condition_is_told_in_words(condition: dict[str, Any], said: str) -> None:
    assert condition_in_words(condition) == said


def example_standing() -> Standing:
    return standing(
        did("page_visited", 1),
        read("guide", 10),
        did(
            "survey",
            profile=Profile(title="CTO"),
            company=Company(employees=20),
            bant={"budget": "not yet", "need": "less paper"},
        ),
    )


LACKS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "nothing": ({"title": {"is": "cto"}}, []),
    "a number": ({"employees": {"at_least": 50}}, ["the number of employees at least 50 (it is 20)"]),
    "points": ({"score": {"at_least": 60}}, ["score at least 60 (it is 49.46)"]),
    "what is not known": ({"industry": {"is": "retail"}}, ["industry retail (it is not known)"]),
    "that something is known": ({"country": {"known": True}}, ["country is not known"]),
    "a text": ({"title": {"is": "ceo"}}, ["title ceo (it is cto)"]),
    "a truth": ({"target_account": True}, ["being a target account (it is not so)"]),
    "answers": (
        BANT_OF_ALL,
        ["budget: the answer is not good enough", "authority: no answer yet", "timeline: no answer yet"],
    ),
    "some answers": ({"bant": {"at_least": 2}}, ["2 of budget, authority, need and timeline met (1 so far)"]),
    "signals": (
        {"signals": {"match": {"kind": {"is": "page_visited"}}, "at_least": 3, "within": WEEK}},
        ["at least 3 signals (kind page_visited) in the last 7d (there is 1)"],
    ),
    "one of two": (
        {"any": [{"title": {"is": "ceo"}}, {"employees": {"at_least": 50}}]},
        ["one of these: title ceo (it is cto); or the number of employees at least 50 (it is 20)"],
    ),
    "both of two": (
        {"all": [{"title": {"is": "ceo"}}, {"employees": {"at_least": 50}}, {"title": {"is": "cto"}}]},
        ["title ceo (it is cto)", "the number of employees at least 50 (it is 20)"],
    ),
    "the opposite": ({"not": {"title": {"is": "cto"}}}, ["it must not be so that title cto"]),
}


@pytest.mark.parametrize(("condition", "lacks"), LACKS.values(), ids=LACKS.keys())
def test_the_missing_parts_of_a_condition_are_told_with_the_present_values(
    condition: dict[str, Any], lacks: list[str]
) -> None:
    assert missing_in_words(condition, example_standing().moment, PACKAGED.counters) == lacks


@given(condition=conditions)
def test_parts_are_missing_if_and_only_if_the_condition_does_not_hold(condition: dict[str, Any]) -> None:
    then = example_standing()
    counters = dict(PACKAGED.counters)
    holds = compile_condition(condition, counters)(then.moment)
    assert (missing_in_words(condition, then.moment, counters) == []) is holds


@given(condition=conditions)
def test_every_condition_has_words(condition: dict[str, Any]) -> None:
    assert condition_in_words(condition)


def test_the_number_of_signals_is_told_for_the_window_of_the_condition() -> None:
    condition = {"signals": {"match": {"kind": {"is": "page_visited"}}, "at_least": 3, "within": WEEK}}
    later = standing(did("page_visited", 1), at=NOW + timedelta(days=30))
    assert missing_in_words(condition, later.moment, PACKAGED.counters)[0].endswith("(there is none)")
