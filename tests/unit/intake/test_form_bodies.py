"""Bodies of form requests: content types, sizes, encodings, and the status that refuses each fault."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.intake.fields.field_faults import FormFaults
from baton.intake.forms.form_bodies import MAX_BYTES, read_body
from tests.unit.intake.sent_forms import (
    BOUNDARY,
    ENCODINGS,
    JSON,
    MULTIPART,
    URLENCODED,
    as_json,
    as_multipart,
    as_urlencoded,
    part,
    refused,
)

END = f"--{BOUNDARY}--\r\n".encode()
names = st.from_regex(r"[a-z][a-z0-9_-]{0,39}", fullmatch=True)
values = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)


@given(st.dictionaries(names, values, max_size=20))
def test_a_form_has_the_same_fields_in_each_of_the_three_encodings(fields: dict[str, str]) -> None:
    assert read_body(*as_json(fields)) == fields
    assert read_body(*as_urlencoded(fields)) == fields
    assert not fields or read_body(*as_multipart(fields)) == fields


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
        "Application/JSON",
        " application/json ; Charset=utf8; ",
    ],
)
def test_a_content_type_is_read_in_any_spelling(content_type: str) -> None:
    assert read_body(content_type, b'{"email": "x"}') == {"email": "x"}


@pytest.mark.parametrize(
    "content_type",
    [
        pytest.param("", id="none"),
        pytest.param("text/plain", id="another"),
        pytest.param("text/xml", id="XML"),
        pytest.param("application/json, text/plain", id="two"),
        pytest.param("application/problem+json", id="a relative of JSON"),
        pytest.param("application/json; charset=latin-1", id="another character set"),
        pytest.param("application/json; charset=utf-8; charset=utf-8", id="a parameter twice"),
        pytest.param("application/json; charset", id="a parameter without a value"),
        pytest.param('application/json; charset="utf-8', id="an open quote"),
    ],
)
def test_an_unsupported_content_type_is_415(content_type: str) -> None:
    assert refused((content_type, b"{}")).status == 415


@pytest.mark.parametrize(("content_type", "filler"), [(JSON, b" "), (URLENCODED, b"a"), (MULTIPART, b"-")])
def test_a_body_of_more_than_64_kb_is_413(content_type: str, filler: bytes) -> None:
    assert refused((content_type, filler * (MAX_BYTES + 1))).status == 413
    assert refused((content_type, filler * MAX_BYTES)).status == 400


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        pytest.param(JSON, b"", id="JSON: nothing"),
        pytest.param(JSON, b'{"email": "x"', id="JSON: broken off"),
        pytest.param(JSON, b'{"email": "x"} {}', id="JSON: something after it"),
        pytest.param(JSON, b"[]", id="JSON: a list"),
        pytest.param(JSON, b'"email"', id="JSON: a text"),
        pytest.param(JSON, b"null", id="JSON: null"),
        pytest.param(JSON, b'{"email": NaN}', id="JSON: not a number"),
        pytest.param(JSON, b'{"email": -Infinity}', id="JSON: infinity"),
        pytest.param(JSON, b'{"email": "\xff"}', id="JSON: not UTF-8"),
        pytest.param(JSON, b'{"email": "a\nb"}', id="JSON: a raw line break"),
        pytest.param(JSON, b"[" * 60_000, id="JSON: lists without end"),
        pytest.param(JSON, b'{"a":' * 12_000, id="JSON: objects without end"),
        pytest.param(URLENCODED, b"email", id="urlencoded: no value"),
        pytest.param(URLENCODED, b"email=x&", id="urlencoded: an empty pair"),
        pytest.param(URLENCODED, b"email=50%", id="urlencoded: a lone %"),
        pytest.param(URLENCODED, b"email=%zz", id="urlencoded: no hexadecimal"),
        pytest.param(URLENCODED, b"email=%ff", id="urlencoded: escaped, not UTF-8"),
        pytest.param(URLENCODED, b"email=\xff", id="urlencoded: not UTF-8"),
        pytest.param(MULTIPART, b"", id="multipart: nothing"),
        pytest.param(MULTIPART, b"email=x", id="multipart: no boundary in the body"),
        pytest.param(MULTIPART, part('name="email"', b"x"), id="multipart: broken off"),
        pytest.param(MULTIPART, part('name="email"', b"\xff") + END, id="multipart: not UTF-8"),
        pytest.param(MULTIPART, part("", b"x") + END, id="multipart: no name"),
        pytest.param(MULTIPART, part('name="x"', b"x").replace(b"form-data", b"inline") + END, id="multipart: inline"),
        pytest.param(MULTIPART, part('name="x"', b"", "Content-Transfer-Encoding: base64") + END, id="multipart: 64"),
        pytest.param(MULTIPART, part(f'name="{"x" * 2_000}"', b"") + END, id="multipart: a header without end"),
        pytest.param("multipart/form-data", part('name="email"', b"x") + END, id="multipart: no boundary"),
        pytest.param("multipart/form-data; boundary=\ud800", b"email=x", id="multipart: a boundary that is no text"),
    ],
)  # fmt: skip
def test_a_malformed_body_is_400(content_type: str, body: bytes) -> None:
    faults = refused((content_type, body))
    assert (faults.status, faults.errors) == (400, ())


@pytest.mark.parametrize("charset", ["latin-1", "utf-16", "nonsense"])
def test_a_part_in_another_character_set_is_415(charset: str) -> None:
    body = part('name="email"', b"x", f"Content-Type: text/plain; charset={charset}") + END
    assert refused((MULTIPART, body)).status == 415


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        pytest.param(JSON, b'{"email": "x", "title": "y", "email": null}', id="JSON"),
        pytest.param(URLENCODED, b"email=x&title=y&email=", id="urlencoded"),
        pytest.param(MULTIPART, part('name="email"', b"x") * 2 + END, id="multipart"),
    ],
)
def test_a_field_given_twice_is_refused_by_name(content_type: str, body: bytes) -> None:
    faults = refused((content_type, body))
    assert faults.status == 400
    assert [(fault.field, fault.detail) for fault in faults.errors] == [
        ("email", "is given more than once; send it once")
    ]


@pytest.mark.parametrize("value", [0, -1.5, 1e300, 10**400, True, False, [], ["x"], {}, {"x": {"x": 1}}], ids=repr)
def test_a_value_that_is_no_text_is_refused_by_name(value: object) -> None:
    body = json.dumps({"email": "x", "title": value, "phone": value}).encode() if value != 10**400 else b""
    body = body or b'{"title": 1' + b"0" * 400 + b', "phone": 1' + b"0" * 400 + b"}"
    faults = refused((JSON, body))
    assert faults.status == 400
    assert [fault.field for fault in faults.errors] == ["title", "phone"]


@pytest.mark.parametrize("disposition", ['name="email"; filename="cv.pdf"', 'name="email"; filename=""'])
def test_a_file_is_refused_by_name(disposition: str) -> None:
    faults = refused((MULTIPART, part(disposition, b"x") + END))
    assert faults.status == 400
    assert [(fault.field, fault.detail) for fault in faults.errors] == [("email", "is a file; send text only")]


@pytest.mark.parametrize("encode", ENCODINGS)
def test_a_form_has_at_most_60_fields(encode) -> None:
    assert len(read_body(*encode({f"field{n}": "x" for n in range(60)}))) == 60
    assert refused(encode({f"field{n}": "x" for n in range(81)})).status == 400


@given(st.sampled_from([JSON, URLENCODED, MULTIPART]), st.binary(max_size=300))
def test_a_body_of_any_bytes_is_read_or_refused(content_type: str, body: bytes) -> None:
    try:
        read_body(content_type, body)
    except FormFaults as faults:
        assert faults.status in (400, 415)


@given(st.text(max_size=60), st.sampled_from([as_json, as_urlencoded, as_multipart]))
def test_any_content_type_is_understood_or_refused(content_type: str, encode) -> None:
    try:
        read_body(content_type, encode({"email": "x"})[1])
    except FormFaults as faults:
        assert faults.status in (400, 415)


def test_a_multipart_part_may_declare_utf_8() -> None:
    body = part('name="title"', "Käufer".encode(), "Content-Type: text/plain; charset=UTF-8") + END
    assert read_body(MULTIPART, body) == {"title": "Käufer"}


def test_an_empty_urlencoded_body_has_no_fields() -> None:
    assert read_body(URLENCODED, b"") == {}
