"""The quarantine: webhook deliveries with a valid signature that could not be parsed, kept for ninety days."""

import base64
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from baton.aws.runtime import log
from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting
from baton.aws.table.keys import intake_keys
from baton.aws.table.keys.item_key import BEFORE_ALL, sort_key_of
from baton.aws.table.query_pages import items_of_pages
from baton.domain.basics.moments import iso

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient


KEPT_FOR = timedelta(days=90)
PAGE = 20
LONG_BYTES = 200_000
"""A longer body is stored packed, since an item of the table has room for 400 KB."""
MAX_STORED_BYTES = 380_000
NEEDED_TO_READ = ("content-type", "webhook-id", "svix-id")
"""The headers that parsing needs; none of them is a secret."""


@dataclass(frozen=True, slots=True)
class QuarantinedDelivery:
    """A delivery without its signature, which was verified on arrival."""

    source: str
    method: str
    headers: Mapping[str, str]
    body: bytes
    arrived_at: datetime

    @property
    def needed_headers(self) -> str:
        """Returns the headers that are stored, as JSON."""
        return json.dumps({name: self.headers[name] for name in NEEDED_TO_READ if name in self.headers})

    @property
    def fingerprint(self) -> str:
        """Returns a hash of the content; a delivery that is sent again has the same one."""
        return hashlib.sha256(self.needed_headers.encode() + self.body).hexdigest()


class KeptSummary(NamedTuple):
    """A quarantined delivery without its content: why it was not understood, and when it came."""

    delivery_id: str
    source: str
    method: str
    why: list[str]
    arrived_at: datetime


class TooLong(ValueError):
    """A delivery is too long to be kept, even packed."""


@dataclass(frozen=True, slots=True)
class Quarantine:
    """Stores and reads quarantined deliveries; none of them reaches the bus."""

    dynamodb: "DynamoDBClient"
    table: str

    @classmethod
    def from_environment(cls) -> Self:
        """Opens the quarantine of the deployed stack."""
        return cls(client("dynamodb"), setting("TABLE_NAME"))

    def keep(self, kept: QuarantinedDelivery, why: Sequence[str]) -> None:
        """Stores a delivery, unless it is stored already; logs `why`, and counts it in a metric.

        Raises:
            TooLong: the table has no room for it.
        """
        log.warning("webhook not understood", source=kept.source, why=list(why))
        item = {
            **_stored(kept.body),
            "headers": {"S": kept.needed_headers},
            "method": {"S": kept.method},
            "why": {"S": "\n".join(why)},
            "arrived_at": {"S": iso(kept.arrived_at)},
            "expires_at": {"N": str(int((kept.arrived_at + KEPT_FOR).timestamp()))},
        }
        key: Any = intake_keys.quarantined(kept.source, kept.fingerprint)
        with suppress(self.dynamodb.exceptions.ConditionalCheckFailedException):
            self.dynamodb.put_item(
                TableName=self.table, Item=key | item, ConditionExpression="attribute_not_exists(pk)"
            )
        _count_in_metric()

    def of(self, source: str, after: str | None = None) -> Iterator[QuarantinedDelivery]:
        """Yields a source's deliveries after the one with fingerprint `after`; each page is read when needed."""
        values: Any = {":source": {"S": intake_keys.quarantine(source)}, ":after": {"S": after or BEFORE_ALL}}
        kept = items_of_pages(
            self.dynamodb.query,
            TableName=self.table,
            KeyConditionExpression="pk = :source AND sk > :after",
            ExpressionAttributeValues=values,
            Limit=PAGE,
            ConsistentRead=True,
        )
        return (_read(source, item) for item in kept)

    def page(self, source: str, after: str | None, limit: int) -> tuple[list[KeptSummary], str | None]:
        """Reads a page of a source's deliveries without their content, and the cursor of the next page.

        They come in the order of their ids, which are hashes; an id is also the cursor.
        """
        found = self.dynamodb.query(
            TableName=self.table,
            KeyConditionExpression="pk = :source AND sk > :after",
            ExpressionAttributeValues={
                ":source": {"S": intake_keys.quarantine(source)},
                ":after": {"S": after or BEFORE_ALL},
            },
            ProjectionExpression="sk, #method, why, arrived_at",
            ExpressionAttributeNames={"#method": "method"},
            Limit=limit + 1,
        )["Items"]
        shown = [_summary(source, item) for item in found[:limit]]
        return shown, shown[-1].delivery_id if len(found) > limit else None

    def count(self, source: str, most: int) -> tuple[int, bool]:
        """Counts a source's deliveries up to `most`, and tells whether there are more."""
        found = self.dynamodb.query(
            TableName=self.table,
            KeyConditionExpression="pk = :source",
            ExpressionAttributeValues={":source": {"S": intake_keys.quarantine(source)}},
            Select="COUNT",
            Limit=most + 1,
        )
        return min(most, found["Count"]), found["Count"] > most or "LastEvaluatedKey" in found

    def one(self, source: str, delivery_id: str) -> tuple[KeptSummary, QuarantinedDelivery] | None:
        """Reads a delivery; None if there is none with this id."""
        key: Any = intake_keys.quarantined(source, delivery_id)
        item = self.dynamodb.get_item(TableName=self.table, Key=key, ConsistentRead=True).get("Item")
        return (_summary(source, item), _read(source, item)) if item else None

    def delete(self, delivery: QuarantinedDelivery) -> None:
        """Deletes a delivery."""
        key = intake_keys.quarantined(delivery.source, delivery.fingerprint)
        self.dynamodb.delete_item(TableName=self.table, Key=key)


def _stored(body: bytes) -> dict[str, Any]:
    """Returns the attributes that hold a body: `body` in base64, and `packed` by zlib before that if it is long."""
    if len(body) <= LONG_BYTES:
        return {"body": {"S": base64.b64encode(body).decode()}}
    packed = base64.b64encode(zlib.compress(body)).decode()
    if len(packed) > MAX_STORED_BYTES:
        _count_in_metric()
        raise TooLong(f"a delivery of {len(body)} bytes does not fit the quarantine")
    return {"body": {"S": packed}, "packed": {"BOOL": True}}


def _read(source: str, item: Mapping[str, Any]) -> QuarantinedDelivery:
    stored, arrived_at = base64.b64decode(item["body"]["S"]), datetime.fromisoformat(item["arrived_at"]["S"])
    body = zlib.decompress(stored) if "packed" in item else stored
    return QuarantinedDelivery(source, item["method"]["S"], json.loads(item["headers"]["S"]), body, arrived_at)


def _summary(source: str, item: Mapping[str, Any]) -> KeptSummary:
    why = item["why"]["S"].splitlines()
    return KeptSummary(
        sort_key_of(item), source, item["method"]["S"], why, datetime.fromisoformat(item["arrived_at"]["S"])
    )


def _count_in_metric() -> None:
    from aws_lambda_powertools import Metrics  # few deliveries need it  # noqa: PLC0415
    from aws_lambda_powertools.metrics import MetricUnit  # noqa: PLC0415

    metrics = Metrics()
    metrics.add_metric(name="QuarantinedWebhooks", unit=MetricUnit.Count, value=1)
    metrics.flush_metrics()
