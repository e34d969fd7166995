"""Lets points fade: they halve with every half-life, and after twenty half-lives none are left.

The score falls in steps, thirty in each half-life, so that it stays the same for a day if the half-life is thirty days.
"""

from collections.abc import Iterable, Iterator
from math import ceil, log2
from typing import Any

STEPS = 30
"""Steps in one half-life."""
_LEFT = tuple(0.5 ** (step / STEPS) for step in range(20 * STEPS))
"""The share of the points that is left after each step: 1.0, 0.977, …, 0.5 after thirty."""


def step_length(half_life: int | None) -> float | None:
    """Returns the length of one step in milliseconds, for a half-life in seconds; None for points that never fade."""
    return half_life * 1000 / STEPS if half_life else None


def faded(points: float, age: int, step: float | None) -> float:
    """Returns what points of an age in milliseconds are worth: 50 points are worth 25 after thirty steps."""
    if step is None or age <= 0:
        return points
    steps = int(age / step)
    return points * _LEFT[steps] if steps < len(_LEFT) else 0.0


def faded_together(awards: Iterable[Any], now: int, step: float | None) -> int:
    """Returns what awards that begin with a time and points are worth together, each rounded to whole points."""
    total = 0
    for award in awards:
        age = now - award[0]
        if step is None or age <= 0:
            total += round(award[1])
        elif (steps := int(age / step)) < len(_LEFT):
            total += round(award[1] * _LEFT[steps])
    return total


def faded_smoothly(points: float, age: int, step: float | None) -> float:
    """Returns what points are worth after an age in milliseconds without rounding it to whole steps.

    Awards of different times are added up by this, because a sum has one time only.
    """
    return points * (0.5 ** (age / (step * STEPS)) if step else 1)


def steps_to_come(awarded_at: int, now: int, step: float) -> Iterator[int]:
    """Yields the moments after `now` at which points become fewer, all in milliseconds since 1970."""
    gone = max(0, int((now - awarded_at) / step))
    yield from (ceil(awarded_at + step * each) for each in range(gone + 1, len(_LEFT) + 1))


def warmth(awards: Iterable[Any], latest: int, half_life: int | None) -> float:
    """Returns how warm a lead is compared with others; the order of two leads never changes by time alone.

    It is the logarithm of the points as they would be counted forward from 1970 (forward decay, Cormode and others,
    2009), so a list in this order is rewritten by signals only, never by the clock. 0 for no points above zero.

    Args:
        awards: entries that begin with a time in milliseconds since 1970 and hundredths of a point.
        latest: the time of the lead's last signal, in milliseconds since 1970.
        half_life: the agreement's half-life in seconds; None if points do not fade.
    """
    if not half_life:
        return round(log2(max(1.0, sum(award[1] for award in awards))), 4)
    points = sum(award[1] * 0.5 ** ((latest - award[0]) / (half_life * 1000)) for award in awards)
    return round(log2(points) + latest / (half_life * 1000), 4) if points > 0 else 0.0
