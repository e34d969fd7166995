"""The packaged agreement and the examples in docs/agreements: valid, and with the rules that their titles name."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from baton.agreement.reading.agreement_reader import packaged_text
from baton.agreement.terms.agreement import Agreement
from baton.agreement.terms.calendars import weekly_business_time
from baton.agreement.terms.durations import Period, TimeUnit
from baton.domain.terms.terms_from_agreement import handoff_terms
from tests.unit.agreement.drafts import shipped_text_with
from tests.unit.given import agreement_in
from tools import agreement_schema

FOLDER = Path("docs/agreements")
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))}
SHIPPED = {"default": packaged_text(), **TEXTS}
SCHEMA = json.loads(agreement_schema.FILE.read_text(encoding="utf-8"))


class EditorLoader(yaml.CSafeLoader):
    """YAML 1.2, in which a date is a text."""


EditorLoader.add_constructor("tag:yaml.org,2002:timestamp", EditorLoader.construct_yaml_str)


def example(name: str) -> Agreement:
    return agreement_in(TEXTS[name])


def schema_faults(text: str) -> list[str]:
    faults = jsonschema.Draft202012Validator(SCHEMA).iter_errors(yaml.load(text, EditorLoader))
    return [fault.message for fault in faults]


@pytest.mark.parametrize("text", SHIPPED.values(), ids=SHIPPED.keys())
def test_every_shipped_agreement_is_valid_for_baton_and_for_the_json_schema(text: str) -> None:
    assert agreement_in(text).title
    assert schema_faults(text) == []


def test_there_are_four_example_agreements_and_four_published_models() -> None:
    names = ["demo-requests", "fit-and-engagement", "five-minutes-or-a-day", "prospects-and-customers"]
    assert list(TEXTS) == sorted([*names, "gitlab", "marketo", "posthog", "relias"])


def test_the_table_of_examples_names_each_of_them() -> None:
    table = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in TEXTS if f"({name}.yaml)" not in table] == []


def test_a_matrix_of_fit_and_engagement_bands_defines_an_sql() -> None:
    rules = example("fit-and-engagement").rules
    hot_or_warm = {"one_of": ["hot", "warm"]}
    assert rules["sql"] == {
        "any": [
            {"fit_band": {"is": "A"}, "engagement_band": hot_or_warm},
            {"fit_band": {"is": "B"}, "engagement_band": {"is": "hot"}},
        ]
    }
    assert [band["name"] for band in rules["fit_bands"]] == ["A", "B", "C", "D"]


def test_a_demo_request_is_an_mql_and_no_consultation_request() -> None:
    rules: Any = example("demo-requests").rules
    assert rules["mql"]["any"][0]["signals"]["match"] == {"kind": {"is": "demo_requested"}}
    assert "demo_requested" not in rules["asks_for_a_person"]
    assert {rule["id"]: rule["points"] for rule in rules["engagement"]}["careers"] == -20


def test_customers_have_a_lower_threshold_than_prospects() -> None:
    rules = example("prospects-and-customers").rules
    assert [(other["id"], other["threshold"]) for other in rules["thresholds"]] == [
        ("customers", 50),
        ("outbound", 100),
    ]
    assert rules["threshold"] == 80


def test_trials_and_high_scores_are_called_in_five_minutes_and_other_leads_in_a_business_day() -> None:
    handoffs = example("five-minutes-or-a-day").handoffs
    score, consultation = handoffs["score"], handoffs["consultation"]
    usual, keenest = handoff_terms(score), handoff_terms(score, score.sooner[0])
    assert handoffs["consultation"].clocks["first_contact"].within == Period(timedelta(minutes=5), TimeUnit.BUSINESS)
    assert keenest.clocks == handoff_terms(consultation).clocks
    assert usual.clocks["first_contact"].limit == Period(timedelta(days=1), TimeUnit.BUSINESS_DAYS)


def test_the_berlin_calendar_has_public_holidays_and_company_holidays() -> None:
    berlin = example("five-minutes-or-a-day").calendars["berlin"]
    assert weekly_business_time(berlin) == timedelta(hours=4 * 9 + 6)
    assert {"2026-10-03 German Unity Day", "2026-12-24 Closed for Christmas"} <= {*berlin.holidays}


def test_the_schema_file_equals_the_schema_made_from_the_code() -> None:
    assert agreement_schema.FILE.read_text(encoding="utf-8") == agreement_schema.text(), "run `make schemas`"


def test_the_schema_describes_every_property() -> None:
    assert list(_unexplained(SCHEMA)) == []


def _unexplained(part: Any) -> Any:
    if isinstance(part, dict):
        words = part.get("properties", {}) if part.get("type") == "object" and "patternProperties" not in part else {}
        yield from (name for name, word in words.items() if not {"description", "$ref"} & word.keys())
        for each in part.values():
            yield from _unexplained(each)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("tilte", "x"),
        ("fit", [{"id": "vp", "points": 1, "when": {"score": 5}}]),
        ("mql", {"country": False}),
        ("mql", {}),
        ("mql", None),
        ("hold", "a month"),
        ("handoffs.mood", {}),
        ("engagement", [{"id": "x", "points": 1, "signal": {"sort": "x"}}]),
    ],
)
def test_the_schema_refuses_a_document_that_baton_refuses(path: str, value: object) -> None:
    assert schema_faults(shipped_text_with((path, value)))


@pytest.mark.parametrize(
    "condition",
    [
        {"country": "DE"},
        {"country": ["DE", "NO"]},
        {"country": {"known": True}},
        {"employees": 5},
        {"employees": {"known": False}},
        {"bant": "all"},
        {"bant": {"at_least": 3}},
        {"not": {"any": [{"signals": {"match": {"kind": "x", "properties.plan": "pro"}, "within": "7d"}}]}},
    ],
)
def test_the_schema_accepts_every_form_of_a_condition(condition: object) -> None:
    assert schema_faults(shipped_text_with(("mql", condition))) == []
