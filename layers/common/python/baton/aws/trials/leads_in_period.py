"""Reads the leads that became known in a period, with their whole histories, for trials and for proposals of points."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baton.aws.table.keys import lead_keys, report_keys
from baton.aws.table.keys.item_key import AFTER_ALL, Item, rank_of
from baton.aws.table.packing.packed_text import unpacked
from baton.aws.table.query_pages import items_of_pages
from baton.aws.table.store import Store
from baton.domain.basics.moments import iso
from baton.domain.events.merge_events import LeadMerged, LeadRestored, LeadUnmerged
from baton.domain.events.recorded import Recorded
from baton.domain.reports.rows.report_rows import read_move
from baton.domain.reports.rows.span import Span

AT_ONCE, NEWEST_AT_ONCE = 1000, 100
WHOLE_HISTORY = 100_000


@dataclass(frozen=True, slots=True)
class LeadsInPeriod:
    """Reads leads by when they became known: the first move of each stays in a list of that month."""

    store: Store
    span: Span

    def moves(self, name: str, after: str, most: int) -> list[Item]:
        """Reads the next moves in a list after a place, which is empty at its beginning; none at its end.

        A sort key is a moment and an id, so an item at the very end of the period sorts after the bare moment, and is
        left out.
        """
        found = self.store.dynamodb.query(
            TableName=self.store.table,
            IndexName="gsi2",
            KeyConditionExpression="gsi2pk = :list AND gsi2sk BETWEEN :after AND :end",
            ExpressionAttributeValues={
                ":list": {"S": name},
                ":after": {"S": f"{after}{AFTER_ALL}" if after else iso(self.span.start)},
                ":end": {"S": iso(self.span.end)},
            },
            Limit=most,
        )
        return [dict(item) for item in found["Items"]]

    def ids(self) -> Iterator[str]:
        """Yields the id of each lead once, in an order that stays."""
        for name in lists_of(self.span):
            after = ""
            while found := self.moves(name, after, AT_ONCE):
                yield from became_known(found)
                after = rank_of(found[-1], "gsi2")

    def newest_moves(self) -> Iterator[Item]:
        """Yields the moves of all leads, the last one first; reads on as they are taken."""
        for month in reversed([*self.span.months]):
            lists = report_keys.lists_of_month(report_keys.Reported.MOVES, month)
            yield from heapq.merge(*map(self._newest_moves, lists), key=report_keys.order_of, reverse=True)

    def _newest_moves(self, name: str) -> Iterator[Item]:
        return items_of_pages(
            self.store.dynamodb.query,
            TableName=self.store.table,
            IndexName="gsi2",
            KeyConditionExpression="gsi2pk = :list AND gsi2sk BETWEEN :start AND :end",
            ExpressionAttributeValues={
                ":list": {"S": name},
                ":start": {"S": iso(self.span.start)},
                ":end": {"S": iso(self.span.end)},
            },
            ScanIndexForward=False,
            Limit=NEWEST_AT_ONCE,
        )


def lists_of(span: Span) -> list[str]:
    """Returns the lists of index 2 with the moves of a period; each lead's first move is when it became known."""
    moves = report_keys.Reported.MOVES
    return [each for month in span.months for each in report_keys.lists_of_month(moves, month)]


def became_known(moves: Sequence[Item]) -> list[str]:
    """Returns the ids of the leads whose first move is among some moves."""
    new = (item for item in moves if "figures" in item and read_move(unpacked(item["figures"])).before is None)
    return [lead_keys.lead_id_of(item) for item in new]


@dataclass(frozen=True, slots=True)
class LeadHistories:
    """Reads histories of leads up to a moment, of each at most so many events."""

    store: Store
    until: datetime
    most: int = WHOLE_HISTORY

    def of(self, lead_id: str) -> tuple[list[Recorded], dict[str, list[Recorded]]]:
        """Reads the history of a lead, and those of all leads that were ever a part of it; none if it was erased."""
        history = self._read(lead_id)
        return history, {part: self._read(part) for part in sorted(_parts(history))}

    def _read(self, lead_id: str) -> list[Recorded]:
        history = self.store.whole_history(lead_id, self.most, consistent=False)
        return [each for each in history if each.at < self.until]


def _parts(history: Sequence[Recorded]) -> set[str]:
    told: Any = (LeadMerged, LeadRestored, LeadUnmerged)
    return {part.lead_id for each in history if isinstance(each.event, told) for part in each.event.parts}
