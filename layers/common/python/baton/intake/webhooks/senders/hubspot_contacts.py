"""HubSpot's workflows, which send a whole contact: because it sent a form just now, or for a reason of their own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from baton.intake.fields.json_documents import Object
from baton.intake.webhooks.parsing.delivery import Delivery, objects_in
from baton.intake.webhooks.parsing.message_ids import hash_of, ids_of, moment, name_of
from baton.intake.webhooks.parsing.parsed_signal import Part
from baton.intake.webhooks.parsing.sorted_answers import Entry, Sorted
from baton.intake.webhooks.parsing.tool_names import IGNORE, Names

LATELY = timedelta(hours=1)
"""A form that is older than this need not be why the contact is sent."""


def read_contact(event: Object, names: Names, delivery: Delivery) -> Iterator[Part]:
    """The last form of a contact, if there is one; and how the contact is now, unless that form says just that.

    Of an old form both are told, because the form may have been told before, and be a repeat.
    """
    forms = objects_in(event.get("form-submissions"))
    last = max(forms, key=lambda form: _number(form.get("timestamp")), default=None)
    if last is not None:
        yield from _form(event, last, names, delivery)
    if last is None or _is_old(last, delivery.arrived_at):
        yield from _as_it_is(event, names)


def once(event: Object) -> dict[str, Any]:
    """What an event says however often it is sent."""
    return {name: said for name, said in event.items() if name != "attemptNumber"}


def _form(event: Object, form: Object, names: Names, delivery: Delivery) -> Iterator[Part]:
    kind = names.agreed_kind(form.get("form-id"), form.get("title"), "form_submission") or "form_submitted"
    if kind != IGNORE:
        said = _of_contact(event, names).add([("form", form.get("title")), ("page_url", form.get("page-url"))])
        named = name_of(form.get("conversion-id") or hash_of(form))
        at = moment(form.get("timestamp"), delivery.arrived_at)
        yield said.told(named, kind, said.email, at, ids=_ids(event))


def _as_it_is(event: Object, names: Names) -> Iterator[Part]:
    kind = names.agreed_kind("workflow", "contact.propertyChange") or "contact_updated"
    if kind != IGNORE:
        said = _of_contact(event, names)
        yield said.told(hash_of(once(event)), kind, said.email, None, ids=_ids(event))


def _is_old(form: Object, now: datetime) -> bool:
    sent_at = moment(form.get("timestamp"), now)
    return sent_at is not None and datetime.fromisoformat(sent_at).astimezone(UTC) < now - LATELY


def _ids(event: Object) -> tuple[str, ...]:
    return ids_of(("contact", event.get("vid")))


def _of_contact(event: Object, names: Names) -> Sorted:
    return Sorted(names).add(_answers(event["properties"], names))


def _answers(properties: Object, names: Names) -> Iterator[Entry]:
    """A contact's own answers; what HubSpot keeps count of by itself (`hs_…`) is left out."""
    for name, said in properties.items():
        if names.agreed_field(name) or not name.startswith(
            ("hs_", "num_", "recent_", "first_conversion", "lastmodified", "createdate")
        ):
            yield name, said.get("value") if isinstance(said, Object) else said


def _number(said: object) -> float:
    """A number to order by; 0 for what is none."""
    return float(said) if isinstance(said, int | float) else 0.0
