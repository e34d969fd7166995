"""Answers DynamoDB's reads from a dictionary, so that thousands of reads of the corpus take seconds.

Whatever else is asked of it, or in other words than these, is refused, so that no read goes wrong unseen.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from tests.integration.calls import Call, Carry

_KEYS = ("pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk")
_PROJECTED = {"gsi1": {*_KEYS[:4]}, "gsi2": {*_KEYS[:2], *_KEYS[4:], "figures"}}
_HAS_NOT = re.compile(r"attribute_not_exists\((\w+)\)")
_TERM = re.compile(
    r"(?P<between>\w+) BETWEEN (?P<first>:\w+) AND (?P<last>:\w+)"
    r"|begins_with\((?P<begins>\w+), (?P<with>:\w+)\)"
    r"|(?P<name>\w+) (?P<sign>=|>=|<=|>|<) (?P<value>:\w+)"
)
_SIGNS: dict[str, Any] = {
    "=": lambda one, other: one == other,
    ">=": lambda one, other: one >= other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    "<": lambda one, other: one < other,
}
_QUERIES = {
    *("TableName", "IndexName", "KeyConditionExpression", "ExpressionAttributeValues", "FilterExpression", "Limit"),
    *("ProjectionExpression", "ScanIndexForward", "ExclusiveStartKey", "ConsistentRead"),
}

Item = dict[str, Any]


class DictionaryTables:
    """Tables by their names, each a dictionary of items by their keys; `watch` answers a function's reads from it."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[tuple[str, ...], Item]] = {}
        self._partitions: dict[tuple[str, str], dict[str, list[Item]]] = {}

    def hold(self, items: Iterable[tuple[str, Item]]) -> None:
        """Hold these items, each with the name of its table, in place of all others."""
        self.tables, self._partitions = {}, {}
        for table, item in items:
            self.tables.setdefault(table, {})[_key(item)] = item

    def watch(self, call: Call, carry: Carry) -> Any:
        """Answer what is asked of DynamoDB; other services are asked as ever."""
        if call.service != "dynamodb":
            return carry()
        return getattr(self, f"_{call.operation}")(**call.parameters)

    def _GetItem(self, TableName: str, Key: Item, ConsistentRead: bool = False) -> Item:
        item = self.tables[TableName].get(_key(Key))
        return {"Item": dict(item)} if item else {}

    def _BatchGetItem(self, RequestItems: Item) -> Item:
        found = {
            table: [self.tables[table][_key(key)] for key in wanted["Keys"] if _key(key) in self.tables[table]]
            for table, wanted in RequestItems.items()
        }
        return {"Responses": found, "UnprocessedKeys": {}}

    def _Query(self, **asked: Any) -> Item:
        assert asked.keys() <= _QUERIES, asked.keys() - _QUERIES
        index = asked.get("IndexName")
        order = (f"{index}sk", *_KEYS[:2]) if index else _KEYS[:2]
        values = {name: value["S"] for name, value in asked["ExpressionAttributeValues"].items()}
        [whole, *within] = _terms(asked["KeyConditionExpression"])
        assert whole["sign"] == "=", "a query is about one partition, and names that first"
        partition = self._by(asked["TableName"], whole["name"]).get(values[whole["value"]], [])
        found = [item for item in partition if all(_is_met(term, values, item) for term in within)]
        found.sort(key=lambda item: _rank(item, order), reverse=asked.get("ScanIndexForward") is False)
        if start := asked.get("ExclusiveStartKey"):
            found = [item for item in found if _after(item, start, order, asked)]
        page = found[: asked.get("Limit")]
        more = {"LastEvaluatedKey": _only(page[-1], {*_KEYS[:2], *order})} if len(found) > len(page) else {}
        return {"Items": [_shown(item, asked) for item in page if _is_let_through(item, asked)], **more}

    def _by(self, table: str, name: str) -> dict[str, list[Item]]:
        """A table's items by what they have under this name; the others are in none."""
        if (table, name) not in self._partitions:
            found = self._partitions[table, name] = {}
            for item in self.tables[table].values():
                if name in item:
                    found.setdefault(item[name]["S"], []).append(item)
        return self._partitions[table, name]


def _key(item: Item) -> tuple[str, ...]:
    return tuple(item[name]["S"] for name in (("pk", "sk") if "pk" in item else ("lead_id",)))


def _rank(item: Item, order: Iterable[str]) -> tuple[str, ...]:
    return tuple(item[name]["S"] for name in order)


def _after(item: Item, start: Item, order: tuple[str, ...], asked: Item) -> bool:
    one, other = _rank(item, order), _rank(start, order)
    return one < other if asked.get("ScanIndexForward") is False else one > other


@cache
def _terms(condition: str) -> list[re.Match[str]]:
    assert not _TERM.sub("", condition).replace("AND", "").strip(), f"what is {condition}?"
    return list(_TERM.finditer(condition))


def _is_met(term: re.Match[str], values: dict[str, str], item: Item) -> bool:
    found = item.get(term["between"] or term["begins"] or term["name"], {}).get("S")
    if found is None:
        return False
    if term["between"]:
        return values[term["first"]] <= found <= values[term["last"]]
    if term["begins"]:
        return bool(found.startswith(values[term["with"]]))
    return bool(_SIGNS[term["sign"]](found, values[term["value"]]))


def _is_let_through(item: Item, asked: Item) -> bool:
    condition = asked.get("FilterExpression")
    if condition is None:
        return True
    without = [_HAS_NOT.fullmatch(each) for each in condition.split(" AND ")]
    assert all(without), f"what is {condition}?"
    return not any(each and each[1] in item for each in without)


def _shown(item: Item, asked: Item) -> Item:
    names = _PROJECTED.get(asked.get("IndexName", ""), item.keys())
    return _only(item, set(asked["ProjectionExpression"].split(", ")) if "ProjectionExpression" in asked else names)


def _only(item: Item, names: Iterable[str]) -> Item:
    return {name: item[name] for name in names if name in item}
