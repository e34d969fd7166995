"""Everybody whom somebody owes something, in the order of index 1: who is in review, parked or with sales, and whom
marketing owes an answer besides.

These lists are short. Who is nurtured, won or lost is owed nothing with a date, and those lists have everybody in them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from baton.aws import keys
from baton.aws.store import Store
from baton.domain.lead import Lead, Status
from baton.domain.search_events import Place

PAGE = 50

_OWED = (Status.IN_REVIEW, Status.PARKED, Status.WITH_SALES)
_QUEUES = [keys.queue(status, shard) for status in _OWED for shard in range(keys.QUEUE_SHARDS)]


@dataclass(frozen=True, slots=True)
class Owed:
    """One lead of the lists: its id, its place, and the lead itself, unless nobody can read it."""

    lead_id: str
    place: Place
    lead: Lead | None


@dataclass(frozen=True, slots=True)
class OwedLists:
    """The lists, one after the other; `team` is marketing's."""

    store: Store
    team: str

    def after(self, begin: Place) -> Iterator[Owed]:
        """Whoever comes after a place, each once, unless somebody moves to a later list meanwhile."""
        for number, partition in enumerate([*_QUEUES, keys.desk(self.team)]):
            after = begin.after if number == begin.list else " "
            while number >= begin.list and (items := self._page(partition, after)):
                bodies = self._bodies(items)
                after = items[-1]["gsi1sk"]["S"]
                found = (_owed(item, number, bodies) for item in items if item["pk"]["S"] in bodies)
                yield from (one for one in found if number < len(_QUEUES) or not _queued(one))

    def _page(self, partition: str, after: str) -> list[Any]:
        found = self.store.dynamodb.query(
            TableName=self.store.table,
            IndexName="gsi1",
            KeyConditionExpression="gsi1pk = :partition AND gsi1sk > :after",
            ExpressionAttributeValues={":partition": {"S": partition}, ":after": {"S": after}},
            Limit=PAGE,
        )
        return found["Items"]

    def _bodies(self, items: list[Any]) -> dict[str, str]:
        wanted: Any = [keys.key(pk, "LEAD") for pk in dict.fromkeys(item["pk"]["S"] for item in items)]
        found: list[Any] = []
        while wanted:
            answer: Any = self.store.dynamodb.batch_get_item(RequestItems={self.store.table: {"Keys": wanted}})
            found += answer["Responses"][self.store.table]
            wanted = answer["UnprocessedKeys"].get(self.store.table, {}).get("Keys", [])
        return {item["pk"]["S"]: item["body"]["S"] for item in found}


def _queued(owed: Owed) -> bool:
    """Whether one on marketing's list comes in a queue as well."""
    return owed.lead is not None and owed.lead.status in _OWED


def _owed(item: Mapping[str, Any], number: int, bodies: Mapping[str, str]) -> Owed:
    pk = item["pk"]["S"]
    try:
        lead = Lead.model_validate_json(bodies[pk])
    except ValidationError:  # one that is broken is not to keep the others from being found
        lead = None
    return Owed(pk.partition("#")[2], Place(list=number, after=item["gsi1sk"]["S"]), lead)
