"""What is left of a person who was erased: the figures that reports count, which say nothing of whose they are."""

import json
import re
from collections.abc import Container, Iterable
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from baton.domain.events.merge_events import LeadMerged, LeadRestored, LeadUnmerged
from baton.domain.events.recorded import Recorded, event_number
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.leads.fact_snapshot import FactSnapshot
from baton.domain.leads.lead import Lead
from baton.domain.leads.merged_histories import MergedPart
from baton.domain.reports.rows.row_figures import place_of

ERASED = "erased"
"""Where reports count whoever was erased, and how their open handoffs and duties ended."""

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_IDS = ("lead_id", "handoff_id", "duty_id", "event_id")
FREE_TEXTS = ("source", "campaign")


def mentions(body: bytes, address: str) -> bool:
    """Whether what a tool sent is about the person with this address, however it wrote the address down."""
    text = body.decode(errors="replace")
    written = (text, unquote_plus(text), _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text))
    return any(form.casefold() in each.casefold() for each in written for form in _spellings(address))


def written_forms(address: str) -> tuple[bytes, ...]:
    """How a spreadsheet may write an address down, in each encoding that is read; letters of ASCII are small ones."""
    encodings = ("utf-8", "utf-16-le", "utf-16-be", "windows-1252")
    forms = [form for each in _spellings(address) for form in (each.casefold(), each.upper())]
    return tuple(dict.fromkeys(form.encode(each, "ignore").lower() for form in forms for each in encodings))


def _spellings(address: str) -> tuple[str, ...]:
    """The address, and if its domain has letters of other languages, as mail servers write it: `@xn--mller-kva.de`."""
    name, _, domain = address.rpartition("@")
    try:
        return address, f"{name}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return (address,)


def anonymized_figures(figures: str, erased_as: str, known: frozenset[str], at: datetime) -> str:
    """Figures that say nothing of whose they are any more; what was open in them ended when the person was erased.

    `erased_as` stands for the person in all their figures. Of source and campaign, which are free text, only what is
    `known` stays: what others came by as well.
    """
    said: dict[str, Any] = json.loads(figures)
    said |= {name: erased_as for name in _IDS if name in said}
    said = {name: value for name, value in said.items() if name not in FREE_TEXTS or value in known}
    return json.dumps(_ended(said, at.isoformat()), separators=(",", ":"))


def sources_of_others(figures: str, of_others_than: str) -> frozenset[str]:
    """By which source and campaign somebody else came, as their figures say."""
    said: dict[str, Any] = json.loads(figures)
    if said.get("lead_id") == of_others_than:
        return frozenset()
    return frozenset(said[name] for name in FREE_TEXTS if name in said)


def without_erased_person(recorded: Recorded, stretch: MergedPart) -> Recorded | None:
    """An event of a lead that others were merged into once, without what it tells of those; None if it tells nothing.

    The stretch begins with the merge. What was known of the lead in between is not what it was; what has been known
    since the merge was undone is.
    """
    event = recorded.event
    if isinstance(event, SignalRecorded) and event.sent_to in stretch.only:
        kept = {
            name: getattr(event, name) for name in ("kind", "form", "channel", "source", "reference", "occurred_at")
        }
        return recorded.model_copy(update={"event": SignalRecorded(**kept, sent_to=event.sent_to, spam=True)})
    if isinstance(event, LeadMerged) and event_number(recorded) == stretch.after:
        return _changed(recorded, brought=FactSnapshot(), parts=_nameless(event.parts, stretch.only))
    if isinstance(event, LeadUnmerged | LeadRestored) and event_number(recorded) > stretch.after:
        known = event.known and FactSnapshot()
        return _changed(recorded, known=known, parts=_nameless(event.parts, stretch.only))
    return None


def _changed(recorded: Recorded, **changes: object) -> Recorded:
    return recorded.model_copy(update={"event": recorded.event.model_copy(update=changes)})


def _nameless(parts: Iterable[MergedPart], of: Container[str]) -> tuple[MergedPart, ...]:
    return tuple(part.model_copy(update={"email": None}) if part.lead_id in of else part for part in parts)


def last_move(lead: Lead, erased_as: str, at: datetime) -> str:
    """That the person is nowhere any more, so that the balance still adds up."""
    gone = {"status": ERASED, "stage": ERASED}
    return json.dumps(
        {"event_id": erased_as, "lead_id": erased_as, "at": at.isoformat(), "from": place_of(lead), "to": gone},
        separators=(",", ":"),
    )


def _ended(said: dict[str, Any], at: str) -> dict[str, Any]:
    """Whatever was open ended then: a handoff with its clocks, a duty with its own."""
    if "stints" in said and "ended_at" not in said:
        runs = [run for stint in said["stints"] for run in stint.get("runs", ())]
        for each in [*runs, *said["stints"][-1:]]:
            each.setdefault("until" if "since" in each else "stopped_at", at)
        return said | {"state": ERASED, "ended_at": at}
    if "run" in said and "closed_at" not in said:
        return said | {"run": {"stopped_at": at} | said["run"], "closed_at": at, "verdict": ERASED}
    return said
