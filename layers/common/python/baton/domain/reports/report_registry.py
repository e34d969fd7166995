"""Lists all reports by name.

A new one, such as `campaigns`, is a module in this folder, a line in `REPORTS`, and a section of the page in
`outreach/reports/report_page`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, Protocol

from baton.domain.reports.agreed_targets import NO_TARGETS, AgreedTargets
from baton.domain.reports.corrected_calendars import Calendars
from baton.domain.reports.funnel_report import funnel_report
from baton.domain.reports.handoffs_report import handoffs_report
from baton.domain.reports.lead_balance import Balance
from baton.domain.reports.rows.report_groups import Report
from baton.domain.reports.rows.report_rows import DutyRow, HandoffRow, Move
from baton.domain.reports.rows.span import Span
from baton.domain.reports.scoring_report import scoring_report
from baton.domain.reports.sla_report import sla_report


class RowSource(Protocol):
    """Reads the rows that reports are made of, one period at a time."""

    def handoffs(self, span: Span) -> Sequence[HandoffRow]:
        """Returns the handoffs that were offered in the period."""

    def duties(self, span: Span) -> Sequence[DutyRow]:
        """Returns marketing's duties that began in the period."""

    def moves(self, span: Span) -> Sequence[Move]:
        """Returns the changes of status and stage in the period."""

    def opening(self, at: datetime) -> Balance | None:
        """Returns how many leads were in each status and stage at a moment; None if the rows are those of some."""


class Agreed(NamedTuple):
    """What the agreement in force says that reports need.

    Args:
        targets: what is to be reached.
        calendars: those by which lengths are told in business time; without them they are told in plain time alone.
        counted_as_lost: the reasons for which a return speaks against the rules that handed the lead over.
    """

    targets: AgreedTargets = NO_TARGETS
    calendars: Calendars | None = None
    counted_as_lost: frozenset[str] = frozenset()


NOTHING_AGREED = Agreed()


class ReportInput:
    """The input of the reports on one period; rows that several of them need are read once.

    Args:
        rows: reads the rows.
        span: the period.
        as_of: the moment of the request; a clock that is not due yet counts as open.
        agreed: what the agreement in force says.
        corrected: calendars that take the place of those agreed at the time, if any.
    """

    def __init__(
        self,
        rows: RowSource,
        span: Span,
        as_of: datetime,
        agreed: Agreed = NOTHING_AGREED,
        corrected: Calendars | None = None,
    ) -> None:
        self.rows, self.span, self.as_of, self.agreed, self.corrected = rows, span, as_of, agreed, corrected

    @cached_property
    def handoffs(self) -> Sequence[HandoffRow]:
        """Returns the handoffs that were offered in the period."""
        return self.rows.handoffs(self.span)


def _sla(of: ReportInput) -> Report:
    duties = of.rows.duties(of.span)
    return sla_report(of.handoffs, duties, of.span, of.as_of, of.corrected, of.agreed.targets, of.agreed.calendars)


def _handoffs(of: ReportInput) -> Report:
    return handoffs_report(of.handoffs, of.span, of.as_of)


def _scoring(of: ReportInput) -> Report:
    return scoring_report(of.handoffs, of.span, of.as_of, of.agreed.counted_as_lost)


def _funnel(of: ReportInput) -> Report:
    opening = of.rows.opening(min(of.span.start, of.as_of))
    moves = of.rows.moves(of.span)
    return funnel_report(opening, moves, of.span, of.as_of, of.agreed.targets, of.agreed.calendars)


REPORTS: Mapping[str, Callable[[ReportInput], Report]] = {
    "sla": _sla,
    "handoffs": _handoffs,
    "scoring": _scoring,
    "funnel": _funnel,
}
"""The function that makes each report, in the order in which the API, the page and the mail show them."""

IN_SERIES: Mapping[str, tuple[str, ...]] = {
    "sla": ("department", "clock", "speed", "duty", "target"),
    "handoffs": ("total",),
    "scoring": ("total",),
    "funnel": ("total", "status", "stage", "conversion", "target"),
}
"""The groups that are told of each part of a period, and of the period before; they have few lines."""

ALL = "all"
"""Asks for all reports at once: `GET /reports/all`."""
