"""Reads multipart bodies: the texts of their fields, and which files came along; files are not kept."""

import binascii
import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from baton.intake.bodies.character_sets import CHARSET, codec_of, decoded, without_entities
from baton.intake.fields.field_faults import FormFaults

if TYPE_CHECKING:
    from multipart import MultipartPart

MAX_PARTS = 1000
_FIRST_LINE = re.compile(rb"\s*--([^\r\n]+)\r\n")
_AS_BYTES = "latin-1"
"""Names are read as bytes first, because not all of them are UTF-8."""


def parts_of(body: bytes, boundary: str) -> "list[MultipartPart]":
    """Returns all parts; the body's own first line goes before a boundary that a script forgot or made up.

    Raises:
        FormFaults: 400 it is no multipart body, is broken off, or has more than 1,000 parts.
    """
    from multipart import MultipartError, MultipartParser  # slow to import, and most forms do without  # noqa: PLC0415

    own = _FIRST_LINE.match(body)
    if (own and not body.startswith(f"--{boundary}".encode("utf-8", "replace"))) or not boundary:
        boundary = own[1].decode(_AS_BYTES) if own else boundary
    most = len(body) + 1
    parser = MultipartParser(
        BytesIO(body),
        boundary.encode(_AS_BYTES, "replace"),
        charset=_AS_BYTES,
        part_limit=MAX_PARTS,
        **dict.fromkeys(("buffer_size", "partsize_limit", "spool_limit", "memory_limit"), most),
    )
    try:
        return list(parser.parts())
    except (MultipartError, UnicodeError) as fault:
        raise FormFaults(
            400, f"It is not multipart with the boundary of its content type and at most {MAX_PARTS} parts."
        ) from fault


def text_pairs(parts: "Sequence[MultipartPart]", charset: str | None) -> list[tuple[str, str]]:
    """Returns names and texts of the parts that are no files."""
    texts = [part for part in parts if part.filename is None]
    named = next((part.raw.decode("ascii", "ignore") for part in texts if part.name == CHARSET.decode()), None)
    codec = codec_of(named) or codec_of(charset)
    pairs = (
        (
            decoded(part.name.encode(_AS_BYTES), codec),
            decoded(_content(part), codec_of(part.charset if part.charset != _AS_BYTES else None) or codec),
        )
        for part in texts
        if part.name != CHARSET.decode()
    )
    return without_entities(pairs, codec)


def file_names(parts: "Sequence[MultipartPart]") -> list[tuple[str, str]]:
    """Returns the field and the name of each file; a file input that was left empty is none."""
    named = [(part.name, part.filename) for part in parts if part.filename]
    return [(_name(field), _name(file)) for field, file in named]


def _name(raw: str) -> str:
    return decoded(raw.encode(_AS_BYTES), None)[0]


def _content(part: "MultipartPart") -> bytes:
    content: bytes = part.raw
    encoding = part.headers.get("Content-Transfer-Encoding", "").strip().lower()
    if encoding == "quoted-printable":
        return binascii.a2b_qp(content)
    if encoding == "base64":
        try:
            return binascii.a2b_base64(content)
        except binascii.Error:
            return content
    return content
