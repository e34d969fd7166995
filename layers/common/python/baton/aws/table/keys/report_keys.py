"""Keys of what reports read."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from baton.aws.table.keys.item_key import Key, key
from baton.domain.basics.moments import iso

BOOKS = "BOOKS"


def closed_day(day: date) -> Key:
    """How many leads were where when a day (in UTC) was over."""
    return key(BOOKS, f"DAY#{day:%Y-%m-%d}")


def day_of(item: Mapping[str, Any]) -> date:
    """The day that a balance closed."""
    return date.fromisoformat(item["sk"]["S"].partition("#")[2])


def report_mail(first: date, until: date, department: str) -> Key:
    """The mark that a department has had the mail about a period."""
    return key("REPORTS", f"SEEN#mail#{first:%Y-%m-%d}#{until:%Y-%m-%d}#{department}")


Reported = Literal["HANDOFFS", "DUTIES", "MOVES"]
"""What reports are made of."""


def month_of(what: Reported, month: str) -> str:
    """Index 2: what happened in a month (`2026-11`, in UTC): handoffs offered, duties begun, moves made."""
    return f"{what}#{month}"


def happened(what: Reported, at: datetime, which: str) -> Key:
    """Index 2 for something that reports count: its month, and there its moment."""
    return {"gsi2pk": {"S": month_of(what, f"{at:%Y-%m}")}, "gsi2sk": {"S": f"{iso(at)}#{which}"}}
