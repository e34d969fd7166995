"""Lists of leads, a page at a time: by the queue they are in, or by who has to do something for them."""

import base64
import binascii
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from baton.aws.table.keys import handoff_keys, item_key, lead_keys
from baton.aws.table.query_pages import items_of_pages
from baton.aws.table.store import Store
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status

PAGE = 25
MAX_TOGETHER, SECONDS = 2_000, 8.0
"""So many leads, and no more seconds, for a file: it must fit into one answer of Lambda's."""
_RANK = re.compile(r"[0-9A-Z:.#a-z_*-]{1,200}")


class CursorInvalid(ValueError):
    """The cursor is none that a list of ours gave."""


@dataclass(frozen=True, slots=True)
class LeadPage:
    """Some leads of a list, and the cursor of the next page, if there is one."""

    leads: list[Lead]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Queues:
    """Index 1 of the table. A page costs what it shows, whatever the length of the list."""

    store: Store

    def of_status(self, status: Status, cursor: str | None) -> LeadPage:
        """The leads of one status: who came into it first at the top, but of those nurtured the warmest."""
        after = _read(cursor)
        found = [
            item
            for shard in range(lead_keys.QUEUE_SHARDS)
            for item in self._index(lead_keys.queue(status, shard), after)
        ]
        return self._page(found)

    def of_owner(self, owner: str, cursor: str | None) -> LeadPage:
        """The leads whose open handoffs a salesperson (or `nobody`) holds, or that a team in marketing owes something.

        What is due first is at the top; what nobody holds comes by the line in which it waits, and there as it came.
        """
        holder = None if owner == handoff_keys.NOBODY else owner
        return self._page(self._index(handoff_keys.worklist(holder), _read(cursor)))

    def many(self, page: Callable[[str | None], LeadPage], cursor: str | None) -> LeadPage:
        """Page after page of a list, up to 2,000 leads or for as long as a request may take."""
        found, end = page(cursor), time.monotonic() + SECONDS
        leads = list(found.leads)
        while found.cursor and len(leads) < MAX_TOGETHER and time.monotonic() < end:
            found = page(found.cursor)
            leads += found.leads
        return LeadPage(leads, found.cursor)

    def held_by(self, owner: str) -> list[str]:
        """The ids of a salesperson's open handoffs, in all teams, what is due first at the top."""
        held = items_of_pages(
            self.store.dynamodb.query,
            TableName=self.store.table,
            IndexName="gsi1",
            KeyConditionExpression="gsi1pk = :partition",
            ExpressionAttributeValues={":partition": {"S": handoff_keys.worklist(owner)}},
        )
        return [handoff_keys.handoff_id(item) for item in held]

    def _index(self, partition: str, after: str) -> list[Any]:
        found = self.store.dynamodb.query(
            TableName=self.store.table,
            IndexName="gsi1",
            KeyConditionExpression="gsi1pk = :partition AND gsi1sk > :after",
            ExpressionAttributeValues={":partition": {"S": partition}, ":after": {"S": after}},
            Limit=PAGE + 1,
        )
        return found["Items"]

    def _page(self, found: list[Any]) -> LeadPage:
        ranked = sorted(found, key=lambda item: str(item["gsi1sk"]["S"]))
        shown, more = ranked[:PAGE], len(ranked) > PAGE
        by_id = self._leads(shown)
        leads = [by_id[item["pk"]["S"]] for item in shown if item["pk"]["S"] in by_id]
        return LeadPage(leads, _write(shown[-1]["gsi1sk"]["S"]) if more else None)

    def _leads(self, items: list[Any]) -> dict[str, Lead]:
        """The leads themselves; the index holds keys only, so that it is not rewritten with every change."""
        wanted = [item_key.key(pk, "LEAD") for pk in dict.fromkeys(item["pk"]["S"] for item in items)]
        found = self.store.items(wanted, consistent=False)
        return {item["pk"]["S"]: Lead.model_validate_json(item["body"]["S"]) for item in found if "body" in item}


def _write(rank: str) -> str:
    return base64.urlsafe_b64encode(rank.encode()).decode()


def _read(cursor: str | None) -> str:
    if cursor is None:
        return " "
    try:
        rank = base64.urlsafe_b64decode(cursor.encode()).decode()
    except (binascii.Error, ValueError):
        rank = ""
    if not _RANK.fullmatch(rank):
        raise CursorInvalid("this cursor is not from a list; start again without one")
    return rank
