"""Reads one signal that a tool, a list or a webhook sends, and checks each of its fields. Nothing is guessed."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import baton.domain.identity.normalised_emails  # loaded at start, because every request has an address  # noqa: F401
from baton.domain.identity.company_domains import company_domain
from baton.domain.identity.lead_ids import anonymous_id_of, lead_id_of, reference_of
from baton.domain.leads.person_facts import NO_COMPANY, Company
from baton.domain.signals.message_batches import Message
from baton.domain.signals.signal_recording import Signal
from baton.intake.fields.fact_fields import FACTS, signal_facts
from baton.intake.fields.field_faults import FieldFault
from baton.intake.fields.json_documents import JsonObject, SeveralFaults, capped_faults, name_faults
from baton.intake.signals.signal_fields import FIELDS, MAX_ID, NO_PROPERTIES, ReadProperties

DEFAULT_SOURCE = "signals"
NEEDED = ("message_id", "email", "kind")
NEEDED_WITH_ANONYMOUS_ID = ("message_id", "kind")
"""The fields that a signal with an `anonymous_id` needs."""


@dataclass(frozen=True, slots=True)
class ReadSignal:
    """A signal that was read: its sender's id, and its message or its faults.

    `left_out` are the faults of facts that refuse nothing; what was sent of them stands in the signal's message.
    """

    message_id: str | None
    message: Message | None
    errors: tuple[FieldFault, ...] = ()
    left_out: tuple[FieldFault, ...] = ()


def read_signal(sent: Any, pepper: bytes, now: datetime, otherwise: datetime | None = None) -> ReadSignal:
    """Returns one signal, checked; `otherwise` is its time if it has none."""
    if not isinstance(sent, JsonObject):
        return ReadSignal(None, None, (FieldFault("signal", "is not an object; send its fields in one"),))
    named = sent.get("message_id")
    message_id = _shown(named) if isinstance(named, str) else None
    values, faults = _checked(sent, now, NEEDED_WITH_ANONYMOUS_ID if sent.get("anonymous_id") else NEEDED)
    if faults:
        return ReadSignal(message_id, None, tuple(capped_faults(faults)))
    properties = values.pop("properties", NO_PROPERTIES)
    return ReadSignal(message_id, _message(values, properties, pepper, otherwise), left_out=properties.left_out)


def _shown(message_id: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in message_id[:MAX_ID])


def _checked(sent: JsonObject, now: datetime, needed: Container[str]) -> tuple[dict[str, Any], list[FieldFault]]:
    values: dict[str, Any] = {}
    faults = name_faults(sent, FIELDS)
    for name, check in FIELDS.items():
        if sent.get(name) is not None:
            try:
                values[name] = check(sent[name], now)
            except SeveralFaults as several:
                faults += several.errors
                continue
            except ValueError as fault:
                faults.append(FieldFault(name, str(fault)))
                continue
        if name in needed and values.get(name) is None:
            faults.append(FieldFault(name, "is needed"))
    return values, faults


def _message(values: dict[str, Any], properties: ReadProperties, pepper: bytes, otherwise: datetime | None) -> Message:
    email, source, message_id = values.get("email") or "", values.get("source") or DEFAULT_SOURCE, values["message_id"]
    named = values.get("anonymous_id")
    anonymous_id = anonymous_id_of(named, pepper) if named else None
    lead_id = lead_id_of(email, pepper) if email or anonymous_id is None else anonymous_id
    facts = {name: value for name, value in properties.values.items() if name in FACTS}
    given = {name: values[name] for name in ("kind", "channel", "campaign") if values.get(name)}
    signal = Signal(
        **given,
        **(values.get("content") or {}),
        **signal_facts(facts, company_domain(email) if email else None),
        email=email,
        source=source,
        occurred_at=values.get("at") or otherwise,
        properties=properties.values,
        message="\n".join(f"{name}: {words}" for name, words in properties.unclear.items()) or None,
        reference=reference_of(lead_id, f"{source}:{message_id}", pepper),
    )
    return Message(lead_id, message_id, signal, anonymous_id=anonymous_id)


def said_by_another(
    known: Message, email: str, at: datetime, message_id: str, attempt: str | None, pepper: bytes
) -> Message:
    """Returns what is read of a signal that says what a known one says, of another address, at another time."""
    lead_id, source = _lead_id(email, pepper), known.signal.source
    changes = {
        "email": email,
        "occurred_at": at,
        "reference": reference_of(lead_id, f"{source}:{message_id}", pepper),
        "company": _at_domain(known.signal.company, company_domain(email)),
    }
    signal = known.signal.model_copy(update=changes)
    return Message(lead_id, message_id, signal, known.way, attempt)


_lead_id = lru_cache(maxsize=64)(lead_id_of)  # lists often have the lines of a lead together


@lru_cache(maxsize=64)
def _at_domain(company: Company, domain: str | None) -> Company:
    if company.domain == domain:
        return company
    found = company.model_copy(update={"domain": domain})
    return NO_COMPANY if found == NO_COMPANY else found
