"""Runs on the table's stream: publishes the events of leads on the bus, in order, with ids and facts only."""

from typing import Any

from baton.aws.messages.bus import Bus
from baton.aws.messages.stream import Poison, UnpublishedQueue, read_stream

bus = Bus.from_environment()
unpublished = UnpublishedQueue.from_environment()


def lambda_handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Publishes a batch. Events that the bus refused come again; unreadable records go to the queue at once."""
    records = read_stream(event)
    readable = [record for record in records if not isinstance(record, Poison)]
    refused = bus.publish(readable)
    for record in records:
        if isinstance(record, Poison):
            unpublished.keep(record)
    return {"batchItemFailures": [{"itemIdentifier": readable[place].sequence_number} for place in refused[:1]]}
