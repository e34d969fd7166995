"""HubSpot's workflows, which send a whole contact, after a form or for another reason."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from baton.intake.fields.json_documents import JsonObject
from baton.intake.webhooks.parsing.delivery import Delivery, objects_in, value_at
from baton.intake.webhooks.parsing.message_ids import NOT_READ, content_hash, message_id_of, person_ids, webhook_time
from baton.intake.webhooks.parsing.parsed_signal import DeliveryPart, LetGo, LetGoReason, ignored
from baton.intake.webhooks.parsing.sorted_answers import Entry, SortedAnswers
from baton.intake.webhooks.parsing.tool_names import IGNORE, ToolNames

LATELY = timedelta(hours=1)
"""An older form is not the reason why the contact is sent."""
SENT_AGAIN_FOR = timedelta(days=3)
"""HubSpot sends a delivery again for so long, so a form that is younger may not have been told yet."""
_OF_COMPANY = {
    "name": "company",
    "industry": "industry",
    "numberofemployees": "employees",
    "annualrevenue": "revenue",
    "country": "company_country",
    "domain": None,
}
"""The facts in the record of a contact's company, and ours; the others are kept beside."""


def read_contact(event: JsonObject, names: ToolNames, delivery: Delivery) -> Iterator[DeliveryPart]:
    """Yields the last forms of a contact, and its present state unless a form was sent within the hour.

    A form that was told before is a repeat. Of older ones the last is yielded: the contact may be told the first time.
    """
    forms = sorted(objects_in(event.get("form-submissions")), key=lambda form: _number(form.get("timestamp")))
    young = [form for form in forms if not _is_older(form, delivery.arrived_at, SENT_AGAIN_FOR)] or forms[-1:]
    yield from (LetGo(LetGoReason.TOLD_BEFORE) for _ in forms[len(young) :])
    for form in young:
        yield from _form(event, form, names, delivery)
    if all(_is_older(form, delivery.arrived_at, LATELY) for form in young):
        yield from _as_it_is(event, names)


def without_attempts(event: JsonObject) -> dict[str, Any]:
    """Returns an event without `attemptNumber`, which differs in a retry."""
    return {name: value for name, value in event.items() if name != "attemptNumber"}


def _form(event: JsonObject, form: JsonObject, names: ToolNames, delivery: Delivery) -> Iterator[DeliveryPart]:
    kind = names.agreed_kind(form.get("form-id"), form.get("title"), "form_submission") or "form_submitted"
    if kind == IGNORE:
        yield ignored(kind)
    else:
        answers = _of_contact(event, names).add([("form", form.get("title")), ("page_url", form.get("page-url"))])
        named = message_id_of(form.get("conversion-id") or content_hash(form))
        at = webhook_time(form.get("timestamp"), delivery.arrived_at)
        yield answers.signal(named, kind, answers.email, at, ids=_ids(event), anybody=True)


def _as_it_is(event: JsonObject, names: ToolNames) -> Iterator[DeliveryPart]:
    kind = names.agreed_kind("workflow", "contact.propertyChange") or "contact_updated"
    if kind == IGNORE:
        yield ignored(kind)
    else:
        answers = _of_contact(event, names).clear(_answers(event["properties"], names))
        named = content_hash(_state(event))
        yield answers.signal(named, kind, answers.email, None, ids=_ids(event), is_address_current=True)


def _state(event: JsonObject) -> dict[str, Any]:
    """Returns a contact without its attempts and without the former values of its properties (`versions`)."""
    values = {
        name: {part: each for part, each in value.items() if part != "versions"}
        if isinstance(value, JsonObject)
        else value
        for name, value in event["properties"].items()
    }
    return without_attempts(event) | {"properties": values}


def _is_older(form: JsonObject, now: datetime, than: timedelta) -> bool:
    sent_at = webhook_time(form.get("timestamp"), now)
    if sent_at is None or sent_at == NOT_READ:
        return False
    return datetime.fromisoformat(sent_at).astimezone(UTC) < now - than


def _ids(event: JsonObject) -> tuple[str, ...]:
    return person_ids(("contact", event.get("vid")))


def _of_contact(event: JsonObject, names: ToolNames) -> SortedAnswers:
    answers = SortedAnswers(names).add(_answers(event["properties"], names))
    company = value_at(event, "associated-company", "properties")
    return answers.add(_company(company if isinstance(company, JsonObject) else JsonObject([]), answers, names))


def _company(properties: JsonObject, answers: SortedAnswers, names: ToolNames) -> Iterator[Entry]:
    """Yields the facts of a contact's company that the contact itself does not tell."""
    for name, value in properties.items():
        ours, said = _OF_COMPANY.get(name), value.get("value") if isinstance(value, JsonObject) else value
        if names.agreed_field(f"company.{name}") or (name in _OF_COMPANY and ours not in answers.properties):
            yield (f"company.{name}", *([ours] if ours else [])), said


def _answers(properties: JsonObject, names: ToolNames) -> Iterator[Entry]:
    """Yields a contact's answers, without HubSpot's own counters (`hs_…`)."""
    for name, value in properties.items():
        if (
            names.agreed_field(name)
            or name == "hs_email_optout"
            or not name.startswith(("hs_", "num_", "recent_", "first_conversion", "lastmodified", "createdate"))
        ):
            yield name, value.get("value") if isinstance(value, JsonObject) else value


def _number(value: object) -> float:
    """Returns a number to order by; 0 for any other value."""
    return float(value) if isinstance(value, int | float) else 0.0
