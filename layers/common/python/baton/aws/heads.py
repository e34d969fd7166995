"""The heads of the lines in which a team's leads wait, as index 1 shows them: on the desk of nobody, line by line."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from baton.aws import keys
from baton.aws.store import Store
from baton.domain.waiting import Waiting

PAGE = 25


@dataclass(slots=True)
class Head:
    """The leads of a line that come next; `after` is the last rank that was read."""

    prefix: str
    after: str
    ranks: deque[str] = field(default_factory=deque)

    @property
    def since(self) -> str:
        """When the first of them began to wait."""
        return self.ranks[0].removeprefix(self.prefix)

    @property
    def handoff_id(self) -> str:
        """The first of them."""
        return self.ranks[0].rpartition("#")[2]

    def leave(self) -> None:
        """The first of them waits no longer."""
        self.ranks.popleft()


@dataclass(slots=True)
class Heads:
    """Reads a page of a line when it is asked for the line's first lead, and none of it twice."""

    store: Store
    team: str
    _read: dict[str, Head] = field(default_factory=dict)

    def first(self, waiting: list[Waiting]) -> Head | None:
        """Of these lines the one whose first lead has waited longest; None if the index shows none of them yet."""
        heads = (self._head(keys.line(self.team, each.pool, each.line.key)) for each in waiting)
        return min((head for head in heads if head.ranks), key=lambda head: head.since, default=None)

    def _head(self, prefix: str) -> Head:
        head = self._read.setdefault(prefix, Head(prefix, after=prefix))
        if not head.ranks:
            head.ranks.extend(self._ranks(head))
            head.after = head.ranks[-1] if head.ranks else head.after
        return head

    def _ranks(self, head: Head) -> list[str]:
        found: Any = self.store.dynamodb.query(
            TableName=self.store.table,
            IndexName="gsi1",
            KeyConditionExpression="gsi1pk = :partition AND gsi1sk BETWEEN :after AND :last",
            ExpressionAttributeValues={
                ":partition": {"S": keys.desk(None)},
                ":after": {"S": head.after},
                ":last": {"S": f"{head.prefix}~"},
            },
            Limit=PAGE,
        )
        ranks = [item["gsi1sk"]["S"] for item in found["Items"]]
        return [rank for rank in ranks if rank != head.after]
