"""Deletes all remaining items of an erased person; interrupted anywhere, it continues when run again.

Figures that reports count stay, under a random id. The mark in the lead's place is deleted last.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any, Self

from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.aws.imports.import_files import ImportFiles
from baton.aws.search.word_index import WordIndex
from baton.aws.signals.quarantine import Quarantine
from baton.aws.table.guarded_writes import write_until_saved
from baton.aws.table.keys import anonymous_keys, erasure_keys, lead_keys, report_keys
from baton.aws.table.keys.item_key import BEFORE_ALL, Item, Key, key_of
from baton.aws.table.lead_writes import company_names
from baton.aws.table.packing.packed_text import packed, unpacked
from baton.aws.table.query_pages import items_of_pages
from baton.aws.table.store import Store
from baton.domain.events.recorded import Recorded, event_number
from baton.domain.leads.lead import Lead
from baton.domain.leads.merged_histories import MergedPart
from baton.domain.privacy.erasure import anonymized_figures, mentions, sources_of_others, without_erased_person
from baton.domain.search.word_places import NO_CHANGE, WordChange

PAGE = 25
"""Items deleted in one transaction; for each, one with its figures may be written."""
MAX_MOVES = 1_000 // report_keys.MONTH_SHARDS
"""Moves of each of a month's lists that are read to find the sources and campaigns of other leads."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """The mark in the lead's place: the random id for reports, when the lead was erased, its address, traces and words.

    Traces are parts of other leads' histories that once were merged with this one.
    """

    erased_as: str
    at: datetime
    address: str
    traces: tuple[MergedPart, ...]
    words: WordChange


@dataclass(slots=True)
class _CommonNames:
    """The sources and campaigns of other leads in each month; only these may stay in the figures of the erased one."""

    store: Store
    lead_id: str
    _by_month: dict[str, frozenset[str]] = field(default_factory=dict)

    def of_month(self, month: str) -> frozenset[str]:
        """Returns the names in the first moves of a month, such as `2026-11`."""
        if month not in self._by_month:
            lists = report_keys.lists_of_month(report_keys.Reported.MOVES, month)
            moves = (move for each in lists for move in self._first(each))
            by_lead = (sources_of_others(unpacked(move["figures"]), self.lead_id) for move in moves)
            self._by_month[month] = frozenset().union(*by_lead)
        return self._by_month[month]

    def _first(self, moves: str) -> list[Any]:
        found: Any = self.store.dynamodb.query(
            TableName=self.store.table,
            IndexName="gsi2",
            KeyConditionExpression="gsi2pk = :moves",
            ExpressionAttributeValues={":moves": {"S": moves}},
            Limit=MAX_MOVES,
        )
        items: list[Any] = found["Items"]
        return items


@dataclass(frozen=True, slots=True)
class ErasureCleanup:
    """Deletes what the table and the waiting uploads still hold of erased persons."""

    store: Store
    files: ImportFiles
    index: WordIndex

    @classmethod
    def from_environment(cls) -> Self:
        """Works on the deployed stack."""
        return cls(Store.from_environment(), ImportFiles.from_environment(), WordIndex.from_environment())

    def delete(self, lead_id: str) -> int:
        """Deletes all items of a lead that is being erased, and returns their number.

        A lead that was created again since is not touched.
        """
        mark, deleted = self._mark(lead_id), 0
        if mark is None:
            return 0
        names = _CommonNames(self.store, lead_id)
        for items in self._pages_beside_mark(lead_id):
            self._delete_anonymous(lead_id, items)
            writes = [write for item in items for write in self._deletion(item, mark, names)]
            write_until_saved(self.store, writes)
            deleted += len(items)
        self.index.change_words([(lead_id, mark.words)])
        deleted += self._delete_quarantined(mark.address)
        self._scrub_others(mark)
        deleted += self.files.delete_uploads_that_name(mark.address)
        self._unmark(lead_id)
        return deleted + 1

    def _unmark(self, lead_id: str) -> None:
        """Deletes the mark; from then on the address gets a new lead."""
        deletion = self._delete(lead_keys.lead(lead_id), "attribute_exists(erased_as)")
        write_until_saved(self.store, [deletion], lambda: self._mark(lead_id) is None)

    def _delete_anonymous(self, lead_id: str, items: list[Any]) -> None:
        """Deletes the visitor's ids of the person, and the waiting messages of these ids."""
        for item in items:
            anonymous_id = lead_keys.anonymous_id_of(item)
            if anonymous_id is None:
                continue
            found = list(self._of_anonymous(anonymous_id))
            owner = next((each["lead_id"]["S"] for each in found if anonymous_keys.is_person(each)), None)
            for each in found:
                named = (each[name]["S"] for name in ("lead_id", "taken_by") if name in each)
                if next(named, owner) == lead_id or anonymous_keys.is_message_count(each):
                    write_until_saved(self.store, [self._delete(key_of(each))])

    def _of_anonymous(self, anonymous_id: str) -> Iterator[Any]:
        """Reads all items of a visitor's id."""
        return items_of_pages(
            self.store.dynamodb.query,
            TableName=self.store.table,
            KeyConditionExpression="pk = :id",
            ExpressionAttributeValues={":id": {"S": anonymous_keys.anonymous_partition(anonymous_id)}},
            ConsistentRead=True,
        )

    def _scrub_others(self, mark: _Mark) -> None:
        """Removes the person from events of leads that once were merged with theirs."""
        for part in mark.traces:
            lead = self.store.lead_itself(part.lead_id)
            for recorded in self.store.whole_history(part.lead_id, part.until, part.after - 1):
                if rest := without_erased_person(recorded, part, lead.emails if lead else ()):
                    write_until_saved(self.store, [self._rewrite(rest)], partial(self._is_gone, recorded))
            self._companies_of_others(part.lead_id, lead)
            if lead:
                is_gone = partial(self._is_no_lead, part.lead_id)
                write_until_saved(self.store, [self._without_former_words(part.lead_id)], is_gone)

    def _without_former_words(self, lead_id: str) -> Item:
        """Takes off a lead what its last change told of words that it no longer has: they were the person's."""
        update = {
            "TableName": self.store.table,
            "Key": lead_keys.lead(lead_id),
            "UpdateExpression": "REMOVE words",
            "ConditionExpression": "attribute_exists(body)",
        }
        return {"Update": update}

    def _is_no_lead(self, lead_id: str) -> bool:
        return self.store.lead_itself(lead_id) is None

    def _companies_of_others(self, lead_id: str, lead: Lead | None) -> None:
        """Takes a lead off the lists of companies that it no longer has."""
        current = company_names(lead.company) if lead else frozenset()
        for item in chain.from_iterable(self.store.partition(lead_id, BEFORE_ALL, PAGE)):
            company = lead_keys.company_of(item)
            if company is not None and company not in current:
                write_until_saved(self.store, [self._off_list(item)], partial(self._is_missing, key_of(item)))

    def _off_list(self, item: Item) -> Item:
        if not lead_keys.is_event(item):
            return self._delete(key_of(item))
        update = {
            "TableName": self.store.table,
            "Key": key_of(item),
            "UpdateExpression": "REMOVE gsi1pk, gsi1sk",
            "ConditionExpression": "attribute_exists(pk)",
        }
        return {"Update": update}

    def _is_missing(self, key: Key) -> bool:
        found = self.store.dynamodb.get_item(TableName=self.store.table, Key=key, ConsistentRead=True)
        return "Item" not in found

    def _is_gone(self, recorded: Recorded) -> bool:
        number = event_number(recorded)
        return not self.store.whole_history(recorded.lead_id, number, number - 1)

    def _rewrite(self, recorded: Recorded) -> Item:
        update = {
            "TableName": self.store.table,
            "Key": lead_keys.event(recorded.event_id),
            "UpdateExpression": "SET body = :body",
            "ConditionExpression": "attribute_exists(pk)",
            "ExpressionAttributeValues": {":body": packed(recorded.model_dump_json(exclude_none=True))},
        }
        return {"Update": update}

    def _delete_quarantined(self, address: str) -> int:
        """Deletes quarantined webhook deliveries that contain the address."""
        quarantine = Quarantine(self.store.dynamodb, self.store.table)
        about = [kept for source in SOURCES for kept in quarantine.of(source) if mentions(kept.body, address)]
        for kept in about:
            quarantine.delete(kept)
        return len(about)

    def _mark(self, lead_id: str) -> _Mark | None:
        found: Any = self.store.dynamodb.get_item(
            TableName=self.store.table, Key=lead_keys.lead(lead_id), ConsistentRead=True
        )
        item = found.get("Item", {})
        if "erased_as" not in item:
            return None
        at = datetime.fromisoformat(item["erased_at"]["S"])
        traces = tuple(map(MergedPart.model_validate, json.loads(item["traces"]["S"]))) if "traces" in item else ()
        words = WordChange.from_text(item["words"]["S"]) if "words" in item else NO_CHANGE
        return _Mark(item["erased_as"]["S"], at, item["address"]["S"], traces, words)

    def _pages_beside_mark(self, lead_id: str) -> Iterator[list[Any]]:
        """Yields the items of the lead's partition except the mark, page by page."""
        for items in self.store.partition(lead_id, BEFORE_ALL, PAGE):
            if rest := [item for item in items if not lead_keys.is_lead(item)]:
                yield rest

    def _deletion(self, item: Any, mark: _Mark, names: "_CommonNames") -> list[Any]:
        """Deletes an item; figures that reports count stay under the random id, without names of the person."""
        deletion = self._delete(key_of(item))
        if "figures" not in item:
            return [deletion]
        common = names.of_month(report_keys.counted_at(item)[:7])
        figures = packed(anonymized_figures(unpacked(item["figures"]), mark.erased_as, common, mark.at))
        return [deletion, self.store.put(erasure_keys.erased_item(item, mark.erased_as) | {"figures": figures})]

    def _delete(self, key: Key, condition: str | None = None) -> Item:
        deletion: Item = {"TableName": self.store.table, "Key": key}
        return {"Delete": deletion | ({"ConditionExpression": condition} if condition else {})}
