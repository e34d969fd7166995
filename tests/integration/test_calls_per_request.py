"""A request takes a fixed number of calls to DynamoDB, however long the lead's history is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from baton.aws.table.store import Store
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.history.change import Change
from baton.domain.leads.handoff import Handoff
from tests.integration.calls import Call
from tests.integration.world import ANNA, KIM, World
from tests.shown_items import shown

READ, ROSTER, SAVE, SEVERAL = "GetItem", "Query", "TransactWriteItems", "BatchGetItem"
PAUSE = "UpdateItem"
"""Each mailbox pauses after a mail."""
WORDS = "BatchWriteItem"
"""The words by which a new lead is found, written once its first events are on the bus."""
COUNT = "UpdateItem"
"""A form counts towards its form's limit; nothing here says which address it came from."""


class InBatches:
    """Writes a transaction's items without one: moto copies the whole table for each part of a transaction."""

    def __init__(self, world: World) -> None:
        self._dynamodb, self._table = world.stack.dynamodb, world.stack.store.table

    def transact_write_items(self, TransactItems: list[Any]) -> None:  # as the SDK spells it
        puts = [{"PutRequest": {"Item": write["Put"]["Item"]}} for write in TransactItems]
        for start in range(0, len(puts), 25):
            self._dynamodb.batch_write_item(RequestItems={self._table: puts[start : start + 25]})


def lengthen(world: World, email: str, length: int) -> None:
    """Give a known lead a history of so many events."""
    (lead,) = [lead for lead in world.stack.leads() if lead.email == email]
    signal = SignalRecorded(kind="content_downloaded", form="content-download", source="website", reference="x")
    change = Change.begin(lead, lead.lead_id).then([signal] * (length - lead.version), world.now, "test")
    Store(InBatches(world), world.stack.store.table).save(change)  # type: ignore[arg-type]


def download(world: World, email: str = ANNA) -> None:
    assert world.send_form("content-download", email=email, content="guide").status == 202


def request(world: World, email: str = ANNA) -> None:
    assert world.send_form(email=email).status == 202


def visit(world: World, email: str = ANNA, message_id: str = "") -> None:
    signal = {"message_id": message_id or f"{email}-{world.now.timestamp()}", "email": email, "kind": "page_visited"}
    assert world.send_signals(signal).json()["accepted"] == 1


def demo(world: World, email: str = ANNA) -> None:
    signal = {"message_id": f"demo-{email}", "email": email, "kind": "demo_requested"}
    assert world.send_signals(signal).json()["accepted"] == 1


def handoff(world: World) -> Handoff:
    found = world.stack.lead().handoff
    assert found
    return found


def accept(world: World) -> None:
    assert world.ask("POST", f"/handoffs/{handoff(world).handoff_id}/accept", by=handoff(world).owner).status == 200


def log_contact(world: World) -> None:
    path = f"/handoffs/{handoff(world).handoff_id}/contact"
    assert world.ask("POST", path, {"channel": "phone"}, by=handoff(world).owner).status == 200


def click(world: World) -> None:
    assert world.ask("POST", world.mails[0].link(0)).status == 200


def look(world: World) -> None:
    assert world.ask("GET", world.mails[0].link(0)).status == 200


def read(world: World) -> None:
    assert world.ask("GET", f"/leads/{world.stack.lead().lead_id}", by="sales").status == 200


def timeline(world: World) -> None:
    assert world.ask("GET", f"/leads/{world.stack.lead().lead_id}/timeline", by="sales").status == 200


def nothing(_: World) -> None: ...


def counted(world: World, act: Callable[[World], Any]) -> list[str]:
    """The calls to DynamoDB of a function that has run before, and so knows the agreement and its secrets."""
    act(world)
    with world.calls.recorded() as calls:
        act(world)
    return to_dynamodb(calls)


def to_dynamodb(calls: list[Call]) -> list[str]:
    return [call.operation for call in calls if call.service == "dynamodb"]


@pytest.mark.parametrize("length", [1, 500])
@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (download, [COUNT, SEVERAL, SAVE]),
        (request, [COUNT, SEVERAL, ROSTER, SAVE]),
        (visit, [SEVERAL, SAVE]),
        (demo, [SEVERAL, ROSTER, SAVE]),
    ],
    ids=["a form, only recorded", "a form, handed over", "a signal, only recorded", "a signal, handed over"],
)
def test_a_form_or_signal_takes_one_read_and_one_transaction_the_roster_for_a_handoff_and_a_forms_count(
    world: World, act: Callable[[World, str], None], expected: list[str], length: int
) -> None:
    act(world, "first@example.org")  # the function is warm
    if length > 1:
        download(world)
        lengthen(world, ANNA, length)
        world.now += timedelta(hours=1)
    with world.calls.recorded() as calls:
        act(world, ANNA)
    assert to_dynamodb(calls) == expected


@pytest.mark.parametrize("length", [3, 100])
@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (accept, [READ, SAVE]),
        (log_contact, [READ, SAVE]),
        (click, [READ, SAVE]),
        (look, [READ]),
        (read, [READ]),
        (timeline, [ROSTER]),
    ],
    ids=["accept", "contact", "click", "look", "read", "timeline"],
)
def test_a_request_by_sales_takes_one_read_and_at_most_one_transaction(
    world: World, act: Callable[[World], None], expected: list[str], length: int
) -> None:
    request(world)
    world.settle()
    lengthen(world, ANNA, length)
    begin = world.stack.keep()
    act(world)  # the function is warm
    begin()
    with world.calls.recorded() as calls:
        act(world)
    assert to_dynamodb(calls) == expected


def test_a_repeated_form_takes_a_count_one_read_and_one_refused_transaction(world: World) -> None:
    download(world)
    assert counted(world, download) == [COUNT, SEVERAL, SAVE]


def test_a_cold_function_also_reads_the_agreement(world: World) -> None:
    with world.calls.recorded() as calls:
        download(world)
    assert to_dynamodb(calls) == [READ, COUNT, SEVERAL, SAVE]


def test_a_leads_account_is_found_in_the_same_read_as_the_lead(world: World) -> None:
    assert world.ask("PUT", "/accounts/acme.example.com", {"owner": KIM}, by="sales").status in {200, 201}
    visit(world, "first@example.org")
    with world.calls.recorded() as calls:
        visit(world, "anna@acme.example.com")
    assert to_dynamodb(calls) == [SEVERAL, ROSTER, SAVE]


def test_an_update_that_hands_over_takes_one_read_the_roster_and_one_transaction(world: World) -> None:
    visit(world)
    answers = {need: {"value": "yes"} for need in ("budget", "authority", "need", "timeline")}
    path = f"/leads/{world.stack.lead().lead_id}"
    assert world.ask("PATCH", path, {"profile": {"title": "Buyer"}}, by="sales").status == 200
    with world.calls.recorded() as calls:
        assert world.ask("PATCH", path, {"bant": answers}, by="sales").json()["handoff"]["trigger"] == "sql"
    assert to_dynamodb(calls) == [READ, ROSTER, SAVE]


def test_a_late_signal_also_reads_the_leads_history(world: World) -> None:
    visit(world)
    late = {"message_id": "late", "kind": "page_visited", "at": (world.now - timedelta(days=1)).isoformat()}
    with world.calls.recorded() as calls:
        assert world.send_signals(late).json()["accepted"] == 1
    assert to_dynamodb(calls) == [SEVERAL, ROSTER, SAVE]


def test_a_signal_to_a_merged_lead_also_reads_the_remaining_lead_and_the_marks_of_repeats(world: World) -> None:
    other = "anna@home.example.net"
    for email in (ANNA, other):
        visit(world, email)
    ids = {lead.email: lead.lead_id for lead in world.stack.leads()}
    path = f"/leads/{ids[ANNA]}/merge"
    with world.calls.recorded() as calls:
        assert world.ask("POST", path, {"other": ids[other]}, by="marketing").status == 200
    assert to_dynamodb(calls) == [READ, READ, SEVERAL, READ, ROSTER, ROSTER, SAVE], (
        "both, their accounts, the agreement, both histories"
    )
    for email, expected in ((ANNA, [SEVERAL, SEVERAL, SAVE]), (other, [SEVERAL, READ, SEVERAL, SEVERAL, SAVE])):
        world.now += timedelta(hours=1)
        with world.calls.recorded() as calls:
            visit(world, email, f"after-{email}")
        assert to_dynamodb(calls) == expected
    for email, reads in ((ANNA, [READ]), (other, [READ, READ])):
        assert counted(world, lambda world, of=ids[email]: world.ask("GET", f"/leads/{of}", by="sales")) == reads


def test_an_alert_takes_a_read_a_pause_and_a_transaction_and_a_soon_reminder_also_looks_what_waits(
    world: World,
) -> None:
    request(world, "first@example.org")
    world.settle()
    request(world)
    records = world.new_records()
    with world.calls.recorded() as calls:
        world.deliver_records(records)
        world.settle_bus()
    assert to_dynamodb(calls) == [WORDS, SEVERAL, PAUSE, SAVE]
    world.settle()
    with world.calls.recorded() as calls:
        world.wait(timedelta(minutes=15))  # the timers look, and both owners are reminded
    assert to_dynamodb(calls) == [READ, SAVE, SEVERAL, PAUSE, "Query", "PutItem"] * 2


def test_no_stored_item_grows_with_the_length_of_the_history(world: World) -> None:
    request(world)
    lengthen(world, ANNA, 50)
    short = max(len(str(shown(item))) for item in world.stack.items())
    lengthen(world, ANNA, 500)
    assert max(len(str(shown(item))) for item in world.stack.items()) <= short + 10
    assert world.stack.lead().handoff
    assert world.stack.rep(KIM).open_handoffs == 1


def test_a_transaction_has_a_token_with_which_the_sdk_can_repeat_the_call(world: World) -> None:
    """The SDK repeats a call whose answer was lost; DynamoDB knows the repeat by the token that the SDK makes up."""
    model = world.stack.dynamodb.meta.service_model.operation_model(SAVE)
    assert model.idempotent_members == ["ClientRequestToken"]
