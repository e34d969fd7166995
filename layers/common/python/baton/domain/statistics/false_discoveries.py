"""Corrects p-values for many tests at once, so that chance alone seldom makes a rule look good."""

from collections.abc import Sequence


def q_values(p_values: Sequence[float | None]) -> list[float | None]:
    """Returns each test's q-value (Benjamini and Hochberg 1995): among those up to it, so many are false on average.

    A test without a p-value, such as one of too few leads, has no q-value, and does not count as a test.
    """
    tested = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    found: list[float | None] = [None] * len(p_values)
    lowest = 1.0
    for rank in range(len(tested), 0, -1):
        p, place = tested[rank - 1]
        lowest = min(lowest, p * len(tested) / rank)
        found[place] = lowest
    return found
