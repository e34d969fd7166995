"""The scoring report: outcomes of handoffs by the rules behind their score, so that the rules can be tuned."""

from collections.abc import Sequence
from datetime import datetime

from baton.domain.reports.outcomes import outcome_figures
from baton.domain.reports.rows.report_groups import NOTHING, FigureRow, Group, Report, grouped
from baton.domain.reports.rows.report_rows import HandoffRow
from baton.domain.reports.rows.span import Span

FULL = 100


def scoring_report(rows: Sequence[HandoffRow], span: Span, now: datetime) -> Report:
    """Returns the report: by rule, by trigger, and by band of ten points.

    A handoff counts once for each rule in its evidence.
    """
    bands = grouped("band", rows, lambda row: [band(row.score, row.full_score)], outcome_figures)
    groups = (
        Group("total", (FigureRow("all", outcome_figures(rows)),)),
        grouped("rule", rows, lambda row: row.rules, outcome_figures),
        grouped("trigger", rows, lambda row: [row.trigger], outcome_figures),
        bands._replace(lines=tuple(sorted(bands.lines, key=_from_the_top))),
    )
    return Report("scoring", span, now, groups)


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
