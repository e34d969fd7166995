"""Notes when each marketing tool was last heard, to the hour, so that a tool that fell silent is seen."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from baton.aws.table.keys import intake_keys
from baton.aws.table.store import Store
from baton.domain.basics.moments import iso

NOTED_EVERY = timedelta(hours=1)
"""So long after a note a tool may speak without another one."""


@dataclass(frozen=True, slots=True)
class HeardTools:
    """Writes at most one note an hour for each tool and warm function, whatever number of webhooks comes."""

    store: Store
    _noted: dict[str, datetime] = field(default_factory=dict)

    def note(self, source: str, now: datetime) -> None:
        """Notes that a tool was heard, unless this function did so within the hour, or another one meanwhile."""
        before = self._noted.get(source)
        if before and now - before < NOTED_EVERY:
            return
        key: Any = intake_keys.tool(source)
        dynamodb = self.store.dynamodb
        with suppress(dynamodb.exceptions.ConditionalCheckFailedException):
            dynamodb.update_item(
                TableName=self.store.table,
                Key=key,
                UpdateExpression="SET heard_at = :now",
                ConditionExpression="attribute_not_exists(heard_at) OR heard_at < :ago",
                ExpressionAttributeValues={":now": {"S": iso(now)}, ":ago": {"S": iso(now - NOTED_EVERY)}},
            )
        self._noted[source] = now

    def last_heard(self) -> dict[str, datetime]:
        """Reads when each tool that was ever heard was last noted, by its source: one request."""
        found = self.store.dynamodb.query(
            TableName=self.store.table,
            KeyConditionExpression="pk = :tools",
            ExpressionAttributeValues={":tools": {"S": intake_keys.TOOLS}},
        )
        return {intake_keys.source_of_tool(item): heard_at(item) for item in found["Items"]}


def heard_at(item: Mapping[str, Any]) -> datetime:
    """Returns the moment that is noted of a tool."""
    return datetime.fromisoformat(item["heard_at"]["S"])
