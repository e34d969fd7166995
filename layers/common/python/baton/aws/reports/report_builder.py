"""Makes reports: reads what they need, once for all of them, and folds it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from baton.agreement.terms.agreement import Agreement
from baton.aws.reports.report_queries import ReportQueries
from baton.domain.reports.corrected_calendars import Calendars
from baton.domain.reports.funnel_report import funnel_report
from baton.domain.reports.handoffs_report import handoffs_report
from baton.domain.reports.rows.report_groups import Report
from baton.domain.reports.rows.span import Span
from baton.domain.reports.scoring_report import scoring_report
from baton.domain.reports.sla_report import sla_report

REPORTS = ("sla", "handoffs", "scoring", "funnel")


@dataclass(frozen=True, slots=True)
class Reporting:
    """The reports on what the table holds."""

    rows: ReportQueries

    def make(
        self, names: Collection[str], span: Span, now: datetime, corrected: Calendars | None = None
    ) -> list[Report]:
        """The reports of these names on a period, as of now, in the order in which they are listed above."""
        handed_over = self.rows.handoffs(span) if set(names) - {"funnel"} else []
        makers = {
            "sla": lambda: sla_report(handed_over, self.rows.duties(span), span, now, corrected),
            "handoffs": lambda: handoffs_report(handed_over, span, now),
            "scoring": lambda: scoring_report(handed_over, span, now),
            "funnel": lambda: funnel_report(self.rows.opening(min(span.start, now)), self.rows.moves(span), span, now),
        }
        return [makers[name]() for name in REPORTS if name in names]


def calendars_of(agreement: Agreement) -> Calendars:
    """The calendars of an agreement, by which due times are reckoned anew."""
    return Calendars(agreement.calendars, agreement.marketing.calendar)
