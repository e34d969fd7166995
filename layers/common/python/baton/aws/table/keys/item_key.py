"""Items of the table and their primary keys, as the DynamoDB client takes and gives them."""

from collections.abc import Mapping
from typing import Any

Item = dict[str, Any]
"""An item with its attribute values, `{"pk": {"S": "LEAD#…"}, …}`, or one write of a transaction."""
Key = dict[str, dict[str, str]]

EVENTS = "EVENT#"
"""The beginning of events' sort keys, in the partitions of leads, teams, accounts and the agreement."""
BEFORE_ALL, AFTER_ALL = " ", "~"
"""Bounds for queries: text that sorts before and after every sort key."""
PARTITION, SORT = "pk", "sk"
_SEPARATOR = "#"


def key(pk: str, sk: str) -> Key:
    """Builds a primary key."""
    return {PARTITION: {"S": pk}, SORT: {"S": sk}}


def key_of(item: Mapping[str, Any]) -> Key:
    """Returns the primary key of an item that was read."""
    return {PARTITION: item[PARTITION], SORT: item[SORT]}


def without_key(item: Mapping[str, Any]) -> Item:
    """Returns the attributes of an item without its primary key."""
    return {name: value for name, value in item.items() if name not in (PARTITION, SORT)}


def partition_of(item: Mapping[str, Any]) -> str:
    """Returns the partition key of an item or a key, `LEAD#9f…`."""
    return str(item[PARTITION]["S"])


def sort_key_of(item: Mapping[str, Any]) -> str:
    """Returns the sort key of an item or a key, `HANDOFF#001`."""
    return str(item[SORT]["S"])


def is_event(item: Mapping[str, Any]) -> bool:
    """Tells whether an item is an event, of whatever it is."""
    return sort_key_of(item).startswith(EVENTS)


def rank_of(item: Mapping[str, Any], index: str = "gsi1") -> str:
    """Returns the sort key that an item has in an index, `gsi1` or `gsi2`."""
    return str(item[f"{index}{SORT}"]["S"])


def name_in_partition(item: Mapping[str, Any]) -> str:
    """Returns the part of an item's partition key that names its subject: `9f…` of `LEAD#9f…`."""
    return first_and_rest(partition_of(item))[1]


def first_and_rest(text: str) -> tuple[str, str]:
    """Takes the first word off a key: `HANDOFF#001` to `HANDOFF` and `001`; the rest may have more words."""
    first, _, rest = text.partition(_SEPARATOR)
    return first, rest


def last_word(text: str) -> str:
    """Returns the last word of a key: an index's ranks end in an id."""
    return text.rpartition(_SEPARATOR)[2]
