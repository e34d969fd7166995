"""What a form's sender gets wrong is refused with the field at fault, and nothing of it is kept."""

import json
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest

from tests.e2e.at_work import FORM_TYPE, AtWork, fields_at_fault, multipart, problem, somebody

JSON = "application/json"
GOOD = somebody("good")


def in_json(**answers: object) -> bytes:
    return json.dumps({"email": GOOD, **answers}).encode()


def in_pairs(**answers: str) -> bytes:
    return urlencode({"email": GOOD, **answers}).encode()


@pytest.mark.parametrize(
    ("content_type", "body", "status", "at_fault"),
    [
        pytest.param(JSON, b'{"email": "a@b.exam', 400, [], id="JSON cut off"),
        pytest.param(JSON, b"", 400, [], id="no body"),
        pytest.param("multipart/form-data; boundary=b", b"--c\r\n", 400, [], id="multipart with another boundary"),
        pytest.param(JSON, in_json(message="x" * 65_536), 413, [], id="more than 64 KB of JSON"),
        pytest.param(FORM_TYPE, in_pairs(message="x" * 65_536), 413, [], id="more than 64 KB urlencoded"),
        pytest.param(*multipart({"email": GOOD, "message": "x" * 65_536}), 413, [], id="more than 64 KB of multipart"),
        pytest.param("application/xml", b"<email/>", 415, [], id="XML"),
        pytest.param(JSON, b"{}", 422, ["email"], id="no e-mail address"),
        pytest.param(JSON, b'["a@b.example"]', 422, ["email"], id="JSON without names"),
        pytest.param(FORM_TYPE, b"email=a%4", 422, ["email"], id="urlencoded with a broken escape"),
        pytest.param(FORM_TYPE, b"email=%ff%fe", 422, ["email"], id="urlencoded not in UTF-8"),
        pytest.param(JSON, b'{"email": "  "}', 422, ["email"], id="an empty e-mail address"),
        pytest.param(JSON, b'{"email": "anna(at)b.example"}', 422, ["email"], id="no address"),
        pytest.param(
            JSON, b'{"email": "a@b.example\\nbcc: c@d.example"}', 422, ["email"], id="a header in the address"
        ),
    ],
)
def test_an_invalid_form_is_refused_with_the_field_at_fault_and_stores_no_lead(
    baton: AtWork, content_type: str, body: bytes, status: int, at_fault: list[str]
) -> None:
    before = baton.count_leads()

    refused = baton.stranger.post("/forms/consultation", content=body, headers={"Content-Type": content_type})

    assert fields_at_fault(problem(refused, status)) == at_fault
    assert refused.headers["cache-control"] == "no-store"
    assert baton.count_leads() == before


def test_a_form_without_a_content_type_is_taken(baton: AtWork) -> None:
    body = json.dumps({"email": somebody()}).encode()
    assert baton.stranger.post("/forms/consultation", content=body).status_code == 202


@pytest.mark.parametrize("content_type", [JSON, FORM_TYPE, "text/plain"])
def test_a_form_in_another_encoding_is_read_byte_by_byte(baton: AtWork, content_type: str) -> None:
    email = somebody("latin")
    pairs, document = f"email={email}&last_name=Müller", f'{{"email": "{email}", "last_name": "Müller"}}'
    body = (document if content_type == JSON else pairs).encode("latin-1")

    sent = baton.stranger.post("/forms/consultation", content=body, headers={"Content-Type": content_type})

    assert sent.status_code == 202
    assert baton.lead(baton.lead_id(email))["profile"]["last_name"] == "Müller"


def test_a_form_that_is_not_in_the_agreement_is_not_found(baton: AtWork) -> None:
    before = baton.count_leads()

    problem(baton.send({"email": GOOD}, form="newsletter"), 404)

    assert baton.count_leads() == before


def test_a_refusal_repeats_none_of_the_typed_answers(baton: AtWork) -> None:
    refused = baton.send({"email": "very.secret(at)b.example", "phone": "secret", "country": "very secret 1"})

    assert "secret" not in refused.text


def test_a_robots_form_is_accepted_and_lies_in_the_spam_queue(baton: AtWork) -> None:
    robot = somebody("robot")
    answers: Mapping[str, str] = {"email": robot, "message": "Buy now", "website": "https://spam.example"}

    assert baton.send(answers).status_code == 202

    spam = {lead["email"]: lead for lead in baton.listed(baton.lead_id(robot), queue="spam")}
    assert spam[robot]["status"] == "spam"
    assert spam[robot]["handoff"] is None
    assert baton.happened(spam[robot]["lead_id"]) == ["LeadCaptured", "SignalRecorded"]
