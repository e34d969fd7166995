"""Erasure of a person: their figures stay in reports, without anything that says whose they are."""

import json
import re
from collections.abc import Container, Iterable
from datetime import datetime
from typing import Any
from urllib.parse import unquote, unquote_plus

from baton.domain.events.merge_events import AddressChosen, LeadMerged, LeadRestored, LeadUnmerged
from baton.domain.events.recorded import Recorded, event_number
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.leads.fact_snapshot import FactSnapshot
from baton.domain.leads.lead import Lead
from baton.domain.leads.merged_histories import MergedPart
from baton.domain.privacy.address_search import SoughtAddress
from baton.domain.reports.rows.row_figures import place_of

ERASED = "erased"
"""The status in which reports count erased leads, and the end of their open handoffs and duties."""

_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_SIGNS = {"/": "/", "\\": "\\", '"': '"'}
_IDS = ("lead_id", "handoff_id", "duty_id", "event_id")
FREE_TEXTS = ("source", "campaign")


def mentions(body: bytes, address: str) -> bool:
    """Returns whether a webhook's body names this address, in any spelling or encoding that tools use."""
    sought, text = SoughtAddress(address), body.decode(errors="replace")
    is_json = text.lstrip()[:1] in ("{", "[")
    unescaped = _ESCAPED.sub(_unescaped, text) if "\\" in text else text
    written = dict.fromkeys((text, unescaped, unquote(unescaped) if is_json else unquote_plus(text)))
    return any(map(sought.is_in, written))


def _unescaped(code: re.Match[str]) -> str:
    return chr(int(code[1], 16)) if code[1] else _SIGNS.get(code[2], " ")


def anonymized_figures(figures: str | bytes, erased_as: str, allowed: frozenset[str], at: datetime) -> str:
    """Returns a row's figures without the person's ids; what was open in them ends at the erasure.

    `erased_as` takes the place of all ids. Source and campaign are free text, so only values in `allowed` stay: those
    by which other leads came as well.
    """
    read: dict[str, Any] = json.loads(figures)
    read |= {name: erased_as for name in _IDS if name in read}
    read = {name: value for name, value in read.items() if name not in FREE_TEXTS or value in allowed}
    return json.dumps(_ended(read, at.isoformat()), separators=(",", ":"))


def sources_of_others(figures: str | bytes, of_others_than: str) -> frozenset[str]:
    """Returns the source and campaign in a row's figures if the row is of another lead."""
    read: dict[str, Any] = json.loads(figures)
    if read.get("lead_id") == of_others_than:
        return frozenset()
    return frozenset(read[name] for name in FREE_TEXTS if name in read)


def without_erased_person(recorded: Recorded, stretch: MergedPart, emails: Container[str]) -> Recorded | None:
    """Returns an event without what it says of an erased person who was merged into the lead.

    The part begins with the merge. Facts stored between merge and unmerge are cleared; those since the unmerge stay. So
    do choices of the lead's own addresses, `emails`.

    Returns:
        None if the event says nothing of that person.
    """
    event = recorded.event
    if isinstance(event, SignalRecorded) and event.sent_to in stretch.only:
        kept = {
            name: getattr(event, name) for name in ("kind", "form", "channel", "source", "reference", "occurred_at")
        }
        return recorded.model_copy(update={"event": SignalRecorded(**kept, sent_to=event.sent_to, spam=True)})
    if isinstance(event, LeadMerged) and event_number(recorded) == stretch.after:
        return _changed(recorded, brought=FactSnapshot(), parts=_nameless(event.parts, stretch.only))
    if isinstance(event, AddressChosen) and event.email and event.email not in emails:
        return _changed(recorded, email="")
    if isinstance(event, LeadUnmerged | LeadRestored) and event_number(recorded) > stretch.after:
        snapshot = event.known and FactSnapshot()
        return _changed(recorded, known=snapshot, parts=_nameless(event.parts, stretch.only))
    return None


def _changed(recorded: Recorded, **changes: object) -> Recorded:
    return recorded.model_copy(update={"event": recorded.event.model_copy(update=changes)})


def _nameless(parts: Iterable[MergedPart], of: Container[str]) -> tuple[MergedPart, ...]:
    return tuple(part.model_copy(update={"email": None}) if part.lead_id in of else part for part in parts)


def last_move(lead: Lead, erased_as: str, at: datetime) -> str:
    """Returns the move that takes an erased lead out of its status, so that the balance still adds up."""
    gone = {"status": ERASED, "stage": ERASED}
    return json.dumps(
        {"event_id": erased_as, "lead_id": erased_as, "at": at.isoformat(), "from": place_of(lead), "to": gone},
        separators=(",", ":"),
    )


def _ended(figures: dict[str, Any], at: str) -> dict[str, Any]:
    """Ends what was open: a handoff with its clocks, a duty with its own."""
    if "stints" in figures and "ended_at" not in figures:
        runs = [run for stint in figures["stints"] for run in stint.get("runs", ())]
        for each in [*runs, *figures["stints"][-1:]]:
            each.setdefault("until" if "since" in each else "stopped_at", at)
        return figures | {"state": ERASED, "ended_at": at}
    if "run" in figures and "closed_at" not in figures:
        return figures | {"run": {"stopped_at": at} | figures["run"], "closed_at": at, "verdict": ERASED}
    return figures
