"""Reads a batch of signals, as `POST /signals` takes it: up to 100 signals in 256 KB, each checked by itself."""

from dataclasses import replace
from datetime import datetime, timedelta

from baton.domain.trust.speakers import Speaker
from baton.intake.fields.field_faults import FieldFault
from baton.intake.fields.json_documents import DocumentFaults, name_faults, read_document
from baton.intake.signals.signal_reader import ReadSignal, read_signal

MAX_BATCH_BYTES = 262_144
MAX_SIGNALS_IN_BATCH = 100


def read_signals(body: bytes, pepper: bytes, now: datetime, *, by_machine: bool = False) -> list[ReadSignal]:
    """Returns the signals of a body `{"signals": […]}`, in order, each with its message or its faults.

    `by_machine` if no colleague sends them.

    Raises:
        DocumentFaults: 413 too many bytes, 400 not a JSON object, 422 no list, or more than `MAX_SIGNALS_IN_BATCH`.
    """
    document = read_document(body, MAX_BATCH_BYTES)
    faults, sent = name_faults(document, ("signals",)), document.get("signals")
    if not isinstance(sent, list):
        faults.append(FieldFault("signals", f"is not a list; send 1 to {MAX_SIGNALS_IN_BATCH} signals in one"))
    elif not sent:
        faults.append(FieldFault("signals", f"is empty; send 1 to {MAX_SIGNALS_IN_BATCH} signals"))
    elif len(sent) > MAX_SIGNALS_IN_BATCH:
        faults.append(FieldFault("signals", f"is a list of {len(sent)}; send at most {MAX_SIGNALS_IN_BATCH} at once"))
    if faults or not isinstance(sent, list):
        raise DocumentFaults(422, "there is no list of signals to be read; nothing was changed", faults)
    speaker = Speaker.MACHINE if by_machine else Speaker.COLLEAGUE
    read = [read_signal(each, pepper, now, _when(place, len(sent), now)) for place, each in enumerate(sent)]
    return [replace(each, message=each.message.said_by(speaker)) if each.message else each for each in read]


def _when(place: int, of: int, now: datetime) -> datetime | None:
    """Returns the time of a signal that has none: now for the last, each earlier one a millisecond before."""
    return now - timedelta(milliseconds=of - 1 - place) if place < of - 1 else None
