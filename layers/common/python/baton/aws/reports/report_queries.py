"""Reads what reports are made of: the rows of a period from index 2, and how many leads were where before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, NamedTuple

from baton.aws.table.keys import report_keys
from baton.aws.table.query_pages import items_of_pages
from baton.aws.table.store import Store
from baton.domain.basics.moments import iso
from baton.domain.reports.lead_balance import NO_LEADS, Balance, read_balance
from baton.domain.reports.rows.report_rows import DutyRow, HandoffRow, Move, read_duty, read_handoff, read_move
from baton.domain.reports.rows.span import A_DAY, MAX_SPAN, Span, midnight


class ClosedDay(NamedTuple):
    """How many leads were where when a day was over, which was at `at`."""

    balance: Balance
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportQueries:
    """Index 2 of the table, a period at a time: it costs what happened in the period, however many leads there are."""

    store: Store

    def handoffs(self, span: Span) -> list[HandoffRow]:
        """The handoffs that were offered in the period."""
        return [read_handoff(figures) for figures in self._figures("HANDOFFS", span)]

    def duties(self, span: Span) -> list[DutyRow]:
        """What marketing came to owe in the period."""
        return [read_duty(figures) for figures in self._figures("DUTIES", span)]

    def moves(self, span: Span) -> list[Move]:
        """The moves of leads in the period."""
        return [read_move(figures) for figures in self._figures("MOVES", span)]

    def first_move(self, month: str) -> datetime | None:
        """When the first lead moved in a month, if any did."""
        partition = {":month": {"S": report_keys.month_of("MOVES", month)}}
        first = next(self._query("gsi2pk = :month", partition, limit=1), None)
        return read_move(first["figures"]["S"]).at if first else None

    def closed(self, by: datetime) -> ClosedDay | None:
        """The latest balance of a day that was over by this moment, if any was kept."""
        found = self.store.dynamodb.query(
            TableName=self.store.table,
            KeyConditionExpression="pk = :books AND sk <= :day",
            ExpressionAttributeValues={
                ":books": {"S": report_keys.BOOKS},
                ":day": report_keys.closed_day((midnight(by) - A_DAY).date())["sk"],
            },
            ScanIndexForward=False,
            Limit=1,
            ConsistentRead=True,
        )
        if not found["Items"]:
            return None
        item: Any = found["Items"][0]
        over = datetime.combine(report_keys.day_of(item), time(), UTC) + A_DAY
        return ClosedDay(read_balance(item["body"]["S"]), over)

    def opening(self, at: datetime) -> Balance:
        """How many leads were where at a moment: the latest balance, and the moves since then.

        Before the first day was closed, it takes all moves there were.
        """
        closed = self.closed(at) or ClosedDay(NO_LEADS, at - MAX_SPAN)
        return closed.balance.after(self.moves(Span(closed.at, at)) if closed.at < at else [])

    def _figures(self, what: report_keys.Reported, span: Span) -> Iterator[str]:
        """What index 2 says of everything that happened in the period, month by month.

        A sort key is a moment and an id, so that what happened at the very end comes after the bare moment.
        """
        for month in span.months:
            values = {":month": report_keys.month_of(what, month), ":start": iso(span.start), ":end": iso(span.end)}
            named = {name: {"S": value} for name, value in values.items()}
            for item in self._query("gsi2pk = :month AND gsi2sk BETWEEN :start AND :end", named):
                if "figures" in item:
                    yield item["figures"]["S"]

    def _query(self, condition: str, values: dict[str, Any], limit: int | None = None) -> Iterator[dict[str, Any]]:
        return items_of_pages(
            self.store.dynamodb.query,
            TableName=self.store.table,
            IndexName="gsi2",
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            **({"Limit": limit} if limit else {}),
        )
