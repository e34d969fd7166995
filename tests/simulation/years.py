"""Lives through many years, one seed after the other, on every processor that is free."""

import gc
import os
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context

from tests.simulation.promises import Broken
from tests.simulation.watch import Watch
from tests.simulation.year import Year

MIN_YEARS = 50
BEHIND_OTHERS = 5
"""How far a process stands back for whatever else runs on the machine."""


@dataclass(frozen=True)
class Lived:
    """What there was in a year in which nothing was found."""

    seed: int
    leads: int
    deadlines: int
    ended: Counter[str] = field(repr=False)
    fingerprint: str | None = None


def live(seed: int, *, fingerprint: bool = False) -> Lived:
    """Live through the year of a seed.

    Raises:
        Broken: something is not as it was promised; the text tells the seed with which to live through it again.
    """
    gc.disable()  # what there is lives until the year is over
    year = Year(seed)
    watch = Watch(year)
    try:
        year.live()
        watch.close()
        print_of = watch.fingerprint if fingerprint else None
        return Lived(seed, len(year.commands.leads), watch.deadlines, watch.ended, print_of)
    except Exception as fault:
        raise Broken(f"BATON_SEED={seed}, {year.now:%Y-%m-%dT%H:%M:%SZ}: {fault or repr(fault)}") from fault
    finally:
        gc.enable()


def live_through(seconds: float, first: int = 0) -> Iterator[Lived]:
    """Live through as many years as there is time for, and through fifty in any case."""
    ends, seeds, lived = time.monotonic() + seconds, count(first), 0
    processes = os.cpu_count() or 1
    with ProcessPoolExecutor(processes, get_context("spawn"), os.nice, (BEHIND_OTHERS,)) as pool:
        running = {pool.submit(live, next(seeds)) for _ in range(2 * processes)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield _result(future, pool)
                lived += 1
            while len(running) < 2 * processes and (lived + len(running) < MIN_YEARS or time.monotonic() < ends):
                running.add(pool.submit(live, next(seeds)))


def _result(future: Future[Lived], pool: ProcessPoolExecutor) -> Lived:
    try:
        return future.result()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
