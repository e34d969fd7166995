"""What was handed over in a period and what became of it, in total and by whatever may explain it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from baton.domain.reports.outcomes import PASSED_ON, outcome_figures
from baton.domain.reports.rows.report_groups import FigureRow, Group, Report, field, grouped
from baton.domain.reports.rows.report_rows import HandoffRow
from baton.domain.reports.rows.span import Span
from baton.domain.reports.sla_report import NOBODY

BY = ("trigger", "persona", "source", "campaign", "channel", "team", "territory", "agreement_version")


def handoffs_report(rows: Sequence[HandoffRow], span: Span, now: datetime) -> Report:
    """The report; a handoff counts in the period in which it was offered, for everybody who had it."""
    groups = (
        Group("total", (FigureRow("all", outcome_figures(rows)),)),
        grouped("rule", rows, lambda row: row.rules, outcome_figures),
        grouped(
            "rep",
            [each for row in rows for each in _per_owner(row)],
            lambda row: [row.owner or NOBODY],
            outcome_figures,
        ),
        *(grouped(name, rows, field(name), outcome_figures) for name in BY),
    )
    return Report("handoffs", span, now, groups)


def _per_owner(row: HandoffRow) -> Iterator[HandoffRow]:
    """The handoff once for each who had it, with what they did; how it ended, and its rating, are the last one's."""
    last = row.stints[-1].owner if row.stints else None
    for owner in dict.fromkeys([*(stint.owner for stint in row.stints if stint.owner), last]):
        own = row._replace(stints=tuple(stint for stint in row.stints if stint.owner == owner))
        yield own if owner == last else own._replace(state=PASSED_ON, stars=None)
