"""The heads of the lines in which a team's leads wait, as index 1 shows them: on the desk of nobody, line by line."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from baton.aws.table.keys import handoff_keys
from baton.aws.table.store import Store
from baton.domain.teams.roster import Roster, WaitingLine
from baton.domain.teams.waiting_leads import LineWithLeads, with_fewer_waiting

PAGE = 25


@dataclass(slots=True)
class LineHead:
    """The leads of a line that come next; `after` is the last rank that was read, `skipped` how many stay unserved."""

    prefix: str
    after: str
    ranks: deque[str] = field(default_factory=deque)
    skipped: int = 0

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

    def skip(self) -> None:
        """The first of them cannot be served; it waits on."""
        self.ranks.popleft()
        self.skipped += 1


@dataclass(slots=True)
class LineHeads:
    """Reads a page of a line when it is asked for the line's first lead, and none of it twice."""

    store: Store
    team: str
    _read: dict[str, LineHead] = field(default_factory=dict)

    def first(self, waiting: list[LineWithLeads]) -> LineHead | None:
        """Of these lines the one whose first lead has waited longest; None if the index shows none of them yet."""
        heads = (self._head(handoff_keys.line(self.team, each.pool, each.line.key)) for each in waiting)
        return min((head for head in heads if head.ranks), key=lambda head: head.since, default=None)

    def without_skipped(self, roster: Roster) -> Roster:
        """The team's roster as if nobody waited who was skipped."""
        if not any(head.skipped for head in self._read.values()):
            return roster
        return with_fewer_waiting(roster, self._skipped)

    def _skipped(self, pool: str, line: WaitingLine) -> int:
        head = self._read.get(handoff_keys.line(self.team, pool, line.key))
        return head.skipped if head else 0

    def _head(self, prefix: str) -> LineHead:
        head = self._read.setdefault(prefix, LineHead(prefix, after=prefix))
        if not head.ranks:
            head.ranks.extend(self._ranks(head))
            head.after = head.ranks[-1] if head.ranks else head.after
        return head

    def _ranks(self, head: LineHead) -> list[str]:
        ranks = _on_the_desk_of_nobody(self.store, head.after, f"{head.prefix}~", PAGE)
        return [rank for rank in ranks if rank != head.after]


def teams_in_line(store: Store) -> list[str]:
    """Every team for which leads wait, agreed or not; a query each."""
    teams: list[str] = []
    while ranks := _on_the_desk_of_nobody(store, handoff_keys.after_team(teams[-1]) if teams else " ", "~", 1):
        teams.append(handoff_keys.team_in_line(ranks[0]))
    return teams


def _on_the_desk_of_nobody(store: Store, first: str, last: str, most: int) -> list[str]:
    found: Any = store.dynamodb.query(
        TableName=store.table,
        IndexName="gsi1",
        KeyConditionExpression="gsi1pk = :partition AND gsi1sk BETWEEN :first AND :last",
        ExpressionAttributeValues={
            ":partition": {"S": handoff_keys.worklist(None)},
            ":first": {"S": first},
            ":last": {"S": last},
        },
        Limit=most,
    )
    return [item["gsi1sk"]["S"] for item in found["Items"]]
