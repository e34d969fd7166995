"""Measures the CPU time of a call, in a unit that is the same on slow and on fast machines."""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement


def cpu_seconds(work: Callable[[], object], runs: int = 3) -> float:
    """The CPU time that `work` takes, in seconds: the least of several runs, as others disturb some of them."""
    taken = []
    for _ in range(runs):
        began = time.process_time()
        with suppress(ValueError):  # a refusal is work as well
            work()
        taken.append(time.process_time() - began)
    return min(taken)


def effort(work: Callable[[], object], runs: int = 3) -> float:
    """How many times as long `work` takes as reading the shipped agreement does (0.03 s on a fast machine)."""
    return cpu_seconds(work, runs) / _reading_the_shipped_agreement()


@cache
def _reading_the_shipped_agreement() -> float:
    return cpu_seconds(lambda: read_agreement(packaged_text()))
