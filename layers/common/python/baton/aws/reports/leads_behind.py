"""Finds the leads behind a figure of a report: those whose rows, reported alone, are counted in it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple

from baton.aws.reports.report_queries import ReportQueries
from baton.aws.web.http import Problem
from baton.aws.web.json_view import View
from baton.domain.basics.moments import iso
from baton.domain.reports.corrected_calendars import Calendars
from baton.domain.reports.lead_balance import NO_LEADS, Balance
from baton.domain.reports.report_registry import REPORTS, Agreed, ReportInput
from baton.domain.reports.rows.figure_asked import WITHOUT, FigureAsked
from baton.domain.reports.rows.handoff_filter import EVERY_HANDOFF, HandoffFilter
from baton.domain.reports.rows.report_groups import OTHERS, Figures
from baton.domain.reports.rows.report_rows import DutyRow, HandoffRow, Move
from baton.domain.reports.rows.span import Span

A_PAGE, A_BATCH = 100, 64
_KINDS = {"sla": ("handoff", "duty"), "handoffs": ("handoff",), "scoring": ("handoff",), "funnel": ("move",)}


class Counted(NamedTuple):
    """A row that a report may count; `order` is the moment at which it does, a blank, and the row's id."""

    order: str
    lead_id: str
    row: HandoffRow | DutyRow | Move


class SomeRows(NamedTuple):
    """A source of rows that has these alone; nobody was there before."""

    counted: Sequence[Counted]

    def handoffs(self, _span: Span) -> Sequence[HandoffRow]:
        """Returns the handoffs among them."""
        return [each.row for each in self.counted if isinstance(each.row, HandoffRow)]

    def duties(self, _span: Span) -> Sequence[DutyRow]:
        """Returns the duties among them."""
        return [each.row for each in self.counted if isinstance(each.row, DutyRow)]

    def moves(self, _span: Span) -> Sequence[Move]:
        """Returns the moves among them."""
        return [each.row for each in self.counted if isinstance(each.row, Move)]

    def opening(self, _at: datetime) -> Balance:
        """Returns that nobody was there."""
        return NO_LEADS


class LeadBehind(NamedTuple):
    """A row that a figure counts, so many times."""

    row: Counted
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
        """Yields the rows after the cursor that the figure counts, in order of time, as they are read.

        The figure is the sum of the `times` of all. So a batch of rows is reported first; only where the figure counts
        something in it is it halved, down to single rows.

        Raises:
            Problem: there is no such report, or the report has no such group.
        """
        if self.report not in REPORTS:
            raise Problem(422, "a figure is of one report", [("figure", f"is of one of {', '.join(REPORTS)}")])
        groups = self._on(())
        if self.asked.group not in groups:
            raise Problem(422, "there is no such group", [("group", f"must be one of {', '.join(groups)}")])
        kinds = (_read(rows, kind, self._after) for kind in _KINDS[self.report])
        read = (each for each in merge(*kinds) if each.order > self.asked.cursor and self.only.keeps(each.row))
        while batch := list(islice(read, A_BATCH)):
            yield from self._within(batch)

    def page(self, rows: ReportQueries) -> View:
        """Returns a page of at most a hundred rows, after the asked cursor, with the cursor of the next one."""
        found = list(islice(self.leads(rows), A_PAGE + 1))
        shown = found[:A_PAGE]
        return {
            "report": self.report,
            "from": iso(self.span.start),
            "to": iso(self.span.end),
            **{name: getattr(self.asked, name) for name in ("group", "name", "figure")},
            "leads": [_view(each) for each in shown],
            "cursor": shown[-1].row.order if len(found) > len(shown) else None,
        }

    @property
    def _after(self) -> Span:
        """Returns the rest of the period, from the moment of the cursor on."""
        try:
            at = datetime.fromisoformat(self.asked.cursor.partition(" ")[0])
            return self.span._replace(start=max(at, self.span.start))
        except (ValueError, TypeError):
            return self.span

    def _within(self, rows: Sequence[Counted]) -> Iterator[LeadBehind]:
        groups = self._on(rows)
        lines, times = groups[self.asked.group], sum(self._times(groups, path) for path in self.asked.paths)
        if len(rows) == 1:
            yield from [LeadBehind(rows[0], times)] if times else []
        elif times or OTHERS in lines:
            for half in (rows[: len(rows) // 2], rows[len(rows) // 2 :]):
                yield from self._within(half)

    def _times(self, groups: Mapping[str, Mapping[str, Figures]], path: list[str]) -> int:
        """Returns a count of the line; what is without a rule is what all lines have less what its own has."""
        its = groups[self.asked.group].get(self.asked.name, {})
        if path[0] != WITHOUT:
            return _count(its, path)
        counted = ["counted", *path[1:]]
        return _count(groups["total"]["all"], counted) - _count(its, counted)

    def _on(self, rows: Sequence[Counted]) -> dict[str, dict[str, Figures]]:
        report = REPORTS[self.report](ReportInput(SomeRows(rows), self.span, self.now, self.agreed, self.corrected))
        return {group.name: {line.name: line.figures for line in group.lines} for group in report.groups}


def _read(rows: ReportQueries, kind: str, span: Span) -> Iterator[Counted]:
    """Reads rows of a kind in order of time, as they are asked for."""
    if kind == "handoff":
        for handoff in rows.each_handoff(span):
            yield Counted(f"{iso(handoff.offered_at)} {handoff.handoff_id}", handoff.lead_id, handoff)
    elif kind == "duty":
        for duty in rows.each_duty(span):
            yield Counted(f"{iso(duty.opened_at)} {duty.duty_id}", duty.lead_id, duty)
    else:
        for order, lead_id, move in rows.moves_of_leads(span):
            yield Counted(order, lead_id, move)


def _count(figures: Figures, path: Sequence[str]) -> int:
    found: Any = figures
    for part in path:
        found = found.get(part) if isinstance(found, dict) else None
    return int(found or 0)


def _view(found: LeadBehind) -> View:
    counted = found.row
    ids = {name: getattr(counted.row, name, None) for name in ("handoff_id", "duty_id")}
    known = {name: said for name, said in ids.items() if said}
    return {"lead_id": counted.lead_id, **known, "at": counted.order.partition(" ")[0], "times": found.times}
