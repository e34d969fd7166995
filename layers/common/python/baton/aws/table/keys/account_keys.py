"""Keys of target accounts."""

from collections.abc import Mapping
from typing import Any

from baton.aws.table.keys.item_key import EVENTS, Key, key, name_in_partition, sort_key_of

_ACCOUNT = "ACCOUNT"
TARGETS = "TARGETS#0"
"""Index 1: all accounts, by main domain. People change the list by hand, so one partition bears the load."""


def account_partition(under: str) -> str:
    """Names the partition of an account's domain (`acme.com`) or of its normalised name (`name:acme`)."""
    return f"{_ACCOUNT}#{under}"


def account(under: str) -> Key:
    """Returns the key of an account's item under a domain (`acme.com`) or a normalised name (`name:acme`)."""
    return key(account_partition(under), _ACCOUNT)


def is_account(item: Mapping[str, Any]) -> bool:
    """Tells whether an item is an account's, and no lead that was read together with it."""
    return sort_key_of(item) == _ACCOUNT


def listed_under(item: Mapping[str, Any]) -> str:
    """Returns the domain or the normalised name that an account's item is stored under."""
    return name_in_partition(item)


def account_event(domain: str, number: int) -> Key:
    """Returns the key of an account's nth event."""
    return key(account_partition(domain), f"{EVENTS}{number:08d}")


def target(domain: str) -> Key:
    """Returns the place of an account in index 1: the list of accounts."""
    return {"gsi1pk": {"S": TARGETS}, "gsi1sk": {"S": domain}}
