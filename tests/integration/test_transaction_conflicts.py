"""A transaction that another one is in the way of is tried again, whoever writes it, and everything ends as without."""

from typing import Any

import pytest

from tests.integration.calls import Call, Carry, Watcher
from tests.integration.conftest import Prepared
from tests.integration.test_crashes import SCENES, _played, _rehearsed, lists_in_small_parts, nobody_in_particular

__all__ = ["lists_in_small_parts", "nobody_in_particular"]

TRANSACTION, CANCELLED = "TransactWriteItems", "TransactionCanceledException"
IN_THE_WAY = {"Code": "TransactionConflict", "Message": "Transaction is ongoing for the item"}
EACH_SCENE = [pytest.param(name, id=name) for name in SCENES]


def conflict(call: Call) -> Any:
    """What AWS answers while another transaction writes the first item of this one."""
    reasons = [IN_THE_WAY, *({"Code": "None"} for _ in call.parameters["TransactItems"][1:])]
    error = call.client.exceptions.from_code(CANCELLED)
    told = {"Error": {"Code": CANCELLED, "Message": "Transaction cancelled"}, "CancellationReasons": reasons}
    return error(told, TRANSACTION)


def each_once() -> Watcher:
    """Each transaction of each invocation is in conflict at its first attempt."""
    seen: set[tuple[int, str]] = set()

    def watch(call: Call, carry: Carry) -> Any:
        if call.operation != TRANSACTION:
            return carry()
        written = (call.invocation, str([key_of(write) for write in call.parameters["TransactItems"]]))
        if written in seen:
            return carry()
        seen.add(written)
        raise conflict(call)

    return watch


def key_of(write: dict[str, Any]) -> Any:
    """The key of the item that one write of a transaction is about."""
    [said] = write.values()
    item = said.get("Key") or said["Item"]
    return said["TableName"], *(item.get(name) for name in ("pk", "sk", "lead_id"))


@pytest.mark.parametrize("name", EACH_SCENE)
def test_each_transaction_that_is_in_conflict_once_ends_as_it_does_without(name: str, prepared: Prepared) -> None:
    scene = SCENES[name]
    take = _rehearsed(prepared, scene.begin)
    clean, disturbed = _played(take, scene.act), _played(take, scene.act, each_once())
    assert (disturbed.items, disturbed.files, disturbed.mails, disturbed.lost) == (
        clean.items,
        clean.files,
        clean.mails,
        clean.lost,
    )
