"""Under which ids marketing tools know people, so that what they tell of an id alone is told of somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from baton.aws.table.guarded_writes import write_if_lead_exists
from baton.aws.table.keys import lead_keys
from baton.aws.table.store import Store


@dataclass(frozen=True, slots=True)
class ExternalIds:
    """The people whom one tool knows by ids of its own; each id leads to one lead, the latest that had it."""

    store: Store
    source: str

    def address_of(self, id_: str) -> str | None:
        """The address of whoever has this id, if anybody is known to."""
        lead_id = self._lead_of(id_)
        lead = self.store.own(lead_id) if lead_id else None
        return lead.email if lead else None

    def remember(self, ids: Iterable[tuple[str, str]], now: datetime) -> None:
        """Keep which lead has which id, where that is new; not of somebody who was erased meanwhile.

        Raises:
            Contended: too many changed a lead at once.
        """
        for lead_id, id_ in sorted(ids):
            if self._lead_of(id_) != lead_id:
                item = lead_keys.known_pointer(lead_id, self.source, id_, now)
                write_if_lead_exists(self.store, lead_id, [self.store.put(item)])

    def _lead_of(self, id_: str) -> str | None:
        found = self.store.dynamodb.query(
            TableName=self.store.table,
            IndexName="gsi1",
            KeyConditionExpression="gsi1pk = :known",
            ExpressionAttributeValues={":known": {"S": lead_keys.known_as(self.source, id_)}},
            ScanIndexForward=False,
            Limit=1,
        )["Items"]
        return found[0]["gsi1sk"]["S"].partition("#")[2] if found else None
