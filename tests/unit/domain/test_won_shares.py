"""Intervals and tests of shares won, against published values and against their laws."""

from math import comb, exp, isclose, sqrt

import pytest

from baton.domain.statistics.false_discoveries import q_values
from baton.domain.statistics.won_shares import (
    Z_95,
    Counted,
    compared,
    difference_interval,
    lift,
    lift_interval,
    p_of_difference,
    wilson,
)


@pytest.mark.parametrize(
    ("won", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_has_the_values_that_newcombe_published(won: int, of: int, low: float, high: float) -> None:
    assert wilson(Counted(won, of)) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("of", [1, 2, 3, 7, 10, 97, 1000])
def test_wilsons_interval_is_within_0_and_1_and_holds_the_share(of: int) -> None:
    for won in range(of + 1):
        low, high = wilson(Counted(won, of)) or (2, -2)
        assert 0 <= low <= won / of <= high <= 1
    assert (wilson(Counted(of, of)) or (0, 0))[1] == 1
    assert (wilson(Counted(0, of)) or (1, 0))[0] == 0


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        (Counted(56, 70), Counted(48, 80), 0.0524, 0.3339),
        (Counted(0, 20), Counted(5, 20), -0.4687, -0.0378),
        (Counted(9, 10), Counted(3, 10), 0.1705, 0.8090),
        (Counted(10, 10), Counted(0, 20), 0.6791, 1.0),
    ],
)
def test_newcombes_interval_of_a_difference_has_the_published_values(
    one: Counted, other: Counted, low: float, high: float
) -> None:
    assert difference_interval(one, other) == pytest.approx((low, high), abs=5e-5)
    assert difference_interval(other, one) == pytest.approx((-high, -low), abs=5e-5)


def test_newcombes_interval_covers_the_true_difference() -> None:
    """The exact coverage, summed over all outcomes of two groups of 20."""
    for p, q in ((0.1, 0.3), (0.5, 0.5), (0.6, 0.9)):
        covered = 0.0
        for won in range(21):
            for other in range(21):
                low, high = difference_interval(Counted(won, 20), Counted(other, 20)) or (2, -2)
                if low <= p - q <= high:
                    covered += _binomial(won, p) * _binomial(other, q)
        assert covered > 0.93


def _binomial(won: int, p: float, of: int = 20) -> float:
    return float(comb(of, won) * p**won * (1 - p) ** (of - won))


def test_the_interval_of_a_lift_is_on_the_scale_of_ratios() -> None:
    one, other = Counted(15, 100), Counted(30, 100)
    low, high = lift_interval(one, other) or (0, 0)
    assert (low, high) == pytest.approx((0.5 * exp(-Z_95 * sqrt(0.08)), 0.5 * exp(Z_95 * sqrt(0.08))))
    assert (low, high) == pytest.approx((0.2872, 0.8704), abs=5e-5)
    assert lift(one, other) == 0.5
    assert lift_interval(other, one) == pytest.approx((1 / high, 1 / low))


def test_nothing_is_said_of_a_lift_without_wins() -> None:
    assert lift_interval(Counted(0, 10), Counted(5, 10)) is None
    assert lift(Counted(5, 10), Counted(0, 10)) is None


def test_the_p_value_is_that_of_pearsons_chi_square() -> None:
    """220 · (20 · 84 − 80 · 36)² / (100 · 120 · 56 · 164) is 2.8747, which chance passes in 9.00 % of cases."""
    assert p_of_difference(Counted(20, 100), Counted(36, 120)) == pytest.approx(0.0900, abs=5e-5)
    assert p_of_difference(Counted(5, 10), Counted(50, 100)) == 1
    assert p_of_difference(Counted(0, 10), Counted(0, 10)) is None
    assert p_of_difference(Counted(0, 0), Counted(3, 10)) is None


def test_an_empty_group_has_no_figures() -> None:
    empty = Counted(0, 0)
    assert (empty.share, wilson(empty), difference_interval(empty, Counted(1, 2)), lift(empty, Counted(1, 2))) == (
        *(None, None, None, None),
    )


def test_a_comparison_of_too_few_says_so_and_nothing_else() -> None:
    for having in (Counted(9, 100), Counted(91, 100)):
        for pair in (compared(having, Counted(50, 100)), compared(Counted(50, 100), having)):
            assert pair.too_few
            assert {pair.difference, pair.difference_within, pair.lift, pair.lift_within, pair.p} == {None}


def test_a_comparison_has_difference_lift_and_p() -> None:
    pair = compared(Counted(56, 70), Counted(48, 80))
    assert not pair.too_few
    assert pair.difference == pytest.approx(0.2)
    assert pair.lift == pytest.approx(4 / 3)
    assert pair.p == pytest.approx(0.0079, abs=5e-4)


def test_q_values_are_those_of_benjamini_and_hochberg() -> None:
    published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
    published += [0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    found = [q for q in q_values(published) if q is not None]
    assert [q <= 0.05 for q in found] == [True] * 4 + [False] * 11
    assert found[3] == pytest.approx(0.0095 * 15 / 4)
    assert found == sorted(found)


def test_a_missing_p_value_leaves_the_others_as_if_it_were_not_there() -> None:
    assert q_values([0.01, None, 0.04, 0.03, None]) == [pytest.approx(0.03), None, *(pytest.approx(0.04),) * 2, None]
    assert q_values([None, None]) == [None, None]
    assert q_values([]) == []


def test_equal_p_values_have_equal_q_values() -> None:
    found = q_values([0.02, 0.5, 0.02])
    assert found[0] is not None
    assert found[0] == found[2]
    assert isclose(found[0], 0.03)
