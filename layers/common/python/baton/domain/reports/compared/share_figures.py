"""Writes shares and their differences as figures of reports, each with its interval of 95 %."""

from baton.domain.reports.rows.report_groups import Figures
from baton.domain.reports.rows.spread import rounded_figure
from baton.domain.statistics.won_shares import Comparison, Counted, Interval, wilson

DIGITS, DIGITS_OF_Q = 4, 6


def share_figures(counted: Counted, called: str = "won") -> Figures:
    """Returns how many of how many, their share, and its interval; the first number goes by the name `called`."""
    return {called: counted.won, "of": counted.of, "share": rounded(counted.share), **ends(wilson(counted))}


def difference_figures(comparison: Comparison) -> Figures:
    """Returns the first share less the second, with its interval; None where one of the groups has too few."""
    return {"share": rounded(comparison.difference), **ends(comparison.difference_within)}


def ends(within: Interval | None) -> Figures:
    """Returns the ends of an interval."""
    low, high = within or (None, None)
    return {"low": rounded(low), "high": rounded(high)}


def rounded(figure: float | None) -> float | None:
    """Rounds a share as reports show it."""
    return rounded_figure(figure, DIGITS)


def rounded_q(q: float | None) -> float | None:
    """Rounds a q-value as reports show it."""
    return rounded_figure(q, DIGITS_OF_Q)
