"""Builds the reports that a request asks for, from the rows in index 2 of the table."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from baton.agreement.terms.agreement import Agreement
from baton.aws.reports.report_queries import ReportQueries
from baton.aws.reports.rows_read_once import RowsReadOnce
from baton.domain.reports.agreed_targets import AgreedTargets
from baton.domain.reports.corrected_calendars import Calendars
from baton.domain.reports.report_registry import IN_SERIES, NOTHING_AGREED, REPORTS, Agreed, ReportInput
from baton.domain.reports.rows.handoff_filter import EVERY_HANDOFF, HandoffFilter
from baton.domain.reports.rows.periods import WHOLE, Divided, parts_of, period_before, twelve_weeks_until
from baton.domain.reports.rows.report_groups import Figures, Report
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
        divided: Divided = WHOLE,
        only: HandoffFilter = EVERY_HANDOFF,
    ) -> list[Report]:
        """Returns the reports of these names on a period, as of `now`, in the order of the registry.

        Those on its parts, and on the period before, are made of the same rows, which are read once. Parts that have
        not begun are left out.
        """
        earlier = [period_before(span)] if divided.before else []
        parts = [part for part in parts_of(span, divided.each) if part.start < now] if divided.each else []
        rows = RowsReadOnce(self.rows, span._replace(start=earlier[0].start) if earlier else span, only)
        inputs = [ReportInput(rows, of, now, agreed, corrected) for of in (*earlier, *parts, span)]
        told = []
        for name, make in REPORTS.items():
            if name in names:
                *others, report = map(make, inputs)
                summaries = tuple(_summary(each) for each in others)
                before = summaries[0] if earlier else None
                changed = _compared(report, before) if before else ()
                basis = {**report.basis, **({"filter": only.said} if only.said else {})}
                told.append(
                    report._replace(basis=basis, before=before, parts=summaries[len(earlier) :], compared=changed)
                )
        return told

    def with_weeks(
        self,
        reports: Sequence[Report],
        now: datetime,
        agreed: Agreed = NOTHING_AGREED,
        corrected: Calendars | None = None,
        only: HandoffFilter = EVERY_HANDOFF,
    ) -> list[Report]:
        """Returns the same reports, as pages show them: that on clocks has parts, which are drawn.

        If none were asked for, they are the twelve weeks up to the end of its period.
        """

        def weeks(span: Span) -> tuple[Report, ...]:
            [clocks] = self.build(["sla"], twelve_weeks_until(span), now, agreed, corrected, Divided("week"), only)
            return clocks.parts

        return [
            each._replace(parts=weeks(each.span)) if each.name == "sla" and not each.parts else each for each in reports
        ]


def _compared(report: Report, before: Report) -> tuple[Figures, ...]:
    from baton.domain.reports.compared.period_comparisons import compare_periods  # few ask for it  # noqa: PLC0415

    return compare_periods(report, before)


def _summary(report: Report) -> Report:
    wanted = IN_SERIES[report.name]
    return report._replace(groups=tuple(group for group in report.groups if group.name in wanted))


def agreed_in(agreement: Agreement) -> Agreed:
    """Returns what an agreement says that reports need: its targets, its calendars, and which returns count as lost."""
    of_teams = {name: team.calendar for name, team in agreement.teams.items() if team.calendar}
    calendars = Calendars(agreement.calendars, agreement.marketing.calendar, of_teams)
    return Agreed(AgreedTargets.of(agreement.rules), calendars, agreement.counted_as_lost)
