"""Reads new events and changed leads from the table's stream, and moves unreadable records to a queue."""

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting
from baton.aws.table.keys.item_key import is_event, partition_of, sort_key_of

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient


@dataclass(frozen=True, slots=True)
class StreamRecord:
    """A new event of the stream: its sequence number, type, time, and its facts for the bus as JSON."""

    sequence_number: str
    kind: str
    at: str
    facts: str


@dataclass(frozen=True, slots=True)
class Poison:
    """A record that cannot be parsed: its key, and the type of the exception; never its content."""

    sequence_number: str
    pk: str
    sk: str
    fault: str


def read_stream(event: dict[str, Any]) -> list[StreamRecord | Poison]:
    """Parses the new events of a batch, in order."""
    return [_read(record["dynamodb"]) for record in event["Records"] if not _is_lead(record)]


def changed_leads(event: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns the records of a batch that tell of leads with other words than before, in order."""
    return [record for record in event["Records"] if _is_lead(record)]


def _is_lead(record: dict[str, Any]) -> bool:
    return not is_event(record["dynamodb"]["Keys"])


def _read(record: dict[str, Any]) -> StreamRecord | Poison:
    number = record["SequenceNumber"]
    try:
        kind, at, facts = (record["NewImage"][name]["S"] for name in ("type", "at", "facts"))
        if "event_id" not in json.loads(facts):
            raise ValueError("the facts do not say which event it is")
    except Exception as fault:  # no unreadable record holds up the others
        key = record["Keys"]
        return Poison(number, partition_of(key), sort_key_of(key), type(fault).__name__)
    return StreamRecord(number, kind, at, facts)


@dataclass(frozen=True, slots=True)
class UnpublishedQueue:
    """The queue of records that never reached the bus; operations are told of a message in it."""

    sqs: "SQSClient"
    queue_url: str

    @classmethod
    def from_environment(cls) -> Self:
        """Opens the queue of the deployed stack."""
        return cls(client("sqs"), setting("UNPUBLISHED_QUEUE_URL"))

    def keep(self, poison: Poison) -> None:
        """Moves a record to the queue, so that it does not block the stream."""
        self.sqs.send_message(QueueUrl=self.queue_url, MessageBody=json.dumps(asdict(poison)))
