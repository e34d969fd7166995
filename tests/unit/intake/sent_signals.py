"""Builds signals as tools send them, and reads them or their faults."""

import json
from collections.abc import Mapping
from typing import Any

from baton.domain.signals.message_batches import Message
from baton.intake.signals.batch_reader import read_signals
from baton.intake.signals.signal_reader import ReadSignal
from tests.unit.given import NOW
from tests.unit.intake.sent_forms import EMAIL, PEPPER


def signal(**sent: Any) -> dict[str, Any]:
    """A signal that is sound, but for what is said."""
    return {"message_id": "m-1", "email": EMAIL, "kind": "page_visited", **sent}


def read(*signals: object) -> list[ReadSignal]:
    return read_signals(json.dumps({"signals": signals}).encode(), PEPPER, NOW)


def message_of(**sent: Any) -> Message:
    [read_one] = read(signal(**sent))
    assert read_one.message, read_one.errors
    return read_one.message


def faults(sent: object) -> Mapping[str, str]:
    """The faults of one signal."""
    [read_one] = read(sent)
    assert read_one.message is None
    return {fault.field: fault.detail for fault in read_one.errors}


def faults_of(**sent: Any) -> Mapping[str, str]:
    return faults(signal(**sent))
