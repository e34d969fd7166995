"""What remains of a person who was erased is deleted item by item; stopped anywhere and run again, it goes on.

What reports count of them stays, under an id that leads nowhere. The mark that stands in the lead's place goes last.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import chain, takewhile
from typing import Any, Self

from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.aws.imports.import_files import ImportFiles
from baton.aws.signals.quarantine import Quarantine
from baton.aws.table.guarded_writes import write_until_saved
from baton.aws.table.keys import anonymous_keys, erasure_keys, item_key, lead_keys, report_keys
from baton.aws.table.lead_writes import Item, companies
from baton.aws.table.query_pages import items_of_pages
from baton.aws.table.store import Store
from baton.domain.events.recorded import Recorded, event_number
from baton.domain.leads.merged_histories import MergedPart
from baton.domain.privacy.erasure import anonymized_figures, mentions, sources_of_others, without_erased_person

PAGE = 25
"""So many items are deleted in a transaction; for each, another may be written."""
MAX_MOVES = 1_000
"""So many moves of a month are read to find out which names others came by."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """What stands in a lead's place while the rest is deleted: whose it was, and what stands for them."""

    erased_as: str
    at: datetime
    address: str
    traces: tuple[MergedPart, ...]


@dataclass(slots=True)
class _Names:
    """The names of sources and campaigns that others came by, too, each month; these say nothing of one person."""

    store: Store
    lead_id: str
    _by_month: dict[str, frozenset[str]] = field(default_factory=dict)

    def known(self, month: str) -> frozenset[str]:
        """The names in a month (`2026-11`), as far as the first of its moves tell."""
        if month not in self._by_month:
            found: Any = self.store.dynamodb.query(
                TableName=self.store.table,
                IndexName="gsi2",
                KeyConditionExpression="gsi2pk = :month",
                ExpressionAttributeValues={":month": {"S": report_keys.month_of("MOVES", month)}},
                Limit=MAX_MOVES,
            )
            told = (sources_of_others(item["figures"]["S"], self.lead_id) for item in found["Items"])
            self._by_month[month] = frozenset().union(*told)
        return self._by_month[month]


@dataclass(frozen=True, slots=True)
class ErasureCleanup:
    """What the table, and the files of lists that wait, still hold of those who were erased."""

    store: Store
    files: ImportFiles

    @classmethod
    def from_environment(cls) -> Self:
        """Of the deployed stack."""
        return cls(Store.from_environment(), ImportFiles.from_environment())

    def delete(self, lead_id: str) -> int:
        """Delete whatever is left of a lead that is being erased, and say how many items that was.

        Of a lead that came anew since, nothing is touched.
        """
        mark, deleted = self._mark(lead_id), 0
        if mark is None:
            return 0
        names = _Names(self.store, lead_id)
        for items in self._rest(lead_id):
            self._from_anonymous(lead_id, items)
            writes = [write for item in items for write in self._without(item, mark, names)]
            self.store.dynamodb.transact_write_items(TransactItems=writes)
            deleted += len(items)
        deleted += self._from_quarantine(mark.address)
        self._from_others(mark)
        deleted += self.files.delete_uploads_that_name(mark.address)
        self._unmark(lead_id)
        return deleted + 1

    def _unmark(self, lead_id: str) -> None:
        """Whoever comes now is new."""
        deletion = self._delete(lead_keys.lead(lead_id), "attribute_exists(erased_as)")
        write_until_saved(self.store, [deletion], lambda: self._mark(lead_id) is None)

    def _from_anonymous(self, lead_id: str, items: list[Any]) -> None:
        """The ids that websites gave the person lead nowhere, and what is on its way to them does not arrive."""
        for item in items:
            if not item["sk"]["S"].startswith(anonymous_keys.ANONYMOUS):
                continue
            for each in self._of_anonymous(item["sk"]):
                whose = {each.get(name, {}).get("S") for name in ("lead_id", "taken_by")}
                if lead_id in whose or each["sk"]["S"] == anonymous_keys.KEPT:
                    write_until_saved(self.store, [self._delete({"pk": each["pk"], "sk": each["sk"]})])

    def _of_anonymous(self, id_: Any) -> Iterator[Any]:
        """Whatever is kept under an id that a website gave somebody."""
        return items_of_pages(
            self.store.dynamodb.query,
            TableName=self.store.table,
            KeyConditionExpression="pk = :id",
            ExpressionAttributeValues={":id": id_},
            ConsistentRead=True,
        )

    def _from_others(self, mark: _Mark) -> None:
        """What others still tell of the person who were taken for the same one once."""
        for part in mark.traces:
            for recorded in self.store.whole_history(part.lead_id, part.until, part.after - 1):
                if rest := without_erased_person(recorded, part):
                    write_until_saved(self.store, [self._told_again(rest)], partial(self._is_gone, recorded))
            self._companies_of_others(part.lead_id)

    def _companies_of_others(self, lead_id: str) -> None:
        """No company leads to a lead any more that nobody knows them to be of."""
        lead = self.store.own(lead_id)
        known = {lead_keys.leads_of_company(each) for each in companies(lead.company)} if lead else set()
        begin = lead_keys.leads_of_company("")
        items = chain.from_iterable(self.store.partition(lead_id, begin, PAGE))
        for item in takewhile(lambda each: each["sk"]["S"].startswith(begin), items):
            if item["sk"]["S"] not in known:
                write_until_saved(self.store, [self._delete({"pk": item["pk"], "sk": item["sk"]})])

    def _is_gone(self, recorded: Recorded) -> bool:
        number = event_number(recorded)
        return not self.store.whole_history(recorded.lead_id, number, number - 1)

    def _told_again(self, recorded: Recorded) -> Item:
        update = {
            "TableName": self.store.table,
            "Key": lead_keys.event(recorded.event_id),
            "UpdateExpression": "SET body = :body",
            "ConditionExpression": "attribute_exists(pk)",
            "ExpressionAttributeValues": {":body": {"S": recorded.model_dump_json(exclude_none=True)}},
        }
        return {"Update": update}

    def _from_quarantine(self, address: str) -> int:
        """What tools sent, nobody understood, and names the person goes as a whole."""
        quarantine = Quarantine(self.store.dynamodb, self.store.table)
        about = [kept for source in SOURCES for kept in quarantine.of(source) if mentions(kept.body, address)]
        for kept in about:
            quarantine.let_go(kept)
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
        return _Mark(item["erased_as"]["S"], at, item["address"]["S"], traces)

    def _rest(self, lead_id: str) -> Iterator[list[Any]]:
        """What is in the lead's partition beside the mark, page by page, as long as there is something."""
        for items in self.store.partition(lead_id, " ", PAGE):
            if rest := [item for item in items if item["sk"]["S"] != "LEAD"]:
                yield rest

    def _without(self, item: Any, mark: _Mark, names: "_Names") -> list[Any]:
        """The item is deleted; if reports count something of it, that stays, and says nothing of whose it is."""
        deletion = self._delete({"pk": item["pk"], "sk": item["sk"]})
        if "figures" not in item:
            return [deletion]
        moment = item["gsi2sk"]["S"].partition("#")[0]
        known = names.known(moment[:7])
        left = erasure_keys.left_of(mark.erased_as, item["sk"]["S"]) | {
            "gsi2pk": item["gsi2pk"],
            "gsi2sk": {"S": f"{moment}#{mark.erased_as}-{item['sk']['S']}"},
            "figures": {"S": anonymized_figures(item["figures"]["S"], mark.erased_as, known, mark.at)},
        }
        return [deletion, self.store.put(left)]

    def _delete(self, key: item_key.Key, condition: str | None = None) -> Item:
        deletion: Item = {"TableName": self.store.table, "Key": key}
        return {"Delete": deletion | ({"ConditionExpression": condition} if condition else {})}
