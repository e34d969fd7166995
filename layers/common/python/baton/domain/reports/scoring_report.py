"""The scoring report: outcomes of handoffs by the rules behind their score, so that the rules can be tuned.

Each rule is compared with the handoffs that do not cite it, with the interval of each figure, as a trial does.
"""

from collections.abc import Container, Sequence
from datetime import datetime

from baton.domain.reports.outcomes import outcome_figures
from baton.domain.reports.rows.report_groups import NOTHING, OTHERS, FigureRow, Figures, Group, Report, grouped
from baton.domain.reports.rows.report_rows import HandoffRow
from baton.domain.reports.rows.span import Span
from baton.domain.reports.rows.spread import rounded_figure
from baton.domain.statistics.rule_comparisons import RuleComparison, compare_with_others, counts_as_won
from baton.domain.statistics.won_shares import Comparison, Counted, Interval, wilson

FULL = 100
DIGITS, DIGITS_OF_Q = 4, 6


def scoring_report(
    rows: Sequence[HandoffRow], span: Span, now: datetime, counted_as_lost: Container[str] = frozenset()
) -> Report:
    """Returns the report: by rule, by trigger, and by band of ten points.

    A handoff counts once for each rule that it cites. `counted` are those whose outcome speaks for or against the
    rules: won, lost, or returned for one of the reasons `counted_as_lost`.
    """

    def figures(some: Sequence[HandoffRow]) -> Figures:
        return {**outcome_figures(some), "counted": share_figures(_counted(some, counted_as_lost))}

    bands = grouped("band", rows, lambda row: [band(row.score, row.full_score)], figures)
    groups = (
        Group("total", (FigureRow("all", figures(rows)),)),
        _with_others(grouped("rule", rows, lambda row: row.rules, figures), _counted(rows, counted_as_lost)),
        grouped("trigger", rows, lambda row: [row.trigger], figures),
        bands._replace(lines=tuple(sorted(bands.lines, key=_from_the_top))),
    )
    return Report("scoring", span, now, groups)


def _counted(rows: Sequence[HandoffRow], counted_as_lost: Container[str]) -> Counted:
    outcomes = [counts_as_won(row.state, row.return_reason, counted_as_lost) for row in rows]
    return Counted(outcomes.count(True), len(outcomes) - outcomes.count(None))


def _with_others(rules: Group, of_all: Counted) -> Group:
    """Adds to each rule's figures those of the handoffs that do not cite it, and how sure the difference is."""
    lines = [line for line in rules.lines if line.name != OTHERS]
    its = [Counted(line.figures["counted"]["won"], line.figures["counted"]["of"]) for line in lines]
    told = [
        FigureRow(line.name, {**line.figures, **_comparison_figures(found)})
        for line, found in zip(lines, compare_with_others(its, of_all), strict=True)
    ]
    return rules._replace(lines=(*told, *rules.lines[len(told) :]))


def _comparison_figures(found: RuleComparison) -> Figures:
    comparison = found.comparison
    return {
        "without": share_figures(comparison.lacking),
        "difference": difference_figures(comparison),
        "lift": {"times": _rounded(comparison.lift), **_ends(comparison.lift_within)},
        "q": rounded_q(found.q),
        "too_few": comparison.too_few,
    }


def share_figures(counted: Counted, called: str = "won") -> Figures:
    """Returns how many of how many, their share, and its interval; the first number goes by the name `called`."""
    return {called: counted.won, "of": counted.of, "share": _rounded(counted.share), **_ends(wilson(counted))}


def difference_figures(comparison: Comparison) -> Figures:
    """Returns the first share less the second, with its interval; None where one of the groups has too few."""
    return {"share": _rounded(comparison.difference), **_ends(comparison.difference_within)}


def rounded_q(q: float | None) -> float | None:
    """Rounds a q-value as reports show it."""
    return rounded_figure(q, DIGITS_OF_Q)


def _ends(within: Interval | None) -> Figures:
    low, high = within or (None, None)
    return {"low": _rounded(low), "high": _rounded(high)}


def _rounded(figure: float | None) -> float | None:
    return rounded_figure(figure, DIGITS)


def band(score: float | None, full_score: int = FULL) -> str:
    """Returns the band of a tenth of the full score, such as `70-79`, or `140-159 of 200`; a full score has its own."""
    if score is None:
        return NOTHING
    of = "" if full_score == FULL else f" of {full_score}"
    if score >= full_score:
        return f"{full_score}{of}"
    width = max(1, full_score // 10)
    lowest = int(max(score, 0) // width * width)
    return f"{lowest}-{lowest + width - 1}{of}"


def _from_the_top(line: FigureRow) -> int:
    return 1 if line.name == NOTHING else -int(line.name.partition(" ")[0].partition("-")[0])
