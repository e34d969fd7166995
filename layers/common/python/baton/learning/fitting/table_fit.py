"""Learns the points of given rules, and judges the order of leads that a table of points makes."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from baton.domain.statistics.order_quality import Judged, auc, share_won_at_the_top
from baton.learning.fitting.log_odds_fit import Numbers, Outcomes, fit
from baton.learning.fitting.whole_points import Aim, rounded

Rows = npt.NDArray[np.intp]
_WIDELY = 1e-4
_SIZES = (0.5, 0.75, 1.0)
TOPS = (0.05, 0.1, 0.2)


class Today(NamedTuple):
    """The table in force: the points of the same rules, and what its other rules gave each lead."""

    points: Numbers
    fixed: Numbers
    turns: npt.NDArray[np.bool_]


class Learned(NamedTuple):
    """Whole points for each rule, and the log odds that a point is worth."""

    points: Numbers
    worth: float


class Quality(NamedTuple):
    """How well an order tells wins: the AUC, and the share won in its top 5, 10 and 20 %."""

    auc: float | None
    tops: tuple[float | None, ...]


def new_points(held: Numbers, outcomes: Outcomes) -> Learned:
    """Returns points for rules that were chosen, under a prior around 0."""
    nothing = np.zeros(held.shape[1])
    found = rounded(fit(held, outcomes).log_odds, Aim(held, outcomes, nothing))
    return Learned(found.points, found.worth)


def points_towards(held: Numbers, outcomes: Outcomes, today: Today) -> Learned:
    """Returns points for today's rules, shrunk towards today's.

    Where today's table ranks the wrong way round, points are shrunk towards 0. A rule that may not change its sign
    loses its points instead.
    """
    sums = held @ today.points + today.fixed
    worth = float(fit(sums[:, None], outcomes, precision=_WIDELY).log_odds[0])
    scale = worth if worth > 0 else 0.0
    towards, given = today.points * scale, today.fixed * scale
    kept = np.ones(len(towards), dtype=bool)
    largest = float(np.max(np.abs(today.points), initial=1.0))
    while True:
        log_odds = np.zeros(len(towards))
        log_odds[kept] = fit(held[:, kept], outcomes, towards[kept], beside=given).log_odds
        turned = kept & ~today.turns & (log_odds * today.points <= 0)
        if not turned.any():
            break
        kept &= ~turned
    if scale and np.any(today.fixed):
        scales: Sequence[float] = [1 / scale]
    else:
        scales = [size * largest / max(float(np.abs(log_odds).max()), 1e-9) for size in _SIZES]
    aim = Aim(held[:, kept], outcomes, towards[kept], beside=today.fixed if scale else 0.0)
    points = np.zeros(len(towards))
    found = rounded(log_odds[kept], aim, scales)
    points[kept] = found.points
    return Learned(np.where(today.turns | (points * today.points >= 0), points, 0.0), found.worth)


def quality(sums: Numbers, outcomes: Outcomes) -> Quality:
    """Returns how well these sums order the leads."""
    rows = zip(sums.tolist(), outcomes.won.tolist(), outcomes.weight.tolist(), strict=True)
    leads = [Judged(score, bool(won), weight) for score, won, weight in rows]
    return Quality(auc(leads), tuple(share_won_at_the_top(leads, top) for top in TOPS))
