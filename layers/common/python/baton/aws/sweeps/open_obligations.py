"""Everybody whom somebody owes something, list after list: who is in review, parked or with sales, whom marketing owes
an answer besides, and whom Baton should have looked at by now, because by time alone something may have come to hold.

These lists are short. Who else is nurtured, won or lost is owed nothing, and those lists have everybody in them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from baton.aws.table.keys import handoff_keys, item_key, lead_keys
from baton.aws.table.store import Store
from baton.domain.basics.moments import iso
from baton.domain.follow_up.forgotten import TIMER_GRACE
from baton.domain.follow_up.search_events import Place
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import OWED_A_STEP

PAGE = 50

_FIRST, _LAST = " ", "~"
"""Before and after all ranks."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """One lead of the lists: its id, its place, and the lead itself, unless nobody can read it."""

    lead_id: str
    place: Place
    lead: Lead | None


@dataclass(frozen=True, slots=True)
class _List:
    """A partition of an index, as far as a rank; and whether it has those, too, who are owed something otherwise."""

    index: str
    partition: str
    until: str = _LAST
    overlaps: bool = False


@dataclass(frozen=True, slots=True)
class OpenObligations:
    """The lists, one after the other; `team` is marketing's."""

    store: Store
    team: str
    now: datetime

    def after(self, begin: Place) -> Iterator[Obligation]:
        """Whoever comes after a place, each once, unless somebody moves to a later list meanwhile."""
        for number, listed in enumerate(self._lists()):
            after = begin.after if number == begin.list else _FIRST
            while number >= begin.list and (items := self._page(listed, after)):
                bodies = self._bodies(items)
                after = items[-1][f"{listed.index}sk"]["S"]
                found = (
                    _owed(item, Place(list=number, after=item[f"{listed.index}sk"]["S"]), bodies)
                    for item in items
                    if item["pk"]["S"] in bodies
                )
                yield from (one for one in found if not (listed.overlaps and self._comes_before(one, listed)))

    def _lists(self) -> Iterator[_List]:
        shards = range(lead_keys.QUEUE_SHARDS)
        yield from (_List("gsi1", lead_keys.queue(status, shard)) for status in OWED_A_STEP for shard in shards)
        yield _List("gsi1", handoff_keys.worklist(self.team), overlaps=True)
        late = iso(self.now - TIMER_GRACE)
        yield from (_List("gsi2", lead_keys.looks(shard), late, overlaps=True) for shard in shards)

    def _comes_before(self, owed: Obligation, listed: _List) -> bool:
        """Whether one on a list was on an earlier one."""
        if owed.lead is None:
            return False
        duty = owed.lead.duty if listed.index == "gsi2" else None
        return owed.lead.status in OWED_A_STEP or bool(duty and duty.is_open and duty.team == self.team)

    def _page(self, listed: _List, after: str) -> list[Any]:
        """The next of a list; `after` is the rank of the last before, so that its like begins with it."""
        found = self.store.dynamodb.query(
            TableName=self.store.table,
            IndexName=listed.index,
            KeyConditionExpression=f"{listed.index}pk = :partition AND {listed.index}sk BETWEEN :after AND :until",
            ExpressionAttributeValues={
                ":partition": {"S": listed.partition},
                ":after": {"S": f"{after}{_FIRST}"},
                ":until": {"S": max(listed.until, f"{after}{_FIRST}")},
            },
            Limit=PAGE,
        )
        return found["Items"]

    def _bodies(self, items: list[Any]) -> dict[str, str]:
        wanted = [item_key.key(pk, "LEAD") for pk in dict.fromkeys(item["pk"]["S"] for item in items)]
        found = self.store.items(wanted, consistent=False)
        return {item["pk"]["S"]: item["body"]["S"] for item in found if "body" in item}


def _owed(item: Mapping[str, Any], place: Place, bodies: Mapping[str, str]) -> Obligation:
    pk = item["pk"]["S"]
    try:
        lead = Lead.model_validate_json(bodies[pk])
    except ValidationError:  # one that is broken is not to keep the others from being found
        lead = None
    return Obligation(pk.partition("#")[2], place, lead)
