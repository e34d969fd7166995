"""Says how sure each chosen rule is: an interval from leads that did not choose it, and how often resamples choose it.

A rule that was chosen because it did well does less well on new leads, so that an interval from the same leads is too
sure. So one half of the leads chooses, and the other half estimates.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from baton.domain.statistics.won_shares import Z_95, Interval
from baton.learning.fitting.forward_choice import Gate, Months, choose, choose_without_gate
from baton.learning.fitting.log_odds_fit import Numbers, Outcomes, errors, fit
from baton.learning.fitting.table_fit import Rows

RESAMPLES = 50
_WIDELY = 0.01
"""The precision of the prior under which intervals are estimated: so wide that it shrinks nothing."""

Told = Callable[[str], None]


class Estimate(NamedTuple):
    """A log odds with its interval."""

    log_odds: float
    within: Interval


def estimates(held: Numbers, outcomes: Outcomes) -> list[Estimate]:
    """Returns the log odds of each rule beside the others, from leads that did not choose these rules."""
    fitted = fit(held, outcomes, precision=_WIDELY)
    half = Z_95 * errors(held, outcomes, fitted)
    return [Estimate(float(at), (float(at - by), float(at + by))) for at, by in zip(fitted.log_odds, half, strict=True)]


def halves(months: Months, seed: int) -> tuple[Rows, Rows]:
    """Returns two halves of the leads, drawn within months."""
    draw = np.random.default_rng([seed, 2])
    order = np.argsort(months + draw.random(len(months)))
    return np.sort(order[::2]), np.sort(order[1::2])


def split_estimates(
    held: Numbers, outcomes: Outcomes, gate: Gate, chosen: Sequence[int], most: int
) -> list[Estimate | None]:
    """Returns an estimate of each chosen rule from the half that did not choose it.

    None for a rule that neither half chooses: it was chosen by all leads together, and nothing independent is left.
    """
    found: list[Estimate | None] = [None] * len(chosen)
    one, other = halves(gate.months, gate.seed)
    for chooses, estimating in ((one, other), (other, one)):
        part = gate._replace(months=gate.months[chooses])
        again = choose(held[chooses], outcomes.part(chooses), part, most)
        of_others = estimates(held[np.ix_(estimating, np.array(chosen, dtype=np.intp))], outcomes.part(estimating))
        for place, rule in enumerate(chosen):
            if found[place] is None and rule in again:
                found[place] = of_others[place]
    return found


def times_in_resamples(
    held: Numbers, outcomes: Outcomes, gate: Gate, alike: Sequence[str], chosen: Sequence[int], resamples: int
) -> list[int]:
    """Counts in how many resamples of the leads each rule is chosen again, or one that asks the same of another value.

    Args:
        held: leads × candidates.
        outcomes: of the leads.
        gate: its months and its seed are used.
        alike: what each candidate asks, whatever the value.
        chosen: the rules.
        resamples: how many.
    """
    draw, outcomes = np.random.default_rng([gate.seed, 3]), outcomes.tempered()
    count, times = len(outcomes.won), [0] * len(chosen)
    for _ in range(resamples):
        drawn = np.bincount(draw.integers(0, count, count), minlength=count)
        again = choose_without_gate(held, outcomes._replace(weight=outcomes.weight * drawn), gate.months, len(chosen))
        asked = {alike[place] for place in again}
        for place, rule in enumerate(chosen):
            times[place] += alike[rule] in asked
    return times
