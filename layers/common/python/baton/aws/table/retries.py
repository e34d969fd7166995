"""Retries after a write conflict: their times, and the one loop of *load, decide, save*."""

import random
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from baton.aws.table.write_outcomes import Conflict, Contended

PATIENCE_SECONDS = 12.0
"""The longest time in which a write is retried; functions have a timeout that allows for it once."""
FIRST_PAUSE_SECONDS = 0.02
MAX_PAUSE_SECONDS = 1.0
SHARE_WITHIN = 0.25
"""The share of the patience that one step of a command may take: a read, or a write that decides nothing."""

Saved = TypeVar("Saved")


def deadline(seconds: float) -> Callable[[], bool]:
    """Returns a function that tells whether so many seconds have passed since this call."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def retries(share: float = 1.0) -> Iterator[int]:
    """Yields the numbers of the attempts, from 0, and pauses between them, until `share` of `PATIENCE_SECONDS` is over.

    Each pause is random, from 0 up to a bound that doubles (exponential back-off with full jitter). An attempt that
    takes longer than the bound replaces it, so that writers spread on a slow machine, too. An attempt that ends late is
    followed by one more: its caller reads what others saved meanwhile, which may be what it was about to write.
    """
    began = time.monotonic()
    attempt, bound, end = 0, FIRST_PAUSE_SECONDS, began + PATIENCE_SECONDS * share
    while True:
        yield attempt
        if began >= end:
            return
        ended = time.monotonic()
        pause = random.uniform(0, max(bound, ended - began))  # noqa: S311  # spreads writers, hides nothing
        time.sleep(max(0.0, min(pause, end - ended)))
        attempt, bound, began = attempt + 1, min(MAX_PAUSE_SECONDS, bound * 2), time.monotonic()


def retry_on_conflict(attempt: Callable[[], Saved], contended: str, share: float = 1.0) -> Saved:
    """Calls `attempt`, which loads, decides and saves, until it raises no `Conflict`; returns what it returns.

    Raises:
        Contended: it still conflicts when `share` of `PATIENCE_SECONDS` is over; `contended` is the message.
    """
    for _ in retries(share):
        try:
            return attempt()
        except Conflict:
            continue
    raise Contended(contended)


def wait_for_table(attempts: Iterator[int] | None) -> Iterator[int]:
    """Pauses before a busy table is asked for what it left out; returns the attempts for the next time.

    Raises:
        Contended: it left something out for too long.
    """
    if attempts is None:
        attempts = retries(SHARE_WITHIN)
        next(attempts)  # the one that left something out
    if next(attempts, None) is None:
        raise Contended("the table is busy; send the same request again in a moment")
    return attempts
