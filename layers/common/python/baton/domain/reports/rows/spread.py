"""The spread of durations: median and 90th percentile by nearest rank, so that each is a duration that occurred."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil
from typing import NamedTuple

HALF, NINE_OF_TEN = Fraction(1, 2), Fraction(9, 10)


def nearest_rank(ordered: Sequence[float], share: Fraction) -> float | None:
    """Returns the smallest of the sorted values that is at least this share of them; None without values.

    It is the value at place ⌈share · n⌉, counted from 1 (the nearest-rank method).
    """
    return ordered[ceil(share * len(ordered)) - 1] if ordered else None


class Spread(NamedTuple):
    """The number of durations, their median and 90th percentile, in seconds."""

    n: int
    median: float | None
    p90: float | None

    @classmethod
    def of(cls, seconds: Iterable[float]) -> "Spread":
        """Returns the spread of these seconds."""
        ordered = sorted(seconds)
        return cls(len(ordered), nearest_rank(ordered, HALF), nearest_rank(ordered, NINE_OF_TEN))

    def figures(self) -> dict[str, float | None]:
        """Returns the spread as reports show it."""
        return {"n": self.n, "median_seconds": rounded_figure(self.median), "p90_seconds": rounded_figure(self.p90)}


def rounded_figure(value: float | None, digits: int = 3) -> float | None:
    """Rounds a number as reports show it: 1800, 12.5."""
    if value is None:
        return None
    rounded = round(value, digits)
    return int(rounded) if rounded == int(rounded) else rounded


def share(part: int, of: int) -> float | None:
    """Returns the share of a part in the whole, from 0 to 1; None if the whole is 0."""
    return rounded_figure(part / of, 4) if of else None
