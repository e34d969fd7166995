"""Every part of a delivery ends as a signal, as not understood, or as let go for a reason; none is dropped."""

import json
import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from baton.intake.webhooks.delivery_reader import ReadDelivery, read_delivery
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
    return len(was.messages) + len(was.why) + len(was.let_go)


def test_no_generated_delivery_is_dropped_in_silence() -> None:
    chance, reached = random.Random(20261201), Counter[str]()
    payloads = {source: json.loads(recorded(SAMPLES[source])) for source in SOURCES_OF_JSON}
    arrived = {source: delivery(source, b"{}") for source in payloads}
    for _ in range(10_000):
        source = chance.choice(SOURCES_OF_JSON)
        body = json.dumps(otherwise(chance, payloads[source])).encode()
        was = read_delivery(replace(arrived[source], body=body), NAMES, PEPPER, NOW)
        assert ends(was), (source, body)
        assert "failed with" not in "".join(was.why), (source, body, was.why)
        reached.update(was.let_go)
    assert set(reached) >= {NO_LEAD, NOBODY}
