"""Reads an update of a lead's facts as staff sends it; `null` clears a fact."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from baton.domain.accounts.account_matching import domains_to_try, normalise_domain
from baton.domain.events.lead_events import Answered
from baton.domain.lead_changes.fact_updates import ACCOUNT, CONSENTS, FactUpdate
from baton.domain.leads.person_facts import BANT
from baton.intake.fields.fact_fields import COMPANY_CHECKS, MAX_ANSWER, PROFILE_CHECKS, read_answer
from baton.intake.fields.field_faults import FieldFault, printable_name
from baton.intake.fields.json_documents import DocumentFaults, JsonObject, capped_faults, name_faults, read_document
from baton.intake.fields.size_fields import company_facts

MAX_BYTES = 65_536
ATTRIBUTES = "attributes"
_ATTRIBUTE_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
TAKE_OVER, MAX_TAKEN_OVER, MAX_WORD_ID = "take_over", 50, 200
PURPOSE = re.compile(r"[a-z][a-z0-9_-]{0,39}")

Check = Callable[[Any], Any]
Read = tuple[dict[str, Any], list[str], list[FieldFault]]


def read_update(body: bytes) -> FactUpdate:
    """Returns the checked update of a lead.

    Raises:
        DocumentFaults: 413 too long, 400 not a JSON object, 422 some fields are not known or wrong, all at once.
    """
    sent = read_document(body, MAX_BYTES)
    parts = (*PARTS, ATTRIBUTES, ACCOUNT, CONSENTS, TAKE_OVER)
    faults, wanted, cleared = name_faults(sent, parts), dict[str, Any](), list[str]()
    for part, checks in PARTS.items():
        if part in sent:
            wanted[part], nothing, wrong = _part(sent[part], checks, part)
            cleared, faults = [*cleared, *nothing], [*faults, *wrong]
    if ATTRIBUTES in sent:
        checks = (
            {name: read_answer for name in sent[ATTRIBUTES] if _ATTRIBUTE_NAME.fullmatch(name)}
            if isinstance(sent[ATTRIBUTES], JsonObject)
            else {}
        )
        wanted[ATTRIBUTES], nothing, wrong = _part(sent[ATTRIBUTES], checks, ATTRIBUTES)
        cleared, faults = [*cleared, *nothing], [*faults, *wrong]
    if CONSENTS in sent:
        taken_back, wrong = _withdrawn_consents(sent[CONSENTS])
        cleared, faults = [*cleared, *taken_back], [*faults, *wrong]
    if TAKE_OVER in sent:
        wanted[TAKE_OVER], wrong = _words(sent[TAKE_OVER])
        faults = [*faults, *wrong]
    if ACCOUNT in sent and sent[ACCOUNT] is None:
        cleared.append(ACCOUNT)
    elif ACCOUNT in sent:
        try:
            wanted[ACCOUNT] = _domain(sent[ACCOUNT])
        except ValueError as fault:
            faults.append(FieldFault(ACCOUNT, str(fault)))
    if faults:
        raise DocumentFaults(422, "some fields are not known or wrong; nothing was changed", capped_faults(faults))
    wanted["company"] = company_facts(wanted.get("company", {}))
    return FactUpdate.model_validate({**wanted, "cleared": tuple(cleared)})


def _part(sent: object, checks: Mapping[str, Check], part: str) -> Read:
    """Returns the values, the cleared fields and the faults in one part of a lead, such as `profile`."""
    if not isinstance(sent, JsonObject):
        return {}, [], [FieldFault(part, "is not an object; send what changes, and null for what is to be struck out")]
    values, cleared, faults = dict[str, Any](), list[str](), name_faults(sent, checks, f"{part}.")
    for name in (name for name in checks if name in sent):
        try:
            value = None if sent[name] is None else checks[name](sent[name])
        except ValueError as fault:
            faults.append(FieldFault(f"{part}.{name}", str(fault)))
            continue
        if value is not None:
            values[name] = value
        elif sent[name] is None:
            cleared.append(f"{part}.{name}")
        else:
            faults.append(FieldFault(f"{part}.{name}", "is empty; send null to strike it out"))
    return values, cleared, faults


def _withdrawn_consents(sent: object) -> tuple[list[str], list[FieldFault]]:
    """Returns the consents to withdraw, and the faults; only the person can give a consent."""
    if not isinstance(sent, JsonObject):
        return [], [FieldFault(CONSENTS, "is not an object; send the purpose with null to withdraw the consent")]
    odd = [name for name in sent if sent[name] is not None or not PURPOSE.fullmatch(name)]
    only = "only the person can give it; send null under the purpose's name to withdraw it"
    faults = [FieldFault(f"{CONSENTS}.{printable_name(name)}", only) for name in odd]
    return [f"{CONSENTS}.{name}" for name in sent if name not in odd], faults


def _words(sent: object) -> tuple[tuple[str, ...], list[FieldFault]]:
    """Returns the ids of the words to take over, and the faults."""
    if not isinstance(sent, list) or not all(isinstance(id_, str) and len(id_) <= MAX_WORD_ID for id_ in sent):
        return (), [FieldFault(TAKE_OVER, "is not a list of ids; send those of `said_otherwise` in the lead")]
    if len(sent) > MAX_TAKEN_OVER:
        return (), [FieldFault(TAKE_OVER, f"has more than {MAX_TAKEN_OVER} ids; send fewer at once")]
    return tuple(sent), []


def _domain(sent: object) -> str:
    if not isinstance(sent, str):
        raise ValueError("is not text; send a company's domain, like acme.com")
    return normalise_domain(sent)


def _domain_of_company(sent: object) -> str:
    """Returns the registrable domain, under which a company's leads are listed: `acme.com` of `eu.acme.com`."""
    return domains_to_try(f"info@{_domain(sent)}")[-1]


def _answered(sent: object) -> Answered:
    if not isinstance(sent, JsonObject) or not set(sent) <= {"value", "met"} or sent.repeated:
        raise ValueError("is not an object with `value` and, if you judge it, `met`")
    value, met = read_answer(sent.get("value")) if sent.get("value") is not None else None, sent.get("met")
    if value is None:
        raise ValueError(f"needs a `value`: text of at most {MAX_ANSWER} characters, a number, true or false")
    if not isinstance(met, bool | None):
        raise ValueError("has a `met` that is neither true nor false; leave it out to let the agreement tell")
    return Answered(value=value, met=met)


PARTS: Mapping[str, Mapping[str, Check]] = {
    "profile": PROFILE_CHECKS,
    "company": {**COMPANY_CHECKS, "domain": _domain_of_company},
    "bant": dict.fromkeys(BANT, _answered),
}
