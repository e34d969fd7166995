"""One delivery of a webhook as it arrived, and the two ways in which it may be wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from baton.intake.fields.json_documents import DocumentFaults, JsonObject, read_json

MAX_BYTES = 262_144
MAX_FIELDS = 500
FORM = "application/x-www-form-urlencoded"


class Untrusted(Exception):
    """The delivery is not from whom it says, or too old; the message is for the log, and quotes nothing."""


class NotUnderstood(Exception):
    """It is from whom it says, and Baton makes nothing of it; the message says why, and quotes nothing."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a tool sent: `headers` in small letters, the `body` byte for byte, and when it arrived.

    `public_url` is the address that the tool was given, as far as it is configured; never one that the request names.
    """

    method: str
    source: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    public_url: str
    arrived_at: datetime

    def header(self, name: str) -> str:
        """A header that must be there.

        Raises:
            Untrusted: it is not.
        """
        value = self.headers.get(name)
        if not value:
            raise Untrusted(f"there is no header {name}")
        return value

    def json(self) -> Any:
        """The body's JSON.

        Raises:
            NotUnderstood: there is none.
        """
        try:
            return read_json(self.body, MAX_BYTES)
        except DocumentFaults as fault:
            raise NotUnderstood(fault.detail) from fault

    def object(self) -> JsonObject:
        """The JSON object in the body.

        Raises:
            NotUnderstood: there is none.
        """
        return require_object(self.json(), "the body")

    def form(self) -> list[tuple[str, str]]:
        """The names and values of a form-encoded body.

        Raises:
            NotUnderstood: it is none.
        """
        try:
            return parse_qsl(self.body.decode(), keep_blank_values=True, max_num_fields=MAX_FIELDS)
        except ValueError as fault:
            raise NotUnderstood("the body is not form-encoded in UTF-8, or has too many fields") from fault

    @property
    def is_form(self) -> bool:
        """Whether the body is said to be form-encoded."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM


def require_object(said: object, what: str) -> JsonObject:
    """Something that must be a JSON object.

    Raises:
        NotUnderstood: it is something else.
    """
    if not isinstance(said, JsonObject):
        raise NotUnderstood(f"{what} is not an object")
    return said


def objects_in(said: object) -> list[JsonObject]:
    """The objects in a list; none in what is no list."""
    return [each for each in said if isinstance(each, JsonObject)] if isinstance(said, list) else []


def value_at(said: object, *path: str) -> Any:
    """What stands at a path within objects; None if any of them is missing."""
    for name in path:
        said = said.get(name) if isinstance(said, dict) else None
    return said
