"""`python -m bench.proposal SEED` proposes from 30,000 leads and 50 conditions; prints seconds, MB and points."""

import re
import sys
import time
from pathlib import Path

import numpy as np

from baton.learning.fitting.forward_choice import Gate, choose
from baton.learning.fitting.honest_estimates import RESAMPLES, split_estimates, times_in_resamples
from baton.learning.fitting.log_odds_fit import Outcomes, chances_of
from baton.learning.fitting.table_fit import new_points

LEADS, CONDITIONS, MOST = 30_000, 50, 8


def main(seed: str = "1") -> None:
    """Chooses, learns points, estimates intervals and resamples, as a proposal of new rules does."""
    draw = np.random.default_rng(int(seed))
    held = (draw.random((LEADS, CONDITIONS)) < draw.uniform(0.02, 0.5, CONDITIONS)).astype(float)
    true = np.concatenate([draw.normal(0, 0.7, 10), np.zeros(CONDITIONS - 10)])
    outcomes = Outcomes((draw.random(LEADS) < chances_of(held @ true - 1.5)).astype(float), np.ones(LEADS))
    gate = Gate(np.arange(LEADS) * 12 // LEADS, int(seed))
    begun = time.process_time()
    chosen = choose(held, outcomes, gate, MOST)
    points = new_points(held[:, chosen], outcomes).points
    found = split_estimates(held, outcomes, gate, chosen, MOST)
    seen = times_in_resamples(held, outcomes, gate, [str(place) for place in range(CONDITIONS)], chosen, RESAMPLES)
    took = time.process_time() - begun
    peak = _peak_megabytes()
    print(took, peak, list(zip(chosen, points, found, seen, strict=True)))


def _peak_megabytes() -> float:
    """Returns the most memory that this process had; `getrusage` would count what its parent had, too."""
    [kib] = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(kib) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
