"""The OpenAPI description and the table of permissions, compared with the code."""

import re
from functools import cache
from typing import Any

import pytest

from tools.openapi import answers
from tools.openapi.__main__ import FILES
from tools.openapi.document import Undescribed, document
from tools.openapi.operations import OPERATIONS
from tools.openapi.routes import OF_BROWSERS, Route, routes
from tools.workspace import ROOT


@cache
def described() -> dict[str, Any]:
    """The description of the API, made once for all tests."""
    return document()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_generated_file_equals_the_text_made_from_the_code(file: Any) -> None:
    assert file.read_text(encoding="utf-8") == FILES[file](), f"{file.relative_to(ROOT)} is old: run `make schemas`"


def test_every_route_is_described_and_no_other_operation() -> None:
    told = described()["paths"]

    assert {(verb.upper(), path) for path, verbs in told.items() for verb in verbs} >= {
        (each.verb, each.path) for each in routes() if each.function not in OF_BROWSERS
    }
    assert {name.split()[-1] for name in OPERATIONS} == {each.function for each in routes()} - OF_BROWSERS


def test_the_error_about_an_undescribed_route_tells_where_to_add_a_description(monkeypatch: pytest.MonkeyPatch) -> None:
    new = Route("GET", "/forecasts", "get_forecast", public=False)
    monkeypatch.setattr("tools.openapi.document.routes", lambda: [new])

    with pytest.raises(Undescribed, match=r"GET /forecasts .* `get_forecast` to OPERATIONS in tools/"):
        document()


def test_no_schema_takes_the_name_of_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "account_views", lambda: {"Lead": {}})

    with pytest.raises(ValueError, match=r"a name of its own; twice there are Lead$"):
        answers.views()


def test_the_checklist_of_a_review_has_questions() -> None:
    told = described()["components"]["schemas"]
    (reviewed, _) = told["Lead"]["properties"]["review"]["anyOf"]
    name = reviewed["properties"]["checklist"]["items"]["$ref"]
    assert {"question", "answer", "because"} <= told[name.rpartition("/")[2]]["properties"].keys()


def test_every_reference_leads_to_a_schema() -> None:
    text, schemas = str(described()), described()["components"]["schemas"]

    assert set(re.findall(r"#/components/schemas/(\w+)", text)) <= schemas.keys()


def test_every_operation_has_its_own_id_and_a_secured_one_names_its_groups() -> None:
    operations = [operation for verbs in described()["paths"].values() for operation in verbs.values()]

    ids = [operation["operationId"] for operation in operations]
    assert len(set(ids)) == len(ids)
    assert all(
        ({"staff": []} in operation.get("security", ())) == bool(operation.get("x-groups")) for operation in operations
    )
    assert all(("401" in operation["responses"]) >= ("security" in operation) for operation in operations)
