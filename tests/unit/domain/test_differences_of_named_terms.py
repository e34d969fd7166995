"""Differences where people's names are words of the agreement, too, and where sections are new."""

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from baton.agreement.document.document import Document
from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.agreement.terms.rules import USUAL
from baton.domain.qualification.unconfirmed_leads import FORM_HANDOFFS
from baton.domain.signing.difference_effects import Effect
from baton.domain.signing.differences import difference_lines, differences
from tests.unit.domain.test_differences import DAY, RULES, agreement_with
from tests.unit.given import AGREEMENT

WORDS = ("when", "mql", "sql", "parked", "signal", "match", "at_most", "unless", "within", "age", "all", "forms", "per")
STAFF = {
    "id": "staff",
    "label": "Our own",
    "when": {"email_domain": {"is": "our.example"}},
    "then": "team",
    "team": "sales",
}


def section(name: str) -> dict[str, Any]:
    return dict(deepcopy(AGREEMENT.model_dump(mode="json")[name]))


def rules(**more: Any) -> dict[str, Any]:
    return {"rules": {**RULES, **more}}


def choice(*words: str, **more: Any) -> dict[str, Any]:
    return {"kind": "choice", "label": "Plan", "choices": list(words), **more}


def test_another_term_of_the_handoff_called_sql_is_no_condition() -> None:
    handoffs = section("handoffs")
    handoffs["sql"]["clocks"]["accept"]["within"] = "2h"
    assert difference_lines(agreement_with(), agreement_with(handoffs=handoffs)) == [
        "handoffs.sql.clocks.accept.within 4h → 2h"
    ]


@pytest.mark.parametrize("word", WORDS)
def test_a_name_may_be_a_word_of_the_agreement(word: str) -> None:
    team, reason = section("teams")["sales"], section("return_reasons")["bad_fit"]
    clock = section("handoffs")["sql"]["clocks"]["accept"]
    handoffs = section("handoffs")
    handoffs["sql"]["clocks"][word] = {**clock}
    old = {
        "teams": {"sales": team, word: deepcopy(team)},
        "return_reasons": {word: reason},
        "handoffs": handoffs,
        **rules(attributes={word: choice("A")}, targets={"in_time": {word: 90}}, from_person={word: False}),
    }
    new = deepcopy(old)
    new["teams"][word]["label"] = "Other"
    new["return_reasons"][word]["label"] = "Other"
    new["handoffs"]["sql"]["clocks"][word]["within"] = "1h"
    new["rules"] |= {
        "attributes": {word: choice("A", "B")},
        "targets": {"in_time": {word: 80}},
        "from_person": {word: True},
    }
    lines = difference_lines(agreement_with(**old), agreement_with(**new))
    assert f"targets.in_time.{word} 90 → 80" in lines
    assert f"from_person.{word} no → yes" in lines
    assert f"attributes.{word}.choices [A] → [A, B]" in lines
    assert f"handoffs.sql.clocks.{word}.within 4h → 1h" in lines
    assert len(lines) == 6
    assert difference_lines(agreement_with(), agreement_with(**old))  # and all of it may be new


SAID = [
    pytest.param(
        {},
        rules(never=[STAFF]),
        "never: new rule staff (Our own): when the domain of the address our.example; then to team sales",
        Effect.DECIDES,
        id="the first rule of never",
    ),
    pytest.param(rules(never=[STAFF]), {}, "never: rule staff is gone (Our own)", Effect.DECIDES, id="never is gone"),
    pytest.param(
        {},
        rules(attributes={"plan": choice("Free", "Pro")}),
        "attributes: new attribute plan (Plan): kind choice; choices [Free, Pro]",
        Effect.OTHER,
        id="the first attribute",
    ),
    pytest.param(
        rules(attributes={"plan": choice("Free", "Pro")}),
        {},
        "attributes: attribute plan is gone (Plan); nobody can tell it any more; what is known of it stays, and is "
        "shown",
        Effect.STOPS,
        id="an attribute is gone",
    ),
    pytest.param(
        rules(attributes={"plan": choice("Free", "Pro")}),
        rules(attributes={"plan": choice("Pro")}),
        "attributes.plan.choices [Free, Pro] → [Pro]; what is told in these words is left out",
        Effect.STOPS,
        id="a choice is gone",
    ),
    pytest.param(
        {},
        rules(targets={"per_month": {"mql": 200}}),
        "targets none → {per_month: {mql: 200}}",
        Effect.OTHER,
        id="targets",
    ),
    pytest.param(
        rules(mql={"score": {"at_least": 60}}),
        rules(
            mql={
                "any": [
                    {"score": {"at_least": 60}, "age": {"at_least": 14 * DAY}},
                    {"free_mail": False, "title": {"is": "x" * 90}},
                ]
            }
        ),
        "mql score at least 60 → either (score at least 60, and known for at least 14d), or (not having an address of "
        f"a free mail provider, and title {'x' * 90})",
        Effect.DECIDES,
        id="a long definition of another shape is told whole, in words",
    ),
    pytest.param(
        rules(mql={"title": {"is": "x" * 99}, "age": {"at_least": 14 * DAY}}),
        rules(mql={"title": {"is": "x" * 99}, "age": {"at_least": 7 * DAY}}),
        "mql.age known for at least 14d → known for at least 7d",
        Effect.DECIDES,
        id="a length within a long condition is told in days",
    ),
    pytest.param(
        rules(sql={"any": [{"title": {"is": "x" * 99}}, {"fit_band": {"is": "A"}, "employees": {"at_least": 50}}]}),
        rules(sql={"any": [{"title": {"is": "x" * 99}}, {"country": {"is": "DE"}}, {"age": {"at_least": 7 * DAY}}]}),
        "sql.any: no longer the fit band A, and the number of employees at least 50; now also country DE, known for at "
        "least 7d",
        Effect.DECIDES,
        id="parts of a long definition are told in words",
    ),
    pytest.param(
        {},
        rules(checklist=[{"id": "fit", "question": "Fits?", "needed": False, "yes_if": {"fit": {"at_least": 9}}}]),
        "checklist: new question fit: Fits? (not needed); yes if the fit score at least 9",
        Effect.OTHER,
        id="a question",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "effect"), SAID)
def test_new_sections_are_told_thing_by_thing_with_their_conditions_in_words(
    old: dict[str, Any], new: dict[str, Any], line: str, effect: Effect
) -> None:
    [found] = differences(agreement_with(**old), agreement_with(**new))
    assert (found.line(), found.effect) == (line, effect)


def test_what_is_sooner_is_told_with_its_condition_in_words() -> None:
    handoffs = section("handoffs")
    clock = handoffs["sql"]["clocks"]["accept"]
    handoffs["sql"]["sooner"] = [{"when": {"attributes.plan": {"is": "Pro"}}, "clocks": {"accept": clock}}]
    [line] = difference_lines(agreement_with(), agreement_with(handoffs=handoffs))
    assert "{when: plan Pro, clocks: {accept: {within: 4h" in line


def test_a_new_trigger_decides_and_says_what_it_does() -> None:
    handoffs = section("handoffs")
    fewer = {name: each for name, each in handoffs.items() if name != "score"}
    [found] = differences(agreement_with(handoffs=fewer), agreement_with(handoffs=handoffs))
    assert found.effect is Effect.DECIDES
    assert found.line().startswith("handoffs: new handoff score: team sales; next step Call about")


def test_every_word_of_the_language_is_told_as_people_write_it() -> None:
    text = Path("tests/unit/agreement/every_word.yaml").read_text(encoding="utf-8")
    every, packaged = read_agreement(text), read_agreement(packaged_text())
    told = "\n".join(difference_lines(packaged, every))
    assert not re.search(r"\b\d{5,}\b|\battributes\.\w+ [\[{]|_for: ", told)  # no seconds, no tests as they are stored
    for words in (
        "fit: new rule big-team (40 points): when plan one of Team, Pro, and seats at least 50, and has crm yes",
        "fit: new rule chief (30 points): when title like /\\b(chief|c[eio]o)\\b/; best of seniority",
        "engagement: new rule trial (40 points): for kind trial_started; half life never",
        "never: new rule competitor (Competitors): when the company's domain one of rival.com; then disqualify",
        "handoffs.score.unless none → at least 1 signal (kind trial_started) in the last 14d",
        "handoffs.consultation.sticky no → company",
        "return_reasons.unreachable.attempts none → 3",
        "return_reasons.unreachable.counts_as none → lost",
    ):
        assert words in told
    assert difference_lines(every, packaged)


USUAL_WORDS = {
    "form_handoffs: 3 ": ("form_handoffs: 2 ", "form_handoffs 3 → 2"),
    "known_by_name: review": ("known_by_name: handoff", "known_by_name review → handoff"),
    "  full_score: 100 ": ("  scale: points\n  full_score: 100 ", "scale hundred → points"),
    "funnel: {memory: 90d}": (
        "funnel: {memory: 90d}\nsubscribes: [subscribed]",
        "subscribes [subscribed, resubscribed, subscription_confirmed] → [subscribed]",
    ),
}


@pytest.mark.parametrize(("old", "new", "line"), [(old, *said) for old, said in USUAL_WORDS.items()])
def test_a_term_that_is_stored_only_if_it_is_not_as_usual_is_told_with_what_the_text_says(
    old: str, new: str, line: str
) -> None:
    before, after = (read_agreement(text) for text in (packaged_text(), packaged_text().replace(old, new)))
    assert difference_lines(before, after) == [line]
    name, values = line.split(" ", 1)
    there, _, here = values.partition(" → ")
    assert difference_lines(after, before) == [f"{name} {here} → {there}"]


def test_what_holds_where_rules_leave_it_out_is_what_a_document_has_without_it() -> None:
    text = packaged_text().replace("  form_handoffs: 3 ", "  # ").replace("  known_by_name: review", "  # ")
    document = Document.model_validate(yaml.safe_load(text))
    terms, bare = document.target_accounts, document.normal().rules
    assert not set(USUAL) & set(bare)
    assert {
        "scale": document.score.scale,
        "form_handoffs": terms.form_handoffs,
        "known_by_name": terms.known_by_name,
        "subscribes": list(document.subscribes),
    } == USUAL
    assert USUAL["form_handoffs"] == FORM_HANDOFFS
