"""Standard Webhooks (standardwebhooks.com), the recommended format for a tool of your own.

`type` is the kind of signal, and `data` has the fields of a signal; its other names are answers of the person.
"""

from collections.abc import Sequence
from datetime import timedelta

from baton.intake.fields.json_documents import JsonObject
from baton.intake.webhooks.parsing.delivery import Delivery, NotUnderstood, require_object
from baton.intake.webhooks.parsing.message_ids import message_id_of, webhook_time
from baton.intake.webhooks.parsing.parsed_signal import DeliveryPart, ignored
from baton.intake.webhooks.parsing.sorted_answers import SortedAnswers
from baton.intake.webhooks.parsing.tool_names import IGNORE, ToolNames, kind_of
from baton.intake.webhooks.parsing.webhook_signatures import in_base64, key_in_base64, mac, must_be_fresh, must_match

FRESH = timedelta(minutes=5)
PREFIX = "whsec_"
_OF_A_SIGNAL = frozenset({"at", "channel", "source", "content", "properties"})


def verify(delivery: Delivery, secrets: Sequence[str]) -> None:
    """Checks base64 HMAC-SHA256 of `id.timestamp.body`; one of several signatures is enough, as keys are rotated."""
    named, moment_sent = delivery.header("webhook-id"), delivery.header("webhook-timestamp")
    given = [one[3:] for one in delivery.header("webhook-signature").split(" ") if one.startswith("v1,")]
    signed = f"{named}.{moment_sent}.".encode(errors="surrogatepass") + delivery.body
    keys = [secret.strip().removeprefix(PREFIX) for secret in secrets]
    must_match(given, keys, lambda key: in_base64(mac(key_in_base64(key), signed)))
    must_be_fresh(moment_sent, delivery.arrived_at, FRESH)


def read(delivery: Delivery, names: ToolNames) -> list[DeliveryPart]:
    """Returns one signal, whose id is the `webhook-id`, the same in every retry."""
    body = delivery.object()
    named, data = body.get("type"), require_object(body.get("data"), "data")
    kind = names.agreed_kind(named) or kind_of(named)
    if kind is None:
        raise NotUnderstood("type is missing, or has no letter from a to z; it is the kind of signal")
    if kind == IGNORE:
        return [ignored(kind)]
    answers = SortedAnswers(names).add((name, value) for name, value in data.items() if name not in _OF_A_SIGNAL)
    answers.add((data["properties"] if isinstance(data.get("properties"), JsonObject) else {}).items())
    content = data.get("content") or (answers.content and {"id": answers.content})
    at = webhook_time(data.get("at") or body.get("timestamp"), delivery.arrived_at)
    if isinstance(content, str):
        content = JsonObject([("id", content)])
    more = {name: data.get(name) for name in ("channel", "source")}
    return [
        answers.signal(
            message_id_of(delivery.headers.get("webhook-id", "")), kind, answers.email, at, content=content, **more
        )
    ]
