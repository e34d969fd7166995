"""Decides which failures operations are told of now: the first of a kind at once, more of it an hour later."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from baton.domain.failures.failure_kinds import KINDS, FailureKind

AGAIN_AFTER = timedelta(hours=1)
"""So long after a mail about a kind nothing more is mailed of it; then one mail tells of all that came."""
STILL_AFTER = timedelta(days=1)
"""So long after a mail about a queue operations are told again that something lies in it."""
TOLERANCE = timedelta(minutes=5)
"""A schedule of 15 minutes does not come on the second."""


class Known(NamedTuple):
    """What is known of a kind: messages in its queue, failures not told yet, the last mail about it.

    `since` is when messages were first seen in the queue after it was empty, `redriven` what the last redrive did,
    `read_until` up to when its metric was added up.
    """

    depth: int = 0
    untold: int = 0
    told_at: datetime | None = None
    since: datetime | None = None
    redriven: str | None = None
    read_until: datetime | None = None


class News(NamedTuple):
    """What operations are told of a kind: how many are new, how many lie in its queue, and since when."""

    kind: FailureKind
    new: int
    lying: int
    since: datetime | None


def news(known: Mapping[str, Known], seen: Mapping[str, int], now: datetime) -> list[News]:
    """Returns what is to be told now, what is urgent first.

    `known` has the kinds of queues and state machines, `seen` what metrics show now, each by the name of its kind.
    """
    found = (_news_of(kind, known.get(kind.name, Known()), seen.get(kind.name, 0), now) for kind in KINDS)
    return sorted((each for each in found if each), key=lambda each: each.kind.can_wait)


def _news_of(kind: FailureKind, known: Known, seen: int, now: datetime) -> News | None:
    new = known.untold + seen
    is_due = new and _is_past(known.told_at, AGAIN_AFTER, now)
    lies_on = known.depth and _is_past(known.told_at, STILL_AFTER, now)
    return News(kind, new, known.depth, known.since) if is_due or lies_on else None


def _is_past(told_at: datetime | None, pause: timedelta, now: datetime) -> bool:
    return told_at is None or now - told_at >= pause - TOLERANCE


def can_wait(told: Iterable[News]) -> bool:
    """Tells whether all of it may wait until morning."""
    return all(each.kind.can_wait for each in told)
