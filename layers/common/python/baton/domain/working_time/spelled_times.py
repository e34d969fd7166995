"""Reads times as agreements spelled them: `30m`, `2 business hours`, `50%`.

It is for what was stored as text only. It knows no limits, so that no rule for drafts makes stored text unreadable.
"""

import re
from datetime import timedelta

from baton.agreement.terms.durations import Period, TimeUnit

_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_BUSINESS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}


def duration_in(text: str) -> timedelta:
    """Reads `30m`, `1h 30m` or `90d`.

    Raises:
        ValueError: it has no number with a unit.
    """
    parts = re.findall(r"(\d+)\s*([smhdw])", text)
    if not parts:
        raise ValueError("the text has no number with one of the units s, m, h, d and w")
    return timedelta(seconds=sum(int(count) * _SECONDS[unit] for count, unit in parts))


def limit_in(text: str) -> Period:
    """Reads `30m`, `90 business minutes` or `1 business day`.

    Raises:
        ValueError: it has no number with a unit.
    """
    business = re.search(r"(\d+)\s+business\s+(second|minute|hour|day)", text)
    if business is None:
        return Period(duration_in(text))
    length = timedelta(seconds=int(business[1]) * _BUSINESS[business[2]])
    return Period(length, TimeUnit.BUSINESS_DAYS if business[2] == "day" else TimeUnit.BUSINESS)


def share_in(written: str | float) -> float:
    """Reads `50%` as 0.5; a number is the share itself."""
    return int(written.strip().removesuffix("%")) / 100 if isinstance(written, str) else written
