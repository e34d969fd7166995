"""What the console's form writes is what the API's reader reads: a text stays a text, and a form is what it says."""

import json
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from baton.agreement.conditions.condition_clauses import EngagementCondition, FitCondition
from baton.agreement.document.scoring_clauses import EngagementRuleClause, FitRuleClause
from baton.agreement.reading.yaml_loader import load
from tools import console

Form = dict[str, Any]

MISREAD = [
    *["NO", "yes", "Yes", "on", "Off", "y", "N", "true", "False", "null", "Null", "~", "none", "", "0", "12", "-1"],
    *["0xff", "0xFACE", "0b1", "0o17", "017", "007", "1e3", "1E5", "6.8523e+5", ".5", "5.", ".inf", "-.INF", ".nan"],
    *["1_000", "190:20:30", "1:30", "2026-11-02", "2026-11-02 10:00:00", "2026-13-45", "20e", "0e", "1d", "0d"],
    *["<<", "=", "-", "- x", "?", "? x", ":", "*all", "&all", "!x", "%x", "@x", "`x`", "|", ">", ",", "{x", "x]", "#"],
    *["a:b", "a:", ":a", "a #b", "a: b", " x ", "'x", '"', "\\", r"\b(x)\b", "O'Hara", "é", "😀", "+1", "7d"],
    *[
        "18 months",
        "a\tb",
        "a\nb",
        "a\u0085b",
        "a\u2028b",
        "\ufeffa",
        "a\x07b",
        "head - of",
        "+1",
        "7d",
        "null and void",
    ],
]
"""What YAML reads as another type, not at all, or as it is only in quotes."""
LETTERS = st.characters(codec="utf-8") | st.sampled_from("0123456789.:-+_exXob~'\"\\#{}[],&*!|>%@`? ")


@pytest.fixture(scope="module", autouse=True)
def installed() -> None:
    console.install()


def written(folder: Path, **asked: Any) -> dict[str, list[str]]:
    """Has the console write texts and forms, in one call of Node."""
    file = folder / "asked.json"
    file.write_text(json.dumps(asked))
    return dict(json.loads(console.node("tests/written-rules.ts", file)))


def test_the_writer_leaves_every_text_a_text(tmp_path: Path) -> None:
    texts = [*MISREAD, *(f"{sign}{each}" for sign in "-+." for each in MISREAD)]
    for text, yaml in zip(texts, written(tmp_path, texts=texts)["texts"], strict=True):
        assert load(yaml) == {"text": text, "list": [text]}, yaml


@settings(max_examples=3, deadline=None, phases=[Phase.generate])  # each asks Node once, about hundreds
@given(st.lists(st.text(LETTERS), min_size=400))
def test_any_text_is_read_as_it_was_typed(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    for text, yaml in zip(texts, written(tmp_path_factory.mktemp("texts"), texts=texts)["texts"], strict=True):
        assert load(yaml)["text"] == text, yaml


WEEK = 604_800
PARTS: list[tuple[Form, dict[str, Any]]] = [
    ({"fact": "title", "words": "head of, 0xff"}, {"title": {"matches": r"\b(head of|0xff)\b"}}),
    ({"fact": "country", "way": "is", "words": "NO, DE"}, {"country": {"one_of": ["NO", "DE"]}}),
    ({"fact": "industry", "way": "is", "words": "1e3, ~, yes"}, {"industry": {"one_of": ["1e3", "~", "yes"]}}),
    ({"fact": "industry", "way": "known"}, {"industry": {"known": True}}),
    ({"fact": "employees", "from": "51"}, {"employees": {"at_least": 51}}),
    ({"fact": "employees", "from": "051", "to": "200"}, {"employees": {"between": [51, 200]}}),
    ({"fact": "budget", "to": "0.5"}, {"budget": {"at_most": 0.5}}),
    ({"fact": "free_mail", "is": "no"}, {"free_mail": False}),
    ({"fact": "attributes.plan", "way": "is", "words": "Pro, .inf"}, {"attributes.plan": {"one_of": ["Pro", ".inf"]}}),
    ({"fact": "attributes.seats", "from": "10"}, {"attributes.seats": {"at_least": 10}}),
]
ONLY: dict[str, list[tuple[Form, dict[str, Any]]]] = {
    "fit": [
        ({"fact": "target_account"}, {"target_account": True}),
        ({"fact": "age", "to": "1 week"}, {"age": {"at_most": WEEK}}),
        ({"fact": "silent_for", "from": "7d"}, {"silent_for": {"at_least": WEEK}}),
    ],
    "engagement": [
        ({"fact": "signals", "words": "no"}, {"signals": {"match": {"kind": {"is": "no"}}, "at_least": 1}}),
        (
            {"fact": "signals", "words": "x", "content": "007", "from": "0", "to": "2", "within": "7 days"},
            {
                "signals": {
                    "match": {"kind": {"is": "x"}, "content": {"is": "007"}},
                    "at_least": 0,
                    "at_most": 2,
                    "within": WEEK,
                }
            },
        ),
    ],
}


def negated(part: tuple[Form, dict[str, Any]]) -> tuple[Form, dict[str, Any]]:
    form, meant = part
    [(name, test)] = meant.items()
    if isinstance(test, bool):
        return part
    told = {name: {"known": False}} if test == {"known": True} else {"not": meant}
    return form | {"isNot": True}, told


def meant_by(parts: list[dict[str, Any]], how: str) -> dict[str, Any]:
    """Returns what several parts say: beside each other if they ask different things, of one's own among them once."""
    if how == "any" and len(parts) > 1:
        return {"any": parts}
    names = [next(iter(part)).partition(".")[0] for part in parts]
    together = {name: test for part in parts for name, test in part.items()}
    return together if len(set(names)) == len(names) else {"all": parts}


@pytest.mark.parametrize("section", ["fit", "engagement"])
def test_a_form_is_read_as_what_it_says(section: str, tmp_path: Path) -> None:
    parts = [*PARTS, *ONLY[section]]
    either = [*parts, *map(negated, parts)]
    several = [
        [],
        *([each] for each in either),
        *map(list, combinations(either, 2)),
        either[:3],
        either,
        [either[0]] * 2,
    ]
    fields: list[tuple[Form, dict[str, Any]]] = [({}, {})]
    if section == "engagement":
        often = {"match": {"kind": {"is": "null"}}, "at_least": 3, "within": WEEK}
        capped = {"at_most": {"times": 2, "points": 30, "per": WEEK}, "half_life": "never"}
        fields = [
            ({"kind": "null"}, {}),
            ({"kind": "null", "least": "3", "within": "1w", "times": "2", "most": "30", "per": "7d", "fades": "never"},
             {"often": often} | capped),
            ({"kind": "null", "most": "15", "fades": "gone", "after": "1 week"},
             {"at_most": {"points": 15}, "expires_after": WEEK}),
        ]  # fmt: skip
    cases = [
        (asked, how, form, says)
        for asked, how, (form, says) in product(several, ("all", "any"), fields)
        if asked or section == "engagement"
    ]
    forms = [
        {"section": section, "points": "-5", "how": how, "asked": [part for part, _ in asked]} | form
        for asked, how, form, _ in cases
    ]
    for yaml, (asked, how, _, says) in zip(written(tmp_path, forms=forms)["forms"], cases, strict=True):
        [rule] = load(yaml)[section]
        often = [{"signals": says["often"]}] if "often" in says else []
        tests = [test for _, test in asked]
        when = meant_by([*often, *([meant_by(tests, how)] if how == "any" and tests else tests)], "all")
        read = (FitRuleClause if section == "fit" else EngagementRuleClause).model_validate(rule).normal()
        assert read == {
            "id": "new",
            "points": -5,
            "by_persona": {},
            "when": when,
            **({"signal": {"kind": {"is": "null"}}} if section == "engagement" else {}),
            **{name: value for name, value in says.items() if name != "often"},
        }, yaml


@pytest.mark.parametrize(("section", "clause"), [("fit", FitCondition), ("engagement", EngagementCondition)])
def test_the_form_asks_nothing_that_its_section_may_not(section: str, clause: type[FitCondition]) -> None:
    asked = {form["fact"].partition(".")[0] for form, _ in [*PARTS, *ONLY[section]]}
    assert asked <= set(clause.model_fields)
