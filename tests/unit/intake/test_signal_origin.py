"""Whether each sender's signals came from the person, or are what a tool tells on its own behalf."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.domain.trust.speakers import Speaker
from tests.senders import recorded
from tests.unit.intake.deliveries import read, signals_of

USUAL = AgreedKinds()
AT = 1764063000000
CHANGE = {"subscriptionType": "contact.propertyChange", "objectId": 7, "propertyName": "jobtitle", "occurredAt": AT}


def came_from_person(source: str, body: bytes | str, **agreed: dict[str, str]) -> list[bool]:
    """For each signal of a delivery whether it counts as something that the person did."""
    signals = signals_of(source, body, **agreed)
    return [USUAL.came_from_person(each.kind, each.from_person) for each in signals]


def changed(**given: Any) -> bytes:
    return json.dumps([{**CHANGE, "email": "a@example.com", "propertyValue": "x", "eventId": 1, **given}]).encode()


def mailed(type_: str, **given: Any) -> bytes:
    return json.dumps({**json.loads(recorded("hubspot-email.json"))[0], "type": type_, **given}).encode()


def reported(metric: str, about: str = "email") -> bytes:
    data = {"identifiers": {"email": "a@example.com"}, "customer_id": "7"}
    return json.dumps({"metric": metric, "object_type": about, "event_id": "e1", "data": data}).encode()


def audience(type_: str, **given: str) -> bytes:
    return urlencode({"type": type_, "data[email]": "a@example.com", "data[list_id]": "l1", **given}).encode()


def mautic(name: str, **given: Any) -> bytes:
    contact = {"id": 7, "fields": {"core": {"email": {"value": "a@example.com"}}}}
    return json.dumps({name: [{"contact": contact, "timestamp": "2026-11-25T09:28:00+00:00", **given}]}).encode()


def segment(**given: Any) -> bytes:
    about = {"messageId": "m1", "userId": "u1", "context": {"traits": {"email": "a@example.com"}}}
    return json.dumps({**about, **given}).encode()


def calendly(event: str, **payload: Any) -> bytes:
    invitee = {"email": "a@example.com", "name": "Ana Ruiz", "uri": "https://x/1", **payload}
    return json.dumps({"event": event, "created_at": "2026-11-25T09:28:00Z", "payload": invitee}).encode()


def standard(type_: str) -> bytes:
    return json.dumps({"type": type_, "data": {"email": "a@example.com"}}).encode()


def marketo(kind: str) -> bytes:
    return json.dumps({"kind": kind, "email": "a@example.com"}).encode()


@pytest.mark.parametrize(
    ("source", "body", "from_person"),
    [
        pytest.param("hubspot", changed(changeSource="IMPORT"), False, id="hubspot: an import"),
        pytest.param("hubspot", changed(changeSource="CRM_UI"), False, id="hubspot: a colleague"),
        pytest.param("hubspot", changed(changeSource="INTEGRATION"), False, id="hubspot: another program"),
        pytest.param("hubspot", changed(changeSource="AUTOMATION_PLATFORM"), False, id="hubspot: a workflow"),
        pytest.param("hubspot", changed(changeSource="HUBSPOT_INTERNAL"), False, id="hubspot: HubSpot itself"),
        pytest.param("hubspot", changed(changeSource="NEW_ONE"), False, id="hubspot: a source of which nobody knows"),
        pytest.param("hubspot", changed(), False, id="hubspot: a change without a source"),
        pytest.param("hubspot", changed(changeSource="FORM"), True, id="hubspot: a form of theirs"),
        pytest.param("hubspot", changed(changeSource="form"), True, id="hubspot: a form, in small letters"),
        pytest.param("hubspot", changed(changeSource="ANALYTICS"), True, id="hubspot: a visit"),
        pytest.param(
            "hubspot",
            changed(changeSource="IMPORT", subscriptionType="contact.creation", propertyName=None),
            False,
            id="hubspot: a contact of an import",
        ),
        pytest.param("hubspot", mailed("OPEN"), True, id="hubspot: opened"),
        pytest.param("hubspot", mailed("CLICK"), True, id="hubspot: clicked"),
        pytest.param("hubspot", mailed("CLICK", filteredEvent=True), False, id="hubspot: clicked by a scanner"),
        pytest.param("hubspot", mailed("BOUNCE"), False, id="hubspot: bounced"),
        pytest.param("hubspot", mailed("SPAMREPORT"), False, id="hubspot: called spam"),
        pytest.param("hubspot", mailed("SUPPRESSED"), False, id="hubspot: an event without a mapping"),
        pytest.param("hubspot", "hubspot-form.json", True, id="hubspot: a form submission"),
        pytest.param("customerio", reported("opened"), True, id="customerio: opened"),
        pytest.param("customerio", reported("clicked"), True, id="customerio: clicked"),
        pytest.param("customerio", reported("converted"), True, id="customerio: converted"),
        pytest.param("customerio", reported("subscribed", "customer"), True, id="customerio: subscribed"),
        pytest.param("customerio", reported("unsubscribed", "customer"), False, id="customerio: unsubscribed"),
        pytest.param("customerio", reported("bounced"), False, id="customerio: bounced"),
        pytest.param("customerio", reported("spammed"), False, id="customerio: called spam"),
        pytest.param("customerio", reported("suppressed"), False, id="customerio: suppressed"),
        pytest.param("customerio", reported("machine_opened"), False, id="customerio: opened by a machine"),
        pytest.param(
            "customerio",
            reported("cio_subscription_preferences_changed", "customer"),
            False,
            id="customerio: other preferences",
        ),
        pytest.param("mailchimp", audience("subscribe"), True, id="mailchimp: subscribed"),
        pytest.param("mailchimp", audience("unsubscribe"), False, id="mailchimp: unsubscribed"),
        pytest.param("mailchimp", audience("cleaned"), False, id="mailchimp: cleaned"),
        pytest.param("mailchimp", audience("profile"), False, id="mailchimp: a profile"),
        pytest.param(
            "mailchimp", audience("upemail", **{"data[new_email]": "b@example.com"}), False, id="mailchimp: upemail"
        ),
        pytest.param("mautic", mautic("mautic.lead_list_change"), False, id="mautic: a segment"),
        pytest.param("mautic", mautic("mautic.lead_post_save_new"), False, id="mautic: a new contact"),
        pytest.param("mautic", mautic("mautic.lead_post_save_update"), False, id="mautic: a changed contact"),
        pytest.param("mautic", mautic("mautic.sms_on_send"), False, id="mautic: an SMS to them"),
        pytest.param(
            "mautic",
            mautic("mautic.lead_channel_subscription_changed", channel="email", new_status="unsubscribed"),
            False,
            id="mautic: unsubscribed",
        ),
        pytest.param("mautic", mautic("mautic.email_on_open"), True, id="mautic: opened"),
        pytest.param("mautic", mautic("mautic.page_on_hit"), True, id="mautic: a page"),
        pytest.param("mautic", mautic("mautic.form_on_submit"), True, id="mautic: a form"),
        pytest.param("mautic", mautic("mautic.asset_on_load"), True, id="mautic: a download"),
        pytest.param("segment", segment(type="identify"), False, id="segment: identify"),
        pytest.param("segment", segment(type="page"), True, id="segment: page"),
        pytest.param("segment", segment(type="track", event="Signed Up"), True, id="segment: track"),
        pytest.param("segment", segment(type="track", event="Email Bounced"), False, id="segment: Email Bounced"),
        pytest.param("segment", segment(type="track", event="Email Delivered"), False, id="segment: Email Delivered"),
        pytest.param("segment", segment(type="track", event="Email Opened"), True, id="segment: Email Opened"),
        pytest.param("segment", segment(type="track", event="Push Notification Received"), False, id="segment: a push"),
        pytest.param("calendly", calendly("invitee.created"), True, id="calendly: booked"),
        pytest.param(
            "calendly",
            calendly("invitee.canceled", cancellation={"canceler_type": "invitee"}),
            True,
            id="calendly: canceled by them",
        ),
        pytest.param(
            "calendly",
            calendly("invitee.canceled", cancellation={"canceler_type": "host"}),
            False,
            id="calendly: canceled by us",
        ),
        pytest.param("calendly", calendly("invitee_no_show.created"), False, id="calendly: they did not come"),
        pytest.param("typeform", "typeform.json", True, id="typeform: answered"),
        pytest.param("marketo", marketo("Fill out form"), True, id="marketo: a form"),
        pytest.param("marketo", marketo("Email Bounced Soft"), False, id="marketo: bounced"),
        pytest.param("standard", standard("webinar_attended"), True, id="standard: a webinar"),
        pytest.param("standard", standard("contact.updated"), False, id="standard: a contact"),
        pytest.param("standard", standard("lead-enriched"), False, id="standard: an enrichment"),
        pytest.param("standard", standard("email.delivered"), False, id="standard: delivered"),
        pytest.param("standard", standard("email.clicked"), True, id="standard: clicked"),
    ],
)
def test_a_tools_signal_says_whether_it_came_from_the_person(source: str, body: bytes, from_person: bool) -> None:
    assert came_from_person(source, body) == [from_person]


@pytest.mark.parametrize(
    ("name", "speaker", "facts"),
    [
        ("mautic.lead_post_save_new", Speaker.ANYBODY, True),
        ("mautic.lead_post_save_update", Speaker.ANYBODY, True),
        ("mautic.lead_list_change", Speaker.ANYBODY, True),
        ("mautic.page_on_hit", Speaker.ANYBODY, True),
        ("mautic.form_on_submit", Speaker.ANYBODY, True),
        ("mautic.email_on_open", None, False),
        ("mautic.lead_channel_subscription_changed", None, False),
    ],
)
def test_a_record_of_mautic_is_anybodys_word_because_its_public_forms_write_into_it(
    name: str, speaker: Speaker | None, facts: bool
) -> None:
    core = {"email": {"value": "a@example.com"}, "phone": {"value": "+1 900 555 0100"}, "position": {"value": "Intern"}}
    staff = {"modifiedBy": 2, "modifiedByUser": "Maria Admin"}
    event = {"contact": {"id": 7, **staff, "fields": {"core": core}}, "timestamp": "2026-11-25T09:28:00+00:00"}
    [signal] = signals_of("mautic", json.dumps({name: [event]}).encode())
    assert (signal.email, signal.speaker) == ("a@example.com", speaker)
    assert ("phone" in signal.properties, "title" in signal.properties) == (facts, facts)


def test_an_event_that_the_agreement_maps_comes_from_whom_its_kind_comes() -> None:
    segments = {"mautic.lead_list_change": "webinar_attended"}
    assert came_from_person("mautic", mautic("mautic.lead_list_change"), events=segments) == [True]
    assert came_from_person("customerio", reported("suppressed"), events={"suppressed": "unsubscribed"}) == [False]


def test_hubspots_source_of_one_change_outranks_the_kind_that_the_agreement_maps_it_to() -> None:
    events = {"contact.propertyChange:jobtitle": "webinar_attended"}
    assert came_from_person("hubspot", changed(changeSource="IMPORT"), events=events) == [False]
    assert came_from_person("hubspot", changed(changeSource="FORM"), events=events) == [True]
    assert came_from_person("hubspot", changed(), events=events) == [True]


def test_one_form_of_hubspot_that_changes_four_properties_is_one_act() -> None:
    names = ("email", "firstname", "lastname", "jobtitle")
    events = [
        {**CHANGE, "propertyName": name, "propertyValue": "a@example.com", "eventId": n, "changeSource": "FORM"}
        for n, name in enumerate(names)
    ]
    created = {**CHANGE, "subscriptionType": "contact.creation", "eventId": 9, "changeSource": "FORM"}
    assert came_from_person("hubspot", json.dumps([created, *events]).encode()) == [True, *[False] * 4]
    apart = [{**event, "occurredAt": AT - n * 3_600_000} for n, event in enumerate(events)]
    assert came_from_person("hubspot", json.dumps(apart).encode()) == [True] * 4
    asks = {"contact.propertyChange:jobtitle": "demo_requested"}
    assert came_from_person("hubspot", json.dumps(events).encode(), events=asks) == [True, False, False, True]


def test_the_mark_of_a_signal_is_not_read_from_what_a_sender_may_write() -> None:
    body = json.dumps({"type": "contact_updated", "data": {"email": "a@example.com", "from_person": True}}).encode()
    [message] = read("standard", body).messages
    assert message.signal.from_person is None
