"""Says how long leads take until something happens to them, where for some it has not happened yet."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple


class Waited(NamedTuple):
    """How long a lead was watched, in any one unit, and whether what was waited for happened at the end of it."""

    time: float
    happened: bool


def waiting_curve(leads: Iterable[Waited]) -> list[tuple[float, float]]:
    """Returns the share of leads for which it has not happened yet, after each time at which it happened to some.

    It is the curve of Kaplan and Meier (1958). A lead that was watched up to a moment counts as waiting at it.
    """
    ordered = sorted(leads)
    at_risk, share, curve = len(ordered), 1.0, list[tuple[float, float]]()
    for time, at_once in groupby(ordered, key=lambda lead: lead.time):
        ended = [lead.happened for lead in at_once]
        if happened := sum(ended):
            share *= 1 - happened / at_risk
            curve.append((time, share))
        at_risk -= len(ended)
    return curve


def time_until(leads: Sequence[Waited], share: float = 0.5) -> float | None:
    """Returns the first time by which it has happened to at least this share of the leads; None if it never has.

    Without leads that still wait this is the nearest rank, as all medians of reports: always a time that occurred.
    """
    slack = 1e-12  # what products of fractions lose
    return next((time for time, waiting in waiting_curve(leads) if waiting <= 1 - share + slack), None)
