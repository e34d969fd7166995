"""A year of leads, from a seed, in a second: no deadline is missed or acted on twice, and no lead is forgotten.

`BATON_SIMULATION_SECONDS` says for how long years are lived through (100); `BATON_SEED=17` is for that one alone.
"""

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.simulation.years import live, live_through

SECONDS = float(os.environ.get("BATON_SIMULATION_SECONDS", "100"))
SEED = os.environ.get("BATON_SEED")


@pytest.mark.timeout(SECONDS + 7200)
def test_simulated_years_miss_no_deadline_and_forget_no_lead(
    record_property: Callable[[str, object], None],
) -> None:
    years = [live(int(SEED))] if SEED else [*live_through(SECONDS)]
    leads, deadlines = sum(year.leads for year in years), sum(year.deadlines for year in years)
    ended = sum((year.ended for year in years), Counter[str]())
    how = ", ".join(f"{number} {why}" for why, number in ended.most_common())
    record_property("simulated", f"{len(years)} seeds, {leads} leads, {deadlines} deadlines ({how})")


def test_a_simulated_year_replays_exactly_in_another_process() -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
        there = elsewhere.submit(live, 17, fingerprint=True)
        here = live(17, fingerprint=True)
    assert there.result() == here
    assert live(18, fingerprint=True).fingerprint != here.fingerprint
