"""Timelines of leads in pages: all events of a person in order, also those of merged leads."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import accumulate, islice
from typing import Any, NamedTuple

from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.table.keys import lead_keys
from baton.aws.table.keys.item_key import sort_key_of
from baton.aws.table.packing.packed_text import unpacked
from baton.aws.table.store import PAGE, Store
from baton.aws.table.write_outcomes import NotFound
from baton.domain.events.recorded import Recorded, event_number
from baton.domain.history.merged_view import is_in_part
from baton.domain.leads.merged_histories import MergedHistories, MergedPart

MAX_BYTES = 1_500_000
"""So many bytes of JSON the events of a page have, unless it is a single one.

Lambda answers with 6 MB at most, and a character of four bytes has twelve in an answer.
"""


class TimelinePage(NamedTuple):
    """A page of a timeline: events in order, and the cursor of the next page, None on the last."""

    events: list[Recorded]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Timelines:
    """Reads timelines. A cursor has the number of the last event shown of each history: `50`, or `50.12` if merged."""

    store: Store

    def page(self, lead_id: str, cursor: str | None) -> TimelinePage:
        """Reads the page after a `cursor`, or the first page.

        Raises:
            NotFound: there is no such lead.
            CursorInvalid: it is not from a timeline, or the lead was merged or unmerged since.
        """
        places = _places(cursor)
        if len(places) == 1 and places[0]:
            further, is_cut = self.store.history_part(lead_id, places[0], PAGE + 1)
            if not further and not self.store.history(lead_id, limit=1):
                raise NotFound("there is no such lead")
            return _paged(further, is_cut=is_cut)
        links, first, is_cut = self._beginning(lead_id)
        if links.into:
            return self.page(links.into, cursor)
        if links == MergedHistories():
            if len(places) > 1:
                raise CursorInvalid("this lead's history is in one place")
            if not first:
                raise NotFound("there is no such lead")
            return _paged(first, is_cut=is_cut)
        own = MergedPart(lead_id=lead_id, until=lead_keys.MAX_EVENTS, ceded=links.ceded)
        return self._of_several([own, *links.parts], places if cursor else [])

    def _beginning(self, lead_id: str) -> tuple[MergedHistories, list[Recorded], bool]:
        """Reads the links to other histories and the lead's first events, in one query; tells whether it has more."""
        found: Any = self.store.dynamodb.query(
            TableName=self.store.table,
            KeyConditionExpression="pk = :lead AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":lead": {"S": lead_keys.lead_partition(lead_id)},
                ":first": {"S": sort_key_of(lead_keys.merged_histories(lead_id))},
                ":last": {"S": lead_keys.event_sort_key(lead_keys.MAX_EVENTS)},
            },
            Limit=PAGE + 2,
        )
        histories, events = MergedHistories(), list[Recorded]()
        for item in found["Items"]:
            if lead_keys.is_merged_histories(item):
                histories = MergedHistories.model_validate_json(item["body"]["S"])
            else:
                events.append(Recorded.model_validate_json(unpacked(item["body"])))
        return histories, events[: PAGE + 1], "LastEvaluatedKey" in found

    def _of_several(self, parts: list[MergedPart], places: list[int]) -> TimelinePage:
        """Merges the histories of several leads by time; each is in the order of time itself."""
        places = places or [part.after for part in parts]
        if len(places) != len(parts):
            raise CursorInvalid("this lead was merged with another, or is not any more")
        several = [
            self._read(place, part, after) for place, (part, after) in enumerate(zip(parts, places, strict=True))
        ]
        events = list(islice(merge(*several, key=lambda one: (one[1].at, one[0], event_number(one[1]))), PAGE + 1))
        shown = _fitting([recorded for _, recorded in events])
        for place, recorded in events[: len(shown)]:
            places[place] = event_number(recorded)
        more = ".".join(map(str, places)) if len(events) > len(shown) else None
        return TimelinePage(shown, more)

    def _read(self, place: int, part: MergedPart, after: int) -> Iterator[tuple[int, Recorded]]:
        while page := self.store.history(part.lead_id, after=after, limit=min(PAGE, part.until - after) or 1):
            yield from ((place, recorded) for recorded in page if is_in_part(recorded, part))
            after = event_number(page[-1])
            if after >= part.until:
                return


def _paged(history: list[Recorded], *, is_cut: bool) -> TimelinePage:
    shown = _fitting(history)
    has_more = shown and (is_cut or len(history) > len(shown))
    return TimelinePage(shown, str(event_number(shown[-1])) if has_more else None)


def _fitting(history: list[Recorded]) -> list[Recorded]:
    """Returns as many events as a page may have, one at least."""
    sizes = accumulate(len(each.model_dump_json().encode()) for each in history[:PAGE])
    return history[: max(1, sum(size <= MAX_BYTES for size in sizes))]


def _places(cursor: str | None) -> list[int]:
    """Parses a cursor into the numbers of the last events shown."""
    numbers = (cursor or "0").split(".")
    if not all(
        number.isascii() and number.isdigit() and len(number) <= len(str(lead_keys.MAX_EVENTS)) for number in numbers
    ):
        raise CursorInvalid("this is not a timeline's cursor")
    return [int(number) for number in numbers]
