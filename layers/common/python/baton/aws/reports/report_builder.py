"""Builds the reports that a request asks for, from the rows in index 2 of the table."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from baton.agreement.terms.agreement import Agreement
from baton.aws.reports.report_queries import ReportQueries
from baton.domain.reports.agreed_targets import AgreedTargets
from baton.domain.reports.corrected_calendars import Calendars
from baton.domain.reports.report_registry import NOTHING_AGREED, REPORTS, Agreed, ReportInput
from baton.domain.reports.rows.report_groups import Report
from baton.domain.reports.rows.span import Span


@dataclass(frozen=True, slots=True)
class ReportBuilder:
    """Builds reports on what the table holds."""

    rows: ReportQueries

    def build(
        self,
        names: Collection[str],
        span: Span,
        now: datetime,
        agreed: Agreed = NOTHING_AGREED,
        corrected: Calendars | None = None,
    ) -> list[Report]:
        """Returns the reports of these names on a period, as of `now`, in the order of the registry."""
        found = ReportInput(self.rows, span, now, agreed, corrected)
        return [make(found) for name, make in REPORTS.items() if name in names]


def agreed_in(agreement: Agreement) -> Agreed:
    """Returns what an agreement says that reports need: its targets, its calendars, and which returns count as lost."""
    of_teams = {name: team.calendar for name, team in agreement.teams.items() if team.calendar}
    calendars = Calendars(agreement.calendars, agreement.marketing.calendar, of_teams)
    return Agreed(AgreedTargets.of(agreement.rules), calendars, agreement.counted_as_lost)
