"""Reads the rows of reports from index 2, and the balance of leads at the beginning of a period."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from heapq import merge
from typing import Any, NamedTuple

from baton.aws.table.keys import report_keys
from baton.aws.table.keys.item_key import name_in_partition, sort_key_of
from baton.aws.table.packing.packed_text import unpacked
from baton.aws.table.query_pages import items_of_pages
from baton.aws.table.store import Store
from baton.domain.basics.moments import iso
from baton.domain.reports.lead_balance import NO_LEADS, Balance, read_balance
from baton.domain.reports.rows.report_rows import DutyRow, HandoffRow, Move, read_duty, read_handoff, read_move
from baton.domain.reports.rows.span import A_DAY, MAX_SPAN, Span, midnight


class ClosedDay(NamedTuple):
    """A balance of leads by status and stage, and the midnight that it is of."""

    balance: Balance
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportQueries:
    """Queries index 2 by period. The cost depends on what happened in the period, not on the number of leads."""

    store: Store

    def handoffs(self, span: Span) -> list[HandoffRow]:
        """Reads the handoffs offered in the period."""
        return list(self.each_handoff(span))

    def each_handoff(self, span: Span) -> Iterator[HandoffRow]:
        """Reads the handoffs offered in the period one after the other, so that the caller may stop."""
        return (read_handoff(figures) for figures in self._figures(report_keys.Reported.HANDOFFS, span))

    def duties(self, span: Span) -> list[DutyRow]:
        """Reads the duties of marketing opened in the period."""
        return list(self.each_duty(span))

    def each_duty(self, span: Span) -> Iterator[DutyRow]:
        """Reads the duties opened in the period one after the other, so that the caller may stop."""
        return (read_duty(figures) for figures in self._figures(report_keys.Reported.DUTIES, span))

    def moves(self, span: Span) -> list[Move]:
        """Reads the moves of leads between statuses and stages in the period."""
        return list(self.each_move(span))

    def each_move(self, span: Span) -> Iterator[Move]:
        """Reads the moves in the period one after the other, so that the caller may stop."""
        return (read_move(figures) for figures in self._figures(report_keys.Reported.MOVES, span))

    def moves_of_leads(self, span: Span) -> Iterator[tuple[str, str, Move]]:
        """Reads the moves in the period, each with its moment and id, and the lead's id."""
        for item in self._items(report_keys.Reported.MOVES, span):
            order = f"{report_keys.counted_at(item)} {report_keys.order_of(item)}"
            yield order, name_in_partition(item), read_move(unpacked(item["figures"]))

    def first_move(self, month: str) -> datetime | None:
        """Returns the time of the first move in a month (`2026-11`); None if there is none."""
        lists = report_keys.lists_of_month(report_keys.Reported.MOVES, month)
        firsts = (next(self._query("gsi2pk = :list", {":list": {"S": each}}, limit=1), None) for each in lists)
        return min((read_move(unpacked(first["figures"])).at for first in firsts if first), default=None)

    def closed(self, by: datetime) -> ClosedDay | None:
        """Reads the latest daily balance of a day that ended by this moment, if there is one."""
        found = self.store.dynamodb.query(
            TableName=self.store.table,
            KeyConditionExpression="pk = :balances AND sk <= :day",
            ExpressionAttributeValues={
                ":balances": {"S": report_keys.BALANCES},
                ":day": {"S": sort_key_of(report_keys.daily_balance((midnight(by) - A_DAY).date()))},
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
        """Computes the balance at a moment: the latest daily balance, and the moves since then.

        Without a daily balance, it takes all moves of the longest period.
        """
        closed = self.closed(at) or ClosedDay(NO_LEADS, at - MAX_SPAN)
        return closed.balance.after(self.moves(Span(closed.at, at)) if closed.at < at else [])

    def _figures(self, what: report_keys.Reported, span: Span) -> Iterator[str | bytes]:
        """Yields the figures of all items of a kind in the period, in order of time."""
        return (unpacked(item["figures"]) for item in self._items(what, span))

    def _items(self, what: report_keys.Reported, span: Span) -> Iterator[dict[str, Any]]:
        """Yields all items of a kind in the period, in order of time.

        A sort key is a moment and an id, so an item at the very end sorts after the bare moment and is left out.
        """
        within = {":start": {"S": iso(span.start)}, ":end": {"S": iso(span.end)}}
        condition = "gsi2pk = :list AND gsi2sk BETWEEN :start AND :end"
        for month in span.months:
            lists = report_keys.lists_of_month(what, month)
            queries = (self._query(condition, within | {":list": {"S": each}}) for each in lists)
            for item in merge(*queries, key=report_keys.order_of):
                if "figures" in item:
                    yield item

    def _query(self, condition: str, values: dict[str, Any], limit: int | None = None) -> Iterator[dict[str, Any]]:
        return items_of_pages(
            self.store.dynamodb.query,
            TableName=self.store.table,
            IndexName="gsi2",
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            **({"Limit": limit} if limit else {}),
        )
