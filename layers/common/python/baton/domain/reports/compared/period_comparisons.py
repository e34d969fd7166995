"""Compares each share of a report with that of the period before: how far it changed, and whether by chance."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from baton.domain.reports.rows.report_groups import Figures, Report
from baton.domain.reports.scoring_report import difference_figures, rounded_q, share_figures
from baton.domain.statistics.false_discoveries import q_values
from baton.domain.statistics.won_shares import Comparison, Counted, compared

NOBODY = Counted(0, 0)


def _went_on(figures: Figures) -> Counted:
    """Counts who went on from a stage; nobody if it is not known how many were there, or known of too few of them."""
    leads, of = figures["leads"], figures["of"]
    return NOBODY if of is None or of < leads else Counted(leads, of)


class Share(NamedTuple):
    """A share that each line of a group has: its name, and a function that counts what it is of."""

    figure: str
    counted: Callable[[Figures], Counted]


_IN_TIME = Share("share", lambda its: Counted(its["met"], its["met"] + its["missed"]))
_SHARES: Mapping[str, Mapping[str, tuple[Share, ...]]] = {
    "sla": {
        **dict.fromkeys(("department", "clock", "duty"), (_IN_TIME,)),
        "speed": (Share("within", lambda its: Counted(its["so_far"], its["of"])),),
    },
    "handoffs": {
        "total": (
            Share("acceptance", lambda its: Counted(its["accepted"], its["offered"])),
            Share("win_rate", lambda its: Counted(its["won"], its["won"] + its["lost"])),
        )
    },
    "scoring": {"total": (Share("counted", lambda its: Counted(its["counted"]["won"], its["counted"]["of"])),)},
    "funnel": {"conversion": (Share("share", _went_on),)},
}
"""The shares that are compared, by report and group."""


class _Pair(NamedTuple):
    group: str
    name: str
    figure: str
    its: Counted
    earlier: Counted


def compare_periods(report: Report, before: Report) -> tuple[Figures, ...]:
    """Returns the comparison of each share that the report, or that on the period before, has, in the report's order.

    `q` corrects for the number of shares that the report compares.
    """
    pairs = [pair for pair in _pairs(report, before) if pair.its.of or pair.earlier.of]
    found = [compared(pair.its, pair.earlier) for pair in pairs]
    told = zip(pairs, found, q_values([each.p for each in found]), strict=True)
    return tuple(_figures(pair, comparison, q) for pair, comparison, q in told)


def _pairs(report: Report, before: Report) -> Iterator[_Pair]:
    for group, shares in _SHARES[report.name].items():
        for name in dict.fromkeys(line.name for each in (report, before) for line in each.group(group).lines):
            if group != "speed" or not name.endswith("-"):  # everything is within the last band
                for share in shares:
                    its, earlier = (_counted(each, group, name, share) for each in (report, before))
                    yield _Pair(group, name, share.figure, its, earlier)


def _counted(report: Report, group: str, name: str, share: Share) -> Counted:
    figures = report.line(group, name)
    return share.counted(figures) if figures else NOBODY


def _figures(pair: _Pair, comparison: Comparison, q: float | None) -> Figures:
    return {
        "group": pair.group,
        "name": pair.name,
        "figure": pair.figure,
        "now": share_figures(comparison.having, "n"),
        "before": share_figures(comparison.lacking, "n"),
        "difference": difference_figures(comparison),
        "q": rounded_q(q),
        "too_few": comparison.too_few,
    }
