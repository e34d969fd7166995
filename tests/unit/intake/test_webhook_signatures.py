"""Signatures of webhook deliveries: published examples are trusted, and any change of one byte is refused."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook

from baton.agreement.webhooks.webhook_sources import SOURCES
from baton.intake.webhooks.delivery_reader import verify
from baton.intake.webhooks.parsing.delivery import Delivery, Untrusted
from baton.intake.webhooks.parsing.webhook_signatures import mac
from tests.senders import SAMPLES, recorded, secret_of, sent
from tests.unit.examples import examples
from tests.unit.intake.deliveries import ADDRESS, NOW, delivery, secrets_of

PUBLISHED = json.loads((Path(__file__).parent / "webhook-vectors.json").read_text())["vectors"]
UNSIGNED = {"mailchimp", "marketo"}
"""They send a secret as it is, so that nothing ties it to what they send."""
TIMED = {"standard": 300, "hubspot": 300, "calendly": 180, "customerio": 300}
SIGNED = [source for source in SOURCES if source not in UNSIGNED]
SCHEMES = {"standard-webhooks": "standard", "hubspot-v3": "hubspot", "hubspot-v1": "hubspot"}


def published(vector: dict[str, Any]) -> tuple[Delivery, str]:
    """An example as it was delivered, as of its own time, and its secret."""
    headers = vector["headers"]
    seconds = int(headers.get("webhook-timestamp", 0)) or int(headers.get("x-hubspot-request-timestamp", 0)) / 1000
    now = datetime.fromtimestamp(seconds, UTC) if seconds else NOW
    body, url = vector["body"].encode(), vector.get("url", "")
    source = SCHEMES[vector["scheme"]]
    return Delivery(vector.get("method", "POST"), source, headers, {}, body, url, now), vector["secret"]


EXAMPLES = {vector["scheme"]: published(vector) for vector in PUBLISHED if "headers" in vector}
_STANDARD, _KEY = EXAMPLES["standard-webhooks"]
_BY_SVIX = {name.replace("webhook-", "svix-"): value for name, value in _STANDARD.headers.items()}
EXAMPLES["svix"] = replace(_STANDARD, headers=_BY_SVIX), _KEY
"""The same example with the names of headers that Svix itself uses."""
SENT = {source: (delivery(source, recorded(SAMPLES[source])), secret_of(source)) for source in SIGNED}
TRUSTED = {**EXAMPLES, **SENT}
"""Deliveries that are what they should be: the published examples, and one of each sender."""


def is_trusted(one: Delivery, *secrets: str) -> bool:
    try:
        verify(one, secrets)
    except Untrusted:
        return False
    return True


def other_bytes(text: bytes) -> Iterator[bytes]:
    """The text with one byte changed, at each place, once to its neighbour and once far off."""
    for place, byte in enumerate(text):
        for other in (byte ^ 1, byte ^ 0x40):
            yield text[:place] + bytes([other]) + text[place + 1 :]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_published_example_is_trusted_as_of_its_time(name: str) -> None:
    one, secret = EXAMPLES[name]
    verify(one, [secret])


def test_the_hmac_equals_the_test_vector_of_the_rfc() -> None:
    [vector] = [vector for vector in PUBLISHED if vector["scheme"] == "hmac-sha256"]
    assert mac(vector["secret"].encode(), vector["body"].encode()).hex() == vector["hex"]


@pytest.mark.parametrize(("zone", "trusted"), [("UTC", True), ("Europe/Berlin", False)])
def test_the_library_for_python_signs_a_time_in_utc_alone_rightly(zone: str, trusted: bool) -> None:
    moment, secret = NOW.astimezone(ZoneInfo(zone)), secret_of("standard")
    signed = {
        "webhook-id": "msg_1",
        "webhook-timestamp": f"{moment.timestamp():.0f}",
        "webhook-signature": Webhook(secret).sign("msg_1", moment, "{}"),
    }
    assert is_trusted(Delivery("POST", "standard", signed, {}, b"{}", ADDRESS, NOW), secret) is trusted


@pytest.mark.parametrize("name", TRUSTED)
def test_a_body_with_one_changed_byte_is_refused(name: str) -> None:
    one, secret = TRUSTED[name]
    assert is_trusted(one, secret)
    assert not [body for body in other_bytes(one.body) if is_trusted(replace(one, body=body), secret)]


@pytest.mark.parametrize("name", TRUSTED)
def test_a_signing_header_with_one_changed_byte_is_refused(name: str) -> None:
    """Id, time and signature; of several versions of a signature the strongest that is there counts."""
    one, secret = TRUSTED[name]
    counts = {
        header for header in one.headers if "signature" in header or "timestamp" in header or header.endswith("id")
    }
    if "x-hubspot-signature-v3" in one.headers:
        counts -= {"x-hubspot-signature", "x-hubspot-signature-version"}
    assert counts
    for header in counts:
        for value in other_bytes(one.headers[header].encode()):
            changed = replace(one, headers={**one.headers, header: value.decode("latin-1")})
            assert not is_trusted(changed, secret), (header, value)


@pytest.mark.parametrize("name", TRUSTED)
def test_a_delivery_without_a_signing_header_is_refused(name: str) -> None:
    one, secret = TRUSTED[name]
    for header in one.headers:
        if header in ("content-type", "x-hubspot-signature-version"):
            continue
        rest = {kept: value for kept, value in one.headers.items() if kept != header}
        if header.startswith("x-hubspot-signature") and "v3" in "".join(one.headers):
            rest = {kept: value for kept, value in rest.items() if not kept.startswith("x-hubspot-signature")}
        assert not is_trusted(replace(one, headers=rest), secret), header


@examples(60)
@given(st.data())
def test_a_body_with_any_change_is_refused(data: st.DataObject) -> None:
    one, secret = TRUSTED[data.draw(st.sampled_from(sorted(TRUSTED)))]
    place = data.draw(st.integers(0, len(one.body) - 1))
    inserted = data.draw(st.binary(min_size=1, max_size=5))
    length = data.draw(st.integers(0, 5))
    body = one.body[:place] + inserted + one.body[place + length :]
    assert body == one.body or not is_trusted(replace(one, body=body), secret)


@pytest.mark.parametrize("source", SOURCES)
def test_both_secrets_are_valid_during_a_rotation(source: str) -> None:
    """And no third, no empty one, and none at all."""
    former = "whsec_Zm9ybWVyLXNlY3JldC1vZi10aGUtdGVzdHM=" if source == "standard" else "former"
    for secret in (secret_of(source), former):
        one = delivery(source, b'{"x": 1}', secret=secret)
        assert is_trusted(one, secret_of(source), former)
        assert not is_trusted(one, "another", "")
        assert not is_trusted(one)


def test_one_valid_signature_of_several_is_enough() -> None:
    """As a sender signs with both while it rotates its own secret; versions that are not known are passed over."""
    one = delivery("standard", b"{}")
    right = one.headers["webhook-signature"]
    for several in (f"v1,bm9uZQ== {right}", f"v1a,bm9uZQ== {right} v1,bm9uZQ==", f"{right} {right}"):
        assert is_trusted(replace(one, headers={**one.headers, "webhook-signature": several}), *secrets_of("standard"))
    wrong = right.replace("v1,", "v2,")
    assert not is_trusted(replace(one, headers={**one.headers, "webhook-signature": wrong}), *secrets_of("standard"))


@pytest.mark.parametrize("source", [source for source in TIMED if source in SOURCES])
def test_a_delivery_signed_too_long_ago_or_too_far_ahead_is_refused(source: str) -> None:
    one = delivery(source, b"{}")
    for seconds in (0, TIMED[source] - 1, 1 - TIMED[source]):
        assert is_trusted(replace(one, arrived_at=NOW + timedelta(seconds=seconds)), secret_of(source))
    for seconds in (TIMED[source] + 1, -TIMED[source] - 1, 86_400 * 3):
        assert not is_trusted(replace(one, arrived_at=NOW + timedelta(seconds=seconds)), secret_of(source))


@pytest.mark.parametrize("moment", ["", "0", "-1", "soon", "1" * 5000, "1e9", "١٢٣", " 1764063000", "nan"])
def test_a_malformed_timestamp_is_refused(moment: str) -> None:
    one = delivery("standard", b"{}")
    signed = sent("standard", b"{}", NOW)
    assert not is_trusted(replace(one, headers={**signed.headers, "webhook-timestamp": moment}), secret_of("standard"))


def test_a_hubspot_signature_is_valid_only_for_its_own_address_and_method() -> None:
    one = delivery("hubspot", b"[]")
    assert is_trusted(one, secret_of("hubspot"))
    for other in (f"{ADDRESS}/standard", f"{ADDRESS}/hubspot?x=1", f"{ADDRESS}/hubspot/".replace("https", "http")):
        assert not is_trusted(replace(one, public_url=other), secret_of("hubspot"))
    assert not is_trusted(replace(one, method="PUT"), secret_of("hubspot"))


def test_a_segment_batch_with_only_its_first_event_signed_is_refused() -> None:
    """As Segment signs batches."""
    first, second = recorded("segment.json"), recorded("segment-page.json")
    batch = b"[" + first + b", " + second + b"]"
    signed = sent("segment", first, NOW).headers
    assert is_trusted(delivery("segment", first), secret_of("segment"))
    assert not is_trusted(delivery("segment", batch, headers=signed), secret_of("segment"))
    assert is_trusted(delivery("segment", batch), secret_of("segment"))


def test_a_delivery_of_a_customerio_pipeline_is_signed_like_segments() -> None:
    body = recorded("customerio-pipeline.json")
    signed = sent("segment", body, NOW, secret=secret_of("customerio")).headers
    one = delivery("customerio", body, headers=signed)
    assert is_trusted(one, secret_of("customerio"))
    assert not [body for body in other_bytes(one.body) if is_trusted(replace(one, body=body), secret_of("customerio"))]


@pytest.mark.parametrize("source", sorted(UNSIGNED))
def test_a_secret_sent_in_plain_text_must_match_to_the_letter(source: str) -> None:
    one, secret = delivery(source, b"{}"), secret_of(source)
    assert is_trusted(one, secret)
    for other in other_bytes(secret.encode()):
        word = other.decode("latin-1")
        changed = {name: word if value == secret else value for name, value in {**one.headers, **one.query}.items()}
        assert not is_trusted(replace(one, headers=changed, query=changed), secret)
    assert not is_trusted(replace(one, headers={}, query={}), secret)
