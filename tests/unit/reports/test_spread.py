"""Medians and 90th percentiles of lengths of time, by nearest rank."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.reports.rows.spread import HALF, NINE_OF_TEN, Spread, nearest_rank, rounded_figure, share


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40), st.sampled_from([HALF, NINE_OF_TEN]))
def test_the_nearest_rank_is_the_smallest_value_that_covers_the_given_share(values: list[int], part: Fraction) -> None:
    enough = [value for value in values if sum(each <= value for each in values) >= part * len(values)]
    assert nearest_rank(sorted(values), part) == min(enough)


@pytest.mark.parametrize(
    ("values", "median", "p90"),
    [
        ([], None, None),
        ([7], 7, 7),
        ([1, 2], 1, 2),
        ([3, 1, 2], 2, 3),
        (list(range(1, 11)), 5, 9),
        (list(range(1, 12)), 6, 10),
        (list(range(1, 101)), 50, 90),
    ],
    ids=str,
)
def test_the_median_and_p90_are_values_of_the_list(
    values: list[float], median: float | None, p90: float | None
) -> None:
    assert Spread.of(values) == (len(values), median, p90)


def test_figures_are_rounded_to_milliseconds_and_four_decimals() -> None:
    assert Spread.of([1800.0, 12.3456]).figures() == {"n": 2, "median_seconds": 12.346, "p90_seconds": 1800}
    assert (rounded_figure(1800.0), rounded_figure(None), share(6, 7), share(0, 0)) == (1800, None, 0.8571, None)
