"""Typeform: a form was answered. Each answer has the reference that the form's author chose, or its question."""

import re
from collections.abc import Iterator, Sequence

from baton.intake.fields.json_documents import JsonObject
from baton.intake.webhooks.parsing.delivery import Delivery, objects_in, require_object, value_at
from baton.intake.webhooks.parsing.message_ids import content_hash, message_id_of, webhook_time
from baton.intake.webhooks.parsing.parsed_signal import DeliveryPart, LetGo, LetGoReason, ignored
from baton.intake.webhooks.parsing.sorted_answers import Entry, SortedAnswers
from baton.intake.webhooks.parsing.tool_names import IGNORE, ToolNames
from baton.intake.webhooks.parsing.webhook_signatures import in_base64, mac, must_match

_MADE_UP = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""A reference that Typeform generated."""
IN_WORDS = "long_text"
_ONES_OWN = {"email": "email", "phone_number": "phone"}


def verify(delivery: Delivery, secrets: Sequence[str]) -> None:
    """Checks `sha256=` and base64 HMAC-SHA256 of the body; it has no time."""
    given = delivery.header("typeform-signature")
    must_match([given], secrets, lambda secret: f"sha256={in_base64(mac(secret.encode(), delivery.body))}")


def read(delivery: Delivery, names: ToolNames) -> list[DeliveryPart]:
    """Returns one signal, whose id is the token of the answers; the form decides its kind."""
    body = delivery.object()
    if body.get("event_type", "form_response") != "form_response":
        return [LetGo(LetGoReason.UNFINISHED)]
    answered = require_object(body.get("form_response"), "form_response")
    form, title = answered.get("form_id"), value_at(answered, "definition", "title")
    kind = names.agreed_kind(form, title, "form_response") or "form_submitted"
    if kind == IGNORE:
        return [ignored(kind)]
    titles = _titles(answered)
    answers = SortedAnswers(names)
    for each in objects_in(answered.get("answers")):
        answers.add([_entry(each, titles)], in_words=value_at(each, "field", "type") == IN_WORDS)
    hidden = answered.get("hidden")
    answers.add((hidden if isinstance(hidden, JsonObject) else {}).items())
    answers.add([("form", title or form)])
    named = message_id_of(answered.get("token") or content_hash(delivery.body))
    return [answers.signal(named, kind, answers.email, webhook_time(answered.get("submitted_at"), delivery.arrived_at))]


def _titles(answered: JsonObject) -> dict[str, str]:
    fields = objects_in(value_at(answered, "definition", "fields"))
    return {str(field.get("id")): str(field.get("title") or "") for field in fields}


def _entry(answer: JsonObject, titles: dict[str, str]) -> Entry:
    """Returns an answer with its names: reference, question, the question's id, and `email` or `phone`."""
    id_ = str(value_at(answer, "field", "id"))
    names = tuple(_names(answer, id_, titles.get(id_, "")))
    kind = answer.get("type")
    value = answer.get(kind) if isinstance(kind, str) else None
    if isinstance(value, JsonObject):  # a choice, or several
        value = value.get("labels") or value.get("label") or value.get("other")
    return names, value


def _names(answer: JsonObject, id_: str, title: str) -> Iterator[str]:
    reference = str(value_at(answer, "field", "ref") or "")
    if reference and not _MADE_UP.fullmatch(reference):
        yield reference
    if title:
        yield title
    yield id_
    if own := _ONES_OWN.get(str(answer.get("type"))):
        yield own
