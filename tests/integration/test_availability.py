"""Who is away gets no lead that asks again; a person may still give one to them, and is warned in the answer."""

from typing import Any

import pytest

from baton.domain.leads.handoff import Handoff
from tests.integration.world import KIM, SAM, World

LEAVE = {"from": "2026-11-20", "to": "2026-11-30"}


def handoff(world: World) -> Handoff:
    world.stack.must_be_consistent()
    found = world.stack.lead().handoff
    assert found
    return found


def ask(world: World, what: str, body: Any, by: str = "admin") -> Any:
    return world.ask("POST", f"/handoffs/{handoff(world).handoff_id}/{what}", body, by=by)


def patch(world: World, email: str, **said: Any) -> None:
    assert world.ask("PATCH", f"/teams/sales/reps/{email}", said, by="sales").status == 200


@pytest.fixture
def contacted(world: World) -> World:
    """Sam or Kim has reached out to Anna, who asked for a person."""
    world.send_form(message="Hello")
    assert ask(world, "contact", {"channel": "phone"}).status == 200
    world.settle()
    world.mails.clear()
    return world


def test_a_lead_that_asks_again_goes_to_its_owner_who_is_there(contacted: World) -> None:
    owner = handoff(contacted).owner
    contacted.send_form(message="Are you there?")
    assert (handoff(contacted).owner, handoff(contacted).assignment) == (owner, 2)
    contacted.settle()
    assert [mail.to for mail in contacted.mails] == [(owner,)]


def test_a_lead_that_asks_again_goes_to_the_next_rep_if_its_owner_is_on_leave_and_both_hear_of_it(
    contacted: World,
) -> None:
    owner = str(handoff(contacted).owner)
    other = KIM if owner == SAM else SAM
    patch(contacted, owner, add_away=[LEAVE])
    contacted.send_form(message="Are you there?")
    assert (handoff(contacted).owner, handoff(contacted).assignment) == (other, 2)
    assert {each.rep: each.why for each in handoff(contacted).routing.skipped}[owner].startswith("is away until")
    contacted.settle()
    assert {mail.to: mail.subject.partition(":")[0] for mail in contacted.mails} == {
        (other,): "Consultation request",
        (owner,): "No longer yours",
    }
    assert [contacted.stack.rep(email).open_handoffs for email in (owner, other)] == [0, 1]


def test_a_lead_that_asks_again_waits_if_everybody_is_on_leave(contacted: World) -> None:
    for email in (SAM, KIM):
        patch(contacted, email, add_away=[LEAVE])
    contacted.send_form(message="Are you there?")
    assert handoff(contacted).is_waiting
    contacted.settle()
    patch(contacted, KIM, away=None)
    patch(contacted, SAM, away=None)
    contacted.settle()
    assert handoff(contacted).owner in (SAM, KIM)


@pytest.mark.parametrize(
    ("terms", "warning"),
    [
        pytest.param({"add_away": [LEAVE]}, "is away until 30 November 2026", id="on leave"),
        pytest.param(
            {"hours": {"mon": "01:00-02:00"}, "time_zone": "UTC"}, "is not at work before", id="outside their hours"
        ),
    ],
)
def test_a_lead_is_given_by_hand_to_somebody_who_is_not_there_with_a_warning(
    contacted: World, terms: dict[str, Any], warning: str
) -> None:
    other = KIM if handoff(contacted).owner == SAM else SAM
    patch(contacted, other, **terms)
    answer = ask(contacted, "reassign", {"owner": other, "reason": "knows them"})
    assert answer.status == 200
    [said] = answer.json()["routing"]["warnings"]
    assert said.startswith(f"{other} {warning}")
    assert handoff(contacted).owner == other


def test_a_lead_is_given_by_hand_to_somebody_who_is_full_with_a_warning(contacted: World) -> None:
    patch(contacted, SAM, capacity=1)
    patch(contacted, KIM, capacity=1)
    first = handoff(contacted)
    other = KIM if first.owner == SAM else SAM
    contacted.send_form(email="second@example.org")
    second = next(lead.handoff for lead in contacted.stack.leads() if lead.handoff and lead.handoff.owner == other)
    assert contacted.ask("POST", f"/handoffs/{second.handoff_id}/accept", by=other).status == 200
    assert contacted.stack.rep(other).open_handoffs == 1
    answer = contacted.ask(
        "POST", f"/handoffs/{first.handoff_id}/reassign", {"owner": other, "reason": "knows them"}, by="admin"
    )
    assert answer.json()["routing"]["warnings"] == [f"{other} has 1 of at most 1 open leads"]
    assert contacted.stack.rep(other).open_handoffs == 2
    contacted.stack.must_be_consistent()
