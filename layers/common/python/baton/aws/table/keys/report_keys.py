"""Keys of what reports read: index 2 by month, and daily balances; and of what operations are told of failures."""

import zlib
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from baton.aws.table.keys.item_key import Key, first_and_rest, key, rank_of, sort_key_of
from baton.domain.basics.moments import iso

BALANCES = "BOOKS"
"""The partition of daily balances."""
MONTH_SHARDS = 4
"""A month's items of one kind are in so many lists: DynamoDB writes at most 1,000 units a second for each."""
FAILURES = "FAILURES"
"""The partition of what is known of each kind of failure."""


def daily_balance(day: date) -> Key:
    """Returns the key of a day's balance (in UTC): how many leads had which status and stage at its end."""
    return key(BALANCES, f"DAY#{day:%Y-%m-%d}")


def day_of(item: Mapping[str, Any]) -> date:
    """Returns the day of a daily balance."""
    return date.fromisoformat(first_and_rest(sort_key_of(item))[1])


def report_mail(first: date, until: date, department: str) -> Key:
    """Returns the key of the mark that a department got the mail about a period."""
    return key("REPORTS", f"SEEN#mail#{first:%Y-%m-%d}#{until:%Y-%m-%d}#{department}")


def failure(kind: str) -> Key:
    """Returns the key of what is known of a kind of failure, such as `UnsentMailQueue`."""
    return key(FAILURES, f"KIND#{kind}")


def kind_of_failure(item: Mapping[str, Any]) -> str:
    """Returns the name of the kind of failure of such an item."""
    return first_and_rest(sort_key_of(item))[1]


class Reported(StrEnum):
    """The kinds of items that reports count: handoffs offered, duties opened, moves between statuses and stages."""

    HANDOFFS = "HANDOFFS"
    DUTIES = "DUTIES"
    MOVES = "MOVES"


def lists_of_month(what: Reported, month: str) -> list[str]:
    """Returns the lists in index 2 of what reports count of one kind in a month (`2026-11`, in UTC).

    The last one is undivided: an earlier version of Baton wrote all of a month into it.
    """
    return [*(f"{what}#{month}#{shard}" for shard in range(MONTH_SHARDS)), f"{what}#{month}"]


def report_index(what: Reported, at: datetime, which: str) -> Key:
    """Returns the place in index 2 of an item that reports count: a list of its month, and its moment in it."""
    shard = zlib.crc32(which.encode()) % MONTH_SHARDS
    return {"gsi2pk": {"S": lists_of_month(what, f"{at:%Y-%m}")[shard]}, "gsi2sk": {"S": f"{iso(at)}#{which}"}}


def order_of(item: Mapping[str, Any]) -> str:
    """Returns by what an item's list is sorted: the moment at which reports count it, and its id."""
    return rank_of(item, "gsi2")


def counted_at(item: Mapping[str, Any]) -> str:
    """Returns the moment at which reports count an item, `2026-11-22T16:53:09.000Z`."""
    return first_and_rest(rank_of(item, "gsi2"))[0]
