"""Rounds log odds to whole-number points that lose as little as possible: several multipliers, then steps of ±1."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from baton.learning.fitting.log_odds_fit import PRECISION, Numbers, Outcomes

MULTIPLIERS = (6, 8, 10, 12, 15, 20, 25, 30)
"""So many points get the largest log odds of a table, one after the other; the best is kept."""
_MOST_SWEEPS, _NEWTON_STEPS, _GAIN = 6, 12, 1e-6


class Rounded(NamedTuple):
    """Whole points for each condition, the log odds that a point is worth, and the base."""

    points: Numbers
    worth: float
    base: float


class Aim(NamedTuple):
    """What points are judged by: the leads, and the prior around `towards` that the log odds were fitted under.

    `beside` are the points that other rules gave each lead, and give on.
    """

    held: Numbers
    outcomes: Outcomes
    towards: Numbers
    precision: float = PRECISION
    beside: Numbers | float = 0.0
    most: int = 1000


def rounded(log_odds: Numbers, aim: Aim, scales: Sequence[float] | None = None) -> Rounded:
    """Returns the whole points that fit best.

    Args:
        log_odds: of each condition, as fitted.
        aim: what the points are judged by.
        scales: so many points for a log odds of 1; as `MULTIPLIERS` say if not given.
    """
    largest = float(np.max(np.abs(log_odds), initial=0.0))
    if not largest:
        return Rounded(np.zeros(len(log_odds)), 1.0, 0.0)
    best, best_value = Rounded(np.zeros(len(log_odds)), 1.0, 0.0), -np.inf
    for scale in scales or [multiplier / largest for multiplier in MULTIPLIERS]:
        tried, value = _stepped(np.clip(np.rint(log_odds * scale), -aim.most, aim.most), 1 / scale, aim)
        if value > best_value + _GAIN:
            best, best_value = tried, value
    return best


def _stepped(points: Numbers, worth: float, aim: Aim) -> tuple[Rounded, float]:
    """Changes one condition's points by one as long as that fits better."""
    sums = aim.held @ points + aim.beside
    base, worth, value = _scaled(points, sums, worth, aim)
    for _ in range(_MOST_SWEEPS):
        before = value
        for place in range(len(points)):
            for step in (1.0, -1.0):
                changed = points.copy()
                changed[place] += step
                if abs(changed[place]) > aim.most:
                    continue
                other_sums = sums + step * aim.held[:, place]
                other_base, other_worth, reached = _scaled(changed, other_sums, worth, aim)
                if reached > value + _GAIN:
                    points, sums, base, worth, value = changed, other_sums, other_base, other_worth, reached
        if value <= before:
            break
    return Rounded(points, worth, base), value


def _scaled(points: Numbers, sums: Numbers, worth: float, aim: Aim) -> tuple[float, float, float]:
    """Returns base, worth of a point and penalised log-likelihood for fixed points, by Newton's method."""
    kinds, place = np.unique(sums, return_inverse=True)
    weight = np.bincount(place, aim.outcomes.weight)
    won = np.bincount(place, aim.outcomes.weight * aim.outcomes.won)
    share = won.sum() / weight.sum()
    base = float(np.log(share / (1 - share)) - worth * (weight @ kinds) / weight.sum())
    for _ in range(_NEWTON_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(base + worth * kinds, -35, 35)))
        missing, spread = won - weight * chances, weight * chances * (1 - chances)
        gradient = np.array([missing.sum(), missing @ kinds - aim.precision * points @ (worth * points - aim.towards)])
        cross = spread @ kinds
        curve = np.array(
            [[spread.sum() + 1e-9, cross], [cross, spread @ kinds**2 + aim.precision * points @ points + 1e-9]]
        )
        step = np.linalg.solve(curve, gradient)
        base, worth = base + float(step[0]), worth + float(step[1])
        if np.abs(step).max() < 1e-7:
            break
    penalty = aim.precision * float(np.sum((worth * points - aim.towards) ** 2)) / 2
    log_odds = base + worth * kinds
    value = float(won @ log_odds - weight @ np.logaddexp(0, log_odds)) - penalty
    return base, worth, value if worth > 0 else -np.inf
