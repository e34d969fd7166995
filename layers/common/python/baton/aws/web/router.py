"""One function's routes: finds the one that a request from API Gateway is for, calls it, and answers its exceptions.

Powertools' resolver did the same; importing it took a fifth of a function's start-up time.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

_IN_PATH = r"[-._~()'!*:@,;=+&$%<> \[\]{}|^\w]+"
"""The characters that an id in a path may have."""


class Response(NamedTuple):
    """An answer: status, media type, body, and further headers."""

    status_code: int
    content_type: str | None = None
    body: str = ""
    headers: Mapping[str, str] = {}

    def for_gateway(self) -> dict[str, Any]:
        """Returns the answer in the format of API Gateway's proxy integration."""
        headers = {**self.headers, **({"Content-Type": self.content_type} if self.content_type else {})}
        return {
            "statusCode": self.status_code,
            "body": self.body,
            "isBase64Encoded": False,
            "multiValueHeaders": {name: [value] for name, value in headers.items()},
        }


class NoSuchPath(Exception):
    """The function has no route for the request's method and path."""


class Request:
    """A request in the format of API Gateway's proxy integration, `raw_event`."""

    def __init__(self, raw_event: Mapping[str, Any]) -> None:
        self.raw_event = raw_event
        self.http_method: str = raw_event["httpMethod"].upper()
        self.path: str = raw_event["path"]
        self.headers = {name.lower(): value for name, value in (raw_event.get("headers") or {}).items()}
        self.query: Mapping[str, str] = raw_event.get("queryStringParameters") or {}
        self.path_parameters: Mapping[str, str] = raw_event.get("pathParameters") or {}
        self.body: str = raw_event.get("body") or ""
        self.is_base64_encoded = bool(raw_event.get("isBase64Encoded"))


Handler = TypeVar("Handler", bound=Callable[..., Response])
FaultHandler = TypeVar("FaultHandler", bound=Callable[[Any], Response])


class Router:
    """The routes of a function, and its answers to exceptions; `request` is the one that is being answered."""

    request: Request

    def __init__(self) -> None:
        self._routes: list[tuple[str, Sequence[str], Callable[..., Response]]] = []
        self._on_fault: dict[type[Exception], Callable[[Any], Response]] = {}

    def route(self, rule: str, method: str | Sequence[str]) -> Callable[[Handler], Handler]:
        """Registers the decorated function for a path such as `/leads/<lead_id>`, and one method or several."""
        methods, parts = [method] if isinstance(method, str) else method, rule.rstrip("/").split("/")

        def register(handler: Handler) -> Handler:
            self._routes += [(each, parts, handler) for each in methods]
            return handler

        return register

    def get(self, rule: str) -> Callable[[Handler], Handler]:
        """Registers the decorated function for GET."""
        return self.route(rule, "GET")

    def post(self, rule: str) -> Callable[[Handler], Handler]:
        """Registers the decorated function for POST."""
        return self.route(rule, "POST")

    def put(self, rule: str) -> Callable[[Handler], Handler]:
        """Registers the decorated function for PUT."""
        return self.route(rule, "PUT")

    def patch(self, rule: str) -> Callable[[Handler], Handler]:
        """Registers the decorated function for PATCH."""
        return self.route(rule, "PATCH")

    def delete(self, rule: str) -> Callable[[Handler], Handler]:
        """Registers the decorated function for DELETE."""
        return self.route(rule, "DELETE")

    def on(self, *faults: type[Exception]) -> Callable[[FaultHandler], FaultHandler]:
        """Registers the decorated function as the answer to these exceptions, and to all kinds of them."""

        def register(answers: FaultHandler) -> FaultHandler:
            self._on_fault.update(dict.fromkeys(faults, answers))
            return answers

        return register

    def admit(self) -> None:
        """Looks at a request before its route is called; a kind of router that refuses some raises an exception."""

    def resolve(self, event: Mapping[str, Any], _context: Any) -> dict[str, Any]:
        """Answers a request."""
        self.request = Request(event)
        try:
            response = self._answer()
        except Exception as fault:
            answers = next((self._on_fault[kind] for kind in type(fault).__mro__ if kind in self._on_fault), None)
            if answers is None:
                raise
            response = answers(fault)
        return response.for_gateway()

    def _answer(self) -> Response:
        parts = self.request.path.rstrip("/").split("/")
        for method, rule, handler in self._routes:
            found = _matched(rule, parts) if method == self.request.http_method else None
            if found is not None:
                self.admit()
                return handler(**found)
        raise NoSuchPath


def _matched(rule: Sequence[str], parts: Sequence[str]) -> dict[str, str] | None:
    """Returns the values of the rule's `<names>` in a path; None if it is another path."""
    if len(rule) != len(parts):
        return None
    found = {}
    for wanted, part in zip(rule, parts, strict=True):
        if wanted.startswith("<"):
            if not re.fullmatch(_IN_PATH, part):
                return None
            found[wanted[1:-1]] = part
        elif wanted != part:
            return None
    return found
