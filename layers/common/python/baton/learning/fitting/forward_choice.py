"""Chooses conditions one after the other, each only if chance alone would seldom have offered one as good.

A candidate's score test says how much it would add to the conditions chosen so far. The gate compares the best of all
candidates with the best that shuffled outcomes offer (a permutation test of the maximum statistic), so that many
candidates do not make a chance find likelier. Outcomes are shuffled, and candidates compared, within months: what a
month alone explains, such as a fair, is nothing to learn. At the end each choice is tried against every other candidate
(swaps).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from baton.learning.fitting.log_odds_fit import PRECISION, Numbers, Outcomes, fit

SHUFFLES = 200
CHANCE = 0.05
"""The gate opens if at most so many of the shuffles, and the truth itself, offer one as good."""
MOST_RULES = 8
_MOST_ROUNDS, _TRIED, _AT_ONCE = 3, 4, 50
_NOTHING_LEFT = 1e-9


Months = npt.NDArray[np.intp]
"""The number of each lead's month, from 0."""


class Gate(NamedTuple):
    """The gate before each choice: how often outcomes are shuffled, within which groups, and from which seed."""

    months: Months
    seed: int
    shuffles: int = SHUFFLES
    chance: float = CHANCE

    def apart(self, outcomes: Outcomes) -> "Gate":
        """Returns the gate with leads of an audit apart from the others of their month: their chance was another."""
        audited = outcomes.weight > outcomes.weight.min(initial=np.inf)
        return self._replace(months=np.unique(self.months * 2 + audited, return_inverse=True)[1].astype(np.intp))


def choose(held: Numbers, outcomes: Outcomes, gate: Gate, most: int = MOST_RULES) -> list[int]:
    """Returns the places of the chosen conditions, in the order in which they were chosen; none if all is chance.

    Args:
        held: leads × candidates.
        outcomes: of the same leads.
        gate: what a choice must pass.
        most: so many at most.
    """
    draw, gate, outcomes = np.random.default_rng(gate.seed), gate.apart(outcomes), outcomes.tempered()
    chosen: list[int] = []
    while len(chosen) < most:
        found = _Test.of(held, chosen, outcomes, gate.months)
        best = int(np.argmax(found.statistics))
        if found.statistics[best] <= 0 or found.p_of_best(draw, gate) > gate.chance:
            break
        chosen.append(best)
    return swapped(held, outcomes, chosen, gate.months)


def beside_today(held: Numbers, sums: Numbers, outcomes: Outcomes, gate: Gate) -> bool:
    """Tells whether some rule says more of outcomes than today's sums do already, beyond chance."""
    gate, outcomes = gate.apart(outcomes), outcomes.tempered()
    columns = np.column_stack([sums, held])
    found = _Test.of(columns, [0], outcomes, gate.months)
    best = float(found.statistics.max())
    return best > 0 and found.p_of_best(np.random.default_rng(gate.seed), gate) <= gate.chance


def choose_without_gate(held: Numbers, outcomes: Outcomes, months: Months, wanted: int) -> list[int]:
    """Returns so many conditions chosen without any gate and swaps, as resamples do that only count them."""
    chosen: list[int] = []
    while len(chosen) < wanted:
        statistics = _Test.of(held, chosen, outcomes, months).statistics
        best = int(np.argmax(statistics))
        if statistics[best] <= 0:
            break
        chosen.append(best)
    return chosen


def swapped(held: Numbers, outcomes: Outcomes, chosen: Sequence[int], months: Months) -> list[int]:
    """Returns the choice after each of its conditions was tried against the best others."""
    now = list(chosen)
    value = fit(held[:, now], outcomes).value
    for _ in range(_MOST_ROUNDS if now else 0):
        before = value
        for place in range(len(now)):
            others = now[:place] + now[place + 1 :]
            statistics = _Test.of(held, others, outcomes, months).statistics
            for candidate in np.argsort(-statistics, kind="stable")[:_TRIED]:
                tried = [*now[:place], int(candidate), *now[place + 1 :]]
                if candidate not in now and (reached := fit(held[:, tried], outcomes).value) > value + _NOTHING_LEFT:
                    now, value = tried, reached
        if value <= before:
            break
    return now


class _Test(NamedTuple):
    """Rao's score test of each candidate, given those chosen, by what is left of it beside them within each month."""

    statistics: Numbers
    left: Numbers
    spread: Numbers
    residuals: Numbers

    @classmethod
    def of(cls, held: Numbers, chosen: Sequence[int], outcomes: Outcomes, months: Months) -> "_Test":
        fitted = fit(held[:, list(chosen)], outcomes)
        variance = outcomes.weight * fitted.chances * (1 - fitted.chances)
        residuals = outcomes.weight * (outcomes.won - fitted.chances)
        design = np.column_stack([np.ones(len(held)), held[:, list(chosen)]])
        left = held - design @ np.linalg.solve(fitted.information, (design * variance[:, None]).T @ held)
        left -= _means(left, months)[months]
        spread = variance @ (left * left)
        spread = np.where(spread > _NOTHING_LEFT * len(held), spread, np.inf) + PRECISION
        statistics = (left.T @ residuals) ** 2 / spread
        statistics[list(chosen)] = 0.0
        return cls(statistics, left, spread, residuals)

    def p_of_best(self, draw: np.random.Generator, gate: Gate) -> float:
        """Returns how often shuffled residuals offer a candidate as good as the best, the truth counted once.

        It is 1 as soon as the gate cannot open any more.
        """
        best, reached, within = self.statistics.max(), 1, np.argsort(gate.months, kind="stable")
        for start in range(0, gate.shuffles, _AT_ONCE):
            size = (len(within), min(_AT_ONCE, gate.shuffles - start))
            order = np.argsort(gate.months[:, None] + draw.random(size), axis=0)
            shuffled = np.empty(size)
            shuffled[within] = self.residuals[order]
            offered = ((self.left.T @ shuffled) ** 2 / self.spread[:, None]).max(axis=0)
            reached += int((offered >= best).sum())
            if reached > gate.chance * (gate.shuffles + 1):
                return 1.0
        return reached / (gate.shuffles + 1)


def _means(left: Numbers, months: Months) -> Numbers:
    """Returns the mean of each column in each month."""
    belongs = np.equal.outer(np.arange(int(months.max(initial=0)) + 1), months).astype(float)
    found: Numbers = belongs @ left / np.maximum(belongs.sum(axis=1), 1)[:, None]
    return found
