"""A handover as an SQL says by which branch of the agreed definition it holds."""

from typing import Any

import pytest
import yaml

from baton.domain.conditions.compiled_conditions import compile_condition
from baton.domain.conditions.holding_branches import has_alternatives, holding_in_words
from baton.domain.leads.person_facts import Company, Profile
from tests.unit.agreement.drafts import shipped_text_with
from tests.unit.domain.scenario import Scenario
from tests.unit.standing import did, standing

CTO, BIG, PILOT = {"title": {"is": "cto"}}, {"employees": {"at_least": 100}}, {"campaign": {"is": "pilot"}}
DEMO = {"signals": {"match": {"kind": {"is": "demo_requested"}}, "at_least": 1}}
NO_DEMO = {"not": DEMO}
BRANCHES: dict[str, tuple[dict[str, Any], str]] = {
    "first of two": ({"any": [CTO, PILOT]}, "title cto"),
    "second of two": ({"any": [PILOT, BIG]}, "the number of employees at least 100 (it is 250)"),
    "both": ({"any": [CTO, BIG]}, "title cto; also the number of employees at least 100 (it is 250)"),
    "all of a branch": (
        {"any": [PILOT, {"all": [CTO, BIG]}]},
        "title cto, and the number of employees at least 100 (it is 250)",
    ),
    "one branch in another": ({"any": [{"any": [PILOT, CTO]}, PILOT]}, "title cto"),
    "beside a test": (
        {"employees": {"at_least": 100}, "any": [PILOT, CTO]},
        "the number of employees at least 100 (it is 250), and title cto",
    ),
    "within all": (
        {"all": [BIG, {"any": [CTO, PILOT]}]},
        "the number of employees at least 100 (it is 250), and title cto",
    ),
    "a denial": ({"any": [NO_DEMO, PILOT]}, "not at least 1 signal (kind demo_requested)"),
    "no alternative": (CTO, "title cto"),
    "too many to name": ({"any": [CTO] * 7}, "; also ".join([*["title cto"] * 5, "2 more"])),
    "an empty branch": ({"any": [{}, PILOT]}, "anything"),
    "a score": ({"any": [{"score": {"at_most": 50}}]}, "score at most 50 (it is 10)"),
}


@pytest.mark.parametrize(("definition", "said"), BRANCHES.values(), ids=BRANCHES.keys())
def test_the_branches_that_hold_are_said_in_words(definition: dict[str, Any], said: str) -> None:
    lead = standing(did("page_visited", profile=Profile(title="CTO"), company=Company(employees=250)))
    counters = dict(lead.card.counters)
    assert compile_condition(definition, counters)(lead.moment)
    assert holding_in_words(definition, lead.moment, counters) == said


@pytest.mark.parametrize(
    ("definition", "several"),
    [
        pytest.param({"any": [CTO, BIG]}, True, id="alternatives"),
        pytest.param({"all": [BIG, {"any": [CTO, PILOT]}]}, True, id="alternatives within all"),
        pytest.param({"all": [BIG, CTO]}, False, id="all of it"),
        pytest.param({"not": {"any": [CTO]}}, False, id="alternatives denied"),
        pytest.param({}, False, id="nothing"),
    ],
)
def test_a_definition_with_one_way_to_hold_has_no_branches(definition: dict[str, Any], several: bool) -> None:
    assert has_alternatives(definition) is several


SQL = {
    "any": [{"bant": "all"}, {"fit": {"at_least": 100}, "signals": {"match": {"kind": "page_visited"}, "at_least": 2}}]
}
VISITS = "by this part of it: at least 2 signals (kind page_visited), and the fit score at least 100 (it is 100)"


def _under(sql: object) -> Scenario:
    no_score = yaml.safe_load(shipped_text_with(("sql", sql)))
    del no_score["handoffs"]["score"]
    return Scenario.under(yaml.safe_dump(no_score))


def test_a_handover_as_an_sql_names_the_branch_that_held_and_not_the_other() -> None:
    scenario = _under(SQL)
    scenario.sends("page_visited", profile=Profile(title="VP Operations"))
    scenario.sends("page_visited")
    assert scenario.known.handoff is not None
    assert scenario.known.handoff.trigger == "sql"
    assert scenario.known.handoff.reasons[1:] == (VISITS,)
    qualified = [each.event for each in scenario.history if each.event.type == "LeadQualified"]
    assert VISITS in qualified[-1].reasons


def test_a_handover_by_bant_names_that_branch() -> None:
    scenario = _under(SQL)
    scenario.sends("page_visited", bant={"authority": "yes", "need": "yes", "timeline": "Q1", "budget": "50k"})
    assert scenario.known.handoff is not None
    assert scenario.known.handoff.reasons[1] == "by this part of it: budget, authority, need and timeline met"


def test_a_definition_without_alternatives_gives_no_reason_more() -> None:
    scenario = _under({"bant": "all"})
    scenario.sends("page_visited", bant={"authority": "yes", "need": "yes", "timeline": "Q1", "budget": "50k"})
    assert scenario.known.handoff is not None
    assert not any("by this part" in reason for reason in scenario.known.handoff.reasons)
