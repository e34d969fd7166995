"""Reads the body of a form into names and texts: JSON, URL-encoded, multipart, or plain text that is one of these.

What somebody wrote is never refused for how it was encoded, as long as its fields can be told apart.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from baton.intake.fields.field_faults import FormFaults

MAX_BYTES = 65_536
MAX_WITH_FILES = 4_000_000
"""What a multipart body may have with files, which are not kept; its texts together have at most `MAX_BYTES`."""
MAX_NAME = 200
_BEGIN = 1000
JSON, URLENCODED, MULTIPART = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
ENCODINGS = (JSON, URLENCODED, MULTIPART)
_PARAMETER = r""";\s*([a-z0-9-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;,"']+))"""
_IS_MULTIPART = rb"--[^\r\n]+\r\nContent-Disposition:\s*form-data"
_BEGINS_A_PAIR = rb"""[^\s\[{"=]+="""
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of UTF-8 and UTF-16, as some editors and languages put them in front."""
_ANY = frozenset({"", "text/plain"})
"""What `sendBeacon` and scripts without a content type send."""

Pairs = list[tuple[str, str]]


class SentFields(NamedTuple):
    """The fields that were sent, in order, each with all of its values; and the files, by field and file name."""

    values: dict[str, tuple[str, ...]]
    files: tuple[tuple[str, str], ...] = ()


def read_body(content_type: str, body: bytes) -> dict[str, str]:
    """Returns the fields of a form as text, in the order they were sent; the first value of a field counts.

    Raises:
        FormFaults: as `read_fields`; 415 also for plain text.
    """
    if _media_type(content_type) in _ANY:
        raise _not_understood()
    return {name: values[0] for name, values in read_fields(content_type, body).values.items()}


def read_fields(content_type: str, body: bytes) -> SentFields:
    """Returns the fields of a form with all of their values, in the order they were sent; "" is a field left empty.

    Raises:
        FormFaults: 413 more than 65,536 bytes of text, 415 another media type, 400 its fields cannot be told apart.
    """
    media_type = _media_type(content_type)
    parameters = _parameters(content_type) if ";" in content_type else {}
    encoding = _encoding(media_type, body)
    if len(body) > (MAX_WITH_FILES if encoding == MULTIPART else MAX_BYTES):
        raise FormFaults(413, f"It has more than {MAX_BYTES} bytes; shorten the longest answer, and send no file.")
    return _READERS[encoding](body, parameters)


def _parameters(content_type: str) -> dict[str, str]:
    found = re.findall(_PARAMETER, content_type, re.IGNORECASE)
    return {name.lower(): quoted or single or plain for name, quoted, single, plain in found}


def _media_type(content_type: str) -> str:
    """Returns the media type in small letters; of several that a proxy put in a row, the first."""
    return content_type.partition(";")[0].partition(",")[0].strip().lower()


def _encoding(media_type: str, body: bytes) -> str:
    """Returns the encoding that the body has, which is sometimes another one than its content type says."""
    is_json = media_type in (JSON, "text/json") or media_type.endswith("+json")
    if not is_json and media_type not in (URLENCODED, MULTIPART, *_ANY):
        raise _not_understood()
    begin = body[:_BEGIN].lstrip()
    if media_type == MULTIPART or (begin.startswith(b"--") and re.match(_IS_MULTIPART, begin, re.IGNORECASE)):
        return MULTIPART
    if begin.startswith((b"{", b"[", *_MARKS)):
        return JSON
    if is_json and not re.match(_BEGINS_A_PAIR, begin):
        return JSON
    return "text/plain" if media_type in _ANY and b"\n" in body else URLENCODED


def _not_understood() -> FormFaults:
    return FormFaults(415, f"Send it as one of {', '.join(ENCODINGS)}.")


def _json(body: bytes, parameters: dict[str, str]) -> SentFields:
    from baton.intake.bodies.json_bodies import json_pairs  # a form without a script sends none  # noqa: PLC0415

    return gathered(json_pairs(body, parameters.get("charset")))


def _multipart(body: bytes, parameters: dict[str, str]) -> SentFields:
    from baton.intake.bodies import multipart_bodies  # most forms do without  # noqa: PLC0415

    parts = multipart_bodies.parts_of(body, parameters.get("boundary", ""))
    pairs = multipart_bodies.text_pairs(parts, parameters.get("charset"))
    if sum(len(text) for pair in pairs for text in pair) > MAX_BYTES:
        raise FormFaults(413, f"Its texts have more than {MAX_BYTES} bytes; shorten the longest answer.")
    return gathered(pairs)._replace(files=tuple(multipart_bodies.file_names(parts)))


def _urlencoded(body: bytes, parameters: dict[str, str]) -> SentFields:
    raw = [each.partition(b"=") for each in body.strip().split(b"&") if each]
    pairs = [(_unquoted(name), _unquoted(value)) for name, _, value in raw]
    return gathered(_decoded(pairs, parameters.get("charset")))


def _unquoted(raw: bytes) -> bytes:
    return unquote_to_bytes(raw.replace(b"+", b" ")) if b"%" in raw or b"+" in raw else raw


def _lines(body: bytes, parameters: dict[str, str]) -> SentFields:
    """Reads what a browser sends for `enctype="text/plain"`; a line without a name goes on with the line before."""
    pairs: list[tuple[bytes, bytes]] = []
    for line in body.strip().splitlines():
        name, between, value = line.partition(b"=")
        if between or not pairs:
            pairs.append((name, value))
        else:
            pairs[-1] = (pairs[-1][0], pairs[-1][1] + b"\n" + line)
    return gathered(_decoded(pairs, parameters.get("charset")))


def _decoded(pairs: list[tuple[bytes, bytes]], charset: str | None) -> Pairs:
    if not (charset and charset.lower() not in ("utf-8", "utf8")) and all(name != b"_charset_" for name, _ in pairs):
        try:
            return [(name.decode(), value.decode()) for name, value in pairs]
        except UnicodeDecodeError:
            pass
    from baton.intake.bodies.character_sets import decoded_pairs  # most pages are in UTF-8  # noqa: PLC0415

    return decoded_pairs(pairs, charset)


def gathered(pairs: Iterable[tuple[str, str]]) -> SentFields:
    """Returns pairs as fields with all of their values, in order; what has no name is left out."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        if name:
            values.setdefault(name[:MAX_NAME], []).append(value)
    return SentFields({name: tuple(each) for name, each in values.items()})


_READERS: dict[str, Callable[[bytes, dict[str, str]], SentFields]] = {
    JSON: _json,
    URLENCODED: _urlencoded,
    MULTIPART: _multipart,
    "text/plain": _lines,
}
