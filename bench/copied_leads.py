"""Writes tens of thousands of leads that have sent a form straight into the table."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from baton.aws.table.keys import item_key, lead_keys
from baton.domain.identity.lead_ids import lead_id_of
from bench.lead_factory import LeadFactory
from bench.world import PEPPER, TABLE, World

A_BATCH = 25
WRITTEN = ("LEAD", "EVENT#00000001", "EVENT#00000002")


def gather(world: World, people: int) -> None:
    """Copies one lead with a download, under other addresses: the lead and its two events."""
    factory = LeadFactory(world)
    email = "somebody@crowd.example.com"
    lead = factory.lead("content-download", email)
    dynamodb: Any = world.session.client("dynamodb")
    written = [item_key.key(lead_keys.lead_partition(lead.lead_id), sk) for sk in WRITTEN]
    originals = [dynamodb.get_item(TableName=TABLE, Key=key)["Item"] for key in written]
    put_all(world, _copies(originals, lead.lead_id, email, people))


def put_all(world: World, items: Iterator[Any]) -> None:
    """Writes all items into the table, in batches."""
    dynamodb: Any = world.session.client("dynamodb")
    while batch := [{"PutRequest": {"Item": item}} for item in islice(items, A_BATCH)]:
        dynamodb.batch_write_item(RequestItems={TABLE: batch})


def _copies(originals: list[Any], lead_id: str, email: str, people: int) -> Iterator[Any]:
    for number in range(people):
        other = f"{number}@crowd.example.com"
        other_id = lead_id_of(other, PEPPER.encode())
        for item in originals:
            yield {
                name: {kind: text.replace(lead_id, other_id).replace(email, other) for kind, text in value.items()}
                for name, value in item.items()
            }
