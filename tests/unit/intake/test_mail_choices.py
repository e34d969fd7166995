"""What each tool says of mails: who wants none, by whose word, and who wants them again."""

import json
import random
from typing import Any
from urllib.parse import urlencode

import pytest

from baton.domain.scoring.agreed_kinds import AgreedKinds
from baton.intake.names.consent_words import opts_out
from tests.senders import recorded
from tests.unit.intake.deliveries import signals_of

USUAL = AgreedKinds()
Choice = tuple[bool, str] | None
OUT, COMPLAINT, RECORD, AGAIN = (False, "person"), (False, "complaint"), (False, "record"), (True, "person")


def choices(source: str, body: bytes | str, **agreed: dict[str, str]) -> list[Choice]:
    """What each signal of a delivery says of mails, and by whose word."""
    signals = signals_of(source, body, **agreed)
    found = (USUAL.mail_choice(each.kind, each.mail_choice, anybody=each.anybody) for each in signals)
    return [(each.wanted, each.cause) if each else None for each in found]


def mautic(channel: str | None, new: str, old: str = "contactable") -> bytes:
    contact = {"id": 7, "fields": {"core": {"email": {"value": "a@example.com"}}}}
    about = {"contact": contact, "channel": channel, "old_status": old, "new_status": new}
    return json.dumps({"mautic.lead_channel_subscription_changed": [about]}).encode()


def mautic_contact(*reasons: tuple[str, object]) -> bytes:
    said = [{"id": 1, "channel": channel, "reason": reason, "comments": ""} for channel, reason in reasons]
    contact = {"id": 7, "fields": {"core": {"email": {"value": "a@example.com"}}}, "doNotContact": said}
    return json.dumps({"mautic.lead_post_save_update": [{"contact": contact}]}).encode()


def audience(type_: str, **given: str) -> bytes:
    data = {f"data[{name}]": value for name, value in given.items()}
    return urlencode({"type": type_, "data[email]": "a@example.com", "data[list_id]": "l1", **data}).encode()


def reported(metric: str, about: str = "email") -> bytes:
    data = {"identifiers": {"email": "a@example.com"}, "customer_id": "7"}
    return json.dumps({"metric": metric, "object_type": about, "event_id": "e1", "data": data}).encode()


def changed(value: object, source: str = "CRM_UI", name: str = "hs_email_optout") -> bytes:
    about = {"subscriptionType": "contact.propertyChange", "objectId": 7, "occurredAt": 1764063000000, "eventId": 1}
    about |= {"email": "a@example.com", "propertyName": name, "propertyValue": value, "changeSource": source}
    return json.dumps([about]).encode()


def mailed(type_: str, **given: Any) -> bytes:
    return json.dumps({**json.loads(recorded("hubspot-email.json"))[0], "type": type_, **given}).encode()


def workflow(value: object) -> bytes:
    contact = {"email": {"value": "a@example.com"}, "hs_email_optout": {"value": value}, "hs_score": {"value": "9"}}
    return json.dumps({"vid": 7, "properties": contact}).encode()


def traits(**given: Any) -> bytes:
    about = {"type": "identify", "messageId": "m1", "userId": "u1", "traits": {"email": "a@example.com", **given}}
    return json.dumps(about).encode()


def track(event: str, **properties: Any) -> bytes:
    about = {"type": "track", "event": event, "messageId": "m1", "userId": "u1", "properties": properties}
    return json.dumps({**about, "context": {"traits": {"email": "a@example.com"}}}).encode()


def standard(type_: str = "contact_updated", **data: Any) -> bytes:
    return json.dumps({"type": type_, "data": {"email": "a@example.com", **data}}).encode()


def marketo(kind: str = "Change Data Value", **data: Any) -> bytes:
    return json.dumps({"kind": kind, "email": "a@example.com", **data}).encode()


@pytest.mark.parametrize(
    ("source", "body", "choice"),
    [
        pytest.param("mautic", mautic("email", "unsubscribed"), OUT, id="mautic: they left"),
        pytest.param("mautic", mautic("sms", "unsubscribed"), None, id="mautic: no text messages"),
        pytest.param("mautic", mautic("email", "bounced"), None, id="mautic: a bounce"),
        pytest.param("mautic", mautic("email", "manual"), None, id="mautic: a colleague's tick"),
        pytest.param("mautic", mautic("email", "contactable", "unsubscribed"), AGAIN, id="mautic: they came back"),
        pytest.param("mautic", mautic("email", "contactable", "manual"), None, id="mautic: a colleague takes it back"),
        pytest.param("mautic", mautic("sms", "contactable", "unsubscribed"), None, id="mautic: text messages again"),
        pytest.param("mautic", mautic_contact(("email", 1)), RECORD, id="mautic: doNotContact, unsubscribed"),
        pytest.param("mautic", mautic_contact(("email", "1")), RECORD, id="mautic: doNotContact, as text"),
        pytest.param("mautic", mautic_contact(("email", 2)), None, id="mautic: doNotContact, bounced"),
        pytest.param("mautic", mautic_contact(("email", 3)), None, id="mautic: doNotContact, a colleague's tick"),
        pytest.param("mautic", mautic_contact(("sms", 1)), None, id="mautic: doNotContact, text messages"),
        pytest.param("mautic", mautic_contact(("sms", 1), ("email", 1)), RECORD, id="mautic: doNotContact, both"),
        pytest.param("mailchimp", audience("unsubscribe", action="unsub", reason="manual"), OUT, id="mailchimp: left"),
        pytest.param("mailchimp", audience("unsubscribe", reason="abuse"), COMPLAINT, id="mailchimp: called spam"),
        pytest.param("mailchimp", audience("unsubscribe", action="delete"), None, id="mailchimp: deleted"),
        pytest.param("mailchimp", audience("cleaned", reason="abuse"), COMPLAINT, id="mailchimp: cleaned for abuse"),
        pytest.param("mailchimp", audience("cleaned", reason="hard"), None, id="mailchimp: cleaned for a bounce"),
        pytest.param("mailchimp", audience("subscribe"), AGAIN, id="mailchimp: subscribed"),
        pytest.param("mailchimp", audience("profile"), None, id="mailchimp: a profile"),
        pytest.param("customerio", reported("unsubscribed", "customer"), OUT, id="customerio: left"),
        pytest.param("customerio", reported("unsubscribed", "email"), OUT, id="customerio: left by a mail"),
        pytest.param("customerio", reported("unsubscribed", "sms"), None, id="customerio: no text messages"),
        pytest.param("customerio", reported("subscribed", "sms"), None, id="customerio: text messages"),
        pytest.param("customerio", reported("subscribed", "customer"), AGAIN, id="customerio: subscribed"),
        pytest.param("customerio", reported("spammed"), COMPLAINT, id="customerio: called spam"),
        pytest.param("customerio", reported("bounced"), None, id="customerio: bounced"),
        pytest.param("customerio", reported("suppressed"), None, id="customerio: suppressed"),
        pytest.param("hubspot", changed("true"), RECORD, id="hubspot: hs_email_optout"),
        pytest.param("hubspot", changed("true", "IMPORT"), RECORD, id="hubspot: hs_email_optout of an import"),
        pytest.param("hubspot", changed("false", "CRM_UI"), None, id="hubspot: a colleague takes it back"),
        pytest.param("hubspot", changed("false", "FORM"), AGAIN, id="hubspot: the contact takes it back"),
        pytest.param("hubspot", changed("", "FORM"), None, id="hubspot: an empty hs_email_optout"),
        pytest.param("hubspot", changed("true", name="hs_email_optout_4711"), None, id="hubspot: one kind of mails"),
        pytest.param("hubspot", workflow("true"), RECORD, id="hubspot: a workflow's contact"),
        pytest.param("hubspot", workflow("false"), None, id="hubspot: a workflow's contact who wants mails"),
        pytest.param("hubspot", mailed("SPAMREPORT"), COMPLAINT, id="hubspot: called spam"),
        pytest.param("hubspot", mailed("UNSUBSCRIBE"), OUT, id="hubspot: left"),
        pytest.param("hubspot", mailed("BOUNCE"), None, id="hubspot: bounced"),
        pytest.param(
            "hubspot", mailed("STATUSCHANGE", portalSubscriptionStatus="UNSUBSCRIBED"), OUT, id="hubspot: a status"
        ),
        pytest.param(
            "hubspot",
            mailed("STATUSCHANGE", portalSubscriptionStatus="UNSUBSCRIBED", source="SOURCE_HUBSPOT_CUSTOMER"),
            None,
            id="hubspot: a status that a colleague set",
        ),
        pytest.param(
            "hubspot",
            mailed("STATUSCHANGE", portalSubscriptionStatus="UNSUBSCRIBED", source="SOURCE_NON_DELIVERY_REPORT"),
            None,
            id="hubspot: a status after a bounce",
        ),
        pytest.param(
            "hubspot",
            mailed("STATUSCHANGE", portalSubscriptionStatus="SUBSCRIBED", source="SOURCE_RECIPIENT"),
            AGAIN,
            id="hubspot: subscribed",
        ),
        pytest.param("segment", track("Unsubscribed"), OUT, id="segment: Unsubscribed"),
        pytest.param("segment", track("Email Marked as Spam"), COMPLAINT, id="segment: Email Marked as Spam"),
        pytest.param("segment", track("Email Bounced"), None, id="segment: Email Bounced"),
        pytest.param("segment", track("Subscribed"), None, id="segment: a page's script says so"),
        pytest.param("segment", traits(unsubscribed=True), RECORD, id="segment: a trait"),
        pytest.param("segment", traits(unsubscribed=False), None, id="segment: a trait that says no"),
        pytest.param("segment", track("Page Left", unsubscribed=True), None, id="segment: an event's own property"),
        pytest.param("marketo", marketo(unsubscribed="1"), RECORD, id="marketo: a field"),
        pytest.param("marketo", marketo(unsubscribed="0"), None, id="marketo: a field that says no"),
        pytest.param("marketo", marketo("Unsubscribe Email"), OUT, id="marketo: left"),
        pytest.param("standard", standard(HasOptedOutOfEmail=True), RECORD, id="standard: a field"),
        pytest.param("standard", standard(doNotContact="yes"), RECORD, id="standard: doNotContact"),
        pytest.param("standard", standard(opt_out="perhaps"), None, id="standard: a field that is not clear"),
        pytest.param("standard", standard("unsubscribed"), OUT, id="standard: left"),
        pytest.param("standard", standard("subscription_confirmed"), AGAIN, id="standard: confirmed"),
        pytest.param("typeform", "typeform.json", None, id="typeform: answers"),
    ],
)
def test_a_tools_signal_says_who_wants_mails(source: str, body: bytes, choice: Choice) -> None:
    assert choices(source, body) == [choice]


@pytest.mark.parametrize(
    ("source", "body", "form"),
    [
        pytest.param("typeform", "typeform.json", "form_response", id="typeform"),
        pytest.param("hubspot", "hubspot-form.json", "form_submission", id="hubspot"),
    ],
)
def test_a_public_form_of_a_tool_brings_no_mails_back(source: str, body: str, form: str) -> None:
    assert choices(source, body, events={form: "subscribed"}) == [None]
    assert choices(source, body, events={form: "unsubscribed"}) == [OUT]


def test_an_agreement_maps_a_field_of_its_own_to_an_opt_out() -> None:
    assert choices("standard", standard(Werbung_aus="ja"), fields={"werbung aus": "opt_out"}) == [RECORD]


@pytest.mark.parametrize(
    ("written", "out"),
    [
        *((each, True) for each in (True, 1, "1", "true", "TRUE", " Yes ", "y", "x", "Ja", "oui", "Sí", "Opted Out")),
        *((each, True) for each in ("2026-11-02 10:00:00", "02.11.2026", "11/02/2026 14:33", "1764063000")),
        *((each, False) for each in (False, 0, "0", "false", "No", "n", "nein", "Non", "Opted In", "Subscribed")),
        *((each, False) for each in ("", "maybe", "n/a", "2", "pending", "-", "cleaned", None, "20")),
    ],
)
def test_an_opt_out_is_read_as_tools_write_it(written: object, out: bool) -> None:
    assert opts_out(written) is out


def test_ten_thousand_texts_for_an_opt_out_are_read_or_left() -> None:
    chance = random.Random(4)
    pieces = [
        "yes",
        "no",
        "1",
        "0",
        " ",
        "opt",
        "-",
        "out",
        "in",
        "\u202a",
        "２",
        "é",
        "2026",
        ".",
        "/",
        "true",
        "\x00",
    ]
    for _ in range(10_000):
        text = "".join(chance.choices(pieces, k=chance.randint(0, 6)))
        assert opts_out("yes" if opts_out(text) else "no") is opts_out(text)
