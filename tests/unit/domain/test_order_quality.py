"""AUC and the share won at the top: ties, weights, and that no order of rows matters."""

from math import log
from random import Random

import pytest

from baton.domain.statistics.order_quality import Judged, auc, auc_interval, share_won_at_the_top
from baton.domain.statistics.waiting_times import Waited, time_until, waiting_curve
from baton.domain.statistics.won_shares import Z_95


def _drawn(seed: int, n: int = 60) -> list[Judged]:
    draw = Random(seed)
    return [Judged(draw.randrange(6), draw.random() < 0.4, draw.choice([1.0, 1.0, 20.0])) for _ in range(n)]


def _pairs(leads: list[Judged]) -> float:
    """The definition: over all pairs of a won lead and another one, by weight."""
    pairs = [(a, b) for a in leads if a.won for b in leads if not b.won]
    whole = sum(a.weight * b.weight for a, b in pairs)
    return sum(a.weight * b.weight * ((a.score > b.score) + (a.score == b.score) / 2) for a, b in pairs) / whole


@pytest.mark.parametrize("seed", range(20))
def test_the_auc_is_the_share_of_pairs_in_the_right_order(seed: int) -> None:
    leads = _drawn(seed)
    assert auc(leads) == pytest.approx(_pairs(leads))


def test_equal_scores_are_chance() -> None:
    leads = [Judged(100, won) for won in (True, False, False, True)]
    assert auc(leads) == 0.5
    assert share_won_at_the_top(leads, 0.1) == 0.5


def test_an_order_cannot_be_judged_without_wins_or_without_others() -> None:
    assert auc([]) is None
    assert auc([Judged(1, won=True)]) is None
    assert auc_interval([Judged(1, won=True), Judged(0, won=False)]) is None
    assert share_won_at_the_top([], 0.1) is None


@pytest.mark.parametrize("seed", range(10))
def test_no_figure_depends_on_the_order_of_the_rows(seed: int) -> None:
    leads = _drawn(seed)
    mixed = Random(seed).sample(leads, len(leads))
    assert auc(mixed) == auc(leads)
    assert [share_won_at_the_top(mixed, top) for top in (0.05, 0.1, 0.2)] == [
        *(share_won_at_the_top(leads, top) for top in (0.05, 0.1, 0.2)),
    ]


@pytest.mark.parametrize("seed", range(10))
def test_a_weight_counts_as_so_many_leads(seed: int) -> None:
    leads = _drawn(seed)
    copies = [lead._replace(weight=1.0) for lead in leads for _ in range(int(lead.weight))]
    assert auc(leads) == pytest.approx(auc(copies))
    assert share_won_at_the_top(leads, 0.2) == pytest.approx(share_won_at_the_top(copies, 0.2))


def test_the_share_at_the_top_counts_the_best_and_the_part_of_the_tied_that_fits() -> None:
    leads = [Judged(9, won=True), Judged(5, won=True), Judged(5, won=False), *[Judged(0, won=False)] * 7]
    assert share_won_at_the_top(leads, 0.1) == 1.0
    assert share_won_at_the_top(leads, 0.2) == pytest.approx(0.75)
    assert share_won_at_the_top(leads, 0.3) == pytest.approx(2 / 3)
    assert share_won_at_the_top(leads, 1.0) == pytest.approx(0.2)


def test_delongs_interval_has_the_values_of_its_definition() -> None:
    """Against the variance by all pairs, on leads with ties."""
    leads = [lead._replace(weight=1.0) for lead in _drawn(3, 80)]
    low, high = auc_interval(leads) or (1, 0)
    area = auc(leads) or 0
    assert 0 < low < area < high < 1
    won, others = [x.score for x in leads if x.won], [x.score for x in leads if not x.won]
    by_won = [sum((a > b) + (a == b) / 2 for b in others) / len(others) for a in won]
    by_other = [sum((a > b) + (a == b) / 2 for a in won) / len(won) for b in others]
    variance = _variance(by_won) / len(won) + _variance(by_other) / len(others)
    between = _log_odds(high) - _log_odds(low)
    assert between == pytest.approx(2 * Z_95 * variance**0.5 / (area * (1 - area)))


def _log_odds(share: float) -> float:
    return log(share / (1 - share))


def _variance(values: list[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


def test_a_waiting_curve_has_the_published_values_of_freireich() -> None:
    """The treated patients of Freireich and others (1963), the usual example of Kaplan and Meier's curve."""
    happened = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    open_ones = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    leads = [Waited(time, True) for time in happened] + [Waited(time, False) for time in open_ones]
    curve = dict(waiting_curve(leads))
    assert [round(curve[time], 4) for time in (6, 7, 10, 13, 16, 22, 23)] == [
        *(0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482),
    ]
    assert time_until(leads) == 23
    assert time_until(leads, 0.9) is None


def test_the_median_of_times_is_the_first_by_which_it_happened_to_half() -> None:
    assert time_until([Waited(time, True) for time in (1, 2, 3, 4)]) == 2
    assert time_until([Waited(time, True) for time in (3, 1, 2)]) == 2
    assert time_until([Waited(1, True), Waited(2, False)]) == 1
    assert time_until([]) is None
    for n in range(1, 40):
        assert time_until([Waited(time, True) for time in range(1, n + 1)]) == -(-n // 2)
