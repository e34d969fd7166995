"""Timelines of leads in pages: all events of a person, oldest or newest first, also those of merged leads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import accumulate, islice
from typing import Any, NamedTuple

from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.table.keys import lead_keys
from baton.aws.table.keys.item_key import sort_key_of
from baton.aws.table.packing.packed_text import unpacked
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.domain.events.recorded import Recorded, event_number
from baton.domain.history.merged_view import is_in_part
from baton.domain.leads.merged_histories import MergedHistories, MergedPart

PAGE = 50
"""So many events a page has, unless a request asks for more or fewer."""
MAX_BYTES = 1_500_000
"""So many bytes of JSON the events of a page have, unless it is a single one.

Lambda answers with 6 MB at most, and a character of four bytes has twelve in an answer.
"""


NEWEST = "n"
"""A cursor that begins with this goes back in time."""


class TimelinePage(NamedTuple):
    """A page of a timeline: events in order, or the newest first, and the cursor of the next page, None on the last."""

    events: list[Recorded]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Timelines:
    """Reads timelines. A cursor has the number of the last event shown of each history: `50`, or `50.12` if merged;
    newest first `n50.12`.
    """

    store: Store

    def page(self, lead_id: str, cursor: str | None, limit: int | None = None) -> TimelinePage:
        """Reads the page after a `cursor`, or the first page; with at most `limit` events, or as many as are usual.

        Raises:
            NotFound: there is no such lead.
            CursorInvalid: it is not from a timeline, or the lead was merged or unmerged since.
        """
        places, limit = _places(cursor), limit or PAGE
        if len(places) == 1 and places[0]:
            further, is_cut = self.store.history_part(lead_id, places[0], limit + 1)
            if not further and not self.store.history(lead_id, limit=1):
                raise NotFound("there is no such lead")
            return _paged(further, limit, is_cut=is_cut)
        links, first, is_cut = self._beginning(lead_id, limit)
        if links.into:
            return self.page(links.into, cursor, limit)
        if links == MergedHistories():
            if len(places) > 1:
                raise CursorInvalid("this lead's history is in one place")
            if not first:
                raise NotFound("there is no such lead")
            return _paged(first, limit, is_cut=is_cut)
        own = MergedPart(lead_id=lead_id, until=lead_keys.MAX_EVENTS, ceded=links.ceded)
        return self._of_several([own, *links.parts], places if cursor else [], limit)

    def newest(self, lead_id: str, cursor: str | None, limit: int | None = None) -> TimelinePage:
        """Reads a page of the same events, the newest first; `page` tells what is raised.

        Raises:
            NotFound: there is no such lead.
            CursorInvalid: it is not from a timeline with the newest first, or the lead was merged or unmerged since.
        """
        if cursor and not cursor.startswith(NEWEST):
            raise CursorInvalid("this is not a cursor of a timeline with the newest first")
        places, limit = (_places(cursor.removeprefix(NEWEST)) if cursor else []), limit or PAGE
        links = self._links(lead_id)
        if links.into:
            return self.newest(links.into, cursor, limit)
        own = MergedPart(lead_id=lead_id, until=lead_keys.MAX_EVENTS - 1, ceded=links.ceded)
        parts = [own, *links.parts]
        before = places or [part.until + 1 for part in parts]
        if len(before) != len(parts):
            raise CursorInvalid("this lead was merged with another, or is not any more")
        several = [
            self._read_back(place, part, end, limit + 1)
            for place, (part, end) in enumerate(zip(parts, before, strict=True))
        ]
        found = list(islice(merge(*several, key=_in_time, reverse=True), limit + 1))
        if not found and not self.store.history(lead_id, limit=1):
            raise NotFound("there is no such lead")
        shown = _fitting([recorded for _, recorded in found], limit)
        for place, recorded in found[: len(shown)]:
            before[place] = event_number(recorded)
        more = ".".join(map(str, before)) if len(found) > len(shown) else None
        return TimelinePage(shown, f"{NEWEST}{more}" if more else None)

    def _links(self, lead_id: str) -> MergedHistories:
        """Reads the links to other histories; none if there are none."""
        sort_key = sort_key_of(lead_keys.merged_histories(lead_id))
        found = self._query(lead_id, sort_key, sort_key, Limit=1)["Items"]
        return MergedHistories.model_validate_json(found[0]["body"]["S"]) if found else MergedHistories()

    def _read_back(self, place: int, part: MergedPart, before: int, limit: int) -> Iterator[tuple[int, Recorded]]:
        """Yields the events of a history before that with the number `before`, the newest first."""
        first = lead_keys.event_sort_key(part.after + 1)
        while before - part.after > 1:
            last = lead_keys.event_sort_key(before - 1)
            items = self._query(part.lead_id, first, last, Limit=limit, ScanIndexForward=False)["Items"]
            page = [Recorded.model_validate_json(unpacked(item["body"])) for item in items]
            yield from ((place, recorded) for recorded in page if is_in_part(recorded, part))
            before = event_number(page[-1]) if page else 0

    def _beginning(self, lead_id: str, limit: int) -> tuple[MergedHistories, list[Recorded], bool]:
        """Reads the links to other histories and the lead's first events, in one query; tells whether it has more."""
        first, last = sort_key_of(lead_keys.merged_histories(lead_id)), lead_keys.event_sort_key(lead_keys.MAX_EVENTS)
        found = self._query(lead_id, first, last, Limit=limit + 2)
        histories, events = MergedHistories(), list[Recorded]()
        for item in found["Items"]:
            if lead_keys.is_merged_histories(item):
                histories = MergedHistories.model_validate_json(item["body"]["S"])
            else:
                events.append(Recorded.model_validate_json(unpacked(item["body"])))
        return histories, events[: limit + 1], "LastEvaluatedKey" in found

    def _query(self, lead_id: str, first: str, last: str, **how: Any) -> Any:
        """Reads items of a lead's partition from one sort key to another, in one query."""
        return self.store.dynamodb.query(
            TableName=self.store.table,
            KeyConditionExpression="pk = :lead AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":lead": {"S": lead_keys.lead_partition(lead_id)},
                ":first": {"S": first},
                ":last": {"S": last},
            },
            **how,
        )

    def _of_several(self, parts: list[MergedPart], places: list[int], limit: int) -> TimelinePage:
        """Merges the histories of several leads by time; each is in the order of time itself."""
        places = places or [part.after for part in parts]
        if len(places) != len(parts):
            raise CursorInvalid("this lead was merged with another, or is not any more")
        several = [
            self._read(place, part, after, limit) for place, (part, after) in enumerate(zip(parts, places, strict=True))
        ]
        events = list(islice(merge(*several, key=_in_time), limit + 1))
        shown = _fitting([recorded for _, recorded in events], limit)
        for place, recorded in events[: len(shown)]:
            places[place] = event_number(recorded)
        more = ".".join(map(str, places)) if len(events) > len(shown) else None
        return TimelinePage(shown, more)

    def _read(self, place: int, part: MergedPart, after: int, limit: int) -> Iterator[tuple[int, Recorded]]:
        while page := self.store.history(part.lead_id, after=after, limit=min(limit, part.until - after) or 1):
            yield from ((place, recorded) for recorded in page if is_in_part(recorded, part))
            after = event_number(page[-1])
            if after >= part.until:
                return


def _in_time(one: tuple[int, Recorded]) -> tuple[datetime, int, int]:
    """Returns the place of an event among those of several histories."""
    return one[1].at, one[0], event_number(one[1])


def _paged(history: list[Recorded], limit: int, *, is_cut: bool) -> TimelinePage:
    shown = _fitting(history, limit)
    has_more = shown and (is_cut or len(history) > len(shown))
    return TimelinePage(shown, str(event_number(shown[-1])) if has_more else None)


def _fitting(history: list[Recorded], limit: int) -> list[Recorded]:
    """Returns as many events as a page may have, one at least."""
    sizes = accumulate(len(each.model_dump_json().encode()) for each in history[:limit])
    return history[: max(1, sum(size <= MAX_BYTES for size in sizes))]


def _places(cursor: str | None) -> list[int]:
    """Parses a cursor into the numbers of the last events shown."""
    numbers = (cursor or "0").split(".")
    if not all(
        number.isascii() and number.isdigit() and len(number) <= len(str(lead_keys.MAX_EVENTS)) for number in numbers
    ):
        raise CursorInvalid("this is not a timeline's cursor")
    return [int(number) for number in numbers]
