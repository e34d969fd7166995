"""Simulates many years, one seed after the other, on every processor."""

import gc
import os
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context

from tests.simulation.broken_rules import RuleBroken
from tests.simulation.year import Year
from tests.simulation.year_check import YearCheck

MIN_YEARS = 50
BEHIND_OTHERS = 5
"""How far a process stands back for whatever else runs on the machine."""


@dataclass(frozen=True)
class SimulatedYear:
    """What there was in a year in which nothing was found."""

    seed: int
    leads: int
    deadlines: int
    ended: Counter[str] = field(repr=False)
    fingerprint: str | None = None


def simulate_year(seed: int, *, fingerprint: bool = False) -> SimulatedYear:
    """Live through the year of a seed.

    Raises:
        RuleBroken: Baton has broken a rule; the text names the seed that repeats the year.
    """
    gc.disable()  # what there is lives until the year is over
    year = Year(seed)
    watch = YearCheck(year)
    try:
        year.live()
        watch.close()
        print_of = watch.fingerprint if fingerprint else None
        return SimulatedYear(seed, len(year.commands.leads), watch.deadlines, watch.ended, print_of)
    except Exception as fault:
        raise RuleBroken(f"BATON_SEED={seed}, {year.now:%Y-%m-%dT%H:%M:%SZ}: {fault or repr(fault)}") from fault
    finally:
        gc.enable()


def simulate_years(seconds: float, first: int = 0) -> Iterator[SimulatedYear]:
    """Live through as many years as there is time for, and through fifty in any case."""
    ends, seeds, lived = time.monotonic() + seconds, count(first), 0
    processes = os.cpu_count() or 1
    with ProcessPoolExecutor(processes, get_context("spawn"), os.nice, (BEHIND_OTHERS,)) as pool:
        running = {pool.submit(simulate_year, next(seeds)) for _ in range(2 * processes)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield _result(future, pool)
                lived += 1
            while len(running) < 2 * processes and (lived + len(running) < MIN_YEARS or time.monotonic() < ends):
                running.add(pool.submit(simulate_year, next(seeds)))


def _result(future: Future[SimulatedYear], pool: ProcessPoolExecutor) -> SimulatedYear:
    try:
        return future.result()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
