"""A delivery of a webhook as it arrived: headers, body, JSON or form fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from baton.intake.fields.json_documents import DocumentFaults, JsonObject, read_json

MAX_BYTES = 4_500_000
"""No longer body reaches a function: it comes in base64, and Lambda takes six megabytes."""
MAX_FIELDS = 500
FORM = "application/x-www-form-urlencoded"


class Untrusted(Exception):
    """The delivery is not signed by its sender, or too old; the message is for the log, and quotes nothing."""


class NotUnderstood(Exception):
    """The delivery is trusted but cannot be read; the message says why, and quotes nothing."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery: `headers` in small letters, the `body` byte for byte, and its time of arrival.

    `public_url` is the configured address of the webhook, never one that the request names.
    """

    method: str
    source: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    public_url: str
    arrived_at: datetime

    def header(self, name: str) -> str:
        """Returns a header that must be there.

        Raises:
            Untrusted: the header is missing.
        """
        value = self.headers.get(name)
        if not value:
            raise Untrusted(f"there is no header {name}")
        return value

    def json(self) -> Any:
        """Returns the body's JSON.

        Raises:
            NotUnderstood: there is none in it.
        """
        try:
            return read_json(self.body, MAX_BYTES)
        except DocumentFaults as fault:
            raise NotUnderstood(fault.detail) from fault

    def object(self) -> JsonObject:
        """Returns the JSON object in the body.

        Raises:
            NotUnderstood: there is none in it.
        """
        return require_object(self.json(), "the body")

    def form(self) -> list[tuple[str, str]]:
        """Returns the names and values of a form-encoded body.

        Raises:
            NotUnderstood: the body is not form-encoded.
        """
        try:
            return parse_qsl(self.body.decode(), keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict")
        except ValueError as fault:
            raise NotUnderstood("the body is not form-encoded in UTF-8, or has too many fields") from fault

    @property
    def is_form(self) -> bool:
        """Returns whether the content type says that the body is form-encoded."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM


def require_object(value: object, what: str) -> JsonObject:
    """Returns a value that must be a JSON object.

    Raises:
        NotUnderstood: it is something else.
    """
    if not isinstance(value, JsonObject):
        raise NotUnderstood(f"{what} is not an object")
    return value


def objects_in(value: object) -> list[JsonObject]:
    """Returns the objects in a list; none for a value that is not a list."""
    return [each for each in value if isinstance(each, JsonObject)] if isinstance(value, list) else []


def value_at(value: object, *path: str) -> Any:
    """Returns the value at a path of names: `value_at(event, "contact", "id")`; None if any is missing."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
