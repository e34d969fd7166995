"""The calls of the console's session: who may make them, what they read, and how they refuse (RFC 9457).

They stand beside `baton.aws.web.http`, because that brings pydantic, and a person waits at each new tab for these.
"""

import json
from base64 import b64decode
from collections.abc import Sequence
from typing import Any

from baton.aws.runtime import log
from baton.aws.runtime.clients import is_busy
from baton.aws.runtime.settings import setting
from baton.aws.sign_in.session_cookies import Cookies
from baton.aws.sign_in.user_pool import NotSetUp, SignedOut
from baton.aws.web.router import NoSuchPath, Response, Router

HEADER = "x-baton-console"
"""The header of each call: a page of another site cannot send it without asking first, and nobody permits it."""
MAX_BODY = 8_192
SIGN_IN_AGAIN = "nobody is signed in here, or the session has ended; sign in again"
_UNCACHED = {"Cache-Control": "no-store"}


class CallRefused(Exception):
    """A refusal with its status, and what to do about it."""

    def __init__(self, status: int, detail: str) -> None:
        self.status, self.detail = status, detail
        super().__init__(detail)


class SessionCalls(Router):
    """The routes of `console_session`."""

    groups: frozenset[str] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self._cookies_set: dict[str, str] = {}
        self.on(CallRefused)(lambda fault: _refusal(fault.status, fault.detail))
        self.on(NoSuchPath)(lambda _: _refusal(404, "there is no such call"))
        self.on(SignedOut)(lambda _: _refusal(401, SIGN_IN_AGAIN))
        self.on(Exception)(_unexpected)

    @staticmethod
    def query_names_of(_path: str) -> Sequence[str]:
        """Returns the parameters that a query may have: there are none."""
        return ()

    def admit(self) -> None:
        """Refuses a call that another site's page could have caused.

        Raises:
            CallRefused: the console's header is missing (403).
        """
        if self.request.headers.get(HEADER) != "1":
            raise CallRefused(403, "send the header X-Baton-Console: 1, as the console does")

    def resolve(self, event: Any, context: Any) -> dict[str, Any]:
        """Answers a call, with the cookies that it keeps or drops."""
        self._cookies_set = {}
        answered = super().resolve(event, context)
        if self._cookies_set:
            answered["multiValueHeaders"]["Set-Cookie"] = [*self._cookies_set.values()]
        return answered

    def address(self, path: str) -> str:
        """Returns the public address of a path: below the configured one, or else below the gateway's own."""
        configured, context = setting("PUBLIC_URL"), self.request.raw_event["requestContext"]
        by_itself = not configured.startswith("http")
        return f"https://{context['domainName']}/{context['stage']}{path}" if by_itself else f"{configured}{path}"

    @property
    def cookies(self) -> Cookies:
        """Returns the session's cookies."""
        return Cookies.of(self.request, "/" + self.address("/console/session").partition("://")[2].partition("/")[2])

    def keep(self, name: str, value: str, seconds: int) -> None:
        """Has the browser keep a cookie."""
        self._cookies_set[name] = self.cookies.kept(name, value, seconds)

    def drop(self, name: str) -> None:
        """Has the browser forget a cookie."""
        self._cookies_set[name] = self.cookies.dropped(name)

    def sent(self, *fields: str) -> dict[str, Any]:
        """Returns the call's body, a JSON object with some of these fields; `{}` if there is none.

        Raises:
            CallRefused: it is too long (413), no JSON object (400), or has another field (422).
        """
        body = b64decode(self.request.body) if self.request.is_base64_encoded else self.request.body.encode()
        if len(body) > MAX_BODY:
            raise CallRefused(413, f"the body is longer than {MAX_BODY} bytes")
        try:
            read = json.loads(body or b"{}")
        except (ValueError, RecursionError):
            read = None
        if not isinstance(read, dict):
            raise CallRefused(400, "the body is no JSON object in UTF-8")
        if read.keys() - {*fields}:
            raise CallRefused(422, f"the body may have {' and '.join(fields) or 'no field'}, and nothing else")
        return read


def told(content: object) -> Response:
    """Returns an answer that no cache keeps."""
    return Response(200, "application/json", json.dumps(content), _UNCACHED)


def _refusal(status: int, detail: str) -> Response:
    from http import HTTPStatus  # most calls are not refused  # noqa: PLC0415

    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    headers = _UNCACHED | ({"Retry-After": "1"} if status == 503 else {})
    return Response(status, "application/problem+json", json.dumps(content), headers)


def _unexpected(fault: Exception) -> Response:
    """Answers 503 if the pool is busy, else 500; the log gets the kind, and what the set-up lacks, but no token."""
    if is_busy(fault):
        log.warning("the user pool is busy", kind=type(fault).__name__)
        return _refusal(503, "the sign-in does not answer at the moment; try again")
    why = str(fault) if isinstance(fault, NotSetUp) else "something went wrong on our side; try again"
    log.error("a call of the console's session failed", kind=type(fault).__name__, why=why)
    return _refusal(500, why)
