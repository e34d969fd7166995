"""HTTP of Baton's API: who may call, JSON in and out, and every refusal as problem+json (RFC 9457)."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, ValidationError

from baton.aws.runtime import log
from baton.aws.runtime.clients import is_busy
from baton.aws.runtime.settings import setting
from baton.aws.table.write_outcomes import Contended, NotFound
from baton.aws.web.origins import Origins
from baton.aws.web.router import NoSuchPath, Response, Router
from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import NotAllowed, Refused, WrongField
from baton.domain.staff.permissions import SEND_SIGNALS, STAFF

MAX_BYTES = 65_536
MAX_IN_PATH = 320
UNAVAILABLE = 503
LOST_LETTER = "\ufffd"
NOT_UTF_8 = "the body is not in UTF-8; send it in UTF-8, and name its Content-Type"
MACHINES = "/machines/"
"""How the paths begin that machines call, with a token of their own instead of a person's."""

Body = TypeVar("Body", bound=BaseModel)
QueryNames = Sequence[str] | Mapping[str, Sequence[str]]
"""The parameters of a query that an endpoint knows; where it has several paths, those of each path."""
FieldFaults = Sequence[tuple[str, str] | Mapping[str, Any]]
"""The wrong fields of a request: field and detail of each, or with more, as they are shown."""


class Problem(Exception):
    """A refusal: its HTTP status, what to do about it, the wrong fields, and in how many seconds to try again.

    `warnings` are shown beside the wrong fields.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        errors: FieldFaults = (),
        retry_after: int | None = None,
        warnings: FieldFaults = (),
    ) -> None:
        self.status, self.detail, self.errors, self.warnings = status, detail, errors, warnings
        self.retry_after = 1 if status == UNAVAILABLE else retry_after
        super().__init__(detail)

    def response(self) -> Response:
        """Returns the refusal as problem+json."""
        from http import HTTPStatus  # most requests are not refused  # noqa: PLC0415

        phrase = HTTPStatus(self.status).phrase
        content: dict[str, Any] = {"type": "about:blank", "title": phrase, "status": self.status, "detail": self.detail}
        for name, told in (("errors", self.errors), ("warnings", self.warnings)):
            if told:
                content[name] = [
                    {"field": each[0], "detail": each[1]} if isinstance(each, tuple) else each for each in told
                ]
        headers = {"Cache-Control": "no-store"}
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        return Response(self.status, "application/problem+json", json.dumps(content), headers)


class Api(Router):
    """The routes of one endpoint; their exceptions become problems with the right status."""

    def __init__(
        self, groups: frozenset[str] = frozenset(), origins: Origins | None = None, query: QueryNames = ()
    ) -> None:
        super().__init__()
        self.groups, self.origins, self._query_names = groups, origins, query
        self.on(*_STATUS)(_as_problem)
        self.on(Exception)(_unexpected)

    def admit(self) -> None:
        """Refuses a request to a guarded endpoint before the endpoint runs, unless the caller may call it.

        Raises:
            Problem: nobody is signed in (401) or may call it (403), an id is too long (404), or the query has a
                parameter that there is not (422).
        """
        if not self.groups:
            return
        if any(len(value) > MAX_IN_PATH for value in self.request.path_parameters.values()):
            raise Problem(404, "there is no such thing; the last part of the path is too long")
        if self.is_for_machines:
            self.check_machine()
        else:
            _ = self.staff
        known = self.query_names_of(self.request.raw_event["resource"])
        if unknown := self.request.query.keys() - {*known}:
            from baton.domain.fields.field_words import unknown_name  # most queries are right  # noqa: PLC0415

            errors = [(name[:60], unknown_name(name, known)) for name in sorted(unknown)]
            raise Problem(422, "some parameters of the query are not known; nothing was done", errors)

    def query_names_of(self, path: str) -> Sequence[str]:
        """Returns the parameters that the query of a path may have, such as of `/leads/{lead_id}`."""
        return self._query_names.get(path, ()) if isinstance(self._query_names, Mapping) else self._query_names

    def resolve(self, event: Any, context: Any) -> dict[str, Any]:
        """Answers a request; with `origins`, every answer has the CORS headers, a refusal as well."""
        answered = super().resolve(event, context)
        headers = self.origins.headers(event.get("headers") or {}) if self.origins else {}
        if "format" in self.query_names_of(event["resource"]):
            headers["Vary"] = f"Accept, {headers['Vary']}" if headers else "Accept"
        answered["multiValueHeaders"] |= {name: [value] for name, value in headers.items()}
        return answered

    @property
    def staff(self) -> Staff:
        """Returns the signed-in caller.

        Raises:
            Problem: the caller is not signed in (401), or in none of the groups that may call (403).
        """
        return self.staff_in(self.groups)

    def staff_in(self, groups: frozenset[str]) -> Staff:
        """Returns the signed-in caller, who must be in one of these groups, a part of those that may call at all.

        Raises:
            Problem: the caller is not signed in (401), or in none of these groups (403).
        """
        claims = self._claims
        email = claims.get("email")
        if not email:
            raise Problem(401, "sign in, and send the ID token in the Authorization header")
        member_of = frozenset(claims.get("cognito:groups", "").strip("[]").replace(",", " ").split())
        if not member_of & groups:
            raise Problem(403, f"only {', '.join(sorted(groups))} may do this")
        return Staff(email=email, groups=member_of)

    @property
    def is_for_machines(self) -> bool:
        """Tells whether the path is one that machines call."""
        return str(self.request.raw_event["resource"]).startswith(MACHINES)

    def check_machine(self) -> None:
        """Refuses a caller whose token is not a machine's that may send signals.

        Raises:
            Problem: the token says a person, or nobody (401).
        """
        if SEND_SIGNALS not in self._claims.get("scope", "").split():
            raise Problem(401, f"send a machine's access token with the scope {SEND_SIGNALS}")

    @property
    def _claims(self) -> dict[str, str]:
        authorizer = self.request.raw_event["requestContext"].get("authorizer") or {}
        return authorizer.get("claims") or {}

    def query(self, name: str) -> str | None:
        """Returns a query parameter; None if it is missing or empty."""
        return self.request.query.get(name) or None

    @property
    def sender_address(self) -> str | None:
        """Returns the internet address that the gateway got the request from."""
        identity = self.request.raw_event["requestContext"].get("identity") or {}
        return identity.get("sourceIp")

    @property
    def queries(self) -> dict[str, str]:
        """Returns all query parameters, each once."""
        return dict(self.request.query)

    def further(self, cursor: str) -> dict[str, str]:
        """Returns the `Link` header with the address of the next page (RFC 8288)."""
        return {"Link": f'<?{urlencode({**self.queries, "cursor": cursor})}>; rel="next"'}

    @property
    def headers(self) -> dict[str, str]:
        """Returns all headers by their names in small letters."""
        return self.request.headers

    def public_url(self, path: str) -> str:
        """Returns the public address of a path, with the request's query.

        It is under the configured address, or else under the gateway's own; never under one that the request names.
        """
        configured, context = setting("PUBLIC_URL"), self.request.raw_event["requestContext"]
        by_itself = not configured.startswith("http")
        base = f"https://{context['domainName']}/{context['stage']}" if by_itself else configured
        return f"{base}{path}?{urlencode(self.queries, errors='surrogatepass')}" if self.queries else f"{base}{path}"

    @property
    def content_type(self) -> str:
        """Returns the body's media type with its parameters, as the sender names it."""
        return self.request.headers.get("content-type") or ""

    @property
    def raw_body(self) -> bytes:
        """Returns the body as it was sent; the gateway passes it on in base64.

        Raises:
            Problem: the gateway has read it as UTF-8, which it is not, so that letters are lost (400).
        """
        body = self.request.body
        if self.request.is_base64_encoded:
            return base64.b64decode(body)
        if LOST_LETTER in body:
            raise Problem(400, NOT_UTF_8)
        return body.encode(errors="surrogatepass")

    def sent(self, model: type[Body], most_bytes: int = MAX_BYTES) -> Body:
        """Returns the request's JSON body, checked by a model; a value of another type is refused, not converted.

        Raises:
            Problem: it is too long (413), no JSON object in UTF-8 (400), or a field is missing or wrong (422).
        """
        body = self.raw_body or b"{}"
        if len(body) > most_bytes:
            raise Problem(413, f"the body is longer than {most_bytes} bytes")
        try:
            return model.model_validate_json(body, strict=True)
        except ValidationError as invalid:
            faults = invalid.errors(include_url=False, include_input=False)
            if faults[0]["type"] == "json_invalid":
                raise Problem(400, "the body is not JSON in UTF-8") from invalid
            from baton.domain.fields.field_words import field_faults  # most bodies are right  # noqa: PLC0415

            errors = field_faults(faults, model)
            raise Problem(422, "some fields are missing or wrong; nothing was changed", errors) from invalid


def staff_api(groups: frozenset[str] = STAFF, query: QueryNames = ()) -> Api:
    """Returns an endpoint for signed-in staff of these groups, which knows these parameters of a query."""
    consoles = Origins.of_consoles()
    return Api(groups, consoles if consoles.allowed else None, query)


def public_api(origins: Origins | None = None) -> Api:
    """Returns an endpoint that anybody may call; scripts of these origins may read its answers."""
    return Api(origins=origins)


def answer(content: object, status: int = 200) -> Response:
    """Returns a JSON answer that no cache keeps."""
    return Response(status, "application/json", json.dumps(content), {"Cache-Control": "no-store"})


def page(status: int, html: str, headers: Mapping[str, str]) -> Response:
    """Returns an HTML page for a browser."""
    return Response(status, headers["Content-Type"], html, dict(headers))


def as_page(made_of: Callable[[Any], tuple[int, str]], headers: Mapping[str, str]) -> Callable[[Any], Response]:
    """Returns a function that answers a fault with the status and the page that are `made_of` it."""
    return lambda fault: page(*made_of(fault), headers)


def file(content: str, media_type: str, name: str, more: Mapping[str, str] | None = None) -> Response:
    """Returns a file that a browser saves under this name, and no cache keeps."""
    saved = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response(200, media_type, content, {"Cache-Control": "no-store", **saved, **(more or {})})


def refused_fields(refused: Any) -> Response:
    """Answers a reader's refusal of a request: with its `status`, its `detail` and each field in its `errors`."""
    return Problem(refused.status, refused.detail, [(each.field, each.detail) for each in refused.errors]).response()


_NOT_AS_IT_IS = "that does not do as it is; nothing was changed"
_STATUS: dict[type[Exception], Callable[[Any], Problem]] = {
    Problem: lambda problem: problem,
    NoSuchPath: lambda _: Problem(404, "there is no such thing; no id looks like this"),
    NotFound: lambda fault: Problem(404, str(fault)),
    WrongField: lambda fault: Problem(422, _NOT_AS_IT_IS, [(fault.field, str(fault))]),
    Refused: lambda fault: Problem(409, str(fault)),
    NotAllowed: lambda fault: Problem(403, str(fault)),
    Contended: lambda fault: Problem(503, str(fault)),
}


def _as_problem(fault: Exception) -> Response:
    kind = next(kind for kind in _STATUS if isinstance(fault, kind))
    return _STATUS[kind](fault).response()


def _unexpected(fault: Exception) -> Response:
    """Answers 503 if AWS is busy, else 500; the log gets type and place, but not the text, which may quote a person."""
    trace, places = fault.__traceback__, []
    while trace:
        places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    if is_busy(fault):
        log.warning("aws is busy", kind=type(fault).__name__, places=places[-8:])
        return Problem(503, "too much is going on at once; send the same request again in a moment").response()
    log.error("unexpected fault", kind=type(fault).__name__, places=places[-8:])
    return Problem(500, "something went wrong on our side; nothing was lost that was answered before").response()
