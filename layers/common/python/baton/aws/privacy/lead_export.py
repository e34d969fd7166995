"""Exports all personal data that the table holds about a person (GDPR access request)."""

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.aws.leads.lead_queues import CursorInvalid
from baton.aws.leads.lead_views import differing_view
from baton.aws.leads.views import event_view
from baton.aws.signals.quarantine import Quarantine
from baton.aws.table.keys import handoff_keys, lead_keys
from baton.aws.table.keys.item_key import BEFORE_ALL, sort_key_of
from baton.aws.table.keys.lead_keys import Kind
from baton.aws.table.packing.packed_text import unpacked
from baton.aws.table.retries import deadline
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.web.json_view import View
from baton.domain.basics.moments import iso
from baton.domain.events.recorded import Recorded
from baton.domain.history.differing_words import differing_words
from baton.domain.history.merged_view import is_in_part
from baton.domain.leads.lead import Lead
from baton.domain.leads.merged_histories import MergedPart
from baton.domain.privacy.erasure import mentions
from baton.domain.terms.terms_in_words import in_words

PAGE = 200
MAX_BYTES = 3_000_000
"""Bytes of items in one answer; the limits of the gateway and Lambda are higher."""
SEARCH_SECONDS = 8.0
"""The longest time for a search of the quarantine."""

EXPORTED_AS: dict[str, str] = {
    Kind.EVENT: "history",
    Kind.HANDOFF: "handoffs",
    Kind.DUTY: "duties",
    Kind.SEEN: "messages",
    Kind.EXTERNAL_ID: "known_as",
    Kind.COMPANY: "companies",
    Kind.ANONYMOUS_ID: "anonymous_ids",
}
"""The field of the export for each kind of item."""
_INTERNAL = {"tally", "learned", "said", "timer", "look_at", "parts", "ceded"}
"""Internal fields; they follow from the history, which the export has."""


class _Place(NamedTuple):
    """A place in an export: the number of the partition, and the sort key in it."""

    part: int
    after: str


@dataclass(frozen=True, slots=True)
class Export:
    """Exports the partitions of a lead and of the leads merged into it, three megabytes at a time."""

    store: Store

    def of(self, lead_id: str, cursor: str | None, now: datetime) -> View:
        """Returns the next part of the export, after the `cursor` of the part before; the last part has none.

        Raises:
            NotFound: there is no such lead.
            CursorInvalid: it is not from an export.
        """
        place = _place(cursor)
        lead = self.store.lead(lead_id)
        if lead is None:
            raise NotFound("there is no such lead")
        export: View = {"lead_id": lead.lead_id, "exported_at": iso(now), "person": None, "merged": []}
        export |= {name: [] for name in EXPORTED_AS.values()} | {"not_understood": [], "cursor": None}
        if cursor is None:
            export |= {"person": _facts(lead), "not_understood": self._quarantined(lead)}
        size = 0
        for here, item in self._items(lead, place):
            if size > MAX_BYTES:
                export["cursor"] = base64.urlsafe_b64encode(f"{place.part}|{place.after}".encode()).decode()
                break
            self._put(item, export, lead, is_other=here.part > 0)
            place, size = here, size + (len(unpacked(item["body"])) if "body" in item else 0)
        return export

    def _put(self, item: Any, export: View, lead: Lead, *, is_other: bool) -> None:
        """Adds an item to an export; a handoff without a body is the present one of the lead in whose partition it is.

        Of a lead that was merged into this one, that is read.
        """
        kind, name = lead_keys.kind_and_name(item)
        if kind == Kind.HANDOFF and "body" not in item:
            has_it = self.store.lead_itself(lead_keys.lead_id_of(item)) if is_other else lead
            if has_it and has_it.handoff and has_it.handoff.handoff_id == handoff_keys.handoff_id_of(item):
                export["handoffs"].append(_handoff(has_it.handoff.model_dump(mode="json", exclude_none=True)))
        elif field := EXPORTED_AS.get(kind):
            export[field].append(_shown(kind, name, item))
            if kind == Kind.EVENT and (company := lead_keys.company_of(item)):
                export["companies"].append(company)
        elif kind == Kind.LEAD and is_other and "body" in item:
            export["merged"].append(_facts(Lead.model_validate_json(unpacked(item["body"]))))

    def _quarantined(self, lead: Lead) -> list[View] | None:
        """Lists the quarantined deliveries that contain the person's address; None if there are too many to search.

        Their content is not shown, because a delivery may be about other people as well.
        """
        quarantine, found, is_late = Quarantine(self.store.dynamodb, self.store.table), [], deadline(SEARCH_SECONDS)
        for kept in chain.from_iterable(map(quarantine.of, SOURCES)):
            if is_late():
                return None
            if any(mentions(kept.body, address) for address in lead.emails):
                found.append({"source": kept.source, "arrived_at": iso(kept.arrived_at)})
        return found

    def _items(self, lead: Lead, begin: _Place) -> Iterator[tuple[_Place, Any]]:
        """Yields the items of all partitions with their places."""
        own = MergedPart(lead_id=lead.lead_id, until=lead.version, ceded=lead.ceded)
        for number, part in list(enumerate([own, *lead.parts]))[begin.part :]:
            after = begin.after if number == begin.part else BEFORE_ALL
            for item in chain.from_iterable(self.store.partition(part.lead_id, after, PAGE)):
                if _is_of_person(item, part):
                    yield _Place(number, sort_key_of(item)), item


def _facts(lead: Lead) -> View:
    facts = lead.model_dump(mode="json", exclude=_INTERNAL, exclude_none=True)
    if otherwise := differing_words(lead):
        facts["said_otherwise"] = [differing_view(each) for each in otherwise]
    return facts | ({"handoff": _handoff(facts["handoff"])} if "handoff" in facts else {})


def _handoff(handoff: View) -> View:
    return handoff | {"terms": in_words(handoff["terms"])}


def _is_of_person(item: Any, part: MergedPart) -> bool:
    """Tells whether an item is about the person; of a lead that was merged only for a time, only some signals are."""
    if lead_keys.is_event(item):
        recorded = Recorded.model_validate_json(unpacked(item["body"]))
        return (recorded.event.type != "SignalRecorded" and not part.only) or is_in_part(recorded, part)
    return not part.only


def _place(cursor: str | None) -> _Place:
    if not cursor:
        return _Place(0, BEFORE_ALL)
    try:
        part, _, place = base64.urlsafe_b64decode(cursor.encode("ascii")).decode().partition("|")
    except (binascii.Error, ValueError):
        part = place = ""
    if not (lead_keys.is_sort_key(place) and part.isascii() and part.isdigit() and len(part) < len("1000")):
        raise CursorInvalid("this is not an export's cursor")
    return _Place(int(part), place)


def _shown(kind: str, name: str, item: Any) -> Any:
    if kind == Kind.EVENT:
        return event_view(Recorded.model_validate_json(unpacked(item["body"])))
    if kind in {Kind.COMPANY, Kind.ANONYMOUS_ID}:
        return name
    if kind in {Kind.SEEN, Kind.EXTERNAL_ID}:
        source, id_ = lead_keys.source_and_name(name)
        return {"source": source, "message" if kind == Kind.SEEN else "id": id_}
    body = json.loads(unpacked(item["body"]))
    return _handoff(body) if kind == Kind.HANDOFF else body
