"""Calendly: a meeting was booked, canceled or missed; a booking asks for a person."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from baton.domain.meetings.meeting import Meeting
from baton.domain.trust.speakers import Speaker
from baton.intake.fields.json_documents import JsonObject
from baton.intake.webhooks.parsing.booked_meetings import read_meeting
from baton.intake.webhooks.parsing.delivery import (
    Delivery,
    NotUnderstood,
    Untrusted,
    objects_in,
    require_object,
    value_at,
)
from baton.intake.webhooks.parsing.message_ids import NOT_READ, content_hash, message_id_of, webhook_time
from baton.intake.webhooks.parsing.parsed_signal import DeliveryPart, ignored
from baton.intake.webhooks.parsing.sorted_answers import Entry, SortedAnswers
from baton.intake.webhooks.parsing.tool_names import IGNORE, ToolNames, kind_of
from baton.intake.webhooks.parsing.webhook_signatures import mac, must_be_fresh, must_match

FRESH = timedelta(minutes=3)
BOOKED, CANCELED = "invitee.created", "invitee.canceled"
_USUAL_KINDS = {
    BOOKED: "meeting_booked",
    CANCELED: "meeting_canceled",
    "invitee_no_show.created": "meeting_missed",
    "invitee_no_show.deleted": IGNORE,
}
_SIGNED = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})")


def verify(delivery: Delivery, secrets: Sequence[str]) -> None:
    """Checks `t=<unix time>,v1=<hex>`: HMAC-SHA256 of `time.body`, within three minutes."""
    found = _SIGNED.fullmatch(delivery.header("calendly-webhook-signature"))
    if not found:
        raise Untrusted("the signature is not as this sender writes it")
    signed = f"{found[1]}.".encode() + delivery.body
    must_match([found[2]], secrets, lambda secret: mac(secret.encode(), signed).hex())
    must_be_fresh(found[1], delivery.arrived_at, FRESH)


def read(delivery: Delivery, names: ToolNames) -> list[DeliveryPart]:
    """Returns one signal, whose id is the event's name and the invitee's URI."""
    body = delivery.object()
    about, invitee = body.get("event"), require_object(body.get("payload"), "payload")
    meeting = value_at(invitee, "scheduled_event", "name") or value_at(invitee, "event_type", "name")
    agreed = names.agreed_kind(*((meeting, about) if about == BOOKED else (about,)))
    if agreed is None and names.agreed_kind(meeting) == IGNORE:
        return [ignored(IGNORE)]
    kind = agreed or _USUAL_KINDS.get(str(about)) or kind_of(about)
    if kind is None:
        raise NotUnderstood("event is missing")
    if kind == IGNORE:
        return [ignored(agreed)]
    answers = (
        SortedAnswers(names)
        .add(_of_person(invitee))
        .add(_around(invitee, meeting))
        .add(_answers(invitee), in_words=True)
    )
    at = webhook_time(invitee.get("created_at") if about == BOOKED else body.get("created_at"), delivery.arrived_at)
    named = message_id_of(about, invitee.get("uri") or invitee.get("invitee") or content_hash(delivery.body))
    who = False if value_at(invitee, "cancellation", "canceler_type") == "host" else None
    booked = _meeting(about, invitee, meeting, body, delivery) if about in (BOOKED, CANCELED) else None
    return [answers.signal(named, kind, answers.email, at, from_person=who, meeting=booked, speaker=Speaker.ANYBODY)]


def _meeting(about: object, invitee: JsonObject, name: object, body: JsonObject, delivery: Delivery) -> Meeting | None:
    """Returns what is told of the meeting; it is called by its invitee, as Calendly calls one that was moved."""
    place, hosts = (value_at(invitee, "scheduled_event", each) for each in ("location", "event_memberships"))
    members = [*objects_in(hosts)]
    said = {
        "name": name,
        "place": place.get("location") if isinstance(place, JsonObject) else None,
        "join_url": place.get("join_url") if isinstance(place, JsonObject) else None,
        "host_name": members[0].get("user_name") if members else None,
        "time_zone": invitee.get("timezone"),
        "replaces": invitee.get("old_invitee"),
        "moves": invitee.get("rescheduled") is True,
    }
    at = webhook_time(body.get("created_at"), delivery.arrived_at)
    return read_meeting(
        invitee.get("uri"),
        value_at(invitee, "scheduled_event", "start_time"),
        datetime.fromisoformat(at) if at and at != NOT_READ else delivery.arrived_at,
        said,
        hosts=[member.get("user_email") for member in members],
        called_off=about == CANCELED,
    )


def _of_person(invitee: JsonObject) -> Iterator[Entry]:
    yield "email", invitee.get("email")
    for name in ("first_name", "last_name"):
        yield name, invitee.get(name)
    yield "full_name", invitee.get("name")
    yield "phone", invitee.get("text_reminder_number")


def _around(invitee: JsonObject, meeting: object) -> Iterator[Entry]:
    yield "meeting", meeting
    yield "meeting_starts_at", value_at(invitee, "scheduled_event", "start_time")
    yield "timezone", invitee.get("timezone")
    yield "rescheduled", invitee.get("rescheduled") or None
    tracking = invitee.get("tracking")
    yield from (tracking if isinstance(tracking, JsonObject) else {}).items()
    yield "canceled_by", value_at(invitee, "cancellation", "canceler_type")


def _answers(invitee: JsonObject) -> Iterator[Entry]:
    """Yields the invitee's answers, and the reason of a cancellation."""
    for each in objects_in(invitee.get("questions_and_answers")):
        yield str(each.get("question")), each.get("answer")
    yield "Why it was called off", value_at(invitee, "cancellation", "reason")
