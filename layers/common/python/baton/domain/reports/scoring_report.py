"""What the rules of the score are worth: what became of the handoffs that cite them, so that they can be tuned."""

from collections.abc import Sequence
from datetime import datetime

from baton.domain.reports.outcomes import outcome_figures
from baton.domain.reports.rows.report_groups import NOTHING, FigureRow, Group, Report, grouped
from baton.domain.reports.rows.report_rows import HandoffRow
from baton.domain.reports.rows.span import Span

FULL = 100


def scoring_report(rows: Sequence[HandoffRow], span: Span, now: datetime) -> Report:
    """The report: per rule of the ledger, per trigger, and per band of ten points, in which the score was.

    A handoff counts once for each rule that its evidence cites.
    """
    bands = grouped("band", rows, lambda row: [band(row.score)], outcome_figures)
    groups = (
        Group("total", (FigureRow("all", outcome_figures(rows)),)),
        grouped("rule", rows, lambda row: row.rules, outcome_figures),
        grouped("trigger", rows, lambda row: [row.trigger], outcome_figures),
        bands._replace(lines=tuple(sorted(bands.lines, key=_from_the_top))),
    )
    return Report("scoring", span, now, groups)


def band(score: float | None) -> str:
    """The ten points in which a score is, such as `70-79`; the full score is one of its own."""
    if score is None:
        return NOTHING
    if score >= FULL:
        return str(FULL)
    lowest = int(max(score, 0) // 10 * 10)
    return f"{lowest}-{lowest + 9}"


def _from_the_top(line: FigureRow) -> int:
    return 1 if line.name == NOTHING else -int(line.name.partition("-")[0])
