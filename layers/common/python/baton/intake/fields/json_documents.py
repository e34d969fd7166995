"""Reads a JSON document strictly: names that stand twice, NaN, and huge numbers are noticed."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from baton.intake.fields.field_faults import FieldFault, printable_name

MAX_DIGITS = 20
MAX_FAULTS = 20


class DocumentFaults(Exception):
    """The document is refused as a whole, with an HTTP status, a reason, and the faults of its fields."""

    def __init__(self, status: int, detail: str, errors: Iterable[FieldFault] = ()) -> None:
        self.status, self.detail, self.errors = status, detail, tuple(errors)
        super().__init__(detail)


class SeveralFaults(ValueError):
    """Several fields of one object are at fault."""

    def __init__(self, errors: Iterable[FieldFault]) -> None:
        self.errors = list(errors)
        super().__init__("several fields are at fault")


class JsonObject(dict[str, Any]):
    """A JSON object; `repeated` are the names that stand in it more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counted = Counter(name for name, _ in pairs) if len(self) < len(pairs) else {}
        self.repeated = [name for name, times in counted.items() if times > 1]


def read_document(body: bytes, most_bytes: int) -> JsonObject:
    """Returns the JSON object in a body. A whole number of more than 20 digits becomes infinity.

    Raises:
        DocumentFaults: 413 too long, 400 not a JSON object in UTF-8.
    """
    document = read_json(body, most_bytes)
    if not isinstance(document, JsonObject):
        raise DocumentFaults(400, "the JSON is not an object")
    return document


def read_json(body: bytes, most_bytes: int) -> Any:
    """Returns the JSON in a body, with its objects as `JsonObject`.

    Raises:
        DocumentFaults: 413 too long, 400 not JSON in UTF-8.
    """
    text = limit_size(body, most_bytes)
    try:
        return json.loads(
            text.decode("utf-8-sig"), object_pairs_hook=JsonObject, parse_int=_whole, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as fault:
        raise DocumentFaults(400, "the body is not JSON in UTF-8, or is nested too deep") from fault


def limit_size(body: bytes, most_bytes: int) -> bytes:
    """Returns a body of at most so many bytes.

    Raises:
        DocumentFaults: it is longer (413).
    """
    if len(body) > most_bytes:
        raise DocumentFaults(413, f"the body is longer than {most_bytes} bytes; send it in parts")
    return body


def _whole(digits: str) -> float:
    return int(digits) if len(digits) <= MAX_DIGITS else float("inf")


def _no_constant(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def name_faults(sent: JsonObject, allowed: Iterable[str], within: str = "") -> list[FieldFault]:
    """Returns a fault for each name that is not known, or stands twice."""
    names = list(allowed)
    if not sent.repeated and sent.keys() <= {*names}:
        return []
    unknown = f"is not known; there {'is' if len(names) == 1 else 'are'} {', '.join(names)}"
    faults = [FieldFault(f"{within}{printable_name(name)}", unknown) for name in sent if name not in names]
    return capped_faults([*faults, *repeated_name_faults(sent, within)])


def repeated_name_faults(sent: JsonObject, within: str = "") -> list[FieldFault]:
    """Returns a fault for each name that stands twice."""
    return capped_faults(
        [
            FieldFault(f"{within}{printable_name(name)}", "is given more than once; send it once")
            for name in sent.repeated
        ]
    )


def read_fields(
    sent: JsonObject, checks: Mapping[str, Callable[[Any], Any]], within: str
) -> tuple[dict[str, Any], list[FieldFault]]:
    """Returns the checked values by name, without empty ones, and the faults of the others."""
    read: dict[str, Any] = {}
    faults: list[FieldFault] = []
    for name, check in checks.items():
        if sent.get(name) is None:
            continue
        try:
            value = check(sent[name])
        except ValueError as fault:
            faults.append(FieldFault(f"{within}{printable_name(name)}", str(fault)))
            continue
        if value is not None:
            read[name] = value
    return read, faults


def capped_faults(faults: list[FieldFault]) -> list[FieldFault]:
    """Returns at most 20 faults, and one that counts the rest."""
    more = len(faults) - MAX_FAULTS
    return [*faults[:MAX_FAULTS], FieldFault("…", f"{more} more are at fault")] if more > 0 else faults
