"""Every part of a delivery ends as a signal, as not understood, or as let go for a reason; none is dropped."""

import json
import random
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from baton.intake.webhooks.delivery_reader import ReadDelivery, read_delivery, sender
from baton.intake.webhooks.parsing.delivery import NotUnderstood
from baton.intake.webhooks.parsing.parsed_signal import LetGoReason
from baton.intake.webhooks.parsing.tool_names import ToolNames
from tests.senders import SAMPLES, recorded
from tests.unit.intake.deliveries import NOW, delivery, read
from tests.unit.intake.sent_forms import PEPPER

AGREED, NO_LEAD = LetGoReason.AGREED, LetGoReason.NOT_ABOUT_A_LEAD
NOBODY, UNFINISHED, EMPTY = LetGoReason.NAMES_NOBODY, LetGoReason.UNFINISHED, LetGoReason.EMPTY


def changed(name: str, **fields: Any) -> bytes:
    """A recorded payload with other fields; of a list, its first event alone."""
    sent = json.loads(recorded(name))
    return json.dumps({**(sent[0] if isinstance(sent, list) else sent), **fields}).encode()


def mautic(event: str, content: Any) -> bytes:
    return json.dumps({f"mautic.{event}": content}).encode()


def ignoring(*names: str) -> dict[str, dict[str, str]]:
    return {"events": dict.fromkeys(names, "ignore")}


def typeform(*answers: dict[str, Any], event_id: str = "01JDHQ", token: str = "a3a12e") -> bytes:
    sent = {"form_id": "lT4Z3j", "token": token, "definition": {"title": "Talk to us"}, "answers": answers}
    return json.dumps({"event_id": event_id, "event_type": "form_response", "form_response": sent}).encode()


def of_mautic(event: str, email: str, **more: Any) -> bytes:
    """A payload about a contact with this address."""
    contact = {"id": 52, "fields": {"core": {"email": {"alias": "email", "value": email}}}}
    return json.dumps({f"mautic.{event}": [{"contact": contact, "timestamp": "2017-06-19"}], **more}).encode()


EMAIL = {"type": "email", "email": "an_account@example.com", "field": {"id": "x", "type": "email"}}
WORDS = {"type": "text", "text": "Lorem ipsum dolor", "field": {"id": "y", "type": "short_text"}}
TRIED = {"timestamp": "2026-11-25T09:30:00+00:00"}
DEMO = {"kind": "demo_requested", "email": "a@b.de"}


@pytest.mark.parametrize(
    ("source", "body"),
    [
        pytest.param("typeform", typeform(EMAIL, WORDS), id="typeform, by its address"),
        pytest.param("typeform", typeform(WORDS, event_id="01DJ", token="01DJ"), id="typeform, without an address"),
        pytest.param("mautic", of_mautic("lead_post_save_new", "john@doe.name", **TRIED), id="mautic, a new contact"),
        pytest.param("mautic", of_mautic("lead_post_save_update", "john@doe.name", **TRIED), id="mautic, a contact"),
        pytest.param("mautic", of_mautic("form_on_submit", "email@formsubmit.com", **TRIED), id="mautic, a form"),
        pytest.param("mautic", of_mautic("email_on_open", "test@test.com", **TRIED), id="mautic, a mail"),
        pytest.param(
            "mautic", of_mautic("lead_channel_subscription_changed", "Test@email.com", **TRIED), id="mautic, a channel"
        ),
        pytest.param(
            "marketo", json.dumps({**DEMO, "is_test": True}).encode(), id="google's mark, in marketo's format"
        ),
        pytest.param("marketo", b"kind=demo&email=a%40b.de&is_test=True", id="google's mark, as a form"),
        pytest.param("standard", b'{"type": "lead", "data": {"email": "a@b.de", "is_test": true}}', id="in the data"),
        pytest.param(
            "standard", b'{"type": "lead", "is_test": "1", "data": {"email": "a@b.de"}}', id="beside the data"
        ),
        pytest.param("standard", b'{"type": "ping"}', id="standard, a ping without data"),
        pytest.param("standard", b'{"type": "webhook.test", "data": {}}', id="standard, a test"),
        pytest.param("segment", changed("segment.json", messageId="segment-test-message-00jwz"), id="segment, tester"),
        pytest.param(
            "customerio", changed("segment-page.json", messageId="segment-test-message-x"), id="a pipeline's tester"
        ),
        pytest.param(
            "hubspot", changed("hubspot.json", eventId=100, objectId=123), id="hubspot, a subscription's test"
        ),
    ],
)
def test_a_vendors_test_message_is_let_go(source: str, body: bytes) -> None:
    was = read(source, body)
    assert (was.messages, was.why, was.let_go) == ([], (), (LetGoReason.TEST,))


@pytest.mark.parametrize(
    ("source", "body"),
    [
        pytest.param("typeform", recorded("typeform.json"), id="typeform"),
        pytest.param("typeform", typeform({**EMAIL, "email": "a@b.de"}, WORDS), id="typeform, somebody's lorem ipsum"),
        pytest.param("mautic", of_mautic("lead_post_save_new", "test@test.com"), id="mautic, a real test@test.com"),
        pytest.param("mautic", of_mautic("lead_post_save_new", "john@doe.de", **TRIED), id="mautic, somebody like it"),
        pytest.param("marketo", json.dumps({**DEMO, "is_test": False}).encode(), id="no test"),
        pytest.param("marketo", json.dumps({**DEMO, "is_test": ""}).encode(), id="an empty mark"),
        pytest.param("standard", b'{"type": "test.booked", "data": {"email": "a@b.de"}}', id="a type like a test"),
        pytest.param("hubspot", changed("hubspot.json", objectId=123), id="hubspot, contact 123"),
        pytest.param("segment", changed("segment.json", messageId="my-segment-test-message"), id="segment"),
    ],
)
def test_what_only_looks_like_a_test_message_is_a_signal(source: str, body: bytes) -> None:
    was = read(source, body)
    assert (len(was.messages), was.why, was.let_go) == (1, (), ())


def test_a_type_that_the_agreement_maps_is_no_test() -> None:
    body = b'{"type": "test", "data": {"email": "a@b.de"}}'
    assert read("standard", body, events={"test": "test_passed"}).messages[0].signal.kind == "test_passed"


@pytest.mark.parametrize(
    ("named", "kind"),
    [
        pytest.param("demo.requested", "demo_requested", id="a point"),
        pytest.param("demo-requested", "demo_requested", id="a hyphen"),
        pytest.param("Demo Requested", "demo_requested", id="a blank"),
        pytest.param("demo/requested", "demo_requested", id="a slash"),
        pytest.param("demo__requested", "demo_requested", id="two strokes"),
        pytest.param("com.acme.demo.requested", "com_acme_demo_requested", id="several points"),
        pytest.param("2nd.demo", "n_2nd_demo", id="a digit first"),
        pytest.param("page_visited", "page_visited", id="as it is"),
    ],
)
def test_a_type_in_any_spelling_is_one_kind(named: str, kind: str) -> None:
    body = json.dumps({"type": named, "data": {"email": "a@b.de"}}).encode()
    assert read("standard", body).messages[0].signal.kind == kind
    event = {"type": "track", "event": named, "context": {"traits": {"email": "a@b.de"}}}
    assert read("segment", json.dumps(event).encode()).messages[0].signal.kind == kind


@pytest.mark.parametrize(
    ("source", "body", "agreed", "reason"),
    [
        pytest.param(
            "standard", recorded("standard.json"), ignoring("webinar attended"), AGREED, id="standard, agreed"
        ),
        pytest.param("marketo", recorded("marketo.json"), ignoring("webinar attended"), AGREED, id="marketo, agreed"),
        pytest.param("mailchimp", recorded("mailchimp.urlencoded"), ignoring("subscribe"), AGREED, id="joined, agreed"),
        pytest.param("mailchimp", b"type=campaign&data[id]=1", {}, NO_LEAD, id="mailchimp, a campaign was sent"),
        pytest.param("typeform", recorded("typeform.json"), ignoring("Talk to us"), AGREED, id="typeform, agreed"),
        pytest.param(
            "typeform",
            changed("typeform.json", event_type="form_response_partial"),
            {},
            UNFINISHED,
            id="typeform, not finished",
        ),
        pytest.param("calendly", recorded("calendly.json"), ignoring("30 minutes with sales"), AGREED, id="a meeting"),
        pytest.param(
            "calendly", recorded("calendly-canceled.json"), ignoring("30 minutes with sales"), AGREED, id="off, agreed"
        ),
        pytest.param(
            "calendly", changed("calendly.json", event="invitee_no_show.deleted"), {}, NO_LEAD, id="calendly, undone"
        ),
        pytest.param("customerio", changed("customerio.json", metric="sent"), {}, NO_LEAD, id="customer.io, sent"),
        pytest.param("customerio", recorded("customerio.json"), ignoring("email clicked"), AGREED, id="click, agreed"),
        pytest.param(
            "customerio", changed("customerio-pipeline.json", type="group"), {}, NO_LEAD, id="pipeline, group"
        ),
        pytest.param("segment", changed("segment.json", type="alias"), {}, NO_LEAD, id="segment, alias"),
        pytest.param("segment", recorded("segment.json"), ignoring("Demo Requested"), AGREED, id="segment, agreed"),
        pytest.param("segment", recorded("segment-page.json"), ignoring("page"), AGREED, id="segment, a page, agreed"),
        pytest.param("segment", b'{"type": "page"}', {}, NOBODY, id="segment, a page of nobody"),
        pytest.param("segment", b'{"type": "track", "event": "Sale"}', {}, NOBODY, id="segment, an event of nobody"),
        pytest.param(
            "hubspot", changed("hubspot.json", subscriptionType="contact.deletion"), {}, NO_LEAD, id="hubspot, deletion"
        ),
        pytest.param(
            "hubspot",
            changed("hubspot.json", subscriptionType="object.restore", objectTypeId="0-1"),
            {},
            NO_LEAD,
            id="hubspot, a contact restored, as an object",
        ),
        pytest.param(
            "hubspot",
            recorded("hubspot.json"),
            ignoring("contact.propertyChange", "contact.creation"),
            AGREED,
            id="all",
        ),
        pytest.param("hubspot", changed("hubspot-email.json", type="DELIVERED"), {}, NO_LEAD, id="hubspot, delivered"),
        pytest.param("hubspot", recorded("hubspot-email.json"), ignoring("click"), AGREED, id="hubspot, click, agreed"),
        pytest.param(
            "hubspot", recorded("hubspot-form.json"), ignoring("the guide"), AGREED, id="hubspot, form, agreed"
        ),
        pytest.param(
            "hubspot",
            recorded("hubspot-workflow.json"),
            ignoring("Request a consultation"),
            AGREED,
            id="contact, agreed",
        ),
        pytest.param("mautic", mautic("email_on_send", [{"email": {}}]), {}, NO_LEAD, id="mautic, sent"),
        pytest.param("mautic", mautic("lead_post_delete", {"id": 1}), {}, NO_LEAD, id="mautic, deleted"),
        pytest.param(
            "mautic", mautic("page_on_hit", {"hit": {"lead": None}}), {}, NOBODY, id="mautic, a page of nobody"
        ),
        pytest.param("mautic", mautic("form_on_submit", []), {}, EMPTY, id="mautic, no event"),
        pytest.param(
            "mautic", recorded("mautic.json"), ignoring("whitepaper_d", "mautic.page_on_hit"), AGREED, id="both"
        ),
    ],
)
def test_what_makes_no_signal_is_let_go_for_a_reason(
    source: str, body: bytes, agreed: dict[str, dict[str, str]], reason: LetGoReason
) -> None:
    was = read(source, body, **agreed)
    assert (was.messages, was.why) == ([], ())
    assert set(was.let_go) == {reason}


def test_each_event_of_a_batch_ends_in_one_way() -> None:
    events = json.loads(recorded("hubspot.json"))
    gone = {**events[0], "subscriptionType": "contact.deletion"}
    unknown = {**events[0], "subscriptionType": "deal.creation"}
    was = read("hubspot", json.dumps([*events, gone, gone, unknown]).encode())
    assert (len(was.messages), len(was.why), was.let_go) == (3, 1, (NO_LEAD, NO_LEAD))


SOURCES_OF_JSON, NAMES = [source for source in SAMPLES if source != "mailchimp"], ToolNames()
ODD = [None, True, -1, 10**400, 0.5, "", "\0", "ignore", "page", "é" * 300, [], {}, [[]], {"a": 1}, "\ud800", [{}]]


def otherwise(chance: random.Random, said: Any) -> Any:
    """A payload with some values changed, and some left out."""
    if chance.random() < 0.05:
        return chance.choice(ODD)
    if isinstance(said, dict):
        return {name: otherwise(chance, value) for name, value in said.items() if chance.random() > 0.02}
    return [otherwise(chance, value) for value in said] if isinstance(said, list) else said


def ends(was: ReadDelivery) -> int:
    others = (was.waiting, was.same_people, was.deletions)
    return len(was.messages) + len(was.why) + len(was.let_go) + sum(map(len, others))


def test_no_generated_delivery_is_dropped_in_silence() -> None:
    chance, reached = random.Random(20261201), Counter[str]()
    payloads = {source: json.loads(recorded(SAMPLES[source])) for source in SOURCES_OF_JSON}
    arrived = {source: delivery(source, b"{}") for source in payloads}
    for number in range(10_000):
        source = chance.choice(SOURCES_OF_JSON)
        sent = replace(arrived[source], body=json.dumps(otherwise(chance, payloads[source])).encode())
        if number % 5:
            with suppress(NotUnderstood):
                reached.update(type(part).__name__ for part in sender(source).read(sent, NAMES))
            continue
        was = read_delivery(sent, NAMES, PEPPER, NOW)
        assert ends(was), (source, sent.body)
        assert "failed with" not in "".join(was.why), (source, sent.body, was.why)
        named = sent.body.decode().casefold()
        assert all(one.signal.email in named for one in was.messages), "it changes only leads that it names"
        reached.update(was.let_go)
    assert set(reached) >= {NO_LEAD, NOBODY, "ParsedSignal", "UnclearPart", "LetGo"}
