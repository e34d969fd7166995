"""An index follows its table in a moment: what a list still has of before is left out by what the lead itself says."""

from typing import Any

import pytest

from tests.integration.calls import index_stands_still
from tests.integration.world import KIM, SAM, World


def listed(world: World, **query: str) -> list[str]:
    return [lead["lead_id"] for lead in world.ask("GET", "/leads", by="admin", query=query).json()["leads"]]


@pytest.fixture
def handed_over(world: World) -> tuple[World, dict[str, Any]]:
    world.send_form()
    world.settle()
    lead = world.stack.lead()
    assert lead.handoff
    other = KIM if lead.handoff.owner == SAM else SAM
    return world, {
        "lead": lead.lead_id,
        "handoff": lead.handoff.handoff_id,
        "owner": lead.handoff.owner,
        "other": other,
    }


def test_a_lead_that_left_sales_is_not_shown_there_while_the_index_still_has_it(
    handed_over: tuple[World, dict[str, Any]],
) -> None:
    world, of = handed_over
    lists: list[dict[str, str]] = [{"queue": "with_sales"}, {"owner": of["owner"]}]
    with world.calls.by(index_stands_still()):
        assert [listed(world, **each) for each in lists] == [[of["lead"]]] * 2
        path = f"/handoffs/{of['handoff']}/return"
        assert world.ask("POST", path, {"reason": "not_qualified", "note": "x"}, by="admin").status == 200
        assert [listed(world, **each) for each in lists] == [[], []]


def test_a_lead_that_was_passed_on_is_not_shown_as_the_former_owners_while_the_index_still_has_it(
    handed_over: tuple[World, dict[str, Any]],
) -> None:
    world, of = handed_over
    with world.calls.by(index_stands_still()):
        assert listed(world, owner=of["owner"]) == [of["lead"]]
        change = {"owner": of["other"], "reason": "region"}
        assert world.ask("POST", f"/handoffs/{of['handoff']}/reassign", change, by="admin").status == 200
        assert listed(world, owner=of["owner"]) == []
        assert listed(world, owner=of["other"]) == [of["lead"]]


def test_an_answered_return_is_not_shown_as_owed_while_the_index_still_has_it(
    handed_over: tuple[World, dict[str, Any]],
) -> None:
    world, of = handed_over
    path = f"/handoffs/{of['handoff']}/return"
    assert world.ask("POST", path, {"reason": "not_qualified", "note": "x"}, by="admin").status == 200
    with world.calls.by(index_stands_still()):
        assert listed(world, owner="marketing") == [of["lead"]]
        assert world.ask("POST", f"/leads/{of['lead']}/review", {"verdict": "not_ready"}, by="marketing").status == 200
        assert listed(world, owner="marketing") == []
