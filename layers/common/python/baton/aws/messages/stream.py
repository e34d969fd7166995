"""The table's stream: which records are new events, and what becomes of one that cannot be read."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from baton.aws.runtime.clients import client
from baton.aws.runtime.settings import setting

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient


@dataclass(frozen=True, slots=True)
class StreamRecord:
    """A new event, at its place in the stream: its kind, its time, and what the bus may carry of it."""

    sequence_number: str
    kind: str
    at: str
    facts: str


@dataclass(frozen=True, slots=True)
class Poison:
    """A record that cannot be read: where it is, and what kind of fault it has; never what is in it."""

    sequence_number: str
    pk: str
    sk: str
    fault: str


def read_stream(event: dict[str, Any]) -> list[StreamRecord | Poison]:
    """The records of a batch, in order; the template's filter lets only new events through."""
    return [_read(record["dynamodb"]) for record in event["Records"]]


def _read(record: dict[str, Any]) -> StreamRecord | Poison:
    number = record["SequenceNumber"]
    try:
        kind, at, facts = (record["NewImage"][name]["S"] for name in ("type", "at", "facts"))
        if "event_id" not in json.loads(facts):
            raise ValueError("the facts do not say which event it is")
    except Exception as fault:  # whatever it is, it must not hold up the others
        pk, sk = (record["Keys"][name]["S"] for name in ("pk", "sk"))
        return Poison(number, pk, sk, type(fault).__name__)
    return StreamRecord(number, kind, at, facts)


@dataclass(frozen=True, slots=True)
class Unpublished:
    """The queue of what never reached the bus; whatever lies in it raises an alarm."""

    sqs: "SQSClient"
    queue_url: str

    @classmethod
    def from_environment(cls) -> Self:
        """The queue of the deployed stack."""
        return cls(client("sqs"), setting("UNPUBLISHED_QUEUE_URL"))

    def keep(self, poison: Poison) -> None:
        """Put it aside, so that it holds up nobody else."""
        body = {"pk": poison.pk, "sk": poison.sk, "fault": poison.fault, "sequence_number": poison.sequence_number}
        self.sqs.send_message(QueueUrl=self.queue_url, MessageBody=json.dumps(body))
