"""The handoffs report: what became of the handoffs of a period, in total and by trigger, source, rep and more."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from baton.domain.reports.outcomes import PASSED_ON, outcome_figures
from baton.domain.reports.rows.report_groups import FigureRow, Group, Report, field, grouped
from baton.domain.reports.rows.report_rows import HandoffRow
from baton.domain.reports.rows.span import Span
from baton.domain.reports.sla_report import NOBODY

BY = ("trigger", "persona", "source", "campaign", "channel", "team", "territory", "agreement_version")


def handoffs_report(rows: Sequence[HandoffRow], span: Span, now: datetime) -> Report:
    """Returns the report; a handoff counts in the period of its offer, for each rep who had it."""
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
    """Yields the handoff once for each owner with their own steps; result and rating go to the last one."""
    last = row.stints[-1].owner if row.stints else None
    for owner in dict.fromkeys([*(stint.owner for stint in row.stints if stint.owner), last]):
        own = row._replace(stints=tuple(stint for stint in row.stints if stint.owner == owner))
        yield own if owner == last else own._replace(state=PASSED_ON, stars=None)
