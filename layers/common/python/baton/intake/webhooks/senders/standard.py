"""Standard Webhooks (standardwebhooks.com), the recommended format for a tool of your own.

`type` is the kind of signal, and `data` has the fields of a signal; its other names are answers of the person.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from baton.domain.meetings.meeting import Meeting
from baton.intake.fields.json_documents import JsonObject
from baton.intake.webhooks.parsing.delivery import Delivery, NotUnderstood, require_object
from baton.intake.webhooks.parsing.message_ids import NOT_READ, message_id_of, webhook_time
from baton.intake.webhooks.parsing.parsed_signal import DeliveryPart, LetGo, LetGoReason, ignored
from baton.intake.webhooks.parsing.sorted_answers import SortedAnswers
from baton.intake.webhooks.parsing.tool_names import IGNORE, ToolNames, kind_of, snake_case
from baton.intake.webhooks.parsing.vendor_tests import is_marked_as_test
from baton.intake.webhooks.parsing.webhook_signatures import in_base64, key_in_base64, mac, must_be_fresh, must_match

FRESH = timedelta(minutes=5)
PREFIX = "whsec_"
_PREFIXES = ("webhook-", "svix-")
_OF_A_SIGNAL = frozenset({"at", "channel", "source", "content", "properties", "meeting"})
_TESTS = frozenset({"ping", "test", "test_ping", "test_event", "webhook_test", "webhook_ping"})
"""The types by which platforms try a webhook, in snake case, unless the agreement maps them."""


def verify(delivery: Delivery, secrets: Sequence[str]) -> None:
    """Checks base64 HMAC-SHA256 of `id.timestamp.body`; one of several signatures is enough, as keys are rotated.

    Svix, where the format comes from, names the same headers `svix-…`.
    """
    prefix = _prefix(delivery)
    named, moment_sent = delivery.header(f"{prefix}id"), delivery.header(f"{prefix}timestamp")
    given = [one[3:] for one in delivery.header(f"{prefix}signature").split(" ") if one.startswith("v1,")]
    signed = f"{named}.{moment_sent}.".encode(errors="surrogatepass") + delivery.body
    keys = [secret.strip().removeprefix(PREFIX) for secret in secrets]
    must_match(given, keys, lambda key: in_base64(mac(key_in_base64(key), signed)))
    must_be_fresh(moment_sent, delivery.arrived_at, FRESH)


def _prefix(delivery: Delivery) -> str:
    """Returns how the names of the headers begin: `webhook-`, or `svix-` if there are only these."""
    return next((each for each in _PREFIXES if f"{each}id" in delivery.headers), _PREFIXES[0])


def read(delivery: Delivery, names: ToolNames) -> list[DeliveryPart]:
    """Returns one signal, whose id is the `webhook-id`, the same in every retry."""
    body = delivery.object()
    named, agreed = body.get("type"), names.agreed_kind(body.get("type"))
    if is_marked_as_test(body, body.get("data")) or (agreed is None and snake_case(str(named)) in _TESTS):
        return [LetGo(LetGoReason.TEST)]
    data, kind = require_object(body.get("data"), "data"), agreed or kind_of(named)
    if kind is None:
        raise NotUnderstood("type is missing, or has no letter from a to z; it is the kind of signal")
    if kind == IGNORE:
        return [ignored(kind)]
    answers = SortedAnswers(names).add((name, value) for name, value in data.items() if name not in _OF_A_SIGNAL)
    answers.clear((name, value) for name, value in data.items() if value is None)
    answers.add((data["properties"] if isinstance(data.get("properties"), JsonObject) else {}).items())
    content = data.get("content") or (answers.content and {"id": answers.content})
    at = webhook_time(data.get("at") or body.get("timestamp"), delivery.arrived_at)
    if isinstance(content, str):
        content = JsonObject([("id", content)])
    more = {name: data.get(name) for name in ("channel", "source")} | {"meeting": _meeting(data, at, delivery)}
    return [
        answers.signal(
            message_id_of(delivery.headers.get(f"{_prefix(delivery)}id", "")),
            kind,
            answers.email,
            at,
            content=content,
            **more,
        )
    ]


def _meeting(data: JsonObject, at: str | None, delivery: Delivery) -> Meeting | None:
    """Returns the booked meeting that a signal is about: `{"id", "starts_at", "host"?, "called_off"?, …}`."""
    said = data.get("meeting")
    if not isinstance(said, JsonObject):
        return None
    from baton.intake.webhooks.parsing.booked_meetings import read_meeting  # few signals have one  # noqa: PLC0415

    host = said.get("host")
    told_at = datetime.fromisoformat(at) if at and at != NOT_READ else delivery.arrived_at
    called_off = said.get("called_off") is True
    hosts = host if isinstance(host, list) else [host]
    return read_meeting(said.get("id"), said.get("starts_at"), told_at, said, hosts=hosts, called_off=called_off)
