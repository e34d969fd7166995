"""What was handed over in a period and what became of it, in total and by whatever may explain it."""

from collections.abc import Sequence
from datetime import datetime

from baton.domain.reports.outcomes import outcomes
from baton.domain.reports.report import Group, Line, Report, field, grouped
from baton.domain.reports.rows import HandoffRow
from baton.domain.reports.sla import NOBODY
from baton.domain.reports.span import Span

BY = ("trigger", "persona", "source", "campaign", "channel", "team", "territory", "agreement_version")


def handoffs(rows: Sequence[HandoffRow], span: Span, now: datetime) -> Report:
    """The report; a handoff counts in the period in which it was offered, for whoever had it last."""
    groups = (
        Group("total", (Line("all", outcomes(rows)),)),
        grouped("rule", rows, lambda row: row.rules, outcomes),
        grouped("rep", rows, lambda row: [row.owner or NOBODY], outcomes),
        *(grouped(name, rows, field(name), outcomes) for name in BY),
    )
    return Report("handoffs", span, now, groups)
