"""Reads JSON into names and texts: numbers and truth values as text, what is nested under names like `a[b]`."""

import json
from collections.abc import Iterator

from baton.intake.fields.field_faults import FormFaults

MAX_NAME = 200
_MAX_DEPTH = 5
_MAX_DIGITS = 500


class _Object(list[tuple[str, object]]):
    """A JSON object as pairs, in which a key may stand twice."""


def json_pairs(body: bytes, charset: str | None) -> list[tuple[str, str]]:
    """Returns the fields of a JSON object, or of a list of objects with `name` and `value`, in order.

    Raises:
        FormFaults: 400 it is no JSON, neither an object nor a list, or nested too deep.
    """
    try:
        document = json.loads(
            _text(body, charset),
            object_pairs_hook=_Object,
            parse_int=_digits,
            parse_float=_digits,
            parse_constant=_nothing,
        )
    except (ValueError, RecursionError) as fault:
        raise FormFaults(400, "It is not valid JSON, or is nested too deep; send one flat object.") from fault
    if not isinstance(document, list):
        raise FormFaults(400, "The JSON is not an object; send one, with the form's fields as its keys.")
    return list(_pairs("", document, 0))


def _text(body: bytes, charset: str | None) -> str:
    from baton.intake.bodies.character_sets import codec_of, decoded  # noqa: PLC0415

    try:
        return body.decode(json.detect_encoding(body)).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return decoded(body, codec_of(charset))[0]


def _digits(number: str) -> str:
    """Returns a number as it was written; converting a long one would only cost time."""
    return number[:_MAX_DIGITS]


def _nothing(_: str) -> str:
    """Returns no answer for NaN and infinity, which some languages write."""
    return ""


def _pairs(name: str, value: object, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif value is None:
        yield name, ""
    elif isinstance(value, bool):
        yield name, "true" if value else "false"
    elif depth >= _MAX_DEPTH:
        return
    elif isinstance(value, _Object):
        for inner, each in value:
            yield from _pairs(f"{name}[{inner}]"[:MAX_NAME] if name else inner[:MAX_NAME], each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            named = _named(each)
            yield from _pairs(*named, depth + 1) if named else _pairs(name, each, depth + 1)


def _named(value: object) -> tuple[str, object] | None:
    """Returns the name and the value in `{"name": "email", "value": "ann@acme.com"}`; None for anything else."""
    keys = dict(value) if isinstance(value, _Object) else {}
    name = keys.get("name")
    return (name[:MAX_NAME], keys["value"]) if isinstance(name, str) and "value" in keys else None
