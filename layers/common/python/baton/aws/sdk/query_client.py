"""A client of a service that speaks AWS's query protocol: calls are forms, and answers are XML."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode
from xml.parsers.expat import ExpatError, ParserCreate

from baton.aws.sdk.faults import AwsRefused, Refusals, refusal
from baton.aws.sdk.http_messages import Answer
from baton.aws.sdk.json_client import JsonClient

_KEY_AND_VALUE = {"MessageAttributes": ("Name", "Value")}
"""What entries of maps are called if not `key` and `value`."""
_EMPTY: Mapping[str, type[Any]] = {"Attributes": dict, "Subscriptions": list}
"""What an element without content is if not a text."""


class _QueryRefusals(Refusals):
    """The kinds of refusals; in this protocol `NotFoundException` has the code `NotFound`."""

    def __getattr__(self, name: str) -> type[AwsRefused]:
        return refusal(name.removesuffix("Exception"))


class QueryClient(JsonClient):
    """A client of such a service; it differs in the form of calls and answers."""

    exceptions = _QueryRefusals()

    def written(self, operation: str, parameters: Mapping[str, Any]) -> bytes:
        """Writes a call as a form."""
        told = {"Action": operation, "Version": self.service.version}
        return urlencode([*told.items(), *_flat("", parameters)]).encode()

    def form_of(self, operation: str) -> dict[str, str]:
        """Returns the header that tells the form of a call."""
        return {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}

    def read(self, content: bytes) -> dict[str, Any]:
        """Reads what is in the answer's `PublishResult` or its like; `{}` if there is none."""
        told = _read(content)
        return next((each for name, each in told.items() if name.endswith("Result") and each), {})

    def refusal_in(self, operation: str, answer: Answer) -> AwsRefused:
        """Reads the error in an answer."""
        error = _read(answer.body).get("Error", {}) if answer.status >= 300 else {}
        code = error.get("Code") or str(answer.status)
        return refusal(code)({"Error": {**error, "Code": code, "Message": error.get("Message", "")}}, operation)


def _flat(place: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yields the fields of a form: `Attributes.entry.1.key`, `.value`."""
    match value:
        case bool():
            yield place, "true" if value else "false"
        case Mapping() if place in ("Attributes", *_KEY_AND_VALUE):
            key, content = _KEY_AND_VALUE.get(place, ("key", "value"))
            for number, (name, each) in enumerate(value.items(), 1):
                yield f"{place}.entry.{number}.{key}", name
                yield from _flat(f"{place}.entry.{number}.{content}", each)
        case Mapping():
            for name, each in value.items():
                yield from _flat(f"{place}.{name}" if place else name, each)
        case _:
            yield place, value


class _Reader:
    """Reads XML into dictionaries, lists (`member`) and maps (`entry`)."""

    def __init__(self) -> None:
        self.read: Any = {}
        self._open: list[tuple[list[tuple[str, Any]], list[str]]] = [([], [])]

    def begin(self, _name: str, _attributes: Mapping[str, str]) -> None:
        self._open.append(([], []))

    def text(self, text: str) -> None:
        self._open[-1][1].append(text)

    def end(self, name: str) -> None:
        parts, text = self._open.pop()
        self.read = _value(name, parts, "".join(text))
        self._open[-1][0].append((name, self.read))


def _value(name: str, parts: list[tuple[str, Any]], text: str) -> Any:
    if not parts:
        return _EMPTY.get(name, str)() if not text.strip() else text
    match parts[0][0]:
        case "member":
            return [each for _, each in parts]
        case "entry":
            return {each["key"]: each["value"] for _, each in parts}
    return dict(parts)


def _read(content: bytes) -> dict[str, Any]:
    """Reads an answer; `{}` if it is no XML, or brings definitions of its own, as none of AWS does."""
    reader, parser = _Reader(), ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.begin, reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except (ExpatError, KeyError, TypeError):
        return {}
    return reader.read if isinstance(reader.read, dict) else {}


def _refuse(*_: Any) -> None:
    raise KeyError("DOCTYPE")
