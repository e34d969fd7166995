"""Marketo: the fields of the webhook's template, as JSON or form-encoded.

It signs nothing; a secret stands in a header.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from baton.intake.fields.json_documents import JsonObject
from baton.intake.webhooks.parsing.delivery import Delivery, NotUnderstood
from baton.intake.webhooks.parsing.message_ids import content_hash, message_id_of, webhook_time
from baton.intake.webhooks.parsing.parsed_signal import DeliveryPart, LetGo, LetGoReason, ignored
from baton.intake.webhooks.parsing.sorted_answers import Entry, SortedAnswers
from baton.intake.webhooks.parsing.tool_names import IGNORE, ToolNames, kind_of
from baton.intake.webhooks.parsing.vendor_tests import is_marked_as_test
from baton.intake.webhooks.parsing.webhook_signatures import must_be_a_secret

_OF_A_SIGNAL = frozenset({"kind", "event", "type", "at", "message_id", "channel", "source"})
_USUAL_KINDS = {"unsubscribe_email": "unsubscribed"}
_BEARER = "Bearer "


def verify(delivery: Delivery, secrets: Sequence[str]) -> None:
    """Checks that the value of a header, under any name, is the secret."""
    must_be_a_secret((value.removeprefix(_BEARER) for value in delivery.headers.values()), secrets)


def read(delivery: Delivery, names: ToolNames) -> list[DeliveryPart]:
    """Returns one signal, whose id is the template's `message_id`, or else a hash of the body."""
    sent = JsonObject(delivery.form()) if _is_form(delivery) else delivery.object()
    if is_marked_as_test(sent):
        return [LetGo(LetGoReason.TEST)]
    named = sent.get("kind") or sent.get("event") or sent.get("type")
    usual = kind_of(named)
    kind = names.agreed_kind(named) or _USUAL_KINDS.get(str(usual), usual)
    if kind is None:
        raise NotUnderstood("kind is missing; write it into the webhook's template")
    if kind == IGNORE:
        return [ignored(kind)]
    answers = SortedAnswers(names).add(_answers(sent))
    message_id = message_id_of(sent["message_id"]) if sent.get("message_id") else content_hash(delivery.body)
    more = {name: sent.get(name) or None for name in ("channel", "source")}
    return [answers.signal(message_id, kind, answers.email, webhook_time(sent.get("at"), delivery.arrived_at), **more)]


def _is_form(delivery: Delivery) -> bool:
    """Returns whether the body is form-encoded, also without a header: JSON begins with a brace."""
    return delivery.is_form or delivery.body.lstrip()[:1] != b"{"


def _answers(sent: dict[str, Any]) -> Iterator[Entry]:
    """Yields the filled-in fields; Marketo leaves a token without a value as it stands: `{{lead.Title}}`."""
    for name, value in sent.items():
        if name not in _OF_A_SIGNAL and not (isinstance(value, str) and value.startswith("{{")):
            yield name, value
