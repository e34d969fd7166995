"""Requests that no real client sends, such as impossible ids, are refused like any other mistake of the sender."""

from typing import Any

import pytest

from tests.integration import template
from tests.integration.world import World

WITH_IDS = sorted({(route.method, route.path) for route in template.routes() if "}" in route.path.replace("+}", "")})


@pytest.mark.parametrize(("method", "path"), WITH_IDS)
def test_a_path_with_an_impossible_id_is_not_found(world: World, method: str, path: str) -> None:
    odd = "/".join("\x84" if part.startswith("{") else part for part in path.split("/"))

    assert world.ask(method, odd, by="admin").status == 404


def test_the_timeline_of_an_unknown_lead_is_not_found_at_any_cursor(world: World) -> None:
    assert world.ask("GET", f"/leads/{'a' * 24}/timeline", by="sales", query={"cursor": "6"}).status == 404


@pytest.mark.parametrize("stars", [4, 4.0])
def test_a_whole_number_may_be_written_with_a_point(world: World, stars: float) -> None:
    answer = world.ask("POST", f"/handoffs/{'a' * 24}-001/rating", {"stars": stars}, by="sales")

    assert answer.status == 404


def test_a_team_that_is_not_agreed_has_no_roster(world: World) -> None:
    answer = world.ask("GET", "/teams/gardening/reps", by="admin")

    assert answer.status == 404
    assert "sales" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/accounts/acme.example.org", {"target": 0}, "target"),
        ("/accounts/acme.example.org", {"target": "no"}, "target"),
        ("/teams/sales/reps/kim@example.com", {"weight": "2"}, "weight"),
        ("/teams/sales/reps/kim@example.com", {"capacity": True}, "capacity"),
        ("/agreement/drafts/0123456789abcdef", {"yaml": "", "revision": True}, "revision"),
        ("/agreement/drafts/0123456789abcdef", {"yaml": "", "revision": 1, "in_force_from": 5}, "in_force_from"),
    ],
)
def test_a_value_of_another_type_is_refused_and_not_converted(world: World, path: str, body: Any, field: str) -> None:
    answer = world.ask("PUT", path, body, by="admin")

    assert answer.status == 422
    assert [fault["field"] for fault in answer.json()["errors"]] == [field]
