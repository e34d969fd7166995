"""Finds the leads behind a figure of a report: those whose rows, reported alone, are counted in it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from baton.aws.reports.report_queries import ReportQueries
from baton.aws.web.http import Problem
from baton.aws.web.json_view import View
from baton.domain.basics.moments import iso
from baton.domain.reports.corrected_calendars import Calendars
from baton.domain.reports.lead_balance import NO_LEADS, Balance
from baton.domain.reports.report_registry import REPORTS, Agreed, ReportInput
from baton.domain.reports.rows.figure_asked import FigureAsked
from baton.domain.reports.rows.handoff_filter import EVERY_HANDOFF, HandoffFilter
from baton.domain.reports.rows.report_groups import Figures
from baton.domain.reports.rows.report_rows import DutyRow, HandoffRow, Move
from baton.domain.reports.rows.span import Span

A_PAGE = 100
_KINDS = {"sla": ("handoff", "duty"), "handoffs": ("handoff",), "scoring": ("handoff",), "funnel": ("move",)}


class OneRow(NamedTuple):
    """A source of rows that has one alone; `order` is the moment at which reports count it, a blank, and its id."""

    order: str
    lead_id: str
    handoff: HandoffRow | None = None
    duty: DutyRow | None = None
    move: Move | None = None

    @property
    def counted(self) -> HandoffRow | DutyRow | Move:
        """Returns the row itself."""
        row = self.handoff or self.duty or self.move
        if row is None:
            raise LookupError("there is no row")
        return row

    def handoffs(self, _span: Span) -> Sequence[HandoffRow]:
        """Returns the handoff, if it is one."""
        return [self.handoff] if self.handoff else []

    def duties(self, _span: Span) -> Sequence[DutyRow]:
        """Returns the duty, if it is one."""
        return [self.duty] if self.duty else []

    def moves(self, _span: Span) -> Sequence[Move]:
        """Returns the move, if it is one."""
        return [self.move] if self.move else []

    def opening(self, _at: datetime) -> Balance:
        """Returns that nobody was there before."""
        return NO_LEADS


class LeadBehind(NamedTuple):
    """A row that a figure counts, so many times."""

    row: OneRow
    times: int


class FigureOfReport(NamedTuple):
    """A figure of a report on a period: which leads are behind it?"""

    report: str
    asked: FigureAsked
    span: Span
    now: datetime
    agreed: Agreed
    corrected: Calendars | None = None
    only: HandoffFilter = EVERY_HANDOFF

    def leads(self, rows: ReportQueries) -> Iterator[LeadBehind]:
        """Yields the rows that the figure counts, in order of time; it is the sum of their `times`.

        Raises:
            Problem: there is no such report, or the report has no such group.
        """
        if self.report not in REPORTS:
            raise Problem(422, "a figure is of one report", [("figure", f"is of one of {', '.join(REPORTS)}")])
        groups = self._on(OneRow("", ""))
        if self.asked.group not in groups:
            raise Problem(422, "there is no such group", [("group", f"must be one of {', '.join(groups)}")])
        found = (OneRow(*each) for kind in _KINDS[self.report] for each in _read(rows, kind, self.span))
        found = (row for row in found if self.only.keeps(row.counted))
        for row in sorted(found, key=lambda each: each.order):
            figures = self._on(row)[self.asked.group].get(self.asked.name, {})
            if times := _count(figures, self.asked.path):
                yield LeadBehind(row, times)

    def page(self, rows: ReportQueries) -> View:
        """Returns a page of at most a hundred rows, after the asked cursor, with the cursor of the next one."""
        after = [each for each in self.leads(rows) if each.row.order > self.asked.cursor]
        shown = after[:A_PAGE]
        return {
            "report": self.report,
            "from": iso(self.span.start),
            "to": iso(self.span.end),
            **{name: getattr(self.asked, name) for name in ("group", "name", "figure")},
            "leads": [_view(each) for each in shown],
            "cursor": shown[-1].row.order if len(after) > len(shown) else None,
        }

    def _on(self, row: OneRow) -> dict[str, dict[str, Figures]]:
        report = REPORTS[self.report](ReportInput(row, self.span, self.now, self.agreed, self.corrected))
        return {group.name: {line.name: line.figures for line in group.lines} for group in report.groups}


def _read(rows: ReportQueries, kind: str, span: Span) -> Iterator[tuple[Any, ...]]:
    if kind == "handoff":
        for handoff in rows.each_handoff(span):
            yield f"{iso(handoff.offered_at)} {handoff.handoff_id}", handoff.lead_id, handoff
    elif kind == "duty":
        for duty in rows.duties(span):
            yield f"{iso(duty.opened_at)} {duty.duty_id}", duty.lead_id, None, duty
    else:
        for order, lead_id, move in rows.moves_of_leads(span):
            yield order, lead_id, None, None, move


def _count(figures: Figures, path: Sequence[str]) -> int:
    found: Any = figures
    for part in path:
        found = found.get(part) if isinstance(found, dict) else None
    return int(found or 0)


def _view(found: LeadBehind) -> View:
    row = found.row
    ids = {"handoff_id": row.handoff and row.handoff.handoff_id, "duty_id": row.duty and row.duty.duty_id}
    known = {name: said for name, said in ids.items() if said}
    return {"lead_id": row.lead_id, **known, "at": row.order.partition(" ")[0], "times": found.times}
