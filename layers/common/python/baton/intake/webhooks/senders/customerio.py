"""Customer.io: reporting webhooks about its messages, and events of its data pipelines in Segment's format."""

from collections.abc import Sequence
from datetime import timedelta

from baton.domain.leads.person_facts import MailChoice
from baton.intake.fields.json_documents import JsonObject
from baton.intake.webhooks.parsing.delivery import Delivery, NotUnderstood, require_object, value_at
from baton.intake.webhooks.parsing.message_ids import content_hash, message_id_of, person_ids, webhook_time
from baton.intake.webhooks.parsing.parsed_signal import DeliveryPart, ignored
from baton.intake.webhooks.parsing.sorted_answers import SortedAnswers
from baton.intake.webhooks.parsing.tool_names import IGNORE, ToolNames, kind_of
from baton.intake.webhooks.parsing.webhook_signatures import mac, must_be_fresh, must_match
from baton.intake.webhooks.senders.segment_events import read_events

FRESH = timedelta(minutes=5)
_PASSED_OVER = frozenset(
    {"drafted", "attempted", "sent", "delivered", "deferred", "dropped", "undeliverable", "failed"}
)
_OF_MAILS = (None, "customer", "email")
"""What a metric is about if it is about mails, and not text messages or pushes."""
_BY_THE_PERSON = frozenset(
    {"opened", "clicked", "converted", "subscribed", "human_opened", "human_clicked", "responded", "replied"}
)
"""The metrics of something that the person did; all others are Customer.io's own, such as `suppressed`."""
_USUAL_KINDS = {
    "subscribed": "subscribed",
    **dict.fromkeys(("unsubscribed", "cio_subscription_preferences_unsubscribed", "spammed"), "unsubscribed"),
    "cio_subscription_preferences_changed": "preferences_changed",
}


def verify(delivery: Delivery, secrets: Sequence[str]) -> None:
    """Checks hex HMAC-SHA256 of `v0:time:body`, within 5 minutes; for pipelines hex HMAC-SHA1 of the body."""
    if "x-cio-signature" in delivery.headers:
        given, moment_sent = delivery.header("x-cio-signature"), delivery.header("x-cio-timestamp")
        signed = f"v0:{moment_sent}:".encode(errors="surrogatepass") + delivery.body
        must_match([given], secrets, lambda secret: mac(secret.encode(), signed).hex())
        must_be_fresh(moment_sent, delivery.arrived_at, FRESH)
        return
    given = delivery.header("x-signature")
    must_match([given], secrets, lambda secret: mac(secret.encode(), delivery.body, "sha1").hex())


def read(delivery: Delivery, names: ToolNames) -> list[DeliveryPart]:
    """Returns one signal, whose id is the `event_id` or `messageId`."""
    event = delivery.json()
    if not isinstance(event, JsonObject) or "metric" not in event:
        return read_events(delivery, names)
    about, metric, data = event.get("object_type"), str(event["metric"]), require_object(event.get("data"), "data")
    agreed = names.agreed_kind(f"{about}_{metric}", metric)
    usual = _USUAL_KINDS.get(metric) if about in _OF_MAILS else None
    kind = agreed or usual or (IGNORE if metric in _PASSED_OVER else kind_of(f"{about}_{metric}"))
    if kind is None:
        raise NotUnderstood("metric is not a name")
    email = value_at(data, "identifiers", "email") or data.get("email_address") or _address(data.get("recipient"))
    if kind == IGNORE:
        return [ignored(agreed)]
    answers = SortedAnswers(names).add([("url", data.get("href")), ("subject", data.get("subject"))])
    answers.add([("campaign_id", data.get("campaign_id")), ("newsletter_id", data.get("newsletter_id"))])
    answers.content = names.content_of(data.get("href"))
    named = message_id_of(event.get("event_id") or content_hash(delivery.body))
    user = data.get("customer_id") or value_at(data, "identifiers", "id")
    ids = person_ids(("user", user), ("cio", value_at(data, "identifiers", "cio_id")))
    at = webhook_time(event.get("timestamp"), delivery.arrived_at)
    who = None if agreed or metric in _BY_THE_PERSON else False
    more = {"mail_choice": MailChoice(wanted=False, cause="complaint")} if metric == "spammed" else {}
    return [answers.signal(named, kind, email, at, ids=ids, from_person=who, **more)]


def _address(recipient: object) -> str | None:
    return recipient if isinstance(recipient, str) and "@" in recipient else None
