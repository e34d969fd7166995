"""Drafts as the table keeps them: each under how often it was written, so that nobody overwrites another."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from baton.aws.agreement.agreement_versions import Versions
from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.table.keys import agreement_keys
from baton.aws.table.lead_writes import Item
from baton.aws.table.query_pages import Page, pages
from baton.aws.table.write_outcomes import Conflict, NotFound
from baton.domain.basics.moments import iso
from baton.domain.signing.draft_signatures import Draft

PAGE = 25
SAME_FOR = timedelta(minutes=10)
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class KeptDrafts:
    """The drafts' items, and the parts of transactions that write them."""

    versions: Versions

    def open(self, before: str | None) -> tuple[list[Draft], str | None]:
        """Some drafts that are not signed by both yet, the newest first, without their texts; and where to go on.

        Raises:
            CursorInvalid: `before` is none of the places that were given before.
        """
        if before and not _ID.fullmatch(before):
            raise CursorInvalid("this cursor is not from this list; start again without one")
        page = next(page for page in self._pages(before) if page.items or not page.last)
        after = page.last["sk"]["S"].removeprefix(agreement_keys.DRAFTS) if page.last else None
        return [_draft(item) for item in page.items], after

    def read(self, draft_id: str) -> tuple[Draft, int]:
        """A draft, and how often it was written.

        Raises:
            NotFound: there is none with this id.
        """
        dynamodb, table = self.versions.store.dynamodb, self.versions.store.table
        item = dynamodb.get_item(TableName=table, Key=agreement_keys.draft(draft_id), ConsistentRead=True).get("Item")
        if item is None:
            raise NotFound("there is no such draft")
        return _draft(dict(item)), int(item["writes"]["N"])

    def _pages(self, before: str | None) -> Iterator[Page]:
        going_on: Any = {"ExclusiveStartKey": agreement_keys.draft(before)} if before else {}
        return pages(
            self.versions.store.dynamodb.query,
            TableName=self.versions.store.table,
            KeyConditionExpression="pk = :agreement AND begins_with(sk, :drafts)",
            FilterExpression="attribute_not_exists(version)",
            ProjectionExpression="sk, body",
            ExpressionAttributeValues={
                ":agreement": {"S": agreement_keys.AGREEMENT},
                ":drafts": {"S": agreement_keys.DRAFTS},
            },
            ScanIndexForward=False,
            Limit=PAGE,
            **going_on,
        )

    def new(self, draft: Draft) -> Item:
        """The write of a new draft."""
        item = (
            agreement_keys.draft(draft.draft_id) | _content(draft) | {"yaml": {"S": draft.yaml}, "writes": {"N": "1"}}
        )
        return self.versions.put(item, "attribute_not_exists(pk)")

    def mark(self, draft: Draft, fingerprint: str, now: datetime) -> Item:
        """The write of the mark that this very draft was made."""
        until = now + SAME_FOR
        item = agreement_keys.drafted(fingerprint) | {
            "draft_id": {"S": draft.draft_id},
            "seen_until": {"S": iso(until)},
            "expires_at": {"N": str(int(until.timestamp()))},
        }
        return self.versions.put(item, "attribute_not_exists(pk) OR seen_until <= :now", {":now": {"S": iso(now)}})

    def made_before(self, fingerprint: str, now: datetime) -> Draft:
        """The draft that was made when the same was sent before.

        Raises:
            Conflict: somebody is making it at this moment.
        """
        dynamodb, table = self.versions.store.dynamodb, self.versions.store.table
        mark = dynamodb.get_item(TableName=table, Key=agreement_keys.drafted(fingerprint), ConsistentRead=True).get(
            "Item"
        )
        if mark is None or mark["seen_until"]["S"] <= iso(now):
            raise Conflict
        return self.read(mark["draft_id"]["S"])[0]

    def changed(self, draft: Draft, writes: int, *, with_text: bool = False) -> Item:
        """The write of a draft as it is now, unless somebody else wrote it since it was read."""
        content = _content(draft) | ({"yaml": {"S": draft.yaml}} if with_text else {})
        content["writes"] = {"N": str(writes + 1)}
        update = {
            "TableName": self.versions.store.table,
            "Key": agreement_keys.draft(draft.draft_id),
            "UpdateExpression": "SET " + ", ".join(f"#{name} = :{name}" for name in content),
            "ConditionExpression": "#writes = :read",
            "ExpressionAttributeNames": {f"#{name}": name for name in content},
            "ExpressionAttributeValues": {f":{name}": value for name, value in content.items()}
            | {":read": {"N": str(writes)}},
        }
        return {"Update": update}


def _content(draft: Draft) -> Item:
    content = {"body": {"S": draft.model_dump_json(exclude={"yaml"}, exclude_none=True)}}
    return content | ({"version": {"N": str(draft.version)}} if draft.version else {})


def _draft(item: Item) -> Draft:
    return Draft.model_validate(json.loads(item["body"]["S"]) | {"yaml": item.get("yaml", {}).get("S", "")})
