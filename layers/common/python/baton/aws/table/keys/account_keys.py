"""Keys of target accounts."""

from collections.abc import Mapping
from typing import Any

from baton.aws.table.keys.item_key import EVENTS, Key, key


def account_partition(under: str) -> str:
    """The partition of an account's domain, or of its name."""
    return f"ACCOUNT#{under}"


def account(under: str) -> Key:
    """What is listed under a domain, or under a normalised name (`name:acme`)."""
    return key(account_partition(under), "ACCOUNT")


def is_account(item: Mapping[str, Any]) -> bool:
    """Whether an item is one under which an account may be listed."""
    return bool(item["sk"]["S"] == "ACCOUNT")


def listed_under(item: Mapping[str, Any]) -> str:
    """The domain or name that an account's item stands under."""
    return str(item["pk"]["S"].partition("#")[2])


def account_event(domain: str, number: int) -> Key:
    """Something that happened to an account."""
    return key(account_partition(domain), f"{EVENTS}{number:08d}")


TARGETS = "TARGETS#0"
"""Index 1: all accounts. People change the list by hand, so one partition bears it and gives it in one order."""


def target(domain: str) -> Key:
    """Index 1 for an account: its place in the list."""
    return {"gsi1pk": {"S": TARGETS}, "gsi1sk": {"S": domain}}
