"""The normal form of an agreement: what each section of the written document becomes."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from baton.agreement.conditions.condition_clauses import ConditionClause
from baton.agreement.document.document import Document
from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.agreement.terms.agreement import AgreementInForce
from baton.agreement.terms.rules import NOTHING_SCORES, Rules
from baton.domain.terms.terms_from_agreement import handoff_terms
from tests.unit.agreement.drafts import GONE, faults_of, read_draft, shipped_document_with

HOUR, DAY = 3_600, 86_400
OPTIONAL = set(Document.model_fields) - {"title", "threshold", "teams", "handoffs", "return_reasons", "forms"}


def rules_with(**sections: object) -> Rules:
    return read_draft(shipped_document_with(*sections.items())).rules


def mql(condition: object) -> Any:
    return rules_with(mql=condition)["mql"]


def test_the_shipped_agreement_has_the_agreed_points_and_thresholds() -> None:
    rules = read_agreement(packaged_text()).rules
    points = {rule["id"]: rule["points"] for rule in (*rules["fit"], *rules["engagement"])}
    assert points.items() >= {"visit": 10, "whitepaper": 50, "vice-president": 100, "careers": -20}.items()
    assert (rules["threshold"], rules["mql"]) == (100, {"score": {"at_least": 60}})
    assert rules["sql"] == {"bant": {"met": ["budget", "authority", "need", "timeline"]}}
    assert {content["stage"] for content in rules["content"]} == {"tofu", "mofu", "bofu"}
    assert packaged_text().count("threshold: ") == 1


def test_the_shipped_agreement_has_handoff_terms_for_all_four_triggers() -> None:
    assert set(read_agreement(packaged_text()).handoffs) == {"consultation", "target_account", "sql", "score"}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ({"title": "CTO"}, {"title": {"is": "CTO"}}),
        ({"country": ["DE", "NO"]}, {"country": {"one_of": ["DE", "NO"]}}),
        ({"title": {"matches": "cto", "known": True}}, {"title": {"matches": "cto", "known": True}}),
        ({"employees": 50}, {"employees": {"is": 50}}),
        ({"employees": {"between": [50, 99.5]}}, {"employees": {"between": [50, 99.5]}}),
        ({"target_account": False}, {"target_account": False}),
        ({"bant": "all"}, {"bant": {"met": ["budget", "authority", "need", "timeline"]}}),
        ({"bant": {"at_least": 3}}, {"bant": {"at_least": 3}}),
        ({"bant": {"met": ["need"]}}, {"bant": {"met": ["need"]}}),
        ({"shifted": {"within": "30d"}}, {"shifted": {"within": 30 * DAY}}),
        ({"signals": {}}, {"signals": {"match": {}, "at_least": 1}}),
        ({"signals": {"at_most": 0}}, {"signals": {"match": {}, "at_most": 0}}),
        (
            {"signals": {"match": {"kind": "x", "properties.plan": ["a"]}, "at_least": 3, "within": "7d"}},
            {
                "signals": {
                    "match": {"kind": {"is": "x"}, "properties.plan": {"one_of": ["a"]}},
                    "at_least": 3,
                    "within": 7 * DAY,
                }
            },
        ),
        (
            {"signals": {"distinct": "content", "at_least": 2}},
            {"signals": {"match": {}, "at_least": 2, "distinct": "content"}},
        ),
        (
            {"all": [{"title": "a"}, {"any": [{"need": "b"}, {"not": {"score": 1}}]}], "not": {"company": "c"}},
            {
                "all": [{"title": {"is": "a"}}, {"any": [{"need": {"is": "b"}}, {"not": {"score": {"is": 1}}}]}],
                "not": {"company": {"is": "c"}},
            },
        ),
    ],
)
def test_the_normal_form_of_a_condition_spells_out_every_test(written: object, kept: object) -> None:
    assert mql(written) == kept


def test_the_normal_form_of_an_engagement_rule_has_its_durations_in_seconds() -> None:
    written = {
        "id": "careers",
        "points": -20,
        "by_persona": {"it-leader": -50},
        "signal": {"kind": "page_visited", "content": "careers"},
        "when": {"funnel": "tofu"},
        "at_most": {"points": 60, "times": 2, "per": "1h", "each": "content"},
        "half_life": "90d",
        "expires_after": "180d",
    }
    assert rules_with(engagement=[written])["engagement"] == [
        {
            **written,
            "signal": {"kind": {"is": "page_visited"}, "content": {"is": "careers"}},
            "when": {"funnel": {"is": "tofu"}},
            "at_most": {"points": 60, "times": 2, "per": HOUR, "each": "content"},
            "half_life": 90 * DAY,
            "expires_after": 180 * DAY,
        }
    ]


def test_the_normal_form_of_a_persona_is_a_list_of_criteria_with_weights() -> None:
    written = {"id": "cto", "label": "CTO", "criteria": {"title": "cto", "employees": [1]}, "weights": {"title": 3}}
    assert rules_with(personas=[written], content=[])["personas"] == [
        {
            "id": "cto",
            "label": "CTO",
            "counts_from": 50,
            "criteria": [
                {"about": "title", "weight": 3, "when": {"title": {"is": "cto"}}},
                {"about": "employees", "weight": 1, "when": {"employees": {"one_of": [1]}}},
            ],
        }
    ]


def test_score_bands_are_sorted_from_the_highest_to_the_lowest() -> None:
    assert rules_with(**{"score.fit_bands": {"C": 0, "A": 75, "B": 50}})["fit_bands"] == [
        {"name": "A", "at_least": 75},
        {"name": "B", "at_least": 50},
        {"name": "C", "at_least": 0},
    ]


def test_the_bant_section_has_a_test_for_each_question_that_is_written() -> None:
    bant = rules_with(bant={"budget": {"at_least": 10}, "need": ["speed", "order"]})["bant"]
    assert bant == {"budget": {"budget": {"at_least": 10}}, "need": {"need": {"one_of": ["speed", "order"]}}}


@pytest.mark.parametrize(
    "budget", ["approved", ["yes", "approved"], {"matches": "yes"}, 100, [1, 2], {"between": [1, 2]}]
)
def test_a_budget_condition_accepts_numbers_and_texts(budget: object) -> None:
    assert list(rules_with(bant={"budget": budget})["bant"]["budget"]) == ["budget"]


def test_sooner_clocks_replace_the_clocks_of_a_handoff_and_keep_its_next_step() -> None:
    clocks = {"accept": {"within": "5m", "stops_when": "accepted", "ladder": [{"at": "100%", "do": "escalate"}]}}
    sooner = [{"when": {"engagement_band": "hot"}, "clocks": clocks}]
    clause = read_draft(shipped_document_with(("handoffs.score.sooner", sooner))).handoffs["score"]
    assert clause.sooner[0].when == {"engagement_band": {"is": "hot"}}
    usual, faster = handoff_terms(clause), handoff_terms(clause, clause.sooner[0])
    assert [(name, clock.within) for name, clock in faster.clocks.items()] == [("accept", "5m")]
    assert faster.next_step == clause.next_step
    assert {name: clock.within for name, clock in usual.clocks.items()} == {
        name: str(clock.within) for name, clock in clause.clocks.items()
    }


def test_optional_sections_that_are_left_out_have_defaults() -> None:
    bare = read_draft(
        shipped_document_with(*((name, GONE) for name in OPTIONAL), ("handoffs.sql", GONE), ("handoffs.score", GONE))
    ).rules
    assert {**bare, "asks_for_a_person": []} == NOTHING_SCORES
    assert bare["asks_for_a_person"] == ["consultation_requested", "demo_requested", "meeting_booked"]


def test_an_agreement_stored_without_rules_gets_rules_by_which_nothing_scores() -> None:
    kept = read_agreement(packaged_text()).model_dump(mode="json", exclude={"rules"})
    old = AgreementInForce.model_validate({"version": 1, "in_force_since": "2026-01-01T00:00:00Z", "agreement": kept})
    assert old.agreement.rules == NOTHING_SCORES


def test_rules_stored_as_json_are_read_back_unchanged() -> None:
    agreement = read_agreement(packaged_text())
    in_force = AgreementInForce(version=1, in_force_since="2026-01-01T00:00:00Z", agreement=agreement)
    kept = in_force.model_dump_json(exclude_none=True)
    assert AgreementInForce.model_validate_json(kept).agreement.rules == agreement.rules


def any_of(words: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    return words | st.lists(words, min_size=1, max_size=3) | st.fixed_dictionaries({"is": words})


words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=10)
countries = st.sampled_from(["DE", "de", "Germany", "GER", "NO", "Namibia"])
asked = st.recursive(
    st.dictionaries(st.sampled_from(["title", "company", "need"]), any_of(words), min_size=1, max_size=3)
    | st.fixed_dictionaries({"country": any_of(countries)}),
    lambda inner: (
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)})
        | st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)})
        | st.fixed_dictionaries({"not": inner})
    ),
    max_leaves=6,
)


@pytest.mark.slow
@given(asked)
def test_the_normal_form_of_a_condition_is_its_own_normal_form(condition: object) -> None:
    text = yaml.dump({"mql": condition}, Dumper=yaml.CSafeDumper, allow_unicode=True)
    whole = packaged_text().replace("\nmql: {score: {at_least: 60}}\n", f"\n{text}\n")
    if _depth(condition) > 8:
        assert "mql" in faults_of(whole)
        return
    kept = read_agreement(whole, signed=True).rules["mql"]
    assert ConditionClause.model_validate(kept).normal() == kept


def _depth(condition: Any) -> int:
    inner = [*condition.get("all", ()), *condition.get("any", ()), *([condition["not"]] if "not" in condition else ())]
    return 1 + max(map(_depth, inner), default=0)
