"""Reads the leads that became known in a period, with their whole histories."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baton.aws.table.keys import lead_keys, report_keys
from baton.aws.table.packing.packed_text import unpacked
from baton.aws.table.query_pages import items_of_pages
from baton.aws.table.store import Store
from baton.domain.basics.moments import iso
from baton.domain.events.merge_events import LeadMerged, LeadRestored, LeadUnmerged
from baton.domain.events.recorded import Recorded
from baton.domain.reports.rows.report_rows import read_move
from baton.domain.reports.rows.span import Span

AT_ONCE = 1000
WHOLE_HISTORY = 100_000


@dataclass(frozen=True, slots=True)
class LeadsInPeriod:
    """Reads leads by when they became known: the first move of each stays in a list of that month."""

    store: Store
    span: Span

    def ids(self) -> Iterator[str]:
        """Yields the id of each lead once, in an order that stays."""
        for month in self.span.months:
            for each in report_keys.lists_of_month(report_keys.Reported.MOVES, month):
                yield from self._in_list(each)

    def _in_list(self, name: str) -> Iterator[str]:
        found = items_of_pages(
            self.store.dynamodb.query,
            TableName=self.store.table,
            IndexName="gsi2",
            KeyConditionExpression="gsi2pk = :list AND gsi2sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":list": {"S": name},
                ":first": {"S": iso(self.span.start)},
                ":last": {"S": iso(self.span.end)},  # what is at the very end sorts after the bare moment
            },
            Limit=AT_ONCE,
        )
        for item in found:
            if "figures" in item and read_move(unpacked(item["figures"])).before is None:
                yield lead_keys.lead_id_of(item)


@dataclass(frozen=True, slots=True)
class LeadHistories:
    """Reads histories of leads up to a moment."""

    store: Store
    until: datetime

    def of(self, lead_id: str) -> tuple[list[Recorded], dict[str, list[Recorded]]]:
        """Reads the history of a lead, and those of all leads that were ever a part of it; none if it was erased."""
        history = self._read(lead_id)
        return history, {part: self._read(part) for part in sorted(_parts(history))}

    def _read(self, lead_id: str) -> list[Recorded]:
        history = self.store.whole_history(lead_id, WHOLE_HISTORY, consistent=False)
        return [each for each in history if each.at < self.until]


def _parts(history: Sequence[Recorded]) -> set[str]:
    told: Any = (LeadMerged, LeadRestored, LeadUnmerged)
    return {part.lead_id for each in history if isinstance(each.event, told) for part in each.event.parts}
