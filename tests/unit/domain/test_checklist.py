"""The review checklist: answers from known facts, and answers of a reviewer, which replace the former."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.basics.refusals import WrongField
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.review.checklist import AnsweredQuestion, answered_checklist
from baton.domain.scoring.standing import Standing
from tests.unit.given import AGREEMENT
from tests.unit.standing import agreed, card, did, standing

NEEDED = ("industry", "decision", "help", "infrastructure")
ALL = (*NEEDED, "interest", "engagement")
DIRECTOR = Profile(title="Director of Operations")
PLANT = Company(industry="Manufacturing", infrastructure="SAP S/4")

ABOUT = "yes_if: {infrastructure: {known: true}}"


def card_with_question(condition: str) -> Any:
    """The packaged checklist with another way to answer one of its questions."""
    return agreed((ABOUT, f"yes_if: {condition}"))


def line(standing: Standing, name: str, **answers: bool) -> AnsweredQuestion:
    return next(each for each in answered_checklist(standing, answers) if each.id == name)


def test_the_checklist_has_the_agreed_questions_in_order() -> None:
    asked = answered_checklist(standing(did("page_visited")))
    assert [each.id for each in asked] == list(ALL)
    assert [each.id for each in asked if each.needed] == list(NEEDED)
    assert all(each.question.endswith("?") for each in asked)


def test_a_known_fact_answers_a_question_with_yes_and_is_shown() -> None:
    known = answered_checklist(standing(did("page_visited", profile=DIRECTOR, company=PLANT)))
    assert {each.id: (each.answer, each.because) for each in known} == {
        "industry": (True, "industry: Manufacturing"),
        "decision": (True, "title: Director of Operations"),
        "help": (None, None),
        "infrastructure": (True, "infrastructure: SAP S/4"),
        "interest": (None, None),
        "engagement": (None, None),
    }


def test_a_known_fact_that_fails_the_test_is_shown_without_an_answer() -> None:
    known = line(standing(did("page_visited", company=Company(industry="Retail"))), "industry")
    assert (known.answer, known.because) == (None, "industry: Retail")


def test_a_question_about_unknown_facts_has_no_answer() -> None:
    assert {each.answer for each in answered_checklist(standing(did("page_visited")))} == {None}
    assert {each.because for each in answered_checklist(standing(did("page_visited")))} == {None}


def test_signals_of_a_lead_answer_a_question_with_yes() -> None:
    visits = [did("page_visited", days) for days in (3, 2, 1)]
    assert line(standing(*visits[:2]), "engagement").answer is None
    regular = line(standing(*visits), "engagement")
    assert (regular.answer, regular.because) == (True, "at least 3 signals in the last 60d")


@pytest.mark.parametrize(
    ("condition", "known", "because"),
    [
        ("{employees: {at_least: 50}}", {"company": Company(employees=1200)}, "employees: 1,200"),
        ("{target_account: true}", {}, "target account: no"),
        ("{company_country: [DE]}", {"company": Company(country="FR")}, "company country: FR"),
        ("{budget: {at_least: 10}}", {"bant": {"budget": "around 40,000"}}, "budget: around 40,000"),
        ("{score: {at_least: 50}}", {}, "score: 10"),
        ("{bant: all}", {"bant": {"budget": 40000}}, None),
        (
            "{any: [{employees: {at_least: 50}}, {revenue: {at_least: 5}}]}",
            {"company": Company(revenue=9)},
            "revenue: 9",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_fact_behind_a_question_is_shown_as_written(condition: str, known: Any, because: str) -> None:
    rules = card_with_question(condition)
    assert line(standing(did("page_visited", **known), rules=rules), "infrastructure").because == because


KNOWN = standing(did("page_visited", profile=DIRECTOR, company=PLANT))
answers = st.dictionaries(st.sampled_from(ALL), st.booleans())


@given(answers)
def test_the_answer_of_a_reviewer_replaces_the_known_answer_and_nothing_else(said: dict[str, bool]) -> None:
    before, after = answered_checklist(KNOWN), answered_checklist(KNOWN, said)
    assert [each.id for each in before] == [each.id for each in after]
    for was, now in zip(before, after, strict=True):
        assert now == was.model_copy(update={"answer": said.get(was.id, was.answer)})


def test_an_answer_to_an_unknown_question_is_refused_by_name() -> None:
    with pytest.raises(WrongField, match="it has industry, decision, help") as refused:
        answered_checklist(KNOWN, {"mood": True, "industry": True})
    assert refused.value.field == "answers.mood"


def test_an_agreement_without_a_checklist_has_no_questions() -> None:
    without = card(AGREEMENT.model_copy(update={"rules": {**AGREEMENT.rules, "checklist": []}}))
    assert answered_checklist(standing(did("page_visited"), rules=without)) == ()
    with pytest.raises(WrongField, match="it has none"):
        answered_checklist(standing(did("page_visited"), rules=without), {"help": True})
