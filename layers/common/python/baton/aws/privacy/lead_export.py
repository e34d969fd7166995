"""Everything that the table holds about a person, in words, for whoever asks what is known of them."""

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
from baton.aws.leads.views import event_view
from baton.aws.signals.quarantine import Quarantine
from baton.aws.table.keys import item_key, lead_keys
from baton.aws.table.retries import deadline
from baton.aws.table.store import Store
from baton.aws.table.write_outcomes import NotFound
from baton.aws.web.json_view import View
from baton.domain.basics.moments import iso
from baton.domain.events.recorded import Recorded
from baton.domain.history.merged_view import is_in_part
from baton.domain.leads.lead import Lead
from baton.domain.leads.merged_histories import MergedPart
from baton.domain.privacy.erasure import mentions
from baton.domain.terms.terms_in_words import in_words

PAGE = 200
MAX_BYTES = 3_000_000
"""So much of the table is put into one answer, well below what the gateway and Lambda let through."""
SEARCH_SECONDS = 8.0
"""So long is searched through what nobody understood."""

FOLDERS = {
    "EVENT": "history",
    "HANDOFF": "handoffs",
    "DUTY": "duties",
    "SEEN": "messages",
    "KNOWN": "known_as",
    "COMPANY": "companies",
    "ANONYMOUS": "anonymous_ids",
}
_INTERNAL = {"tally", "learned", "timer", "look_at", "parts", "ceded"}
"""How Baton counts, and what it waits for; the history says all that these follow from."""

_BEGINNING = " "


class _Place(NamedTuple):
    """Where in an export something stands: in the nth partition, under a sort key."""

    part: int
    after: str


@dataclass(frozen=True, slots=True)
class Export:
    """The partition of a lead, and those of the leads that were merged into it, a few megabytes at a time."""

    store: Store

    def of(self, lead_id: str, cursor: str | None, now: datetime) -> View:
        """What is in the partitions, after a former answer's `cursor` if there was more; this one's says so again.

        Raises:
            NotFound: there is no such lead.
            CursorInvalid: it is from no export.
        """
        place = _place(cursor)
        lead = self.store.lead(lead_id)
        if lead is None:
            raise NotFound("there is no such lead")
        export: View = {"lead_id": lead.lead_id, "exported_at": iso(now), "person": None, "merged": []}
        export |= {name: [] for name in FOLDERS.values()} | {"not_understood": [], "cursor": None}
        if cursor is None:
            export |= {"person": _facts(lead), "not_understood": self._not_understood(lead)}
        size = 0
        for here, item in self._items(lead, place):
            if size > MAX_BYTES:
                export["cursor"] = base64.urlsafe_b64encode(f"{place.part}|{place.after}".encode()).decode()
                break
            _put(item, export, is_other=here.part > 0)
            place, size = here, size + len(item.get("body", {}).get("S", ""))
        return export

    def _not_understood(self, lead: Lead) -> list[View] | None:
        """Which deliveries of tools wait in the quarantine and name the person; None if it holds too many to search.

        What is in them is not shown: a delivery may be about others as well.
        """
        quarantine, found, is_late = Quarantine(self.store.dynamodb, self.store.table), [], deadline(SEARCH_SECONDS)
        for kept in chain.from_iterable(map(quarantine.of, SOURCES)):
            if is_late():
                return None
            if any(mentions(kept.body, address) for address in lead.emails):
                found.append({"source": kept.source, "arrived_at": iso(kept.arrived_at)})
        return found

    def _items(self, lead: Lead, begin: _Place) -> Iterator[tuple[_Place, Any]]:
        """The items of all partitions, with the place where each stands."""
        own = MergedPart(lead_id=lead.lead_id, until=lead.version, ceded=lead.ceded)
        for number, part in list(enumerate([own, *lead.parts]))[begin.part :]:
            after = begin.after if number == begin.part else _BEGINNING
            for item in chain.from_iterable(self.store.partition(part.lead_id, after, PAGE)):
                if _is_of_person(item, part):
                    yield _Place(number, item["sk"]["S"]), item


def _facts(lead: Lead) -> View:
    facts = lead.model_dump(mode="json", exclude=_INTERNAL, exclude_none=True)
    return facts | ({"handoff": _handoff(facts["handoff"])} if "handoff" in facts else {})


def _handoff(handoff: View) -> View:
    return handoff | {"terms": in_words(handoff["terms"])}


def _is_of_person(item: Any, part: MergedPart) -> bool:
    """Whether an item is about the person: of whom they were only taken for, some signals are."""
    if item["sk"]["S"].startswith(item_key.EVENTS):
        recorded = Recorded.model_validate_json(item["body"]["S"])
        return (recorded.event.type != "SignalRecorded" and not part.only) or is_in_part(recorded, part)
    return not part.only


def _put(item: Any, export: View, *, is_other: bool) -> None:
    """Put an item where it belongs in an export."""
    kind, _, which = item["sk"]["S"].partition("#")
    if kind in FOLDERS:
        export[FOLDERS[kind]].append(_told(kind, which, item))
    elif kind == "LEAD" and is_other and "body" in item:
        export["merged"].append(_facts(Lead.model_validate_json(item["body"]["S"])))


def _place(cursor: str | None) -> _Place:
    if not cursor:
        return _Place(0, _BEGINNING)
    try:
        part, _, place = base64.urlsafe_b64decode(cursor.encode("ascii")).decode().partition("|")
    except (binascii.Error, ValueError):
        part = place = ""
    known = place.startswith((*(f"{kind}#" for kind in FOLDERS), "LEAD", lead_keys.ELSEWHERE, lead_keys.SUSPECTED))
    if not (known and part.isascii() and part.isdigit() and len(part) < len("1000")):
        raise CursorInvalid("this is not an export's cursor")
    return _Place(int(part), place)


def _told(kind: str, which: str, item: Any) -> Any:
    if kind == "EVENT":
        return event_view(Recorded.model_validate_json(item["body"]["S"]))
    if kind in {"COMPANY", "ANONYMOUS"}:
        return which
    if kind in {"SEEN", "KNOWN"}:
        source, _, named = which.partition("#")
        return {"source": source, "message" if kind == "SEEN" else "id": named}
    kept = json.loads(item["body"]["S"])
    return _handoff(kept) if kind == "HANDOFF" else kept
