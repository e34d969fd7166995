"""Ids by which marketing tools know leads, so that a signal with such an id alone finds its lead.

The latest lead of an id stands under a key of its own, read consistently. The index, which lags on AWS, is asked for
ids that were stored before there were such keys, or not used for long.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from baton.aws.table.keys import anonymous_keys, lead_keys
from baton.aws.table.store import Store
from baton.domain.identity.lead_ids import waiting_id_of
from baton.domain.leads.lead import Lead


@dataclass(frozen=True, slots=True)
class ExternalIds:
    """The ids of one marketing tool; each leads to one lead, the latest that had it."""

    store: Store
    source: str
    pepper: Callable[[], bytes]

    def address_of(self, id_: str) -> str | None:
        """Returns the address of the lead with this id, if there is one."""
        lead = self.lead_of(id_)
        return lead.email if lead else None

    def lead_of(self, id_: str) -> Lead | None:
        """Returns the lead that had this id last, even if it was merged into another; None if nobody has it."""
        key = anonymous_keys.anonymous(self.waiting_id(id_))
        found: Any = self.store.dynamodb.get_item(TableName=self.store.table, Key=key, ConsistentRead=True)
        lead_id = found["Item"]["lead_id"]["S"] if "Item" in found else self._in_index(id_)
        return self.store.lead_itself(lead_id) if lead_id else None

    def waiting_id(self, id_: str) -> str:
        """Returns the id under which signals of somebody with this id wait, and under which their lead is found."""
        return waiting_id_of(self.source, id_, self.pepper())

    def _in_index(self, id_: str) -> str | None:
        found = self.store.dynamodb.query(
            TableName=self.store.table,
            IndexName="gsi1",
            KeyConditionExpression="gsi1pk = :known",
            ExpressionAttributeValues={":known": {"S": lead_keys.known_as(self.source, id_)}},
            ScanIndexForward=False,
            Limit=1,
        )["Items"]
        return lead_keys.lead_id_of(found[0]) if found else None
