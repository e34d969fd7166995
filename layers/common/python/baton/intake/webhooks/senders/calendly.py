"""Calendly: somebody booked a meeting, which asks for a person; or called it off, which is noted."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from baton.intake.fields.json_documents import Object
from baton.intake.webhooks.parsing.delivery import Delivery, NotUnderstood, Untrusted, an_object, objects_in, within
from baton.intake.webhooks.parsing.message_ids import hash_of, moment, name_of
from baton.intake.webhooks.parsing.parsed_signal import Part
from baton.intake.webhooks.parsing.sorted_answers import Entry, Sorted
from baton.intake.webhooks.parsing.tool_names import IGNORE, Names, kind_of
from baton.intake.webhooks.parsing.webhook_signatures import mac, must_be_fresh, must_match

FRESH = timedelta(minutes=3)
BOOKED = "invitee.created"
_USUAL_KINDS = {
    BOOKED: "meeting_booked",
    "invitee.canceled": "meeting_canceled",
    "invitee_no_show.created": "meeting_missed",
    "invitee_no_show.deleted": IGNORE,
}
_SIGNED = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})")


def verify(delivery: Delivery, secrets: Sequence[str]) -> None:
    """`t=<unix time>,v1=<hex>`: HMAC-SHA256 of `time.body`, within three minutes."""
    found = _SIGNED.fullmatch(delivery.header("calendly-webhook-signature"))
    if not found:
        raise Untrusted("the signature is not as this sender writes it")
    signed = f"{found[1]}.".encode() + delivery.body
    must_match([found[2]], secrets, lambda secret: mac(secret.encode(), signed).hex())
    must_be_fresh(found[1], delivery.arrived_at, FRESH)


def read(delivery: Delivery, names: Names) -> list[Part]:
    """One signal, known by the invitee's address and what happened."""
    body = delivery.object()
    about, invitee = body.get("event"), an_object(body.get("payload"), "payload")
    meeting = within(invitee, "scheduled_event", "name") or within(invitee, "event_type", "name")
    kind = names.agreed_kind(*((meeting, about) if about == BOOKED else (about,)))
    if kind is None and names.agreed_kind(meeting) == IGNORE:
        return []
    kind = kind or _USUAL_KINDS.get(str(about)) or kind_of(about)
    if kind is None:
        raise NotUnderstood("event is missing")
    if kind == IGNORE:
        return []
    said = Sorted(names).add(_of_person(invitee)).add(_around(invitee, meeting)).add(_asked(invitee), in_words=True)
    at = moment(invitee.get("created_at") if about == BOOKED else body.get("created_at"), delivery.arrived_at)
    named = name_of(about, invitee.get("uri") or invitee.get("invitee") or hash_of(delivery.body))
    return [said.told(named, kind, said.email, at)]


def _of_person(invitee: Object) -> Iterator[Entry]:
    first, _, last = str(invitee.get("name") or "").strip().partition(" ")
    yield "email", invitee.get("email")
    yield "first_name", invitee.get("first_name") or first
    yield "last_name", invitee.get("last_name") or last
    yield "phone", invitee.get("text_reminder_number")


def _around(invitee: Object, meeting: object) -> Iterator[Entry]:
    yield "meeting", meeting
    yield "meeting_starts_at", within(invitee, "scheduled_event", "start_time")
    yield "timezone", invitee.get("timezone")
    yield "rescheduled", invitee.get("rescheduled") or None
    tracking = invitee.get("tracking")
    yield from (tracking if isinstance(tracking, Object) else {}).items()
    yield "canceled_by", within(invitee, "cancellation", "canceler_type")


def _asked(invitee: Object) -> Iterator[Entry]:
    """What the invitee was asked, and why they called it off."""
    for each in objects_in(invitee.get("questions_and_answers")):
        yield str(each.get("question")), each.get("answer")
    yield "Why it was called off", within(invitee, "cancellation", "reason")
