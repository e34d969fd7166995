"""Counts leads by queue, team and owner, without reading any: entries of the index, up to a bound, and rosters."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from baton.agreement.terms.agreement import Agreement
from baton.aws.table.keys import handoff_keys, lead_keys
from baton.aws.table.keys.item_key import AFTER_ALL, BEFORE_ALL, rank_of
from baton.aws.table.store import Store
from baton.aws.teams.roster_views import rep_summary
from baton.aws.web.json_view import View
from baton.domain.basics.moments import iso
from baton.domain.leads.stage_and_status import Status
from baton.domain.teams.reps import Rep, Subscription
from baton.domain.terms.agreed_labels import team_label

MOST_COUNTED = 99
"""A badge says `99+`: nobody counts on, and a list of 5,000 costs as much as one of a hundred."""


class Count(NamedTuple):
    """How many there are, 99 at most, and whether there are more."""

    number: int
    more: bool = False

    def view(self) -> View:
        """Shows the count."""
        return {"count": self.number, "more": self.more}

    @property
    def words(self) -> str:
        """Returns the count as a page says it, such as `12`, or `99 or more`."""
        return f"{self.number} or more" if self.more else str(self.number)


def counted(number: int, *, more: bool = False) -> Count:
    """Returns a count of so many, and of `more` that were not looked at; it ends at 99."""
    return Count(min(MOST_COUNTED, number), more or number > MOST_COUNTED)


def together(counts: Iterable[Count]) -> Count:
    """Returns several counts as one."""
    found = list(counts)
    return counted(sum(each.number for each in found), more=any(each.more for each in found))


@dataclass(frozen=True, slots=True)
class LeadCounts:
    """Counts leads in the table.

    The index follows the table in a moment. What rosters say of open handoffs and waiting leads is exact.
    """

    store: Store

    def queues(self) -> View:
        """Counts the leads of each queue, by its status."""
        return {status: self._of(self._queue(status)).view() for status in Status}

    def has_any(self) -> bool:
        """Tells whether any lead is in a queue, and reads them up to the first lead, the usual queues first."""
        queues = dict.fromkeys((Status.NURTURING, Status.WITH_SALES, *Status))
        return any(self._entries(*part, 1) for status in queues for part in self._queue(status))

    def teams(self, agreement: Agreement, now: datetime) -> list[View]:
        """Counts what each team and each of its people holds, what of that may be overdue, and what waits."""
        return [self.team(team, agreement, now) for team in agreement.rosters]

    def team(
        self, team: str, agreement: Agreement, now: datetime, late_in: Callable[[str, Rep, Count], Count] | None = None
    ) -> View:
        """Counts what a team and each of its people holds, what of that may be overdue, and what waits.

        `late_in` counts what of somebody's overdue leads is of the team; without it all that they hold counts.
        """
        shown = {"team": team, "label": team_label(team, agreement)}
        if team == agreement.marketing.team:
            held, due = self.held(team), self.due(team, now)
            return {**shown, "open": held.view(), "overdue": due.view(), "waiting": 0, "people": []}
        roster = self.store.roster(team).under(agreement, team)
        here = [rep for rep in roster if rep.open_handoffs or rep.subscription is not Subscription.REMOVED]
        late = {rep.email: self.due(rep.email, now) for rep in here}
        if late_in:
            late = {rep.email: late_in(team, rep, late[rep.email]) for rep in here}
        people = [
            {**rep_summary(rep, roster, now), "open": rep.open_handoffs, "overdue": late[rep.email].view()}
            for rep in here
        ]
        return {
            **shown,
            "open": Count(sum(rep.open_handoffs for rep in roster)).view(),
            "overdue": together(late.values()).view(),
            "waiting": sum(pool.waiting for pool in roster.pools.values()),
            "people": people,
        }

    def held(self, owner: str) -> Count:
        """Counts the open handoffs of a rep, or the open duties of a marketing team."""
        return self._of([(handoff_keys.worklist(owner), AFTER_ALL)])

    def beyond(self, owner: str, shown: int) -> Count:
        """Counts the open handoffs of a rep besides the first that a page has shown."""
        held = self.held(owner)
        return Count(max(0, held.number - shown), held.more)

    def due(self, owner: str, now: datetime) -> Count:
        """Counts those of them for which somebody is late; what waits for the end of a meeting's grace is not yet.

        It looks at the first hundred that were due; with more of them, those that are late are counted as far as that.
        """
        most = MOST_COUNTED + 1
        found = self._query(handoff_keys.worklist(owner), iso(now), most)["Items"]
        late = sum(handoff_keys.is_late(rank_of(item), now) for item in found)
        return Count(min(late, MOST_COUNTED), len(found) == most)

    def _queue(self, status: Status) -> list[tuple[str, str]]:
        return [(lead_keys.queue(status, shard), AFTER_ALL) for shard in range(lead_keys.QUEUE_SHARDS)]

    def _of(self, stretches: Iterable[tuple[str, str]]) -> Count:
        """Counts the entries of stretches of index 1, each a partition up to a rank, until there are too many."""
        found = 0
        for partition, last in stretches:
            found += self._entries(partition, last, MOST_COUNTED + 1 - found)
            if found > MOST_COUNTED:
                return Count(MOST_COUNTED, more=True)
        return Count(found)

    def _entries(self, partition: str, last: str, most: int) -> int:
        return int(self._query(partition, last, most, Select="COUNT")["Count"])

    def _query(self, partition: str, last: str, most: int, **what: Any) -> Any:
        """Reads the first entries of a partition of index 1 up to a rank, or `what` is asked of them."""
        return self.store.dynamodb.query(
            TableName=self.store.table,
            IndexName="gsi1",
            KeyConditionExpression="gsi1pk = :partition AND gsi1sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":partition": {"S": partition},
                ":first": {"S": BEFORE_ALL},
                ":last": {"S": last},
            },
            Limit=most,
            **what,
        )
