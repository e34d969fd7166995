"""Runs on the table's stream: publishes events of leads on the bus, and brings the index of their words up to date."""

from functools import cache
from typing import TYPE_CHECKING, Any

from baton.aws.messages.bus import Bus
from baton.aws.messages.stream import Poison, UnpublishedQueue, changed_leads, read_stream

if TYPE_CHECKING:
    from baton.aws.search.word_index import WordIndex

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
    if leads := changed_leads(event):
        words().follow(leads, unpublished)
    return {"batchItemFailures": [{"itemIdentifier": readable[place].sequence_number} for place in refused[:1]]}


@cache
def words() -> "WordIndex":
    """Returns the index of words; it is opened after the first events are on their way."""
    from baton.aws.search.word_index import WordIndex  # no mail waits for it  # noqa: PLC0415

    return WordIndex.from_environment()
