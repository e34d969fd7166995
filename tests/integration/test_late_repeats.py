"""A request with a key that comes again late, after something else was said, undoes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.domain.leads.lead import Lead
from tests.integration.gateway import Answer
from tests.integration.world import KIM, SAM, World

DAY = timedelta(days=1)


class Said(NamedTuple):
    """Two requests that say different things of the same; `first` is repeated after `then`."""

    first: tuple[str, str, Any]
    then: tuple[str, str, Any]
    before: tuple[tuple[str, str, Any], ...] = ()


def speak(world: World, days: int) -> dict[str, str]:
    return {"next_at": f"{world.now + days * DAY:%Y-%m-%dT%H:%M:%SZ}"}


CONTACT, RATING, REASSIGN = "/handoffs/{handoff}/contact", "/handoffs/{handoff}/rating", "/handoffs/{handoff}/reassign"
LEAD, HOLD, ADDRESS = "/leads/{lead}", "/leads/{lead}/hold", "/leads/{lead}/address"
SPOKE = {"channel": "phone", "outcome": "reached"}
HELD: Callable[[str], dict[str, str]] = lambda until: {"reason": "a partner talks to them", "until": until}  # noqa: E731
WITH_SALES: dict[str, Callable[[World], Said]] = {
    "when they speak next": lambda world: Said(
        ("POST", CONTACT, speak(world, 3)), ("POST", CONTACT, speak(world, 5)), (("POST", CONTACT, SPOKE),)
    ),
    "a contact": lambda _: Said(("POST", CONTACT, SPOKE), ("POST", CONTACT, SPOKE | {"channel": "email"})),
    "a rating": lambda _: Said(("POST", RATING, {"stars": 2}), ("POST", RATING, {"stars": 5})),
    "an owner": lambda _: Said(
        ("POST", REASSIGN, {"owner": SAM, "reason": "his region"}),
        ("POST", REASSIGN, {"owner": KIM, "reason": "her customer"}),
        (("POST", REASSIGN, {"owner": KIM, "reason": "so that it is hers"}),),
    ),
    "a fact": lambda _: Said(
        ("PATCH", LEAD, {"profile": {"title": "Buyer"}}), ("PATCH", LEAD, {"profile": {"title": "CFO"}})
    ),
    "an address": lambda _: Said(
        ("PUT", ADDRESS, {"email": "anna.b@acme.example"}), ("PUT", ADDRESS, {"email": "anna@acme.example"})
    ),
}
WITH_MARKETING: dict[str, Callable[[World], Said]] = {
    "a hold": lambda _: Said(("POST", HOLD, HELD("2026-12-20")), ("POST", HOLD, HELD("2027-01-20"))),
    "the end of a hold": lambda _: Said(
        ("DELETE", HOLD, None), ("POST", HOLD, HELD("2027-01-20")), (("POST", HOLD, HELD("2026-12-20")),)
    ),
    "the end of no hold": lambda _: Said(("DELETE", HOLD, None), ("POST", HOLD, HELD("2027-01-20"))),
}


def stays(world: World) -> Lead:
    return next(lead for lead in world.stack.leads() if not lead.merged_into)


def asked(world: World, request: tuple[str, str, Any], key: str | None) -> Answer:
    method, path, body = request
    lead = stays(world)
    where = path.format(lead=lead.lead_id, handoff=lead.handoff.handoff_id if lead.handoff else "")
    return world.ask(method, where, body, by="admin", headers={"Idempotency-Key": key} if key else {})


def must_undo_nothing(world: World, said: Said) -> None:
    for place, request in enumerate((*said.before, said.first, said.then)):
        world.now += timedelta(minutes=1)
        answered = asked(world, request, f"key-{place - len(said.before)}")
        assert answered.status == 200, answered.body
    lead_id, stored = stays(world).lead_id, world.stack.items()
    world.now += timedelta(hours=1)
    repeated = asked(world, said.first, "key-0")
    assert repeated.status == 200
    assert world.stack.items() == stored, "a late repeat changes nothing"
    assert asked(world, said.then, "key-1").json() == repeated.json(), "both answer with what is true now"
    happened = len(world.stack.happened(lead_id))
    assert asked(world, said.first, "key-2").status == 200
    assert len(world.stack.happened(lead_id)) > happened, "who says it anew is heard"
    world.stack.must_be_consistent()


@pytest.mark.parametrize("which", WITH_SALES)
def test_a_late_repeat_undoes_nothing_of_a_handed_over_lead(world: World, which: str) -> None:
    world.send_form(first_name="Anna", last_name="Berg", job_title="Head of Sales")
    world.settle()
    must_undo_nothing(world, WITH_SALES[which](world))


@pytest.mark.parametrize("which", WITH_MARKETING)
def test_a_late_repeat_undoes_nothing_of_a_lead_with_marketing(world: World, which: str) -> None:
    world.send_signals({"message_id": "known"})
    world.settle()
    must_undo_nothing(world, WITH_MARKETING[which](world))


def test_a_key_is_its_senders_alone_and_of_its_request_alone(world: World) -> None:
    world.send_form()
    world.settle()
    for place, title in enumerate(("Buyer", "CFO", "Buyer")):
        asked(world, ("PATCH", LEAD, {"profile": {"title": title}}), f"{place}")
    asked(world, ("PATCH", LEAD, {"profile": {"title": "CEO"}}), "1")
    assert world.stack.leads()[0].profile.title == "CEO", "another body under the same key is another request"
    lead_id = world.stack.leads()[0].lead_id
    path, body, key = f"/leads/{lead_id}", {"profile": {"title": "CFO"}}, {"Idempotency-Key": "1"}
    assert world.ask("PATCH", path, body, by="marketing", headers=key).status == 200
    assert world.stack.leads()[0].profile.title == "CFO", "another person's key is another one"


@pytest.mark.parametrize("key", [None, "a-key"])
def test_a_request_that_changes_nothing_is_answered_while_a_lead_waits_to_be_counted_anew(
    world: World, key: str | None
) -> None:
    world.send_signals({"message_id": "known"})
    world.settle()
    world.agree(packaged_text().replace("whitepaper, points: 50", "whitepaper, points: 100"))
    for _ in range(2):
        answered = asked(world, ("DELETE", HOLD, None), key)
        assert answered.status == 200, answered.body
    world.stack.must_be_consistent()


def test_a_key_that_is_too_long_is_refused(world: World) -> None:
    world.send_form()
    world.settle()
    answered = asked(world, ("POST", RATING, {"stars": 4}), "k" * 201)
    assert (answered.status, answered.json()["errors"][0]["field"]) == (422, "Idempotency-Key")
