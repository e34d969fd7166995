"""What tools tell, in Baton's words."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from baton.domain.lead import Channel
from baton.intake.webhooks.names import Names
from baton.intake.webhooks.reading import read_delivery
from tests.senders import recorded
from tests.unit.intake.delivering import NOW, delivery, read, told
from tests.unit.intake.sending import PEPPER


def standard(**data: Any) -> bytes:
    return json.dumps({"type": data.pop("type", "page_visited"), "data": {"email": "a@example.com", **data}}).encode()


# --- standard ---


def test_a_standard_webhook_is_one_signal() -> None:
    [signal] = told("standard", "standard.json")
    assert (signal.kind, signal.email, signal.source) == ("webinar_attended", "priya.raman@example.co.uk", "webinars")
    assert (signal.content, signal.profile.title, signal.company.name) == (
        "scoring-webinar",
        "Head of Operations",
        "Raman Logistics Ltd",
    )
    assert signal.properties["minutes"] == 47
    assert signal.occurred_at == datetime(2026, 11, 25, 9, 28, 11, tzinfo=UTC)


def test_its_repeat_key_is_the_senders_id_whatever_else_changes_in_a_retry() -> None:
    [first], [again] = (read("standard", body).messages for body in (standard(), standard(kind="x")))
    assert first.key == again.key
    assert first.sender == "webhooks:standard"


def test_it_may_carry_whatever_a_signal_may() -> None:
    [signal] = told("standard", standard(channel="outbound", campaign="autumn", at=1764063000, content="guide"))
    assert (signal.channel, signal.campaign, signal.content) == (Channel.OUTBOUND, "autumn", "guide")
    assert signal.occurred_at == datetime(2025, 11, 25, 9, 30, tzinfo=UTC)


def test_what_is_agreed_of_names_goes_before_what_is_usual() -> None:
    agreed = {"events": {"Lead: Hot!": "demo_requested"}, "fields": {"Role": "authority", "Job": "title"}}
    [signal] = told("standard", standard(type="lead hot", Role="decides", Job="CTO"), **agreed)
    assert (signal.kind, signal.bant, signal.profile.title) == ("demo_requested", {"authority": "decides"}, "CTO")


def test_what_is_agreed_to_be_ignored_tells_nothing() -> None:
    assert told("standard", standard(), events={"page_visited": "ignore"}) == []
    [signal] = told("standard", standard(phone="?", title="x"), fields={"phone": "ignore"})
    assert (signal.message, signal.profile.phone) == (None, None)


def test_what_does_not_fit_its_place_is_kept_in_words() -> None:
    """A phone number that is none stops nobody who asks for a person."""
    much = {f"p{number}": number for number in range(60)}
    [signal] = told("standard", standard(phone="call my office", note="x" * 600, properties=much, comment="Hello\0"))
    assert signal.profile.phone is None
    assert signal.message
    assert signal.message.startswith("Hello \nphone: call my office\nnote: xxx")
    assert len(signal.properties) <= 50
    assert "p59: 59" in signal.message


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"{}", b'{"type": "x"}', b'{"type": "x", "data": []}', b'{"type": 1, "data": {}}', b"\xff\xfe"],
)
def test_what_is_no_standard_webhook_is_not_understood(body: bytes) -> None:
    assert read("standard", body).messages == []
    assert read("standard", body).why


@pytest.mark.parametrize("fault", [{"email": "?"}, {"email": None}, {"channel": "sideways"}, {"source": "A B"}])
def test_a_signal_that_is_not_sound_is_not_understood_and_quotes_nothing(fault: dict[str, Any]) -> None:
    was = read("standard", standard(**fault))
    assert not was.messages
    assert next(iter(fault)) in was.why[0]
    assert "sideways" not in was.why[0]


def test_a_senders_clock_that_is_ahead_is_taken_for_now() -> None:
    [signal] = told("standard", standard(at=(NOW + timedelta(days=1)).isoformat()))
    assert signal.occurred_at is None


def test_what_is_read_later_happened_when_it_arrived() -> None:
    later = read_delivery(delivery("standard", standard()), Names(), PEPPER, NOW + timedelta(days=2))
    assert later.messages[0].signal.occurred_at == NOW


# --- hubspot ---


def test_hubspot_says_in_one_part_of_a_batch_whose_contact_the_others_are_of() -> None:
    address, title, created = told("hubspot", "hubspot.json")
    assert address.email == title.email == created.email == "luis.ortega@example.org"
    assert (title.kind, title.profile.title, title.source) == ("contact_updated", "Plant Manager", "hubspot")
    assert title.occurred_at == datetime(2025, 11, 25, 9, 30, 11, 490000, tzinfo=UTC)


def test_a_part_of_hubspots_that_names_nobody_is_not_understood_and_stops_no_other() -> None:
    events = json.loads(recorded("hubspot.json"))
    events += [{**events[1], "objectId": 5}, {**events[1], "subscriptionType": "deal.creation"}]
    was = read("hubspot", json.dumps(events).encode())
    assert len(was.messages) == 3
    assert len(was.why) == 2
    ignoring = {"deal.creation": "ignore", "contact.propertyChange:jobtitle": "ignore"}
    assert len(told("hubspot", json.dumps(events).encode(), events=ignoring)) == 2


def test_hubspots_retry_is_the_same_message() -> None:
    events = json.loads(recorded("hubspot.json"))
    again = [{**event, "attemptNumber": 3} for event in events]
    first, second = (read("hubspot", json.dumps(each).encode()).messages for each in (events, again))
    assert [message.key for message in first] == [message.key for message in second]
    assert len({message.key for message in first}) == 3


def test_an_email_event_of_hubspots() -> None:
    [signal] = told("hubspot", "hubspot-email.json", content={"https://www.example.com/case-study": "case-study"})
    assert (signal.kind, signal.email, signal.content) == ("email_clicked", "luis.ortega@example.org", "case-study")
    [left] = told("hubspot", recorded("hubspot-email.json").replace(b"CLICK", b"SPAMREPORT"))
    assert left.kind == "unsubscribed"
    assert told("hubspot", recorded("hubspot-email.json").replace(b"CLICK", b"DELIVERED")) == []


def test_a_workflow_of_hubspots_tells_of_a_form_and_all_that_the_contact_is() -> None:
    agreed = {"events": {"Request a consultation": "consultation_requested"}}
    [signal] = told("hubspot", "hubspot-workflow.json", **agreed)
    assert (signal.kind, signal.profile.first_name, signal.company.employees) == (
        "consultation_requested",
        "Luis",
        240,
    )
    assert "hs_analytics_source" not in signal.properties
    assert signal.properties["how_can_we_help"] == "We lose every fifth request."


def test_a_form_submission_of_hubspots() -> None:
    [signal] = told("hubspot", "hubspot-form.json")
    assert (signal.kind, signal.email, signal.bant) == (
        "form_submitted",
        "luis.ortega@example.org",
        {"budget": "40000"},
    )


@pytest.mark.parametrize("body", [b"[]", b"[1]", b'"x"', b"{}", b'[{"subscriptionType": null}]'])
def test_what_is_nothing_of_hubspots_is_not_understood(body: bytes) -> None:
    assert read("hubspot", body).why
