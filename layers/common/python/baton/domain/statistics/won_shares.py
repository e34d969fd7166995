"""Compares shares of won leads: intervals of a share, of a difference, of a lift, and when there are too few.

All intervals are 95 % intervals. Shares are from 0 to 1.
"""

from math import erfc, exp, sqrt
from typing import NamedTuple

Interval = tuple[float, float]
"""The lower and the upper end."""

Z_95 = 1.959963984540054
"""So many standard errors on each side of a normal distribution's mean leave out 5 %."""

FEWEST = 10
"""With fewer wins, or fewer others, nothing is said of a group but that there are too few."""


class Counted(NamedTuple):
    """A group of leads with an outcome: how many were won, of how many."""

    won: int
    of: int

    @property
    def others(self) -> int:
        """Returns how many were not won."""
        return self.of - self.won

    @property
    def share(self) -> float | None:
        """Returns the share won; None if the group is empty."""
        return self.won / self.of if self.of else None

    @property
    def too_few(self) -> bool:
        """Tells whether there are under 10 wins or under 10 others."""
        return self.won < FEWEST or self.others < FEWEST


def wilson(group: Counted, z: float = Z_95) -> Interval | None:
    """Returns the interval of the share won (Wilson 1927); None if the group is empty.

    Its ends are clipped to 0 and 1, which rounding could pass at no win and at wins alone.
    """
    won, of = group
    if not of:
        return None
    share = won / of
    centre = share + z * z / (2 * of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    widened = 1 + z * z / of
    low = 0.0 if won == 0 else max(0.0, (centre - half) / widened)
    high = 1.0 if won == of else min(1.0, (centre + half) / widened)
    return low, high


def difference_interval(one: Counted, other: Counted, z: float = Z_95) -> Interval | None:
    """Returns the interval of the first share less the second (Newcombe 1998, method 10); None if one is empty."""
    first, second = wilson(one, z), wilson(other, z)
    if first is None or second is None:
        return None
    p, q = one.won / one.of, other.won / other.of
    low = p - q - sqrt((p - first[0]) ** 2 + (second[1] - q) ** 2)
    high = p - q + sqrt((first[1] - p) ** 2 + (q - second[0]) ** 2)
    return low, high


def lift(one: Counted, other: Counted) -> float | None:
    """Returns how many times as often the first group is won: 2.0 is twice as often; None if that cannot be said."""
    return (one.won / one.of) / (other.won / other.of) if one.of and other.won else None


def lift_interval(one: Counted, other: Counted, z: float = Z_95) -> Interval | None:
    """Returns the interval of the lift, by its logarithm (Katz and others 1978); None without wins in both groups."""
    if not (one.won and other.won):
        return None
    ratio = (one.won / one.of) / (other.won / other.of)
    half = z * sqrt(1 / one.won - 1 / one.of + 1 / other.won - 1 / other.of)
    return ratio * exp(-half), ratio * exp(half)


def p_of_difference(one: Counted, other: Counted) -> float | None:
    """Returns the p-value of two equal shares (score test, which is Pearson's chi-square); None if nothing differs.

    It says how often chance alone makes a difference as large as this one.
    """
    of, won = one.of + other.of, one.won + other.won
    if not (one.of and other.of and 0 < won < of):
        return None
    pooled = won / of
    error = sqrt(pooled * (1 - pooled) * (1 / one.of + 1 / other.of))
    return erfc(abs(one.won / one.of - other.won / other.of) / error / sqrt(2))


class Comparison(NamedTuple):
    """Leads with something, such as a rule's points, against those without it.

    Where `too_few` holds for one of both, the difference, the lift and p are None: nothing can be said.
    """

    having: Counted
    lacking: Counted
    difference: float | None = None
    difference_within: Interval | None = None
    lift: float | None = None
    lift_within: Interval | None = None
    p: float | None = None

    @property
    def too_few(self) -> bool:
        """Tells whether one of the groups has under 10 wins or under 10 others."""
        return self.having.too_few or self.lacking.too_few


def compared(having: Counted, lacking: Counted) -> Comparison:
    """Returns the comparison of two groups."""
    if having.too_few or lacking.too_few:
        return Comparison(having, lacking)
    return Comparison(
        having,
        lacking,
        having.won / having.of - lacking.won / lacking.of,
        difference_interval(having, lacking),
        lift(having, lacking),
        lift_interval(having, lacking),
        p_of_difference(having, lacking),
    )
