"""How well the draft's points order leads, and what each threshold would hand over."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from baton.domain.scoring.scorecard import Scorecard
from baton.domain.statistics.order_quality import Judged, auc, auc_interval, share_won_at_the_top
from baton.domain.statistics.won_shares import Counted, Interval, wilson
from baton.domain.trial.figures.trial_sums import OTHER, TENTH, WON, TrialSums

TOPS = (0.05, 0.1, 0.2)
STEP = 5
_TENTHS_OF_A_POINT = 100 // TENTH


class Step(NamedTuple):
    """What a threshold would hand over: leads, and how many of those that count were won; `missed` are the wins left.

    Leads that another trigger hands over are among them at every threshold.
    """

    threshold: int
    leads: int
    counted: Counted
    within: Interval | None
    missed: int


class Order(NamedTuple):
    """How well an order tells won leads from others: AUC, .5 being chance, and the share won at the top."""

    leads: Counted
    auc: float | None
    within: Interval | None
    won_at_the_top: Mapping[str, float | None]


class OrderFigures(NamedTuple):
    """The order by the sum of points before any limit: of all leads that count, and of those not chosen by the score.

    Those that today's score chose have an outcome because of it; the others can judge it more fairly. `heaped` is the
    share of leads whose sum is at or beyond the full score, and `at_zero` of those at or below 0: within the limits
    they cannot be told apart.
    """

    all: Order
    not_chosen: Order
    heaped: float | None
    at_zero: float | None


def ladder_of(sums: TrialSums, draft: Scorecard) -> list[Step]:
    """Returns what each threshold of a step of five points would hand over, and the draft's own."""
    wins = sum(leads for (_, _, counts), leads in sums.scores.items() if counts == WON)
    thresholds = sorted({*range(STEP, draft.top + 1, STEP), draft.rules["threshold"]})
    return [_step(sums, each, wins) for each in thresholds]


def _step(sums: TrialSums, threshold: int, wins: int) -> Step:
    leads = won = others = 0
    for (score, otherwise, counts), number in sums.scores.items():
        if otherwise or score >= threshold:
            leads += number
            won += number if counts == WON else 0
            others += number if counts == OTHER else 0
    counted = Counted(won, won + others)
    return Step(threshold, leads, counted, wilson(counted), wins - won)


def order_of_sums(sums: TrialSums, top: int) -> OrderFigures:
    """Returns how well the sums of points order the leads with an outcome that counts; `top` is the full score."""
    each = [(points, chosen, counts == WON, leads) for (points, chosen, counts), leads in sorted(sums.sums.items())]
    total, full = sum(sums.sums.values()), top * _TENTHS_OF_A_POINT
    return OrderFigures(
        _order((points, won, leads) for points, _, won, leads in each),
        _order((points, won, leads) for points, chosen, won, leads in each if not chosen),
        sum(leads for points, _, _, leads in each if points >= full) / total if total else None,
        sum(leads for points, _, _, leads in each if points <= 0) / total if total else None,
    )


def _order(each: Iterable[tuple[int, bool, int]]) -> Order:
    leads: Sequence[Judged] = [Judged(points / _TENTHS_OF_A_POINT, won) for points, won, n in each for _ in range(n)]
    counted = Counted(sum(lead.won for lead in leads), len(leads))
    tops = {f"{round(100 * top)} %": share_won_at_the_top(leads, top) for top in TOPS}
    return Order(counted, auc(leads), auc_interval(leads), tops)
