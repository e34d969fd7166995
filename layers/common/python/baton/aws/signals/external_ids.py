"""Ids by which marketing tools know leads, so that a signal with such an id alone finds its lead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from baton.aws.table.guarded_writes import write_if_lead_exists
from baton.aws.table.keys import lead_keys
from baton.aws.table.store import Store


@dataclass(frozen=True, slots=True)
class ExternalIds:
    """The ids of one marketing tool; each leads to one lead, the latest that had it."""

    store: Store
    source: str

    def address_of(self, id_: str) -> str | None:
        """Returns the address of the lead with this id, if there is one."""
        lead_id = self._lead_of(id_)
        lead = self.store.lead_itself(lead_id) if lead_id else None
        return lead.email if lead else None

    def remember(self, ids: Iterable[tuple[str, str]], now: datetime) -> None:
        """Stores pairs of lead id and tool's id, if they are new and the lead was not erased meanwhile.

        Raises:
            Contended: a lead changed at every attempt.
        """
        for lead_id, id_ in sorted(ids):
            if self._lead_of(id_) != lead_id:
                item = lead_keys.external_id(lead_id, self.source, id_, now)
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
        return lead_keys.lead_id_of(found[0]) if found else None
