"""Keys of what reports read: index 2 by month, and daily balances."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from baton.aws.table.keys.item_key import Key, first_and_rest, key, rank_of, sort_key_of
from baton.domain.basics.moments import iso

BALANCES = "BOOKS"
"""The partition of daily balances."""


def daily_balance(day: date) -> Key:
    """Returns the key of a day's balance (in UTC): how many leads had which status and stage at its end."""
    return key(BALANCES, f"DAY#{day:%Y-%m-%d}")


def day_of(item: Mapping[str, Any]) -> date:
    """Returns the day of a daily balance."""
    return date.fromisoformat(first_and_rest(sort_key_of(item))[1])


def report_mail(first: date, until: date, department: str) -> Key:
    """Returns the key of the mark that a department got the mail about a period."""
    return key("REPORTS", f"SEEN#mail#{first:%Y-%m-%d}#{until:%Y-%m-%d}#{department}")


class Reported(StrEnum):
    """The kinds of items that reports count: handoffs offered, duties opened, moves between statuses and stages."""

    HANDOFFS = "HANDOFFS"
    DUTIES = "DUTIES"
    MOVES = "MOVES"


def month_of(what: Reported, month: str) -> str:
    """Returns the list in index 2 of what reports count of one kind in a month (`2026-11`, in UTC)."""
    return f"{what}#{month}"


def report_index(what: Reported, at: datetime, which: str) -> Key:
    """Returns the place in index 2 of an item that reports count: its month, and its moment in it."""
    return {"gsi2pk": {"S": month_of(what, f"{at:%Y-%m}")}, "gsi2sk": {"S": f"{iso(at)}#{which}"}}


def counted_at(item: Mapping[str, Any]) -> str:
    """Returns the moment at which reports count an item, `2026-11-22T16:53:09.000Z`."""
    return first_and_rest(rank_of(item, "gsi2"))[0]
