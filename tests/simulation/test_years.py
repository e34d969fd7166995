"""In simulated years no deadline is missed or acted on twice, and no lead is forgotten.

Fifty years are lived through, or as many as `BATON_SIMULATION_SECONDS=600` give time for; `BATON_SEED=17` is for that
one alone.
"""

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.simulation.years import simulate_year, simulate_years

SECONDS = float(os.environ.get("BATON_SIMULATION_SECONDS", "0"))
SEED = os.environ.get("BATON_SEED")


@pytest.mark.timeout(SECONDS + 7200)
def test_simulated_years_miss_no_deadline_and_forget_no_lead(
    record_property: Callable[[str, object], None],
) -> None:
    years = [simulate_year(int(SEED))] if SEED else [*simulate_years(SECONDS)]
    leads, deadlines = sum(year.leads for year in years), sum(year.deadlines for year in years)
    ended = sum((year.ended for year in years), Counter[str]())
    how = ", ".join(f"{number} {why}" for why, number in ended.most_common())
    record_property("simulated", f"{len(years)} seeds, {leads} leads, {deadlines} deadlines ({how})")


def test_a_simulated_year_replays_exactly_in_another_process() -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
        there = elsewhere.submit(simulate_year, 17, fingerprint=True)
        here = simulate_year(17, fingerprint=True)
    assert there.result() == here
    assert simulate_year(18, fingerprint=True).fingerprint != here.fingerprint
