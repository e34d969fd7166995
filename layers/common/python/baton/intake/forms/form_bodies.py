"""Reads the body of a form: JSON, URL-encoded or multipart, into names and texts."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import parse_qsl

from baton.intake.fields.field_faults import FieldFault, FormFaults, printable_name

if TYPE_CHECKING:
    from multipart import MultipartPart

MAX_BYTES = 65_536
MAX_FIELDS = 80
_PARAMETER = re.compile(r'\s*([a-z0-9-]+)=(?:"([^"\\]*)"|([^\s"]+))\s*', re.IGNORECASE)
_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_UTF_8 = frozenset({"utf-8", "utf8"})
_AS_IT_IS = frozenset({"7bit", "8bit", "binary"})

Pairs = Sequence[tuple[str, object]]


class _Object(list[tuple[str, object]]):
    """A JSON object as pairs, in which a key that stands twice is noticed."""


def read_body(content_type: str, body: bytes) -> dict[str, str]:
    """Returns the fields of a form as text, in the order they were sent; "" for a field without an answer.

    Raises:
        FormFaults: 413 more than 65,536 bytes, 415 not one of the three encodings in UTF-8, 400 not readable without
            guessing: malformed, a field that is given twice or is not text, a file, more than 80 fields.
    """
    if len(body) > MAX_BYTES:
        raise FormFaults(413, f"It has more than {MAX_BYTES} bytes; shorten the longest answer.")
    media_type, parameters = _media_type(content_type)
    read = ENCODINGS.get(media_type)
    if read is None:
        raise FormFaults(415, f"Send it as one of {', '.join(ENCODINGS)}.")
    _only_utf_8(parameters.get("charset"))
    return _texts(read(body, parameters))


def _media_type(content_type: str) -> tuple[str, dict[str, str]]:
    media_type, *rest = content_type.split(";")
    parameters: dict[str, str] = {}
    for part in filter(str.strip, rest):
        found = _PARAMETER.fullmatch(part)
        if found is None or found[1].lower() in parameters:
            raise FormFaults(
                415, "The content type's parameters are malformed; write them like `charset=utf-8`, once each."
            )
        parameters[found[1].lower()] = found[2] if found[2] is not None else found[3]
    return media_type.strip().lower(), parameters


def _only_utf_8(charset: str | None) -> None:
    if charset is not None and charset.lower() not in _UTF_8:
        raise FormFaults(415, "The character set is not UTF-8; send the form in UTF-8.")


def _json(body: bytes, _: dict[str, str]) -> Pairs:
    text = _utf_8(body)
    try:
        document = json.loads(
            text, object_pairs_hook=_Object, parse_int=_not_text, parse_float=_not_text, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as fault:
        raise FormFaults(400, "It is not valid JSON, or is nested too deep; send one flat object.") from fault
    if not isinstance(document, _Object):
        raise FormFaults(400, "The JSON is not an object; send one, with the form's fields as its keys.")
    return document


def _not_text(_: str) -> int:
    """Refuses a number without a look at its value, as converting a long one would only cost time."""
    return 0


def _no_constant(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def _urlencoded(body: bytes, _: dict[str, str]) -> Pairs:
    if not body:
        return []
    if _BROKEN_ESCAPE.search(body):
        raise FormFaults(400, "A % is not followed by two hexadecimal digits; write a plain one as %25.")
    text = _utf_8(body)
    try:
        return parse_qsl(text, keep_blank_values=True, strict_parsing=True, max_num_fields=MAX_FIELDS, errors="strict")
    except UnicodeDecodeError as fault:
        raise _not_utf_8() from fault
    except ValueError as fault:
        raise FormFaults(
            400, f"It is not at most {MAX_FIELDS} pairs `field=value` with & between them; encode it as a browser does."
        ) from fault


def _multipart(body: bytes, parameters: dict[str, str]) -> Pairs:
    parts = _parts(body, parameters.get("boundary", ""))
    _refuse("is a file; send text only", (part.name for part in parts if part.filename is not None))
    for part in parts:
        _only_utf_8(part.charset)
        if part.headers.get("Content-Transfer-Encoding", "8bit").lower() not in _AS_IT_IS:
            raise FormFaults(400, "A part has a Content-Transfer-Encoding; send its text as it is.")
    return [(part.name, _utf_8(part.raw)) for part in parts]


def _parts(body: bytes, boundary: str) -> "list[MultipartPart]":
    from multipart import MultipartError, MultipartParser  # slow to import, and most forms do without  # noqa: PLC0415

    limits = dict.fromkeys(("buffer_size", "partsize_limit", "spool_limit", "memory_limit"), MAX_BYTES)
    parser = MultipartParser(
        BytesIO(body), boundary, strict=True, part_limit=MAX_FIELDS, headersize_limit=1024, **limits
    )
    try:
        parts: list[MultipartPart] = parser.parts()
    except (MultipartError, UnicodeEncodeError) as fault:  # the latter of a boundary that is no text
        raise FormFaults(
            400, f"It is not multipart with the boundary of its content type and at most {MAX_FIELDS} parts."
        ) from fault
    return parts


ENCODINGS: dict[str, Callable[[bytes, dict[str, str]], Pairs]] = {
    "application/json": _json,
    "application/x-www-form-urlencoded": _urlencoded,
    "multipart/form-data": _multipart,
}


def _utf_8(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise _not_utf_8() from fault


def _not_utf_8() -> FormFaults:
    return FormFaults(400, "It is not UTF-8; send the form in UTF-8.")


def _texts(pairs: Pairs) -> dict[str, str]:
    if len(pairs) > MAX_FIELDS:
        raise FormFaults(400, f"It has more than {MAX_FIELDS} fields; send only the form's own.")
    _refuse("is given more than once; send it once", (name for name, n in _names(pairs) if n > 1))
    _refuse(
        "is not text; put its value in quotes, or leave it out", (n for n, v in pairs if not isinstance(v, str | None))
    )
    return {name: value if isinstance(value, str) else "" for name, value in pairs}


def _names(pairs: Pairs) -> Iterable[tuple[str, int]]:
    return Counter(name for name, _ in pairs).items()


def _refuse(why: str, names: Iterable[str]) -> None:
    errors = [FieldFault(printable_name(name), why) for name in names]
    if errors:
        raise FormFaults(400, errors=errors)
