"""HubSpot: an app's subscriptions (contacts, e-mail events), workflows that send a contact, form submissions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from baton.domain.leads.person_facts import MailChoice
from baton.domain.trust.speakers import Speaker
from baton.intake.fields.json_documents import JsonObject
from baton.intake.webhooks.parsing.delivery import Delivery, NotUnderstood, Untrusted, objects_in, value_at
from baton.intake.webhooks.parsing.message_ids import content_hash, message_id_of, person_ids, webhook_time
from baton.intake.webhooks.parsing.parsed_signal import (
    DeletedPerson,
    DeliveryPart,
    LetGo,
    LetGoReason,
    ParsedSignal,
    SamePerson,
    UnclearPart,
    ignored,
)
from baton.intake.webhooks.parsing.sorted_answers import SortedAnswers
from baton.intake.webhooks.parsing.tool_names import IGNORE, ToolNames, kind_of
from baton.intake.webhooks.parsing.webhook_signatures import in_base64, mac, must_be_fresh, must_match, sha256
from baton.intake.webhooks.senders.hubspot_contacts import read_contact, without_attempts
from baton.intake.webhooks.senders.hubspot_subscriptions import choice_of_property, kind_of_subscription

FRESH = timedelta(minutes=5)
CONTACTS = "0-1"
_TESTED = (100, 123)
"""The ids of the event and its object with which HubSpot tests a subscription."""
_OF_A_RECORD = ("contact_created", "contact_updated")
_TO_THE_MINUTE = len("2026-11-24T09:30")
_NAMED = re.compile(r"[a-z]{1,20}\.[A-Za-z]{1,20}")
"""The form of a subscription's name; no other text is repeated, as reasons are logged."""
_USUAL_KINDS = {
    "contact.creation": "contact_created",
    "contact.propertychange": "contact_updated",
    **dict.fromkeys(("contact.deletion", "contact.restore", "contact.associationchange"), IGNORE),
    "open": "email_opened",
    "click": "email_clicked",
    "forward": "email_forwarded",
    "bounce": "email_bounced",
    **dict.fromkeys(("spamreport", "unsubscribe"), "unsubscribed"),
    **dict.fromkeys(("sent", "processed", "delivered", "deferred", "dropped", "print", "statuschange"), IGNORE),
}

_BY_THE_CONTACT = frozenset({"FORM", "FORMS", "ANALYTICS", "BOT", "CONVERSATIONS", "EMAIL", "MEETINGS", "SURVEY"})
"""What HubSpot gives as `changeSource` of a change that the contact brought about, by a form or a visit.

All others (`CRM_UI`, `IMPORT`, `INTEGRATION`, `AUTOMATION_PLATFORM`, …) are of colleagues and programs.
"""


def verify(delivery: Delivery, secrets: Sequence[str]) -> None:
    """Checks version 3: base64 HMAC-SHA256 of method, configured address, body and time, within 5 minutes.

    Without it the older versions: hex SHA-256 of secret and body (v1), with method and address between (v2). These have
    no time; a replay has the same message id.
    """
    if given := delivery.headers.get("x-hubspot-signature-v3"):
        moment_sent = delivery.header("x-hubspot-request-timestamp")
        message = _around(delivery) + delivery.body + moment_sent.encode(errors="surrogatepass")
        must_match([given], secrets, lambda secret: in_base64(mac(secret.encode(), message)))
        must_be_fresh(moment_sent, delivery.arrived_at, FRESH, milliseconds=True)
        return
    version = delivery.headers.get("x-hubspot-signature-version", "v1")
    if version not in ("v1", "v2"):
        raise Untrusted("the version of the signature is not known")
    signed = (_around(delivery) if version == "v2" else b"") + delivery.body
    must_match([delivery.header("x-hubspot-signature")], secrets, lambda secret: sha256(secret.encode() + signed))


def _around(delivery: Delivery) -> bytes:
    return f"{delivery.method}{delivery.public_url}".encode(errors="surrogatepass")


def read(delivery: Delivery, names: ToolNames) -> list[DeliveryPart]:
    """Returns the parts of a batch; the address of a changed contact may stand in another part."""
    body = delivery.json()
    events = body if isinstance(body, list) else [body]
    if not events or not all(isinstance(event, JsonObject) for event in events):
        raise NotUnderstood("the body is neither an object nor a list of some")
    addresses = {
        str(event.get("objectId")): event.get("propertyValue")
        for event in sorted(events, key=_occurred_at)
        if event.get("propertyName") == "email" and event.get("objectId")
    }
    return _once_for_each_act([part for event in events for part in _read(event, names, addresses, delivery)])


def _occurred_at(event: JsonObject) -> float:
    at = event.get("occurredAt")
    return at if isinstance(at, int | float) else 0


def _once_for_each_act(parts: list[DeliveryPart]) -> list[DeliveryPart]:
    """Returns the parts with one act of a contact for each minute and kind: a form changes many properties at once."""
    acts: set[tuple[Any, ...]] = set()
    read = list[DeliveryPart]()
    for part in parts:
        if isinstance(part, ParsedSignal) and part.from_person:
            kind = None if part.kind in _OF_A_RECORD else part.kind
            act = kind, part.ids, part.at and part.at[:_TO_THE_MINUTE]
            read.append(replace(part, from_person=False) if act in acts else part)
            acts.add(act)
        else:
            read.append(part)
    return read


def _came_from_contact(event: JsonObject) -> bool | None:
    source = event.get("changeSource")
    return source.upper() in _BY_THE_CONTACT if isinstance(source, str) and source else None


def _read(
    event: JsonObject, names: ToolNames, addresses: Mapping[Any, Any], delivery: Delivery
) -> Iterator[DeliveryPart]:
    if (event.get("eventId"), event.get("objectId")) == _TESTED:
        yield LetGo(LetGoReason.TEST)
    elif "subscriptionType" in event:
        yield from _changed(event, names, addresses, delivery)
    elif "recipient" in event and "type" in event:
        yield from _mailed(event, names, delivery)
    elif isinstance(event.get("values") or event.get("fields"), list):
        yield from _submitted(event, names, delivery)
    elif isinstance(event.get("properties"), JsonObject):
        yield from read_contact(event, names, delivery)
    else:
        yield UnclearPart("it is neither a contact's change, an e-mail event, a form submission nor a contact")


def _changed(
    event: JsonObject, names: ToolNames, addresses: Mapping[Any, Any], delivery: Delivery
) -> Iterator[DeliveryPart]:
    """Yields the signal of a created or changed contact; its id joins six fields, as HubSpot's event ids repeat."""
    about, changed = str(event["subscriptionType"]), event.get("propertyName")
    if about.startswith("object.") and event.get("objectTypeId") == CONTACTS:
        about = about.replace("object.", "contact.", 1)
    agreed = names.agreed_kind(f"{about}:{changed}", about)
    kind = agreed or _USUAL_KINDS.get(about.lower())
    told = [(str(changed), event.get("propertyValue"))] if changed else []
    answers = SortedAnswers(names).add(told).clear(told)
    is_current = changed == "email"
    own = answers.email if is_current else None
    email = event.get("email") or own or addresses.get(str(event.get("objectId"))) or answers.email
    if agreed is None and about.lower() in _ABOUT_IDS:
        yield _ABOUT_IDS[about.lower()](event)
    elif kind is None:
        named = f"the subscription {about}" if _NAMED.fullmatch(about) else "this subscription"
        yield UnclearPart(f"{named} is not known; map it in the agreement, or to `ignore`")
    elif kind == IGNORE:
        yield ignored(agreed)
    else:
        marks = ("portalId", "subscriptionType", "objectId", "propertyName", "occurredAt", "eventId")
        named, at = (
            message_id_of(*(event.get(mark) for mark in marks)),
            webhook_time(event.get("occurredAt"), delivery.arrived_at),
        )
        who, ids = _came_from_contact(event), person_ids(("contact", event.get("objectId")))
        if choice := choice_of_property(event, who=who):
            yield answers.signal(named, kind, email, at, ids=ids, from_person=False, mail_choice=choice)
        else:
            typed = Speaker.ANYBODY if who else None  # by a form that anybody can send
            more = {"speaker": typed, "is_address_current": is_current}
            yield answers.signal(named, kind, email, at, ids=ids, from_person=who, **more)


def _merged(event: JsonObject) -> DeliveryPart:
    """Returns the ids of contacts that are one now: the one that stays first, then the others and a new one."""
    others = event.get("mergedObjectIds")
    named = (event.get("primaryObjectId"), *(others if isinstance(others, list) else ()), event.get("newObjectId"))
    ids = tuple(dict.fromkeys(person_ids(*(("contact", each) for each in named))))
    return SamePerson(ids) if len(ids) > 1 else UnclearPart("it merges contacts, and does not name them")


def _deleted(event: JsonObject) -> DeliveryPart:
    ids = person_ids(("contact", event.get("objectId")))
    return DeletedPerson(ids[0]) if ids else UnclearPart("it deletes a contact for privacy, and does not name it")


_ABOUT_IDS = {"contact.merge": _merged, "contact.privacydeletion": _deleted}
"""Subscriptions that tell nothing of what a person did."""


def _mailed(event: JsonObject, names: ToolNames, delivery: Delivery) -> Iterator[DeliveryPart]:
    named = str(event["type"])
    agreed = names.agreed_kind(named)
    usual = _USUAL_KINDS.get(named.lower())
    kind = agreed or usual or kind_of(named)
    if usual_subscription := kind_of_subscription(event):
        agreed = names.agreed_kind(usual_subscription, named)
        kind = agreed or usual_subscription
    if kind is None:
        yield UnclearPart("the type of this e-mail event is not known; map it in the agreement")
    elif kind == IGNORE:
        yield ignored(agreed)
    else:
        answers = SortedAnswers(names).add(
            [("email_campaign", event.get("emailCampaignId")), ("url", event.get("url"))]
        )
        type_ = named.lower()
        if type_ == "click":
            answers.content = names.content_of(event.get("url"))
        named = message_id_of(event.get("id") or content_hash(without_attempts(event)))
        at = webhook_time(event.get("created"), delivery.arrived_at)
        by_a_robot = event.get("filteredEvent") is True
        who = None if (agreed or usual) and not by_a_robot else False
        more = {"mail_choice": MailChoice(wanted=False, cause="complaint")} if type_ == "spamreport" else {}
        yield answers.signal(named, kind, event["recipient"], at, from_person=who, **more)


def _submitted(event: JsonObject, names: ToolNames, delivery: Delivery) -> Iterator[DeliveryPart]:
    sent = objects_in(event.get("values") or event.get("fields"))
    answers = SortedAnswers(names).add((str(each.get("name")), each.get("value")) for each in sent)
    answers.add([("page_url", event.get("pageUrl") or value_at(event, "context", "pageUri"))])
    form = event.get("formId") or event.get("formGuid") or event.get("form_id")
    kind = names.agreed_kind(form, event.get("formName"), event.get("pageTitle"), "form_submission") or "form_submitted"
    if kind == IGNORE:
        yield ignored(kind)
    else:
        named = message_id_of(event.get("conversionId") or content_hash(without_attempts(event)))
        at = webhook_time(event.get("submittedAt"), delivery.arrived_at)
        yield answers.add([("form", form)]).signal(named, kind, answers.email, at, anybody=True)
