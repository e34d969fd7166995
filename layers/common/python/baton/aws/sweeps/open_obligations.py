"""Lists all leads with an open obligation.

They are in the queues `in_review`, `parked` and `with_sales`, in the worklist of marketing, or their time of
re-evaluation has passed.

These lists are short. Leads that are nurtured, won or lost have no obligation, and their queues are long.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from baton.aws.table.keys import handoff_keys, lead_keys
from baton.aws.table.keys.item_key import AFTER_ALL, BEFORE_ALL, rank_of
from baton.aws.table.store import Store
from baton.domain.basics.moments import iso
from baton.domain.follow_up.forgotten import TIMER_GRACE
from baton.domain.follow_up.search_events import Place
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import OWED_A_STEP

PAGE = 50


@dataclass(frozen=True, slots=True)
class Obligation:
    """One lead of the lists: its id, its place, and the lead itself; None if its JSON cannot be parsed."""

    lead_id: str
    place: Place
    lead: Lead | None


@dataclass(frozen=True, slots=True)
class _List:
    """A partition of an index up to a rank; `overlaps` if it may have leads of the lists before it."""

    index: str
    partition: str
    until: str = AFTER_ALL
    overlaps: bool = False


@dataclass(frozen=True, slots=True)
class OpenObligations:
    """Goes through the lists one after the other; `team` is marketing's team."""

    store: Store
    team: str
    now: datetime

    def after(self, begin: Place) -> Iterator[Obligation]:
        """Yields the leads after a place, each once, unless it moves to a later list meanwhile."""
        for number, listed in enumerate(self._lists()):
            after = begin.after if number == begin.list else BEFORE_ALL
            while number >= begin.list and (items := self._page(listed, after)):
                bodies = self.store.lead_bodies(items)
                after = rank_of(items[-1], listed.index)
                found = (
                    _obligation(
                        lead_keys.lead_id_of(item), Place(list=number, after=rank_of(item, listed.index)), bodies
                    )
                    for item in items
                    if lead_keys.lead_id_of(item) in bodies
                )
                yield from (one for one in found if not (listed.overlaps and self._comes_before(one, listed)))

    def _lists(self) -> Iterator[_List]:
        shards = range(lead_keys.QUEUE_SHARDS)
        yield from (_List("gsi1", lead_keys.queue(status, shard)) for status in OWED_A_STEP for shard in shards)
        yield _List("gsi1", handoff_keys.worklist(self.team), overlaps=True)
        late = iso(self.now - TIMER_GRACE)
        yield from (_List("gsi2", lead_keys.looks(shard), late, overlaps=True) for shard in shards)

    def _comes_before(self, obligation: Obligation, listed: _List) -> bool:
        """Tells whether a lead of a list is also on an earlier one."""
        if obligation.lead is None:
            return False
        duty = obligation.lead.duty if listed.index == "gsi2" else None
        return obligation.lead.status in OWED_A_STEP or bool(duty and duty.is_open and duty.team == self.team)

    def _page(self, listed: _List, after: str) -> list[Any]:
        """Reads the next items of a list after a rank."""
        found = self.store.dynamodb.query(
            TableName=self.store.table,
            IndexName=listed.index,
            KeyConditionExpression=f"{listed.index}pk = :partition AND {listed.index}sk BETWEEN :after AND :until",
            ExpressionAttributeValues={
                ":partition": {"S": listed.partition},
                ":after": {"S": f"{after}{BEFORE_ALL}"},
                ":until": {"S": max(listed.until, f"{after}{BEFORE_ALL}")},
            },
            Limit=PAGE,
        )
        return found["Items"]


def _obligation(lead_id: str, place: Place, bodies: Mapping[str, str | bytes]) -> Obligation:
    try:
        lead = Lead.model_validate_json(bodies[lead_id])
    except ValidationError:  # a broken lead does not hide the others
        lead = None
    return Obligation(lead_id, place, lead)
