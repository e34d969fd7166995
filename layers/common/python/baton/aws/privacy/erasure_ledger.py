"""The ledger of erasures, in a table of its own: after a restore from a backup, they are applied again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from baton.aws.runtime.settings import setting
from baton.aws.table.query_pages import items_of_pages
from baton.domain.basics.moments import iso

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, slots=True)
class Ledger:
    """Lists the ids of erased leads, which are keyed hashes of addresses; when each was erased last, and by whom."""

    dynamodb: "DynamoDBClient"
    table: str

    @classmethod
    def from_environment(cls, dynamodb: "DynamoDBClient") -> Self:
        """Opens the ledger of the deployed stack."""
        return cls(dynamodb, setting("ERASURE_LEDGER_NAME"))

    def entry(self, lead_id: str, by: str, now: datetime) -> dict[str, Any]:
        """Returns the write of an entry."""
        item = {"lead_id": {"S": lead_id}, "erased_at": {"S": iso(now)}, "erased_by": {"S": by}}
        return {"Put": {"TableName": self.table, "Item": item}}

    def erased_at(self, lead_id: str) -> datetime | None:
        """Returns when a lead was erased last; None if it never was."""
        key = {"lead_id": {"S": lead_id}}
        found: Any = self.dynamodb.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return datetime.fromisoformat(found["Item"]["erased_at"]["S"]) if "Item" in found else None

    def all(self) -> Iterator[tuple[str, datetime]]:
        """Yields all entries: the lead's id, and when it was erased last."""
        for item in items_of_pages(self.dynamodb.scan, TableName=self.table):
            yield item["lead_id"]["S"], datetime.fromisoformat(item["erased_at"]["S"])
