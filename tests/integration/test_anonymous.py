"""Signals with an anonymous id join a lead, once and in order, when a form or signal gives the lead's address."""

from datetime import timedelta
from typing import Any

import pytest

from baton.aws.table.keys import anonymous_keys, erasure_keys
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.leads.lead import Lead
from tests.integration.calls import Call, Carry, Watcher
from tests.integration.world import ANNA, World
from tests.shown_items import shown

COOKIE = "cookie-4711"
BOB = "bob@example.org"
HOUR = timedelta(hours=1)


def tell(world: World, *signals: dict[str, Any]) -> list[dict[str, Any]]:
    usual = {"kind": "page_visited"}
    sent = [{"message_id": f"{world.now:%H%M}-{place}", **usual, **each} for place, each in enumerate(signals)]
    answer = world.ask("POST", "/signals", {"signals": sent}, by="marketing")
    world.settle()
    world.stack.must_be_consistent()
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


def visit(world: World, name: str, **said: Any) -> str:
    (result,) = tell(world, {"message_id": name, "anonymous_id": COOKIE, **said})
    world.now += HOUR
    return str(result["result"])


def lead(world: World, email: str) -> Lead:
    (found,) = [each for each in world.stack.leads() if each.email == email]
    return found


def told(world: World, email: str) -> list[str | None]:
    """The messages that were told of somebody, in the order of their time."""
    signals = world.stack.history(lead(world, email).lead_id)
    by_time = sorted(signals, key=lambda each: getattr(each.event, "occurred_at", None) or each.at)
    return [each.event.message_id for each in by_time if isinstance(each.event, SignalRecorded)]


def kept(world: World) -> list[str]:
    return [item["sk"]["S"] for item in world.stack.items() if item["pk"]["S"].startswith(anonymous_keys.ANONYMOUS)]


def test_a_signal_without_an_address_makes_no_lead_and_sends_no_mail(world: World) -> None:
    assert tell(world, {"anonymous_id": COOKIE, "kind": "demo_requested"})[0]["anonymous"] is True
    assert (world.stack.leads(), world.mails) == ([], [])
    items = [item for item in world.stack.items() if item["pk"]["S"].startswith(anonymous_keys.ANONYMOUS)]
    until = str(int((world.now + timedelta(days=90)).timestamp()))
    assert [item["expires_at"]["N"] for item in items] == [until, until], "the message, and how many there are"
    assert COOKIE not in str(shown(world.stack.items()))


def test_anonymous_signals_join_the_lead_once_and_in_the_order_of_their_time(world: World) -> None:
    assert [visit(world, name) for name in ("first", "second", "first")] == ["accepted", "accepted", "repeated"]
    assert visit(world, "third", email=ANNA) == "accepted"
    assert told(world, ANNA) == ["first", "second", "third"]
    assert [visit(world, name) for name in ("first", "third")] == ["repeated", "repeated"]
    assert visit(world, "third", email=ANNA) == "repeated"
    assert visit(world, "fourth") == "accepted"
    assert told(world, ANNA) == ["first", "second", "third", "fourth"]
    assert kept(world) == ["PERSON"]


def test_anonymous_signals_join_the_lead_whose_address_comes_in_the_same_request(world: World) -> None:
    of_anna = {"anonymous_id": COOKIE}
    tell(world, of_anna | {"message_id": "1"}, of_anna | {"message_id": "2", "email": ANNA}, of_anna)
    assert len(told(world, ANNA)) == 3
    assert kept(world) == ["PERSON"]


def test_a_form_with_an_anonymous_id_joins_the_earlier_signals_to_its_lead(world: World) -> None:
    visit(world, "first")
    assert world.send_form(name="content-download", content="guide", anonymous_id=COOKIE).status == 202
    world.settle()
    world.stack.must_be_consistent()
    assert told(world, ANNA)[0] == "first"
    assert "anonymous_id" not in str(lead(world, ANNA).model_dump())


def test_a_second_person_on_one_device_gets_only_the_signals_from_then_on(world: World) -> None:
    visit(world, "before")
    visit(world, "anna", email=ANNA)
    visit(world, "between")
    visit(world, "bob", email=BOB)
    visit(world, "after")
    assert (told(world, ANNA), told(world, BOB)) == (["before", "anna", "between"], ["bob", "after"])


def test_a_merged_lead_gets_the_signals_of_both_leads_anonymous_ids(world: World) -> None:
    visit(world, "bob", email=BOB)
    tell(world, {"email": ANNA})
    one, other = lead(world, ANNA).lead_id, lead(world, BOB).lead_id
    assert world.ask("POST", f"/leads/{one}/merge", {"other": other}, by="marketing").status == 200
    assert visit(world, "after") == "accepted"
    assert told(world, ANNA)[-1] == "after"


def test_an_erased_lead_is_known_by_no_anonymous_id_any_more(world: World) -> None:
    visit(world, "first")
    visit(world, "second", email=ANNA)
    assert world.ask("DELETE", f"/leads/{lead(world, ANNA).lead_id}", by="admin").status == 204
    world.settle()
    assert kept(world) == []
    assert visit(world, "third") == "accepted"
    assert (world.stack.leads(), kept(world)[0]) == ([], "KEPT")
    assert int(world.stack.items("KEPT")[0]["sent"]["N"]) == 1


def test_an_anonymous_id_keeps_a_limited_number_of_signals_until_its_lead_is_known(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("baton.aws.signals.anonymous_signals.MAX_KEPT", 3)
    names = ["1", "2", "3", "too-much", "far-too-much", "2"]
    assert [visit(world, name) for name in names] == [*["accepted"] * 5, "repeated"]
    assert visit(world, "anna", email=ANNA) == "accepted"
    assert told(world, ANNA) == ["1", "2", "3", "anna"]
    assert [visit(world, f"then-{number}") for number in range(4)] == ["accepted"] * 4
    assert len(told(world, ANNA)) == 8
    assert kept(world) == ["PERSON"]


def test_an_anonymous_id_is_not_linked_to_a_lead_that_is_erased_at_that_moment(world: World) -> None:
    visit(world, "first", email=ANNA)
    forgotten = lead(world, ANNA).lead_id
    with world.calls.by(forgotten_before(world, forgotten)):
        (result,) = tell(world, {"message_id": "second", "email": ANNA, "anonymous_id": "another-device"})
    assert result["result"] == "accepted"
    assert not [
        item for item in world.stack.items() if forgotten in str(item) and item["pk"]["S"] != erasure_keys.ERASURES
    ]
    assert tell(world, {"anonymous_id": "another-device"})[0]["result"] == "accepted"


def forgotten_before(world: World, lead_id: str) -> Watcher:
    """Somebody is forgotten altogether just before it is written down who an id is."""
    twin, done = world.twin(), list[int]()

    def watch(call: Call, carry: Carry) -> Any:
        if call.operation == "TransactWriteItems" and "attribute_exists(body)" in str(call.parameters) and not done:
            done.append(twin.ask("DELETE", f"/leads/{lead_id}", by="admin").status)
            twin.settle()
        return carry()

    return watch


def test_an_export_names_the_leads_anonymous_ids(world: World) -> None:
    visit(world, "first", email=ANNA)
    exported = world.ask("GET", f"/leads/{lead(world, ANNA).lead_id}/export", by="marketing").json()
    assert len(exported["anonymous_ids"]) == 1


@pytest.mark.parametrize("anonymous_id", ["x" * 201, "a b", 5])
def test_an_anonymous_id_must_be_at_most_200_visible_characters(world: World, anonymous_id: object) -> None:
    (result,) = tell(world, {"anonymous_id": anonymous_id})
    assert result["result"] == "refused"
    assert "anonymous_id" in [each["field"] for each in result["errors"]]


def test_a_signal_with_neither_address_nor_anonymous_id_is_refused(world: World) -> None:
    (result,) = tell(world, {})
    assert [each["field"] for each in result["errors"]] == ["email"]
