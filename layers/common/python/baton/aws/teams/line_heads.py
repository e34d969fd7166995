"""The first leads of a team's waiting lines, read from index 1, where handoffs without owner are sorted by line."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from baton.aws.table.keys import handoff_keys
from baton.aws.table.keys.item_key import AFTER_ALL, BEFORE_ALL, rank_of
from baton.aws.table.store import Store
from baton.domain.teams.roster import Roster, WaitingLine
from baton.domain.teams.waiting_leads import LineWithLeads, with_fewer_waiting

PAGE = 25


@dataclass(slots=True)
class LineHead:
    """The next leads of one waiting line; `after` is the last rank read, `skipped` the number of leads left waiting.

    `is_shared`: whoever can take one of its leads may have had another.
    """

    prefix: str
    after: str
    is_shared: bool = False
    ranks: deque[str] = field(default_factory=deque)
    skipped: int = 0

    @property
    def since(self) -> str:
        """Returns when the first lead began to wait, and its handoff's id, as text that sorts by time."""
        return handoff_keys.waiting_since(self.ranks[0], self.prefix)

    @property
    def handoff_id(self) -> str:
        """Returns the handoff of the first lead."""
        return handoff_keys.handoff_of_rank(self.ranks[0])

    def leave(self) -> None:
        """Removes the first lead: it waits no longer."""
        self.ranks.popleft()

    def skip(self) -> None:
        """Skips the first lead: it cannot be assigned, and goes on waiting."""
        self.ranks.popleft()
        self.skipped += 1


@dataclass(slots=True)
class LineHeads:
    """Reads the waiting lines of a team page by page, each page once, when its first lead is needed."""

    store: Store
    team: str
    _read: dict[str, LineHead] = field(default_factory=dict)

    def first(self, waiting: list[LineWithLeads]) -> LineHead | None:
        """Returns the line whose first lead has waited longest; None if the index shows no lead of these lines yet."""
        heads = (self._head(each) for each in waiting)
        return min((head for head in heads if head.ranks), key=lambda head: head.since, default=None)

    def without_skipped(self, roster: Roster) -> Roster:
        """Returns the roster with skipped leads not counted as waiting."""
        if not any(head.skipped for head in self._read.values()):
            return roster
        return with_fewer_waiting(roster, self._skipped)

    def _skipped(self, pool: str, line: WaitingLine) -> int:
        head = self._read.get(handoff_keys.line_prefix(self.team, pool, line.key))
        return head.skipped if head else 0

    def _head(self, waiting: LineWithLeads) -> LineHead:
        prefix = handoff_keys.line_prefix(self.team, waiting.pool, waiting.line.key)
        head = self._read.setdefault(prefix, LineHead(prefix, after=prefix, is_shared=waiting.line.is_shared))
        if not head.ranks:
            head.ranks.extend(self._ranks(head))
            head.after = head.ranks[-1] if head.ranks else head.after
        return head

    def _ranks(self, head: LineHead) -> list[str]:
        ranks = _ranks_without_owner(self.store, head.after, handoff_keys.after_line(head.prefix), PAGE)
        return [rank for rank in ranks if rank != head.after]


def teams_in_line(store: Store) -> list[str]:
    """Returns every team with waiting leads, also teams that the agreement no longer has; one query for each."""
    teams: list[str] = []
    while ranks := _ranks_without_owner(
        store, handoff_keys.after_team(teams[-1]) if teams else BEFORE_ALL, AFTER_ALL, 1
    ):
        teams.append(handoff_keys.team_of_rank(ranks[0]))
    return teams


def _ranks_without_owner(store: Store, first: str, last: str, most: int) -> list[str]:
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
    return [rank_of(item) for item in found["Items"]]
