"""DynamoDB takes a hundred items and 4 MB in a transaction; the commands that write most stay below it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from baton.domain.lead_changes.merge_decisions import MAX_PARTS
from baton.domain.signals.message_batches import MAX_SIGNALS_PER_WRITE
from baton.domain.signals.spam_release import MAX_RELEASED_AT_ONCE
from baton.intake.accounts.account_fields import MAX_DOMAINS
from baton.intake.signals.batch_reader import MAX_SIGNALS_IN_BATCH
from bench import dynamodb_units
from tests.integration.calls import Call, Carry
from tests.integration.world import ANNA, KIM, World
from tests.unit.sizes.largest_lead import signs

ITEMS, BYTES = 100, 4 * 1024 * 1024
LONG = 4_000
"""So many characters of four bytes fit a form in JSON, beside what else it says."""


class Transactions:
    """The transactions that functions wrote, counted as they were sent."""

    def __init__(self) -> None:
        self.items: list[int] = []
        self.bytes: list[int] = []

    def watch(self, call: Call, carry: Carry) -> Any:
        """Count what a transaction writes."""
        if call.operation == "TransactWriteItems":
            writes = call.parameters["TransactItems"]
            self.items.append(len(writes))
            self.bytes.append(sum(map(_size, writes)))
        return carry()


def _size(write: dict[str, Any]) -> int:
    """The bytes of an item that is put, or of all that another write says."""
    put = write.get("Put")
    return dynamodb_units.size(put["Item"]) if put else len(json.dumps(write, default=str))


def done(world: World, method: str, path: str, body: Any = None, by: str = "admin") -> Any:
    answer = world.ask(method, path, body, by=by)
    assert answer.status < 300, answer
    return answer.json() if answer.body else None


def company(name: str, *, domains: int = MAX_DOMAINS) -> dict[str, Any]:
    return {
        "name": f"{name} International GmbH & Co. KG",
        "owner": KIM,
        "domains": [f"{name}{n}.example.net" for n in range(domains)],
    }


def largest_batch(world: World) -> None:
    """A tool tells as much of one person at once as it may, of as many companies, and that they want a demo."""
    done(world, "PUT", "/accounts/example.com", company("acme"))
    kinds = ["page_visited", "content_downloaded", "webinar_attended", "demo_requested", "unsubscribed"]
    sent = [
        {
            "kind": kinds[number % len(kinds)],
            "message_id": f"m-{number}",
            "properties": {"company": f"Company {number}", "budget": "50k"},
        }
        for number in range(MAX_SIGNALS_IN_BATCH)
    ]
    assert world.send_signals(*sent).status == 202


def largest_release(world: World) -> None:
    """Robots have sent more forms than are released at once, each as long as a form may be."""
    for number in range(MAX_RELEASED_AT_ONCE + 3):
        message = signs(LONG)
        assert (
            world.send_form(website="https://spam.example", message=message, company=f"Company {number}").status == 202
        )
    done(world, "POST", f"/leads/{world.stack.lead().lead_id}/release-from-spam", by="marketing")


def largest_erasure(world: World) -> None:
    """Somebody is erased who is as many leads as one person may be, with sales, in a line, and of a company."""
    for number in range(MAX_PARTS + 1):
        told = {"email": f"anna{number}@company{number}.example", "properties": {"company": f"Company {number}"}}
        assert world.send_signals(told | {"message_id": f"of-{number}"}).status == 202
    ids = [lead.lead_id for lead in world.stack.leads()]
    for other in ids[1:]:
        done(world, "POST", f"/leads/{ids[0]}/merge", {"other": other, "reason": "herself"})
    done(world, "POST", f"/leads/{ids[0]}/handoff", {"reason": "she wants to talk"})
    done(world, "DELETE", f"/leads/{ids[0]}")


def largest_account(world: World) -> None:
    """A company with as many domains as it may have gets as many others, and another name, and leaves the list."""
    done(world, "PUT", "/accounts/example.com", company("one"))
    done(world, "PUT", "/accounts/example.com", company("two"))
    done(world, "DELETE", "/accounts/example.com")


def largest_list(world: World) -> None:
    """A list has many lines of one person, and many people."""
    made = done(world, "POST", "/imports", {"kind": "signals"}, by="marketing")
    rows = [f"{ANNA},page_visited,l-{n}" for n in range(60)] + [
        f"p{n}@example.org,page_visited,q-{n}" for n in range(60)
    ]
    world.upload(made["import_id"], "\n".join(["email,kind,message_id", *rows, ""]).encode())


def largest_roster_change(world: World) -> None:
    """Somebody leaves the team who has many leads."""
    for number in range(12):
        assert world.send_form(email=f"p{number}@p{number}.example.org").status == 202
    world.settle()
    done(world, "DELETE", f"/teams/sales/reps/{KIM}")


LARGEST: dict[str, Callable[[World], None]] = {
    "a batch of signals": largest_batch,
    "a release from spam": largest_release,
    "an erasure": largest_erasure,
    "a target account": largest_account,
    "a list": largest_list,
    "a roster": largest_roster_change,
}


@pytest.mark.parametrize("command", LARGEST.values(), ids=LARGEST)
def test_the_largest_command_of_each_kind_fits_its_transactions(world: World, command: Callable[[World], None]) -> None:
    transactions = Transactions()
    with world.calls.by(transactions.watch):
        command(world)
        world.settle()
        world.wait(timedelta(minutes=1))

    assert transactions.items
    assert max(transactions.items) <= ITEMS * 0.8
    assert max(transactions.bytes) <= BYTES * 0.8


def test_a_batch_that_is_written_at_once_has_room_for_all_that_follows() -> None:
    assert 2 * MAX_SIGNALS_PER_WRITE <= ITEMS / 2
