"""Deliveries of each marketing tool, read as signals of Baton."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from baton.domain.leads.stage_and_status import Channel
from baton.intake.webhooks.delivery_reader import read_delivery
from baton.intake.webhooks.parsing.tool_names import ToolNames
from tests.senders import SAMPLES, recorded
from tests.unit.effort import cpu_seconds
from tests.unit.intake.deliveries import NOW, delivery, read, signals_of
from tests.unit.intake.sent_forms import PEPPER


def standard(**data: Any) -> bytes:
    return json.dumps({"type": data.pop("type", "page_visited"), "data": {"email": "a@example.com", **data}}).encode()


# --- any sender ---


def test_the_time_to_read_a_text_of_combining_marks_grows_with_its_length_and_not_with_its_square() -> None:
    """Marks upon marks are put in their order, which takes the square of their number: of four times as many, 16."""

    def body(number: int) -> bytes:
        data = {"email": "a@example.com", "message": "a" + "\u0301\u0316" * number}
        return json.dumps({"type": "note", "data": data}, ensure_ascii=False).encode()

    [signal] = signals_of("standard", body(62_000))
    assert signal.message
    assert cpu_seconds(lambda: signals_of("standard", body(62_000))) < 6 * cpu_seconds(
        lambda: signals_of("standard", body(15_500))
    )


# --- standard ---


def test_a_standard_webhook_is_one_signal() -> None:
    [signal] = signals_of("standard", "standard.json")
    assert (signal.kind, signal.email, signal.source) == ("webinar_attended", "priya.raman@example.co.uk", "webinars")
    assert (signal.content, signal.profile.title, signal.company.name) == (
        "scoring-webinar",
        "Head of Operations",
        "Raman Logistics Ltd",
    )
    assert signal.properties["minutes"] == 47
    assert signal.occurred_at == datetime(2026, 11, 25, 9, 28, 11, tzinfo=UTC)


def test_the_repeat_key_of_a_standard_webhook_is_the_id_of_its_sender() -> None:
    [first], [again] = (read("standard", body).messages for body in (standard(), standard(kind="x")))
    assert first.key == again.key
    assert first.sender == "webhooks:standard"


def test_a_standard_webhook_may_have_all_fields_of_a_signal() -> None:
    [signal] = signals_of("standard", standard(channel="outbound", campaign="autumn", at=1764063000, content="guide"))
    assert (signal.channel, signal.campaign, signal.content) == (Channel.OUTBOUND, "autumn", "guide")
    assert signal.occurred_at == datetime(2025, 11, 25, 9, 30, tzinfo=UTC)


def test_names_in_the_agreement_outrank_the_usual_names() -> None:
    agreed = {"events": {"Lead: Hot!": "demo_requested"}, "fields": {"Role": "authority", "Job": "title"}}
    [signal] = signals_of("standard", standard(type="lead hot", Role="decides", Job="CTO"), **agreed)
    assert (signal.kind, signal.bant, signal.profile.title) == ("demo_requested", {"authority": "decides"}, "CTO")


def test_events_and_fields_mapped_to_ignore_are_left_out() -> None:
    assert signals_of("standard", standard(), events={"page_visited": "ignore"}) == []
    [signal] = signals_of("standard", standard(phone="?", title="x"), fields={"phone": "ignore"})
    assert (signal.message, signal.profile.phone) == (None, None)


def test_a_value_that_does_not_fit_its_fact_is_kept_in_the_message() -> None:
    """A phone number that is none stops nobody who asks for a person."""
    much = {f"p{number}": number for number in range(60)}
    [signal] = signals_of(
        "standard", standard(phone="call my office", note="x" * 600, properties=much, comment="Hello\0")
    )
    assert signal.profile.phone is None
    assert signal.message
    assert signal.message.startswith("Hello \nphone: call my office\nnote: xxx")
    assert len(signal.properties) <= 50
    assert "p59: 59" in signal.message


@pytest.mark.parametrize("typed", ["n/a", "-", " ", "\u200b"], ids=ascii)
def test_an_answer_that_says_nothing_is_not_kept_in_the_message(typed: str) -> None:
    [signal] = signals_of("standard", standard(phone=typed, country=typed, title=typed, comment="Hello"))
    assert (signal.profile.phone, signal.profile.country, signal.message) == (None, None, "Hello")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"{}", b'{"type": "x"}', b'{"type": "x", "data": []}', b'{"type": 1, "data": {}}', b"\xff\xfe"],
)
def test_a_body_that_is_no_standard_webhook_is_not_understood(body: bytes) -> None:
    assert read("standard", body).messages == []
    assert read("standard", body).why


@pytest.mark.parametrize("fault", [{"email": "?"}, {"email": None}, {"channel": "sideways"}, {"source": "A B"}])
def test_a_standard_webhook_with_a_wrong_field_is_not_understood_and_not_quoted(fault: dict[str, Any]) -> None:
    was = read("standard", standard(**fault))
    assert not was.messages
    assert next(iter(fault)) in was.why[0]
    assert "sideways" not in was.why[0]


def test_a_time_of_a_sender_that_lies_ahead_is_taken_as_now() -> None:
    [signal] = signals_of("standard", standard(at=(NOW + timedelta(days=1)).isoformat()))
    assert signal.occurred_at is None


def test_a_delivery_that_is_read_later_is_dated_at_its_arrival() -> None:
    later = read_delivery(delivery("standard", standard()), ToolNames(), PEPPER, NOW + timedelta(days=2))
    assert later.messages[0].signal.occurred_at == NOW


# --- hubspot ---


def test_the_address_in_one_hubspot_event_counts_for_all_events_of_that_contact() -> None:
    address, title, created = signals_of("hubspot", "hubspot.json")
    assert address.email == title.email == created.email == "luis.ortega@example.org"
    assert (title.kind, title.profile.title, title.source) == ("contact_updated", "Plant Manager", "hubspot")
    assert title.occurred_at == datetime(2026, 11, 25, 9, 28, 31, 490000, tzinfo=UTC)


def test_a_hubspot_event_without_a_known_address_waits_and_stops_no_other_event() -> None:
    events = json.loads(recorded("hubspot.json"))
    events += [{**events[1], "objectId": 5}, {**events[1], "subscriptionType": "deal.creation"}]
    was = read("hubspot", json.dumps(events).encode())
    assert len(was.messages) == 3
    assert len(was.why) == len(was.waiting) == 1
    ignoring = {"deal.creation": "ignore", "contact.propertyChange:jobtitle": "ignore"}
    assert len(signals_of("hubspot", json.dumps(events).encode(), events=ignoring)) == 2


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ("ticket.creation", "the subscription ticket.creation"),
        ("anna@example.com", "this subscription"),
    ],
)
def test_an_unknown_hubspot_subscription_is_named_unless_possibly_personal(sent: str, named: str) -> None:
    events = [{"subscriptionType": sent, "objectId": 1, "eventId": 1}]
    [why] = read("hubspot", json.dumps(events).encode()).why
    assert why == f"{named} is not known; map it in the agreement, or to `ignore`"


def test_a_retry_of_hubspot_is_the_same_message() -> None:
    events = json.loads(recorded("hubspot.json"))
    again = [{**event, "attemptNumber": 3} for event in events]
    first, second = (read("hubspot", json.dumps(each).encode()).messages for each in (events, again))
    assert [message.key for message in first] == [message.key for message in second]
    assert len({message.key for message in first}) == 3


def test_a_hubspot_email_event_is_read() -> None:
    [signal] = signals_of("hubspot", "hubspot-email.json", content={"https://www.example.com/case-study": "case-study"})
    assert (signal.kind, signal.email, signal.content) == ("email_clicked", "luis.ortega@example.org", "case-study")
    [left] = signals_of("hubspot", recorded("hubspot-email.json").replace(b"CLICK", b"SPAMREPORT"))
    assert left.kind == "unsubscribed"
    assert signals_of("hubspot", recorded("hubspot-email.json").replace(b"CLICK", b"DELIVERED")) == []


def test_a_hubspot_workflow_is_read_as_a_form_with_the_facts_of_the_contact() -> None:
    agreed = {"events": {"Request a consultation": "consultation_requested"}}
    [signal] = signals_of("hubspot", "hubspot-workflow.json", **agreed)
    assert (signal.kind, signal.profile.first_name, signal.company.employees) == (
        "consultation_requested",
        "Luis",
        240,
    )
    assert "hs_analytics_source" not in signal.properties
    assert signal.properties["how_can_we_help"] == "We lose every fifth request."


def test_a_hubspot_form_submission_is_read() -> None:
    [signal] = signals_of("hubspot", "hubspot-form.json")
    assert (signal.kind, signal.email, signal.bant) == (
        "form_submitted",
        "luis.ortega@example.org",
        {"budget": "40000"},
    )


@pytest.mark.parametrize("body", [b"[]", b"[1]", b'"x"', b"{}", b'[{"subscriptionType": null}]'])
def test_a_body_that_is_no_hubspot_delivery_is_not_understood(body: bytes) -> None:
    assert read("hubspot", body).why


# --- typeform ---

TALK = {"events": {"talk-to-us": "consultation_requested"}, "fields": {"job": "title", "team size": "employees"}}


def test_typeform_answers_are_mapped_by_reference_and_by_question() -> None:
    fields = {**TALK["fields"], "when": "timeline", "What is your first name?": "first_name"}
    [signal] = signals_of("typeform", "typeform.json", events=TALK["events"], fields=fields)
    assert (signal.kind, signal.email, signal.campaign) == (
        "consultation_requested",
        "nora.lind@example.net",
        "autumn-2026",
    )
    assert (signal.profile.first_name, signal.profile.title, signal.company.employees) == ("Nora", "COO", 180)
    assert signal.bant == {"timeline": "This quarter"}
    assert signal.message == "What would you like to talk about?: How fast can two teams\nbe live?"
    assert (signal.properties["utm_source"], signal.properties["form"]) == ("newsletter", "Talk to us")


def test_an_unmapped_typeform_is_read_as_form_submitted() -> None:
    [signal] = signals_of("typeform", "typeform.json")
    assert (signal.kind, signal.email) == ("form_submitted", "nora.lind@example.net")
    assert signal.properties["job"] == "COO"


def test_a_repeated_typeform_response_is_recognised_by_its_token() -> None:
    body = recorded("typeform.json")
    for other in (body, body.replace(b"01JDHQ6V3N8D5J7T0W2Y4Z6B8C", b"another-event")):
        assert read("typeform", other).messages[0].message_id == "a3a12ec67a1365927098a606107fac15"
    assert (
        signals_of("typeform", body.replace(b'"event_type": "form_response"', b'"event_type": "form_response_partial"'))
        == []
    )


# --- calendly ---


def test_a_booked_calendly_meeting_is_read_as_meeting_booked() -> None:
    [signal] = signals_of("calendly", "calendly.json")
    assert (signal.kind, signal.email, signal.campaign) == ("meeting_booked", "marta.vega@example.com", "autumn-2026")
    assert (signal.profile.first_name, signal.profile.last_name, signal.company.name) == ("Marta", "Vega", "Vega Foods")
    assert signal.message
    assert "We want to see how returns work." in signal.message
    assert signal.properties["meeting_starts_at"] == "2026-12-01T10:00:00.000000Z"


def test_a_canceled_calendly_meeting_is_read_and_is_no_repeat_of_the_booking() -> None:
    [signal] = signals_of("calendly", "calendly-canceled.json", events={"30 minutes with sales": "demo_requested"})
    assert (signal.kind, signal.message) == (
        "meeting_canceled",
        "Why it was called off: Something came up, will book again.",
    )
    booked, off = (read("calendly", name).messages[0] for name in ("calendly.json", "calendly-canceled.json"))
    assert booked.key != off.key


def test_a_calendly_meeting_type_may_be_mapped_to_another_kind_or_to_ignore() -> None:
    agreed = {"30 minutes with sales": "demo_requested"}
    assert signals_of("calendly", "calendly.json", events=agreed)[0].kind == "demo_requested"
    for name in ("calendly.json", "calendly-canceled.json"):
        assert signals_of("calendly", name, events={"30 minutes with sales": "ignore"}) == []


# --- segment and customer.io ---


def test_the_properties_of_a_segment_track_event_are_no_facts_of_the_person() -> None:
    [signal] = signals_of("segment", "segment.json")
    assert (signal.kind, signal.email, signal.campaign) == ("demo_requested", "tom.becker@example.org", "autumn-2026")
    assert signal.profile.title is None
    assert signal.properties == {"event.title": "Prices", "plan": "team", "seats": 40}
    [agreed] = signals_of("segment", "segment.json", fields={"seats": "employees"})
    assert agreed.company.employees == 40


def test_a_segment_identify_event_sets_facts_of_the_person() -> None:
    [signal] = signals_of("segment", "segment-identify.json")
    assert (signal.kind, signal.profile.first_name, signal.profile.title) == ("identified", "Tom", "Head of Production")
    assert (signal.company.name, signal.company.employees, signal.profile.country) == (
        "Becker Presswerk GmbH",
        420,
        "DE",
    )
    assert signal.profile.region == "Nordrhein-Westfalen"


def test_the_content_of_a_segment_page_is_the_mapped_content_or_the_end_of_its_path() -> None:
    [signal] = signals_of("segment", "segment-page.json")
    assert (signal.kind, signal.content) == ("page_visited", "pricing")
    [agreed] = signals_of("segment", "segment-page.json", content={"/pricing": "price-list"})
    assert agreed.content == "price-list"


def test_a_segment_event_without_a_known_address_has_no_signal() -> None:
    nobody = recorded("segment-page.json").replace(b"tom.becker@example.org", b"")
    assert signals_of("segment", nobody) == []
    [known] = signals_of("segment", nobody.replace(b'"userId": "u-4711"', b'"userId": "tom@example.org"'))
    assert known.email == "tom@example.org"


def test_a_segment_batch_is_read_event_by_event() -> None:
    two = recorded("segment.json") + b", " + recorded("segment-page.json")
    assert (
        len(signals_of("segment", b"[" + two + b"]")) == len(signals_of("segment", b'{"batch": [' + two + b"]}")) == 2
    )


def test_a_customerio_delivery_is_read() -> None:
    [signal] = signals_of("customerio", "customerio.json")
    assert (signal.kind, signal.email) == ("email_clicked", "ines.costa@example.com")
    assert read("customerio", "customerio.json").messages[0].message_id == "01E4C4CT6YDC7Y5M7FE1GWWPQJ"
    [left] = signals_of("customerio", recorded("customerio.json").replace(b"clicked", b"unsubscribed"))
    assert left.kind == "unsubscribed"
    assert signals_of("customerio", recorded("customerio.json").replace(b"clicked", b"delivered")) == []
    [attended] = signals_of("customerio", "customerio-pipeline.json")
    assert (attended.kind, attended.properties) == ("webinar_attended", {"minutes": 51})


def test_a_segment_event_without_an_address_is_matched_by_a_known_user_or_visitor_id() -> None:
    """As a user, if the sender says so, else as a visitor; both are remembered of whoever says who they are."""
    known = {"user:u-4711": "tom@example.org", "visitor:23adfd82-aa0f-45a7-a756-24f2a7a4c895": "ann@example.org"}
    nobody = recorded("segment-page.json").replace(b"tom.becker@example.org", b"")
    [of_user] = read("segment", nobody, known.get).messages
    [of_visitor] = read("segment", nobody.replace(b'"u-4711"', b"null"), known.get).messages
    assert (of_user.signal.email, of_visitor.signal.email) == ("tom@example.org", "ann@example.org")
    was = read("segment", "segment-identify.json")
    assert was.ids == {(was.messages[0].lead_id, id_) for id_ in known}
    assert read("segment", nobody.replace(b'"u-4711"', b'"u-1"'), known.get).messages == []


# --- mailchimp, marketo, mautic ---


def test_a_mailchimp_subscription_is_read() -> None:
    [signal] = signals_of("mailchimp", "mailchimp.urlencoded", fields={"MMERGE3": "title", "MMERGE4": "company"})
    assert (signal.kind, signal.email) == ("subscribed", "jonas.berg@example.com")
    assert (signal.profile.first_name, signal.profile.title, signal.company.name) == (
        "Jonas",
        "Production Manager",
        "Berg Metall",
    )
    assert signal.occurred_at == datetime(2026, 11, 25, 9, 26, 35, tzinfo=UTC)
    assert signal.properties["interests"] == "Scoring, Routing"
    left = recorded("mailchimp.urlencoded").replace(b"type=subscribe", b"type=unsubscribe")
    assert signals_of("mailchimp", left)[0].kind == "unsubscribed"
    assert signals_of("mailchimp", left.replace(b"type=unsubscribe", b"type=campaign")) == []


def test_a_marketo_delivery_is_read_from_its_template() -> None:
    [signal] = signals_of("marketo", "marketo.json")
    assert (signal.kind, signal.email, signal.company.employees) == (
        "webinar_attended",
        "lucia.romano@example.it",
        310,
    )
    assert (signal.profile.phone, signal.message) == (None, None)
    assert read("marketo", "marketo.json").messages[0].message_id == "webinar-2026-11-25-80211"
    [form] = signals_of("marketo", "marketo.urlencoded")
    assert (form.kind, form.message, form.properties["form_name"]) == (
        "form_filled",
        "Please send prices.",
        "Contact us",
    )


def test_a_mautic_delivery_is_read_as_several_signals_without_unknown_visitors() -> None:
    form, page = signals_of("mautic", "mautic.json")
    assert (form.kind, form.email, form.bant) == ("form_submitted", "petr.novak@example.cz", {"budget": "25000"})
    assert (form.profile.first_name, form.profile.title, form.company.name) == (
        "Petr",
        "Plant manager",
        "Novak Strojirny",
    )
    assert (page.kind, page.content, page.email) == ("page_visited", "price-list", "petr.novak@example.cz")
    [mapped, _] = signals_of("mautic", "mautic.json", events={"Whitepaper download": "content_downloaded"})
    assert mapped.kind == "content_downloaded"


# --- all of them ---


@pytest.mark.parametrize("source", SAMPLES)
def test_a_malformed_body_is_not_understood_by_any_sender(source: str) -> None:
    for body in (
        b"",
        b"null",
        b"[]",
        b"{}",
        b"1",
        b'"x"',
        b"\xff",
        b"[" * 100_000,
        b"{" * 9,
        b"=",
        b"%",
        b"a=b&" * 900,
    ):
        was = read(source, body)
        assert was.messages == []
        assert "failed with" not in "".join(was.why)
        assert was.why


@pytest.mark.parametrize("source", SAMPLES)
def test_only_the_module_of_the_requested_sender_is_imported(source: str) -> None:
    code = (
        "import sys; from baton.intake.webhooks import delivery_reader; "
        f"before = set(sys.modules); delivery_reader.sender({source!r}); "
        "print(sorted(m.rpartition('.')[2] for m in set(sys.modules) - before if 'webhooks' in m))"
    )
    came = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert source in came
    assert not [other for other in SAMPLES if other != source and f"'{other}'" in came]
