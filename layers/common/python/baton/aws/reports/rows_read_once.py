"""The rows of one period, read once, so that reports on parts of it cost no further reads."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from baton.domain.reports.lead_balance import Balance
from baton.domain.reports.report_registry import RowSource
from baton.domain.reports.rows.handoff_filter import EVERY_HANDOFF, HandoffFilter
from baton.domain.reports.rows.report_rows import DutyRow, HandoffRow, Move
from baton.domain.reports.rows.span import Span

Row = TypeVar("Row", HandoffRow, DutyRow, Move)


class RowsReadOnce:
    """Reads the rows of a period when they are first asked for, and gives those of each part of it.

    With a filter they are those that it keeps; how many such leads there were before the period is not known then.
    """

    def __init__(self, rows: RowSource, span: Span, only: HandoffFilter = EVERY_HANDOFF) -> None:
        self._rows, self._span, self._only = rows, span, only
        self._last: tuple[datetime, Balance | None] | None = None

    def handoffs(self, span: Span) -> Sequence[HandoffRow]:
        """Returns the handoffs that were offered in a part of the period."""
        return _within(self._handoffs, span, attrgetter("offered_at"))

    def duties(self, span: Span) -> Sequence[DutyRow]:
        """Returns marketing's duties that began in a part of the period."""
        return _within(self._duties, span, attrgetter("opened_at"))

    def moves(self, span: Span) -> Sequence[Move]:
        """Returns the changes of status and stage in a part of the period."""
        return _within(self._moves, span, attrgetter("at"))

    def opening(self, at: datetime) -> Balance | None:
        """Returns how many leads were in each status and stage at a moment of the period, or before it.

        The moments may come in any order; in that of time each move is counted once. None with a filter.
        """
        if self._only.said:
            return None
        if at < self._span.start:
            return self._rows.opening(at)
        since, balance = self._last if self._last and self._last[0] <= at else (self._span.start, self._before)
        self._last = at, balance and balance.after(self.moves(Span(since, at)))
        return self._last[1]

    @cached_property
    def _handoffs(self) -> Sequence[HandoffRow]:
        return self._kept(self._rows.handoffs(self._span))

    @cached_property
    def _duties(self) -> Sequence[DutyRow]:
        return [] if self._only.of_handoffs_alone else self._kept(self._rows.duties(self._span))

    @cached_property
    def _moves(self) -> Sequence[Move]:
        return self._kept(self._rows.moves(self._span))

    def _kept(self, rows: Sequence[Row]) -> Sequence[Row]:
        return [row for row in rows if self._only.keeps(row)] if self._only.said else rows

    @cached_property
    def _before(self) -> Balance | None:
        return self._rows.opening(self._span.start)


def _within(rows: Sequence[Row], span: Span, moment: Callable[[Any], datetime]) -> Sequence[Row]:
    """Returns the rows of a part of the period; rows are in order of time."""
    first, last = (bisect_left(rows, at, key=moment) for at in (span.start, span.end))
    return rows[first:last]
