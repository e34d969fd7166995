"""Ids by which marketing tools know leads, so that a signal with such an id alone finds its lead.

The latest lead of an id stands under a key of its own, read consistently. The index, which lags on AWS, is asked for
ids that were stored before there were such keys, or not used for long.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from baton.aws.table.keys import anonymous_keys, lead_keys
from baton.aws.table.store import Store
from baton.domain.identity.lead_ids import waiting_id_of
from baton.domain.leads.lead import Lead

PAGE = 25


@dataclass(frozen=True, slots=True)
class ExternalIds:
    """The ids of one marketing tool, read once for each delivery; each leads to one lead, the latest that had it."""

    store: Store
    source: str
    pepper: Callable[[], bytes]
    _found: dict[str, tuple[Any, bool]] = field(default_factory=dict, init=False, repr=False)

    def address_of(self, id_: str) -> str | None:
        """Returns the address of the lead with this id, if there is one."""
        lead = self.lead_of(id_)
        return lead.email if lead else None

    def lead_of(self, id_: str) -> Lead | None:
        """Returns the lead that had this id last, even if it was merged into another; None if nobody has it."""
        lead_id = self.lead_id_of(id_)
        return self.store.lead_itself(lead_id) if lead_id else None

    def lead_id_of(self, id_: str) -> str | None:
        """Returns the lead id that follows from the last address of this id; None if nobody has it."""
        head, _ = self.found(id_)
        return head["lead_id"]["S"] if head else self._in_index(id_)

    def found(self, id_: str) -> tuple[Any, bool]:
        """Reads the item that says whose an id is, and whether anything waits for that, in one request.

        What waits later finds that item by itself, since it is stored first; `forget` is for whoever changes the item.
        """
        if id_ not in self._found:
            self._found[id_] = self._read(self.waiting_id(id_))
        return self._found[id_]

    def forget(self, id_: str) -> None:
        """Forgets what was read of an id."""
        self._found.pop(id_, None)

    def _read(self, named: str) -> tuple[Any, bool]:
        page: Any = self.store.dynamodb.query(
            TableName=self.store.table,
            KeyConditionExpression="pk = :id",
            ExpressionAttributeValues={":id": {"S": anonymous_keys.anonymous_partition(named)}},
            Limit=PAGE,
            ConsistentRead=True,
        )
        heads = [item for item in page["Items"] if anonymous_keys.is_person(item)]
        if not heads and "LastEvaluatedKey" in page:
            key = anonymous_keys.anonymous(named)
            item: Any = self.store.dynamodb.get_item(TableName=self.store.table, Key=key, ConsistentRead=True)
            heads = [item["Item"]] if "Item" in item else []
        waits = "LastEvaluatedKey" in page or any(anonymous_keys.is_message(item) for item in page["Items"])
        return (heads[0] if heads else None), waits

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
