"""Typeform: a form was answered. Each answer has the reference that the form's author chose, or its question."""

from collections.abc import Sequence

from baton.intake.fields.json_documents import JsonObject
from baton.intake.webhooks.parsing.delivery import Delivery, objects_in, require_object, value_at
from baton.intake.webhooks.parsing.message_ids import content_hash, message_id_of, webhook_time
from baton.intake.webhooks.parsing.parsed_signal import DeliveryPart, LetGo, LetGoReason, ignored
from baton.intake.webhooks.parsing.sorted_answers import SortedAnswers
from baton.intake.webhooks.parsing.tool_names import IGNORE, ToolNames
from baton.intake.webhooks.parsing.webhook_signatures import in_base64, mac, must_match
from baton.intake.webhooks.senders.typeform_answers import answers_of, own_address, reckoned

_TESTED = "an_account@example.com"
"""The address in every test request of Typeform."""


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
    if _is_test(body, answered):
        return [LetGo(LetGoReason.TEST)]
    form, title = answered.get("form_id"), value_at(answered, "definition", "title")
    kind = names.agreed_kind(form, title, "form_response") or "form_submitted"
    if kind == IGNORE:
        return [ignored(kind)]
    answers, given = SortedAnswers(names), answers_of(answered)
    own = own_address(given, names)
    for each in sorted(given, key=lambda each: each is not own):  # the first address is the person's
        answers.add([each.entry(own)], in_words=each.in_words or (each.is_address and each is not own))
    answers.add(reckoned(answered), usual=False).add([("form", title or form)])
    named = message_id_of(answered.get("token") or content_hash(delivery.body))
    return [
        answers.signal(
            named, kind, answers.email, webhook_time(answered.get("submitted_at"), delivery.arrived_at), anybody=True
        )
    ]


def _is_test(body: JsonObject, answered: JsonObject) -> bool:
    """Returns whether this is a test request: its token is the event's id, and it answers with made-up words."""
    addresses = [each.get("email") for each in objects_in(answered.get("answers"))]
    token = answered.get("token")
    return _TESTED in addresses or (isinstance(token, str) and token != "" and token == body.get("event_id"))
