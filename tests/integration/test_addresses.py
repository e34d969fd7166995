"""A lead has a further address: staff correct one, or a tool tells of another; one of them is written to."""

from typing import Any

import pytest

from baton.domain.leads.lead import Lead
from tests.integration.gateway import Answer
from tests.integration.world import ANNA, World

NEW = "anna@new.example.net"
PAGE: dict[str, Any] = {"kind": "page_visited"}


def lead(world: World, email: str = ANNA) -> Lead:
    (found,) = [each for each in world.stack.leads() if each.email == email]
    return found


def visit(world: World, email: str, message_id: str, **said: Any) -> None:
    sent = {"message_id": message_id, "email": email, **PAGE, **said}
    assert world.send_signals(sent).json()["accepted"] == 1
    world.settle()


def write_to(world: World, lead_id: str, email: str, by: str = "sales") -> Answer:
    answer = world.ask("PUT", f"/leads/{lead_id}/address", {"email": email}, by=by)
    world.settle()
    world.stack.must_be_consistent()
    return answer


def test_a_corrected_address_is_written_to_and_leads_to_the_same_lead(world: World) -> None:
    world.send_form(message="Call me")
    world.settle()
    anna = lead(world).lead_id
    corrected = write_to(world, anna, f" mailto:{NEW.upper()} ")
    assert corrected.status == 200
    assert (corrected.json()["lead_id"], corrected.json()["email"]) == (anna, NEW)
    assert corrected.json()["emails"] == [NEW, ANNA]
    visit(world, NEW, "after")
    visit(world, ANNA, "still")
    assert [each.kind for each in lead(world).recent][-2:] == ["page_visited"] * 2
    assert lead(world, NEW).merged_into == anna
    handoff = lead(world).handoff
    assert handoff
    assert world.ask("POST", f"/handoffs/{handoff.handoff_id}/reassign", {"reason": "ill"}, by="admin").status == 200
    world.settle()
    assert any(f"E-mail: {NEW}" in mail.text for mail in world.mails[-2:])
    listed = world.ask("GET", "/leads", by="sales", query={"queue": "with_sales"}).json()["leads"]
    assert [(each["lead_id"], each["email"]) for each in listed] == [(anna, NEW)]
    file = world.ask("GET", "/leads", by="sales", query={"queue": "with_sales", "format": "csv"}).body
    assert NEW in file
    assert ANNA not in file


def test_an_address_that_is_chosen_twice_changes_nothing_and_may_be_chosen_back(world: World) -> None:
    visit(world, ANNA, "first")
    anna = lead(world).lead_id
    write_to(world, anna, NEW)
    items = world.stack.items()
    assert write_to(world, anna, NEW).json()["email"] == NEW
    assert world.stack.items() == items
    back = write_to(world, lead(world, NEW).lead_id, ANNA).json()
    assert (back["lead_id"], back["email"], back["emails"]) == (anna, ANNA, [ANNA, NEW])


def test_an_address_of_a_lead_that_is_further_along_makes_that_one_stay(world: World) -> None:
    visit(world, NEW, "first")
    world.send_form(message="Call me")
    world.settle()
    visitor, asked = lead(world, NEW).lead_id, lead(world).lead_id
    answer = write_to(world, visitor, ANNA, by="marketing").json()
    assert (answer["lead_id"], answer["email"], answer["emails"]) == (asked, ANNA, [ANNA, NEW])
    assert write_to(world, visitor, NEW).json()["email"] == NEW


def test_an_address_of_another_lead_that_sales_has_is_refused(world: World) -> None:
    world.send_form(message="Call me")
    world.send_form(email=NEW, message="Call me, too")
    world.settle()
    items = world.stack.items()
    refused = write_to(world, lead(world).lead_id, NEW)
    assert refused.status == 409
    assert "sales has both" in refused.json()["detail"]
    assert world.stack.items() == items


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param({"email": "anna"}, 422, id="no address"),
        pytest.param({"email": ""}, 422, id="empty"),
        pytest.param({"email": "a" * 301}, 422, id="too long"),
        pytest.param({}, 422, id="none"),
        pytest.param({"email": NEW, "name": "Anna"}, 422, id="unknown field"),
        pytest.param({"email": NEW}, 404, id="no such lead"),
    ],
)
def test_what_is_no_address_or_no_lead_is_refused_and_changes_nothing(
    world: World, sent: dict[str, str], status: int
) -> None:
    answer = world.ask("PUT", f"/leads/{'x' * 24}/address", sent, by="marketing")
    assert answer.status == status
    assert not world.stack.leads()


def test_an_unmerge_takes_the_chosen_address_away(world: World) -> None:
    visit(world, ANNA, "first")
    anna = lead(world).lead_id
    write_to(world, anna, NEW)
    assert world.ask("POST", f"/leads/{lead(world, NEW).lead_id}/unmerge", {}, by="marketing").json()["email"] == NEW
    world.settle()
    world.stack.must_be_consistent()
    assert world.ask("GET", f"/leads/{anna}", by="sales").json()["emails"] == [ANNA]


def test_an_erased_lead_leaves_no_trace_of_any_address(world: World) -> None:
    visit(world, ANNA, "first")
    write_to(world, lead(world).lead_id, NEW)
    assert world.ask("DELETE", f"/leads/{lead(world).lead_id}", by="admin").status == 204
    world.settle()
    kept = str(world.stack.items())
    assert NEW not in kept
    assert ANNA not in kept
    world.stack.must_be_consistent()
