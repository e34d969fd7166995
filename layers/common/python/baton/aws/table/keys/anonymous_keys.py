"""Keys of what is kept of a website's visitor who has given no e-mail address yet."""

from collections.abc import Mapping
from typing import Any

from baton.aws.table.keys.item_key import Key, key, sort_key_of

ANONYMOUS = "ANONYMOUS#"
_MESSAGE = "MESSAGE"
FIRST_MESSAGE, LAST_MESSAGE = f"{_MESSAGE}# ", f"{_MESSAGE}$"
"""Bounds for a query of a visitor's messages."""
_COUNT = "KEPT"
_PERSON = "PERSON"


def anonymous_partition(anonymous_id: str) -> str:
    """Names the partition of a visitor's id."""
    return f"{ANONYMOUS}{anonymous_id}"


def anonymous(anonymous_id: str) -> Key:
    """Returns the key of the item that says which lead a visitor's id belongs to."""
    return key(anonymous_partition(anonymous_id), _PERSON)


def is_person(item: Mapping[str, Any]) -> bool:
    """Tells whether an item of a visitor's partition says which lead the id belongs to."""
    return sort_key_of(item) == _PERSON


def is_message(item: Mapping[str, Any]) -> bool:
    """Tells whether an item of a visitor's partition is a waiting message."""
    return FIRST_MESSAGE <= sort_key_of(item) <= LAST_MESSAGE


def anonymous_message(anonymous_id: str, sender: str, message: str) -> Key:
    """Returns the key of a message that waits until its visitor gives an address."""
    return key(anonymous_partition(anonymous_id), f"{_MESSAGE}#{sender}#{message}")


def message_count(anonymous_id: str) -> Key:
    """Returns the key of the counter of a visitor's waiting messages."""
    return key(anonymous_partition(anonymous_id), _COUNT)


def is_message_count(item: Mapping[str, Any]) -> bool:
    """Tells whether an item of a visitor's partition is the counter of messages."""
    return sort_key_of(item) == _COUNT
