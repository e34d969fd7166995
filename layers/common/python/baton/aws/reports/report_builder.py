"""Builds the reports that a request asks for, from the rows in index 2 of the table."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from baton.agreement.terms.agreement import Agreement
from baton.aws.reports.report_queries import ReportQueries
from baton.domain.reports.agreed_targets import NO_TARGETS, AgreedTargets
from baton.domain.reports.corrected_calendars import Calendars
from baton.domain.reports.report_registry import REPORTS, ReportInput
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
        corrected: Calendars | None = None,
        targets: AgreedTargets = NO_TARGETS,
        calendars: Calendars | None = None,
    ) -> list[Report]:
        """Returns the reports of these names on a period, as of `now`, in the order of the registry.

        By the `calendars` in force lengths are told in business time, too.
        """
        found = ReportInput(self.rows, span, now, corrected, targets, calendars)
        return [make(found) for name, make in REPORTS.items() if name in names]


def targets_of(agreement: Agreement) -> AgreedTargets:
    """Returns what is agreed to be reached, with which reports compare."""
    return AgreedTargets.of(agreement.rules)


def calendars_of(agreement: Agreement) -> Calendars:
    """Returns the calendars of an agreement, by which lengths in business time and due times are computed."""
    of_teams = {name: team.calendar for name, team in agreement.teams.items() if team.calendar}
    return Calendars(agreement.calendars, agreement.marketing.calendar, of_teams)


def agreed_in(agreement: Agreement) -> tuple[Calendars, AgreedTargets]:
    """Returns the calendars and the targets of an agreement."""
    return calendars_of(agreement), targets_of(agreement)
