"""Judges how well an order of leads tells those that are won from the others: AUC, and the share won at the top.

Scores may be tied, and often are; no figure here depends on the order of the rows.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import exp, log, sqrt
from typing import NamedTuple

from baton.domain.statistics.won_shares import Z_95, Interval


class Judged(NamedTuple):
    """A lead with an outcome: its score, whether it was won, and for how many leads it stands.

    A lead weighs more than 1 if others like it had no chance of an outcome: 20 with an audit share of 5 %.
    """

    score: float
    won: bool
    weight: float = 1.0


class _Tie(NamedTuple):
    """Leads of one score: the weight of those won, and of the others."""

    score: float
    won: float
    others: float


def _ties(leads: Sequence[Judged], *, best_first: bool = False) -> Iterator[_Tie]:
    ordered = sorted(leads, key=lambda lead: lead.score, reverse=best_first)
    for score, tied in groupby(ordered, key=lambda lead: lead.score):
        won = others = 0.0
        for lead in tied:
            if lead.won:
                won += lead.weight
            else:
                others += lead.weight
        yield _Tie(score, won, others)


def auc(leads: Sequence[Judged]) -> float | None:
    """Returns how often a won lead scores above another one, a tie counting half: .5 is chance, 1 is perfect.

    It is the area under the ROC curve, by midranks (Mann and Whitney). None without a won lead and another one.
    """
    below = pairs = won = 0.0
    for tie in _ties(leads):
        pairs += tie.won * (below + tie.others / 2)
        below += tie.others
        won += tie.won
    return pairs / (won * below) if won and below else None


def auc_interval(leads: Sequence[Judged], z: float = Z_95) -> Interval | None:
    """Returns the interval of the AUC (DeLong and others 1988), by its log odds, so that it stays within 0 and 1.

    Weights are left aside. None with fewer than two of a kind, or where the order is perfect and has no spread.
    """
    won, others = sum(lead.won for lead in leads), sum(not lead.won for lead in leads)
    if won < 2 or others < 2:
        return None
    area = auc([lead._replace(weight=1.0) for lead in leads]) or 0.0
    spread_of_won = spread_of_others = below = won_below = 0.0
    for tie in _ties([lead._replace(weight=1.0) for lead in leads]):
        spread_of_won += tie.won * ((below + tie.others / 2) / others - area) ** 2
        spread_of_others += tie.others * ((won - won_below - tie.won / 2) / won - area) ** 2
        below += tie.others
        won_below += tie.won
    error = sqrt(spread_of_won / (won - 1) / won + spread_of_others / (others - 1) / others)
    if not (error and 0 < area < 1):
        return None
    middle, half = log(area / (1 - area)), z * error / (area * (1 - area))
    return 1 / (1 + exp(half - middle)), 1 / (1 + exp(-half - middle))


def share_won_at_the_top(leads: Sequence[Judged], top: float) -> float | None:
    """Returns the share won among the best `top` of the leads, such as .1; None without leads.

    Of leads that are tied where the cut falls, the part counts that still fits: the mean of all orders of theirs.
    """
    room = places = top * sum(lead.weight for lead in leads)
    won = 0.0
    for tie in _ties(leads, best_first=True):
        part = min(1.0, room / (tie.won + tie.others)) if tie.won + tie.others else 0.0
        won += part * tie.won
        room -= part * (tie.won + tie.others)
        if room <= 0:
            break
    return won / places if places else None
