"""Reading a batch of signals: the message of each signal, or its faults."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from baton.domain.identity.lead_ids import lead_id_of, reference_of
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.leads.stage_and_status import Channel
from baton.intake.fields.json_documents import DocumentFaults
from baton.intake.signals.batch_reader import MAX_BATCH_BYTES, MAX_SIGNALS_IN_BATCH, read_signals
from tests.unit.given import NOW
from tests.unit.intake.sent_forms import EMAIL, PEPPER
from tests.unit.intake.sent_signals import faults, faults_of, message_of, read, signal

EVENTS = Path(__file__).parents[3] / "events"


def at(moment: datetime) -> str:
    return moment.isoformat()


# --- what tools send ---


def test_a_sample_batch_of_signals_is_read() -> None:
    now = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    visited, attended, answered, broken = read_signals((EVENTS / "signals.json").read_bytes(), PEPPER, now)
    assert visited.message and attended.message and answered.message
    assert visited.message.signal.kind == "page_visited"
    assert visited.message.signal.content == "price-list"
    assert attended.message.lead_id == visited.message.lead_id
    assert attended.message.signal.occurred_at == datetime(2026, 11, 20, 14, tzinfo=UTC)
    assert answered.message.signal.bant == {"budget": 40000, "timeline": "this quarter"}
    assert answered.message.signal.company == Company(
        name="Raman Logistics Ltd", domain="example.co.uk", industry="logistics", employees=320
    )
    assert [fault.field for fault in broken.errors] == ["email"]


def test_a_signal_with_only_the_needed_fields_is_read() -> None:
    message = message_of()
    assert (message.lead_id, message.message_id) == (lead_id_of(EMAIL, PEPPER), "m-1")
    assert message.signal.model_dump(exclude_defaults=True) == {
        "email": EMAIL,
        "kind": "page_visited",
        "reference": reference_of(message.lead_id, "signals:m-1", PEPPER),
        "source": "signals",
        "company": {"domain": "example.com"},
        "speaker": "colleague",
    }


def test_signals_without_a_time_are_dated_in_the_order_of_the_list_up_to_now() -> None:
    told = [each.message for each in read(*(signal(message_id=f"m-{number}") for number in range(3)))]
    assert all(told)
    moments = [message.signal.occurred_at or NOW for message in told if message]
    assert moments == [NOW - timedelta(milliseconds=earlier) for earlier in (2, 1, 0)]


def test_a_signal_with_all_fields_is_read() -> None:
    content = {"id": "price-list", "title": "Price list", "topic": "pricing", "stage": "BOFU"}
    signal = message_of(
        at="2026-11-24T10:00:00+01:00", channel="Outbound", source="CRM", campaign="autumn", content=content
    ).signal
    assert signal.occurred_at == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert (signal.channel, signal.source, signal.campaign) == (Channel.OUTBOUND, "crm", "autumn")
    assert (signal.content, signal.content_title, signal.content_topic) == ("price-list", "Price list", "pricing")
    assert signal.content_stage == "bofu"


@pytest.mark.parametrize("kind", ["Page Visited", " page_visited ", "page/visited", "PAGE_VISITED"])
def test_a_signal_kind_is_recognised_in_any_spelling(kind: str) -> None:
    assert message_of(kind=kind).signal.kind == "page_visited"


def test_an_unknown_signal_kind_is_kept() -> None:
    assert message_of(kind="walked_the_dog").signal.kind == "walked_the_dog"


def test_the_reference_of_a_signal_follows_from_its_source_and_message_id() -> None:
    [first] = read(signal(at=at(NOW)))
    [again] = read_signals(json.dumps({"signals": [signal(kind="other")]}).encode(), PEPPER, NOW + timedelta(days=3))
    assert first.message and again.message
    assert first.message.signal.reference == again.message.signal.reference
    assert message_of(source="crm").signal.reference != message_of(source="web").signal.reference


def test_a_property_named_like_a_fact_sets_that_fact() -> None:
    said = {"first_name": "Anna", "phone": "+49 89 5550-1234", "country": "de", "company": "Acme GmbH"}
    numbers = {"employees": "120", "revenue": 5_000_000.0, "budget": 20000, "authority": "decides", "need": True}
    signal = message_of(properties={**said, **numbers, "plan": "gold"}).signal
    assert signal.profile == Profile(first_name="Anna", phone="+49 89 5550-1234", country="DE")
    assert signal.company == Company(name="Acme GmbH", domain="example.com", employees=120, revenue=5_000_000)
    assert signal.bant == {"budget": 20000, "authority": "decides", "need": True}
    assert signal.properties["plan"] == "gold"
    assert signal.properties["employees"] == 120


@pytest.mark.parametrize("sent", ["many", "50-11", -1, 1.5, "x" * 99], ids=str)
def test_a_size_that_cannot_be_read_refuses_nothing_and_stands_in_the_message(sent: object) -> None:
    signal = message_of(properties={"employees": sent, "revenue": "$1M-$10M"}).signal
    assert signal.company == Company(domain="example.com", revenue=1_000_000, revenue_written="$1M-$10M")
    assert signal.properties == {"revenue": "$1M-$10M"}
    assert signal.message == f"employees: {sent}"


def test_a_null_or_blank_field_of_a_signal_is_left_out() -> None:
    signal = message_of(
        at=None, channel=None, campaign=" ", content=None, properties={"plan": None, "title": ""}
    ).signal
    assert (signal.occurred_at, signal.campaign, signal.properties) == (None, None, {})


@pytest.mark.parametrize("minutes", [0.5, 10])
def test_a_time_up_to_ten_minutes_ahead_is_taken_as_now(minutes: float) -> None:
    assert message_of(at=at(NOW + timedelta(minutes=minutes))).signal.occurred_at == NOW


# --- what does not fit ---

ODD = [
    (signal(message_id=None), "message_id", "is needed"),
    (signal(message_id=""), "message_id", "is needed"),
    (signal(message_id=7), "message_id", "not text"),
    (signal(message_id="x" * 2048), "message_id", "longer than 200"),
    (signal(message_id="a b"), "message_id", "visible"),
    (signal(message_id="a\x00b"), "message_id", "visible"),
    (signal(message_id="a\ud800"), "message_id", "visible"),
    (signal(email="nobody"), "email", "not an address"),
    (signal(email=["a@example.com"]), "email", "not text"),
    (signal(kind=""), "kind", "is needed"),
    (signal(kind="9lives"), "kind", "is not a kind"),
    (signal(kind="k" * 61), "kind", "is not a kind"),
    (signal(kind={"is": "x"}), "kind", "not text"),
    (signal(at="yesterday"), "at", "is not a time"),
    (signal(at="2026-11-24T09:30:00"), "at", "zone"),
    (signal(at=1_795_512_600), "at", "is not a time"),
    (signal(at=at(NOW + timedelta(minutes=11))), "at", "in the future"),
    (signal(at="9999-12-31T23:59:59-23:59"), "at", "in the future"),
    (signal(at="0001-01-01T00:00:00+23:59"), "at", "ten years"),
    (signal(at=at(NOW - timedelta(days=3651))), "at", "ten years"),
    (signal(channel="sideways"), "channel", "neither inbound nor outbound"),
    (signal(source="our crm"), "source", "is not a source"),
    (signal(source="crm#1"), "source", "is not a source"),
    (signal(campaign="c" * 101), "campaign", "longer than 100"),
    (signal(content="price-list"), "content", "not an object"),
    (signal(content={}), "content.id", "is needed"),
    (signal(content={"id": "x" * 201}), "content.id", "longer than 200"),
    (signal(content={"id": "x", "stage": "top"}), "content.stage", "not one of tofu, mofu, bofu"),
    (signal(content={"id": "x", "url": "y"}), "content.url", "is not known"),
    (signal(properties=[1]), "properties", "not an object"),
    (signal(properties={str(n): n for n in range(1000)}), "properties", "1000 names; send at most 50"),
    (signal(properties={"a b": 1}), "properties.a b", "is not a name"),
    (signal(properties={"a": {"b": 1}}), "properties.a", "send one value"),
    (signal(properties={"a": "x" * 501}), "properties.a", "longer than 500"),
    (signal(properties={"a": "x\x07"}), "properties.a", "cannot be seen"),
    (signal(properties={"a": 10**16}), "properties.a", "not a number between"),
    (signal(properties={"employees": True}), "properties.employees", "neither a whole number nor a range"),
    (signal(properties={"title": 5}), "properties.title", "not text"),
    (signal(lead_id="x"), "lead_id", "is not known"),
    ("hello", "signal", "not an object"),
    (None, "signal", "not an object"),
]


@pytest.mark.parametrize(("sent", "field", "why"), ODD, ids=[f"{field}: {why}" for _, field, why in ODD])
def test_the_wrong_field_of_a_signal_is_named_with_the_reason(sent: Any, field: str, why: str) -> None:
    said = faults(sent)
    assert list(said) == [field]
    assert why in said[field]


def test_all_faults_of_a_signal_are_told_at_once() -> None:
    assert set(faults_of(email="x", kind="!", at="x", properties={"title": "x" * 151, "region": "x" * 101})) == {
        *("email", "kind", "at"),
        *("properties.title", "properties.region"),
    }


@pytest.mark.parametrize("number", ["1e999", "-1e999", "9" * 5000, "-" + "9" * 5000])
def test_a_huge_number_is_the_fault_of_its_signal_alone(number: str) -> None:
    body = json.dumps({"signals": [signal(properties={"a": 0}), signal(message_id="m-2")]}).replace("0}", f"{number}}}")
    odd, sound = read_signals(body.encode(), PEPPER, NOW)
    assert [fault.field for fault in odd.errors] == ["properties.a"]
    assert sound.message


def test_a_field_given_twice_is_a_fault_of_its_signal() -> None:
    body = json.dumps({"signals": [signal()]}).replace('{"message_id"', '{"email": "b@example.com", "message_id"')
    [odd] = read_signals(body.encode(), PEPPER, NOW)
    assert [(fault.field, fault.detail) for fault in odd.errors] == [("email", "is given more than once; send it once")]


def test_a_signal_with_a_thousand_unknown_fields_has_at_most_22_faults() -> None:
    assert len(faults_of(**{f"odd{n}": n for n in range(1000)})) <= 22


def test_a_long_message_id_is_shown_shortened() -> None:
    [odd] = read(signal(message_id="x\ud800" * 1000))
    assert odd.message_id == "x?" * 100


# --- what cannot be read at all ---


def refused(body: bytes) -> int:
    with pytest.raises(DocumentFaults) as refused:
        read_signals(body, PEPPER, NOW)
    return refused.value.status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"\xff", 400),
        (b'{"signals": [NaN]}', 400),
        (b'{"signals": ' + b"[" * 100_000, 400),
        (b"{}", 422),
        (b'{"signals": {}}', 422),
        (b'{"signals": []}', 422),
        (b'{"signals": [{}], "more": 1}', 422),
        (json.dumps({"signals": [{}] * (MAX_SIGNALS_IN_BATCH + 1)}).encode(), 422),
        (b" " * (MAX_BATCH_BYTES + 1), 413),
    ],
    ids=[
        "nothing",
        "a list",
        "no UTF-8",
        "NaN",
        "deep",
        "no signals",
        "no list",
        "empty",
        "more",
        "too many",
        "too long",
    ],
)
def test_a_body_that_is_no_list_of_signals_is_refused(body: bytes, status: int) -> None:
    assert refused(body) == status


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
nearly_signals = st.fixed_dictionaries(
    {},
    optional={
        name: json_values | st.just(sound)
        for name, sound in {
            **signal(at=at(NOW), source="crm", channel="inbound", campaign="x"),
            "content": {"id": "guide"},
            "properties": {"budget": 1},
        }.items()
    },
)


@given(st.lists(json_values | nearly_signals, min_size=1, max_size=MAX_SIGNALS_IN_BATCH))
@example([{"at": "0001-01-01T00:00:00+23:59"}])
def test_every_signal_of_a_batch_has_either_a_message_or_faults(sent: list[Any]) -> None:
    answers = read(*sent)
    assert len(answers) == len(sent)
    assert all((answer.message is None) == bool(answer.errors) for answer in answers)


@given(st.binary(max_size=300) | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_other_body_is_read_or_refused_with_a_reason(body: bytes) -> None:
    try:
        read_signals(body, PEPPER, NOW)
    except DocumentFaults as refused:
        assert refused.status in {400, 413, 422}
        assert refused.detail
