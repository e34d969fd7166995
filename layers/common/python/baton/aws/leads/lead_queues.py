"""Lists of leads in pages: the queue of a status, the worklist of a rep, the waiting lines of all teams."""

import base64
import binascii
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from baton.aws.table.keys import handoff_keys, lead_keys
from baton.aws.table.keys.item_key import BEFORE_ALL, rank_of
from baton.aws.table.query_pages import items_of_pages
from baton.aws.table.store import Store
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status

PAGE = 25
MAX_TOGETHER, SECONDS = 2_000, 8.0
"""Limits of a file of leads: it must fit into one answer of Lambda, and the gateway's time."""


class CursorInvalid(ValueError):
    """The request's cursor is not from a list of this API."""


@dataclass(frozen=True, slots=True)
class LeadPage:
    """A page of a list: leads, and the cursor of the next page, None on the last."""

    leads: list[Lead]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class LeadQueues:
    """Reads lists of leads from index 1. The cost of a page does not depend on the length of the list.

    The index follows the table in a moment: a lead that left a list is left out by what the lead itself says, and one
    that just came is not there yet.
    """

    store: Store

    def of_status(self, status: Status, cursor: str | None) -> LeadPage:
        """Reads a page of a status: longest in it first; for `nurturing`, the highest engagement first."""
        after = _rank(cursor)
        found = [
            item
            for shard in range(lead_keys.QUEUE_SHARDS)
            for item in self._index(lead_keys.queue(status, shard), after)
        ]
        return self._page(found, lambda lead: status in (lead.status, Status.SPAM))

    def of_owner(self, owner: str, cursor: str | None) -> LeadPage:
        """Reads a page of the worklist of a rep (`anna@…`), of a marketing team, or of `nobody`.

        What is due first comes first. For `nobody`, leads come by team and waiting line, longest waiting first.
        """
        holder = None if owner == handoff_keys.NOBODY else owner
        found = self._index(handoff_keys.worklist(holder), _rank(cursor))
        return self._page(found, lambda lead: _is_held_by(holder, lead))

    def many(self, page: Callable[[str | None], LeadPage], cursor: str | None) -> LeadPage:
        """Reads several pages of a list into one: up to 2,000 leads, for at most 8 seconds."""
        found, end = page(cursor), time.monotonic() + SECONDS
        leads = list(found.leads)
        while found.cursor and len(leads) < MAX_TOGETHER and time.monotonic() < end:
            found = page(found.cursor)
            leads += found.leads
        return LeadPage(leads, found.cursor)

    def held_by(self, owner: str) -> list[str]:
        """Returns the ids of a rep's open handoffs in all teams, what is due first first."""
        held = items_of_pages(
            self.store.dynamodb.query,
            TableName=self.store.table,
            IndexName="gsi1",
            KeyConditionExpression="gsi1pk = :partition",
            ExpressionAttributeValues={":partition": {"S": handoff_keys.worklist(owner)}},
        )
        return [handoff_keys.handoff_id_of(item) for item in held]

    def _index(self, partition: str, after: str) -> list[Any]:
        found = self.store.dynamodb.query(
            TableName=self.store.table,
            IndexName="gsi1",
            KeyConditionExpression="gsi1pk = :partition AND gsi1sk > :after",
            ExpressionAttributeValues={":partition": {"S": partition}, ":after": {"S": after}},
            Limit=PAGE + 1,
        )
        return found["Items"]

    def _page(self, found: list[Any], is_listed: Callable[[Lead], bool]) -> LeadPage:
        ranked = sorted(found, key=rank_of)
        shown, more = ranked[:PAGE], len(ranked) > PAGE
        by_id = {lead_id: Lead.model_validate_json(body) for lead_id, body in self.store.lead_bodies(shown).items()}
        leads = [by_id[lead_id] for lead_id in map(lead_keys.lead_id_of, shown) if lead_id in by_id]
        return LeadPage(list(filter(is_listed, leads)), _cursor(rank_of(shown[-1])) if more else None)


def _is_held_by(holder: str | None, lead: Lead) -> bool:
    handoff, duty = lead.handoff, lead.duty
    return bool(
        (handoff and handoff.is_open and handoff.owner == holder) or (duty and duty.is_open and duty.team == holder)
    )


def _cursor(rank: str) -> str:
    return base64.urlsafe_b64encode(rank.encode()).decode()


def _rank(cursor: str | None) -> str:
    if cursor is None:
        return BEFORE_ALL
    try:
        rank = base64.urlsafe_b64decode(cursor.encode()).decode()
    except (binascii.Error, ValueError):
        rank = ""
    if not lead_keys.is_rank(rank):
        raise CursorInvalid("this cursor is not from a list; start again without one")
    return rank
