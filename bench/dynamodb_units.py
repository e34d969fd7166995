"""Computes what DynamoDB charges for a call, from the items themselves, by the rules that AWS publishes.

An emulator's own figures leave out indexes or transactions. The rules:
docs.aws.amazon.com/amazondynamodb/latest/developerguide/, CapacityUnitCalculations.html, GSI.html (write capacity
units) and read-write-operations.html.
"""

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from math import ceil
from typing import Any, NamedTuple

from bench.meter import Call, metered
from bench.world import TABLE, World, template

Item = Mapping[str, Mapping[str, Any]]
_PARTITION = re.compile(r"\w+ = (:\w+)")
READ_UNIT, WRITE_UNIT, OVERHEAD = 4096, 1024, 100


class Taken(NamedTuple):
    """The units that one call takes of one partition key of the table or of an index."""

    call: int
    key: str
    writes: float
    reads: float


@dataclass
class Bill:
    """The cost of some calls: which, and their read and write units, those of indexes included.

    `calls` are DynamoDB's operations; `recorded` are the calls to all services.
    """

    calls: list[str] = field(default_factory=list)
    reads: float = 0.0
    writes: float = 0.0
    of_indexes: float = 0.0
    recorded: list[Call] = field(default_factory=list)
    written: list[tuple[Item, Item]] = field(default_factory=list)
    """The items that were written, before and after; a new item was empty before."""
    taken: list[Taken] = field(default_factory=list)
    watching: float = 0.0
    """The processor seconds that the watching itself took."""


def bill_for(world: World, work: Any) -> Bill:
    """Runs some work, and returns its cost in DynamoDB."""
    before: list[dict[str, Item]] = []
    dynamodb = world.session.client("dynamodb")

    def stored(key: Item) -> Item:
        found: Any = dynamodb.get_item(TableName=TABLE, Key=key, ConsistentRead=True)
        return found.get("Item") or {}

    def remember(call: Call) -> None:
        begun = time.thread_time()
        before.append({_name(key): stored(key) for _, key, _ in writes(call)})
        bill.watching += time.thread_time() - begun

    bill = Bill()
    with metered(before=remember) as bill.recorded:
        work()
    for place, (call, found) in enumerate(zip(bill.recorded, before, strict=True)):
        if call.service == "dynamodb":
            bill.calls.append(call.operation)
            bill.reads += read_units(call)
            keys = _read_keys(call)
            bill.taken += [Taken(place, key, 0, read_units(call) / len(keys)) for key in keys]
        for times, key, put in writes(call):
            old, new = found[_name(key)], stored(key) if put is None else put
            units, entries = write_units(times, old, new)
            indexes = sum(number for _, number in entries)
            bill.writes += units + indexes
            bill.of_indexes += indexes
            bill.written.append((old, new))
            bill.taken += [Taken(place, each, number, 0) for each, number in [(key["pk"]["S"], units), *entries]]
    return bill


def write_units(times: int, old: Item, new: Item) -> tuple[int, list[tuple[str, int]]]:
    """Returns the write units of an item, and those of each index entry with its partition key.

    The item was and now is as given, and a unit counts so many times.
    """
    entries = [each for index in _indexes() for each in _index_writes(index, old, new)]
    return times * ceil(max(size(old), size(new), 1) / WRITE_UNIT), entries


def size(item: Item) -> int:
    """Returns the bytes that DynamoDB counts for an item: names and values."""
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def size_with_indexes(item: Item) -> int:
    """Returns the bytes that storage is billed for: those of the item and of its index entries, 100 more for each."""
    entries = [entry for index in _indexes() if (entry := _entry(index, item))]
    return sum(size(each) + OVERHEAD for each in (item, *entries))


def _value_size(value: Mapping[str, Any]) -> int:
    kind, content = next(iter(value.items()))
    match kind:
        case "S":
            return len(content.encode())
        case "N":
            return ceil(len(content.strip("-0.")) / 2) + 1
        case "B":
            return len(content)
        case "SS":
            return sum(len(each.encode()) for each in content)
        case "BOOL" | "NULL":
            return 1
        case _:
            raise NotImplementedError(f"Baton keeps nothing of type {kind}")


def read_units(call: Call) -> float:
    """Returns the read units of a call."""
    share = 1.0 if _consistent(call) else 0.5
    match call.operation:
        case "GetItem":
            sizes = [size(call.answer.get("Item", {}))]
        case "Query":
            sizes = [sum(size(item) for item in call.answer["Items"])]
        case "BatchGetItem":
            asked = sum(len(table["Keys"]) for table in call.sent["RequestItems"].values())
            found = [size(item) for items in call.answer["Responses"].values() for item in items]
            sizes = found + [0] * (asked - len(found))
        case _:
            return 0.0
    return share * sum(ceil(max(length, 1) / READ_UNIT) for length in sizes)


def _read_keys(call: Call) -> list[str]:
    """Returns the partition keys that a call reads."""
    match call.operation:
        case "GetItem":
            return [call.sent["Key"]["pk"]["S"]]
        case "Query":
            named = _PARTITION.match(call.sent["KeyConditionExpression"])
            return [call.sent["ExpressionAttributeValues"][named[1]]["S"]] if named else []
        case "BatchGetItem":
            return [key["pk"]["S"] for table in call.sent["RequestItems"].values() for key in table["Keys"]]
        case _:
            return []


def _consistent(call: Call) -> bool:
    tables = call.sent.get("RequestItems", {}).values() if call.operation == "BatchGetItem" else ()
    return bool(call.sent.get("ConsistentRead")) or any(table.get("ConsistentRead") for table in tables)


def writes(call: Call) -> Iterator[tuple[int, Item, Item | None]]:
    """Yields the writes of a call: how many times a unit counts, the item's key, and its new content if the call has
    it.
    """
    match call.operation:
        case "PutItem":
            yield 1, _key(call.sent["Item"]), call.sent["Item"]
        case "UpdateItem":
            yield 1, call.sent["Key"], None
        case "DeleteItem":
            yield 1, call.sent["Key"], {}
        case "BatchWriteItem":
            for write in chain.from_iterable(call.sent["RequestItems"].values()):
                put: Any = write.get("PutRequest", {}).get("Item")
                yield 1, _key(put or write["DeleteRequest"]["Key"]), put or {}
        case "TransactWriteItems":
            for write in call.sent["TransactItems"]:
                yield 2, *_write_in_transaction(write)


def _write_in_transaction(write: Mapping[str, Any]) -> tuple[Item, Item | None]:
    """Returns the item's key, and its new content if the write has it; a check of a condition counts like a write."""
    if put := write.get("Put"):
        return _key(put["Item"]), put["Item"]
    if delete := write.get("Delete"):
        return delete["Key"], {}
    changed: Any = write.get("Update") or write["ConditionCheck"]
    return changed["Key"], None


def _key(item: Item) -> Item:
    return {"pk": item["pk"], "sk": item["sk"]}


def _name(key: Item) -> str:
    return f"{key['pk']['S']} {key['sk']['S']}"


def _indexes() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = template()["Resources"]["Table"]["Properties"]["GlobalSecondaryIndexes"]
    return found


def _index_writes(index: Mapping[str, Any], old: Item, new: Item) -> list[tuple[str, int]]:
    """Returns an index's partition keys with their write units: one write if an entry appears, vanishes or changes,
    two if it moves.
    """
    was, now = _entry(index, old), _entry(index, new)
    if was == now:
        return []
    keys = [part["AttributeName"] for part in index["KeySchema"]]
    if was and now and all(was[name] == now[name] for name in keys):
        return [(now[keys[0]]["S"], ceil(max(size(was), size(now)) / WRITE_UNIT))]
    return [(entry[keys[0]]["S"], ceil(size(entry) / WRITE_UNIT)) for entry in (was, now) if entry]


def _entry(index: Mapping[str, Any], item: Item) -> Item:
    keys = [part["AttributeName"] for part in index["KeySchema"]]
    if any(name not in item for name in keys):
        return {}
    included = index["Projection"].get("NonKeyAttributes", [])
    return {name: item[name] for name in ("pk", "sk", *keys, *included) if name in item}
