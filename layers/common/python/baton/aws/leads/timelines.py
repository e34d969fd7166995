"""Everything that happened to a person, in order, a page at a time, in however many histories it is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple

from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.table.keys import item_key, lead_keys
from baton.aws.table.store import PAGE, Store
from baton.aws.table.write_outcomes import NotFound
from baton.domain.events.recorded import Recorded, event_number
from baton.domain.history.merged_view import is_in_part
from baton.domain.leads.merged_histories import MergedHistories, MergedPart

LAST = f"{item_key.EVENTS}99999999"


class TimelinePage(NamedTuple):
    """Some of what happened, in order, and what asks for what came next, if anything did."""

    events: list[Recorded]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Timelines:
    """A history that is kept in one place is read in one query; a cursor names the last event of each place."""

    store: Store

    def page(self, lead_id: str, cursor: str | None) -> TimelinePage:
        """What happened after a former page's `cursor`, or from the beginning.

        Raises:
            NotFound: there is no such lead.
            CursorInvalid: it is from no timeline, or the lead was merged with another since.
        """
        places = _places(cursor)
        if len(places) == 1 and places[0]:
            further = self.store.history(lead_id, after=places[0], limit=PAGE + 1)
            if not further and not self.store.history(lead_id, limit=1):
                raise NotFound("there is no such lead")
            return _paged(further)
        elsewhere, first = self._beginning(lead_id)
        if elsewhere.into:
            return self.page(elsewhere.into, cursor)
        if elsewhere == MergedHistories():
            if len(places) > 1:
                raise CursorInvalid("this lead's history is in one place")
            if not first:
                raise NotFound("there is no such lead")
            return _paged(first)
        own = MergedPart(lead_id=lead_id, until=int(LAST[-8:]), ceded=elsewhere.ceded)
        return self._of_several([own, *elsewhere.parts], places if cursor else [])

    def _beginning(self, lead_id: str) -> tuple[MergedHistories, list[Recorded]]:
        """Where else the history is kept, and its first events."""
        found: Any = self.store.dynamodb.query(
            TableName=self.store.table,
            KeyConditionExpression="pk = :lead AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":lead": {"S": lead_keys.lead_partition(lead_id)},
                ":first": {"S": lead_keys.ELSEWHERE},
                ":last": {"S": LAST},
            },
            Limit=PAGE + 2,
        )
        bodies = {item["sk"]["S"]: item["body"]["S"] for item in found["Items"]}
        elsewhere = bodies.pop(lead_keys.ELSEWHERE, "{}")
        events = [Recorded.model_validate_json(body) for body in bodies.values()]
        return MergedHistories.model_validate_json(elsewhere), events[: PAGE + 1]

    def _of_several(self, parts: list[MergedPart], places: list[int]) -> TimelinePage:
        """Each part's events are in the order of their time, so that the first of all is the first of one of them."""
        places = places or [part.after for part in parts]
        if len(places) != len(parts):
            raise CursorInvalid("this lead was merged with another, or is not any more")
        several = [
            self._read(place, part, after) for place, (part, after) in enumerate(zip(parts, places, strict=True))
        ]
        events = list(islice(merge(*several, key=lambda one: (one[1].at, one[0], event_number(one[1]))), PAGE + 1))
        for place, recorded in events[:PAGE]:
            places[place] = event_number(recorded)
        more = ".".join(map(str, places)) if len(events) > PAGE else None
        return TimelinePage([recorded for _, recorded in events[:PAGE]], more)

    def _read(self, place: int, part: MergedPart, after: int) -> Iterator[tuple[int, Recorded]]:
        while page := self.store.history(part.lead_id, after=after, limit=min(PAGE, part.until - after) or 1):
            yield from ((place, recorded) for recorded in page if is_in_part(recorded, part))
            after = event_number(page[-1])
            if after >= part.until:
                return


def _paged(history: list[Recorded]) -> TimelinePage:
    shown = history[:PAGE]
    return TimelinePage(shown, str(event_number(shown[-1])) if len(history) > PAGE else None)


def _places(cursor: str | None) -> list[int]:
    """The numbers of the last events that were shown."""
    numbers = (cursor or "0").split(".")
    if not all(number.isascii() and number.isdigit() and len(number) <= len("99999999") for number in numbers):
        raise CursorInvalid("this is not a timeline's cursor")
    return [int(number) for number in numbers]
