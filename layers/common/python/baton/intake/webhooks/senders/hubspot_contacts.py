"""HubSpot's workflows, which send a whole contact, after a form or for another reason."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from baton.intake.fields.json_documents import JsonObject
from baton.intake.webhooks.parsing.delivery import Delivery, objects_in
from baton.intake.webhooks.parsing.message_ids import NOT_READ, content_hash, message_id_of, person_ids, webhook_time
from baton.intake.webhooks.parsing.parsed_signal import DeliveryPart, ignored
from baton.intake.webhooks.parsing.sorted_answers import Entry, SortedAnswers
from baton.intake.webhooks.parsing.tool_names import IGNORE, ToolNames

LATELY = timedelta(hours=1)
"""An older form is not the reason why the contact is sent."""


def read_contact(event: JsonObject, names: ToolNames, delivery: Delivery) -> Iterator[DeliveryPart]:
    """Yields the last form of a contact, and its present state unless the form was sent within the hour.

    For an old form it yields both: the form may be a repeat of one that was sent before.
    """
    forms = objects_in(event.get("form-submissions"))
    last = max(forms, key=lambda form: _number(form.get("timestamp")), default=None)
    if last is not None:
        yield from _form(event, last, names, delivery)
    if last is None or _is_old(last, delivery.arrived_at):
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
        yield answers.signal(named, kind, answers.email, at, ids=_ids(event))


def _as_it_is(event: JsonObject, names: ToolNames) -> Iterator[DeliveryPart]:
    kind = names.agreed_kind("workflow", "contact.propertyChange") or "contact_updated"
    if kind == IGNORE:
        yield ignored(kind)
    else:
        answers = _of_contact(event, names)
        yield answers.signal(content_hash(without_attempts(event)), kind, answers.email, None, ids=_ids(event))


def _is_old(form: JsonObject, now: datetime) -> bool:
    sent_at = webhook_time(form.get("timestamp"), now)
    return sent_at not in (None, NOT_READ) and datetime.fromisoformat(sent_at).astimezone(UTC) < now - LATELY


def _ids(event: JsonObject) -> tuple[str, ...]:
    return person_ids(("contact", event.get("vid")))


def _of_contact(event: JsonObject, names: ToolNames) -> SortedAnswers:
    return SortedAnswers(names).add(_answers(event["properties"], names))


def _answers(properties: JsonObject, names: ToolNames) -> Iterator[Entry]:
    """Yields a contact's answers, without HubSpot's own counters (`hs_…`)."""
    for name, value in properties.items():
        if names.agreed_field(name) or not name.startswith(
            ("hs_", "num_", "recent_", "first_conversion", "lastmodified", "createdate")
        ):
            yield name, value.get("value") if isinstance(value, JsonObject) else value


def _number(value: object) -> float:
    """Returns a number to order by; 0 for any other value."""
    return float(value) if isinstance(value, int | float) else 0.0
