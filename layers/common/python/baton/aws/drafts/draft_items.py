"""Items of drafts of the agreement; each counts its writes, so that concurrent changes conflict."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from baton.aws.agreement.agreement_versions import Versions
from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.table.item_writes import UpdateExpression
from baton.aws.table.keys import agreement_keys
from baton.aws.table.keys.item_key import Item
from baton.aws.table.query_pages import Page, pages
from baton.aws.table.write_outcomes import Conflict, NotFound
from baton.domain.basics.moments import iso
from baton.domain.signing.draft_signatures import Draft

PAGE = 25
SAME_FOR = timedelta(minutes=10)
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class DraftItems:
    """Reads drafts, and builds the writes of transactions that change them."""

    versions: Versions

    def open(self, before: str | None) -> tuple[list[Draft], str | None]:
        """Reads a page of open drafts, newest first and without their texts, and the next cursor.

        Raises:
            CursorInvalid: `before` is no cursor of this list.
        """
        if before and not _ID.fullmatch(before):
            raise CursorInvalid("this cursor is not from this list; start again without one")
        page = next(page for page in self._pages(before) if page.items or not page.last)
        after = agreement_keys.draft_id_of(page.last) if page.last else None
        return [_draft(item) for item in page.items], after

    def read(self, draft_id: str) -> tuple[Draft, int]:
        """Reads a draft, and how often it was written.

        Raises:
            NotFound: there is no draft with this id.
        """
        dynamodb, table = self.versions.store.dynamodb, self.versions.store.table
        item = dynamodb.get_item(TableName=table, Key=agreement_keys.draft(draft_id), ConsistentRead=True).get("Item")
        if item is None:
            raise NotFound("there is no such draft")
        return _draft(dict(item)), int(item["writes"]["N"])

    def _pages(self, before: str | None) -> Iterator[Page]:
        start: Any = {"ExclusiveStartKey": agreement_keys.draft(before)} if before else {}
        return pages(
            self.versions.store.dynamodb.query,
            TableName=self.versions.store.table,
            KeyConditionExpression="pk = :agreement AND begins_with(sk, :drafts)",
            FilterExpression="attribute_not_exists(version) AND attribute_not_exists(withdrawn_at)",
            ProjectionExpression="sk, body",
            ExpressionAttributeValues={
                ":agreement": {"S": agreement_keys.AGREEMENT},
                ":drafts": {"S": agreement_keys.DRAFTS},
            },
            ScanIndexForward=False,
            Limit=PAGE,
            **start,
        )

    def new_write(self, draft: Draft) -> Item:
        """Returns the write of a new draft."""
        item = (
            agreement_keys.draft(draft.draft_id) | _content(draft) | {"yaml": {"S": draft.yaml}, "writes": {"N": "1"}}
        )
        return self.versions.put(item, "attribute_not_exists(pk)")

    def mark_write(self, draft: Draft, fingerprint: str, now: datetime, instead_of: str | None = None) -> Item:
        """Returns the write that marks a draft with this content as created, for ten minutes.

        It may replace the mark of `instead_of`, a draft that was withdrawn.
        """
        until = now + SAME_FOR
        item = agreement_keys.draft_mark(fingerprint) | {
            "draft_id": {"S": draft.draft_id},
            "seen_until": {"S": iso(until)},
            "expires_at": {"N": str(int(until.timestamp()))},
        }
        condition, values = "attribute_not_exists(pk) OR seen_until <= :now", {":now": {"S": iso(now)}}
        if instead_of:
            condition, values = f"{condition} OR draft_id = :withdrawn", values | {":withdrawn": {"S": instead_of}}
        return self.versions.put(item, condition, values)

    def created_before(self, fingerprint: str, now: datetime) -> Draft:
        """Reads the draft that the same request created before.

        Raises:
            Conflict: another request is creating it at this moment.
        """
        dynamodb, table = self.versions.store.dynamodb, self.versions.store.table
        mark = dynamodb.get_item(TableName=table, Key=agreement_keys.draft_mark(fingerprint), ConsistentRead=True).get(
            "Item"
        )
        if mark is None or mark["seen_until"]["S"] <= iso(now):
            raise Conflict
        return self.read(mark["draft_id"]["S"])[0]

    def change_write(self, draft: Draft, writes: int, *, with_text: bool = False) -> Item:
        """Returns the write of a changed draft, if it was written only `writes` times so far."""
        content = _content(draft) | ({"yaml": {"S": draft.yaml}} if with_text else {})
        change = UpdateExpression()
        change.set += [f"{change.name(name)} = {change.value(value)}" for name, value in content.items()]
        count = change.name("writes")
        change.set.append(f"{count} = {change.value({'N': str(writes + 1)})}")
        condition = f"{count} = {change.value({'N': str(writes)})}"
        return change.update(self.versions.store.table, agreement_keys.draft(draft.draft_id), condition)


def _content(draft: Draft) -> Item:
    content = {"body": {"S": draft.model_dump_json(exclude={"yaml"}, exclude_none=True)}}
    withdrawn = {"withdrawn_at": {"S": iso(draft.withdrawn_at)}} if draft.withdrawn_at else {}
    return content | withdrawn | ({"version": {"N": str(draft.version)}} if draft.version else {})


def _draft(item: Item) -> Draft:
    return Draft.model_validate(json.loads(item["body"]["S"]) | {"yaml": item.get("yaml", {}).get("S", "")})
