"""Bodies of form requests: any encoding and character set that browsers and scripts send, and what is refused."""

import json
from base64 import b64encode
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.intake.bodies.form_bodies import MAX_BYTES, MAX_WITH_FILES, read_body, read_fields
from baton.intake.fields.field_faults import FormFaults
from tests.unit.effort import cpu_seconds
from tests.unit.intake.sent_forms import (
    BOUNDARY,
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
BOM = "\ufeff"
names = st.from_regex(r"[a-z][a-z0-9_-]{0,39}", fullmatch=True)
values = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)


def values_of(content_type: str, body: bytes) -> dict[str, tuple[str, ...]]:
    return read_fields(content_type, body).values


@given(st.dictionaries(names, values, max_size=20))
def test_a_form_has_the_same_fields_in_each_of_the_three_encodings(fields: dict[str, str]) -> None:
    assert read_body(*as_json(fields)) == fields
    assert read_body(*as_urlencoded(fields)) == fields
    assert not fields or read_body(*as_multipart(fields)) == fields


# --- content types ---


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
        "Application/JSON",
        " application/json ; Charset=utf8; ",
        pytest.param("application/json, application/json", id="said twice by a proxy"),
        pytest.param("application/json; charset=utf-8; charset=utf-8", id="a parameter twice"),
        pytest.param("application/json; charset", id="a parameter without a value"),
        pytest.param('application/json; charset="utf-8', id="an open quote"),
        pytest.param("application/json; charset=nonsense", id="a character set that nobody knows"),
        pytest.param("application/problem+json", id="a relative of JSON"),
        pytest.param("text/json", id="JSON as it was once called"),
        pytest.param("text/plain;charset=UTF-8", id="sendBeacon, or fetch without a content type"),
        pytest.param("", id="no content type"),
        pytest.param(URLENCODED, id="what curl -d says of JSON"),
    ],
)
def test_json_is_read_under_any_content_type_that_says_so_or_says_nothing(content_type: str) -> None:
    assert read_fields(content_type, b'{"email": "x", "title": "K\xc3\xa4ufer"}').values == {
        "email": ("x",),
        "title": ("Käufer",),
    }


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        pytest.param("text/plain;charset=UTF-8", b"email=a%40b.com&title=x+y", id="sendBeacon with a query"),
        pytest.param("", b"email=a%40b.com&title=x+y", id="no content type"),
        pytest.param("text/plain", b"email=a@b.com\r\ntitle=x y\r\n", id="enctype text/plain"),
        pytest.param(JSON, b"email=a%40b.com&title=x+y", id="not the JSON that it says it is"),
        pytest.param(URLENCODED, b"&email=a@b.com&&title=x%20y&", id="empty pairs"),
        pytest.param(URLENCODED, b"email=a@b.com&title=x y\r\n", id="a line break at the end"),
        pytest.param(URLENCODED, as_multipart({"email": "a@b.com", "title": "x y"})[1], id="multipart, said otherwise"),
        pytest.param(JSON, as_multipart({"email": "a@b.com", "title": "x y"})[1], id="multipart, said to be JSON"),
        pytest.param(
            "multipart/form-data", as_multipart({"email": "a@b.com", "title": "x y"})[1], id="a forgotten boundary"
        ),
        pytest.param(
            "multipart/form-data; boundary=made-up",
            as_multipart({"email": "a@b.com", "title": "x y"})[1],
            id="another boundary",
        ),
    ],
)
def test_a_body_is_read_as_what_it_is(content_type: str, body: bytes) -> None:
    assert values_of(content_type, body) == {"email": ("a@b.com",), "title": ("x y",)}


def test_an_answer_over_several_lines_is_read_from_a_form_in_plain_text() -> None:
    body = b"email=a@b.com\r\nmessage=Hello,\r\ncall me.\r\nphone=1+1\r\n"
    assert values_of("text/plain", body)["message"] == ("Hello,\ncall me.",)
    assert values_of("text/plain", body)["phone"] == ("1+1",)


@pytest.mark.parametrize("content_type", ["text/xml", "application/xml", "text/html", "image/png", "text/csv", "x"])
def test_an_unsupported_content_type_is_415(content_type: str) -> None:
    assert refused((content_type, b"email=anna@example.com")).status == 415


# --- sizes ---


@pytest.mark.parametrize(("content_type", "filler"), [(JSON, b" "), (URLENCODED, b"a"), (MULTIPART, b"-")])
def test_a_body_of_more_than_64_kb_is_413(content_type: str, filler: bytes) -> None:
    most = MAX_WITH_FILES if content_type == MULTIPART else MAX_BYTES
    assert refused((content_type, filler * (most + 1))).status == 413
    assert refused((content_type, filler * most)).status in (400, 422)


def test_texts_of_more_than_64_kb_are_413_in_multipart_too() -> None:
    assert refused((MULTIPART, part('name="message"', b"x" * MAX_BYTES) + END)).status == 413


def test_a_large_file_is_no_reason_to_refuse_a_form() -> None:
    body = part('name="cv"; filename="cv.pdf"', b"\xff%PDF" * 200_000) + part('name="email"', b"x") + END
    assert read_fields(MULTIPART, body) == ({"email": ("x",)}, (("cv", "cv.pdf"),))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param((URLENCODED, b"a&" * 32_000), id="one name"),
        pytest.param((URLENCODED, b"&".join(b"%d" % n for n in range(10_000))), id="many names"),
        pytest.param((JSON, b"[" + b"{}," * 20_000 + b"{}]"), id="many objects"),
        pytest.param((JSON, json.dumps({"x" * 30_000: {str(n): 1 for n in range(3_000)}}).encode()), id="a long name"),
    ],
)
def test_a_form_of_very_many_fields_takes_no_more_time_than_a_second(body: tuple[str, bytes]) -> None:
    assert cpu_seconds(lambda: read_fields(*body)) < 1


# --- what cannot be told apart ---


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        pytest.param(JSON, b"", id="JSON: nothing"),
        pytest.param(JSON, b'{"email": "x"', id="JSON: broken off"),
        pytest.param(JSON, b'{"email": "x"} {}', id="JSON: something after it"),
        pytest.param(JSON, b'"email"', id="JSON: a text"),
        pytest.param(JSON, b"null", id="JSON: null"),
        pytest.param(JSON, b'{"email": "a\nb"}', id="JSON: a raw line break"),
        pytest.param(JSON, b"[" * 60_000, id="JSON: lists without end"),
        pytest.param(JSON, b'{"a":' * 12_000, id="JSON: objects without end"),
        pytest.param(MULTIPART, b"", id="multipart: nothing"),
        pytest.param(MULTIPART, b"email=x", id="multipart: no boundary in the body"),
        pytest.param(MULTIPART, part('name="email"', b"x"), id="multipart: broken off"),
        pytest.param(MULTIPART, part('name="x"', b"x").replace(b"form-data", b"inline") + END, id="multipart: inline"),
        pytest.param(MULTIPART, part(f'name="{"x" * 9_000}"', b"") + END, id="multipart: a header without end"),
        pytest.param("multipart/form-data; boundary=\ud800", b"email=x", id="multipart: a boundary that is no text"),
    ],
)  # fmt: skip
def test_a_malformed_body_is_400(content_type: str, body: bytes) -> None:
    faults = refused((content_type, body))
    assert (faults.status, faults.errors) == (400, ())


@pytest.mark.parametrize(
    ("content_type", "body", "fields"),
    [
        pytest.param(URLENCODED, b"", {}, id="nothing"),
        pytest.param(URLENCODED, b"email", {"email": ("",)}, id="a name without a value"),
        pytest.param(URLENCODED, b"title=50%&x=%zz", {"title": ("50%",), "x": ("%zz",)}, id="a lone %"),
        pytest.param(MULTIPART, part("", b"x") + END, {}, id="multipart: no name"),
        pytest.param(JSON, b"[]", {}, id="JSON: an empty list"),
        pytest.param(JSON, b'["x"]', {}, id="JSON: a list without names"),
    ],
)
def test_what_is_incomplete_is_read_as_far_as_it_goes(
    content_type: str, body: bytes, fields: dict[str, tuple[str, ...]]
) -> None:
    assert values_of(content_type, body) == fields


@given(st.sampled_from([JSON, URLENCODED, MULTIPART, "text/plain", ""]), st.binary(max_size=300))
def test_a_body_of_any_bytes_is_read_or_refused(content_type: str, body: bytes) -> None:
    try:
        read_fields(content_type, body)
    except FormFaults as faults:
        assert faults.status in (400, 415)


@given(st.text(max_size=60), st.sampled_from([as_json, as_urlencoded, as_multipart]))
def test_any_content_type_is_understood_or_refused(content_type: str, encode) -> None:
    try:
        read_fields(content_type, encode({"email": "x"})[1])
    except FormFaults as faults:
        assert faults.status in (400, 415)


# --- several values, other values than texts, files ---


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        pytest.param(JSON, b'{"email": "x", "title": "y", "email": null}', id="JSON"),
        pytest.param(JSON, b'{"email": ["x", null], "title": "y"}', id="a list in JSON"),
        pytest.param(URLENCODED, b"email=x&title=y&email=", id="urlencoded"),
        pytest.param(MULTIPART, part('name="email"', b"x") + part('name="title"', b"y") + part('name="email"', b"")
                     + END, id="multipart"),
    ],
)  # fmt: skip
def test_a_field_given_twice_has_both_values(content_type: str, body: bytes) -> None:
    assert values_of(content_type, body) == {"email": ("x", ""), "title": ("y",)}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("0", "0", id="zero"),
        pytest.param("498955501234", "498955501234", id="a phone number"),
        pytest.param("-1.5", "-1.5", id="a fraction"),
        pytest.param("1e300", "1e300", id="a large number"),
        pytest.param("1" + "0" * 4000, "1" + "0" * 499, id="a number without end"),
        pytest.param("true", "true", id="true"),
        pytest.param("false", "false", id="false"),
        pytest.param("null", "", id="null"),
        pytest.param("NaN", "", id="NaN"),
        pytest.param("-Infinity", "", id="infinity"),
    ],
)
def test_a_value_that_is_no_text_is_read_as_it_is_written(value: str, text: str) -> None:
    assert values_of(JSON, f'{{"title": {value}}}'.encode()) == {"title": (text,)}


@pytest.mark.parametrize(
    ("document", "fields"),
    [
        pytest.param({"form_fields": {"email": "x"}}, {"form_fields[email]": ("x",)}, id="an object"),
        pytest.param({"a": {"b": {"c": "x"}}}, {"a[b][c]": ("x",)}, id="objects in it"),
        pytest.param([{"name": "email", "value": "x"}], {"email": ("x",)}, id="serializeArray"),
        pytest.param({"fields": [{"name": "email", "value": "x"}]}, {"email": ("x",)}, id="named values"),
        pytest.param({"email": {}, "title": []}, {}, id="nothing in it"),
        pytest.param({"a": {"b": {"c": {"d": {"e": {"f": "x"}}}}}}, {}, id="too deep"),
    ],
)
def test_nested_json_is_read_under_the_names_that_page_builders_use(document: object, fields: object) -> None:
    assert values_of(JSON, json.dumps(document).encode()) == fields


def test_an_empty_file_input_is_no_field_and_no_file() -> None:
    body = part('name="cv"; filename=""', b"", "Content-Type: application/octet-stream") + part('name="email"', b"x")
    assert read_fields(MULTIPART, body + END) == ({"email": ("x",)}, ())


# --- character sets ---


def latin_1(text: str) -> str:
    return quote_plus(text, encoding="latin-1")


@pytest.mark.parametrize(
    ("content_type", "body", "title"),
    [
        pytest.param(f"{URLENCODED}; charset=ISO-8859-1", b"title=K%E4ufer", "Käufer", id="named in the content type"),
        pytest.param(f"{URLENCODED}; charset=UTF-8", b"title=K%E4ufer", "Käufer", id="named wrongly"),
        pytest.param(f"{URLENCODED}; charset=ISO-8859-1", b"title=K%C3%A4ufer", "Käufer", id="UTF-8, named latin-1"),
        pytest.param(URLENCODED, b"title=K%E4ufer", "Käufer", id="a latin-1 page"),
        pytest.param(URLENCODED, b"title=K\xe4ufer", "Käufer", id="without escapes"),
        pytest.param(URLENCODED, b"title=K%C3%A4ufer&utm_term=%FC", "Käufer", id="one value of a tracker in latin-1"),
        pytest.param(URLENCODED, b"title=%8010", "€10", id="windows-1252"),
        pytest.param(URLENCODED, b"_charset_=ISO-8859-1&title=%26%238364%3B10", "€10", id="a letter as its number"),
        pytest.param(URLENCODED, b"_charset_=windows-1251&title=%C0%ED%ED%E0", "Анна", id="_charset_ Cyrillic"),
        pytest.param(URLENCODED, b"_charset_=shift_jis&title=%93c%92%86", "田中", id="_charset_ Japanese"),
        pytest.param(URLENCODED, b"title=%26%238364%3B10", "&#8364;10", id="a number as it was typed"),
        pytest.param(f"{JSON}; charset=latin-1", b'{"title": "K\xe4ufer"}', "Käufer", id="JSON in latin-1"),
        pytest.param(JSON, f'{BOM}{{"title": "Käufer"}}'.encode(), "Käufer", id="JSON with a mark in front"),
        pytest.param(JSON, '{"title": "Käufer"}'.encode("utf-16"), "Käufer", id="JSON in UTF-16"),
        pytest.param(JSON, '{"title": "Käufer"}'.encode("utf-16-le"), "Käufer", id="JSON in UTF-16 without a mark"),
        pytest.param(MULTIPART, part('name="title"', b"K\xe4ufer") + END, "Käufer", id="multipart in latin-1"),
        pytest.param(
            MULTIPART,
            part('name="_charset_"', b"koi8-r") + part('name="title"', "Анна".encode("koi8-r")) + END,
            "Анна",
            id="multipart with _charset_",
        ),
        pytest.param(
            MULTIPART,
            part('name="title"', "Käufer".encode(), "Content-Type: text/plain; charset=UTF-8") + END,
            "Käufer",
            id="a part that names UTF-8",
        ),
        pytest.param(
            MULTIPART,
            part('name="title"', "Käufer".encode("cp1252"), "Content-Type: text/plain; charset=latin-1") + END,
            "Käufer",
            id="a part that names latin-1",
        ),
        pytest.param(
            MULTIPART,
            part('name="title"', b64encode("Käufer".encode()), "Content-Transfer-Encoding: base64") + END,
            "Käufer",
            id="a part in base64",
        ),
        pytest.param(
            MULTIPART,
            part('name="title"', b"K=C3=A4ufer", "Content-Transfer-Encoding: quoted-printable") + END,
            "Käufer",
            id="a part quoted printable",
        ),
        pytest.param("text/plain; charset=iso-8859-1", b"title=K\xe4ufer\r\nx=y\r\n", "Käufer", id="plain text"),
    ],
)
def test_a_text_is_read_in_the_character_set_that_it_is_in(content_type: str, body: bytes, title: str) -> None:
    fields = values_of(content_type, body)
    assert fields["title"] == (title,)
    assert "_charset_" not in fields


@pytest.mark.parametrize(
    "charset", ["utf-7", "punycode", "rot13", "zip", "idna", "unicode_escape", "\ud800", "x" * 999, "iso-8859-12"]
)
def test_a_character_set_that_no_browser_knows_is_passed_over(charset: str) -> None:
    assert values_of(f"{URLENCODED}; charset={charset}", b"title=K%E4ufer+%5Cu0041")["title"] == ("Käufer \\u0041",)
