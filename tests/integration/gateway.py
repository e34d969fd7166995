"""The REST API: which function a request goes to, and the event that API Gateway makes of it."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.integration import template

STAFF = {"marketing": "maria@example.com", "sales": "sally@example.com", "admin": "ada@example.com"}

Event = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the API answered."""

    status: int
    headers: Mapping[str, str]
    body: str

    def json(self) -> Any:
        return json.loads(self.body)


def request(
    method: str,
    path: str,
    body: Any = None,
    *,
    by: str | None = None,
    scope: str | None = None,
    groups: str = "sales",
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    address: str = "127.0.0.1",
) -> tuple[str, Event]:
    """The function that answers, and its event.

    `by` is the address of somebody in `groups`, or marketing, sales, admin for one of those; a machine's token has a
    `scope` instead. Every body goes in base64, as the gateway hands over binary media; what is neither bytes nor text
    is sent as JSON.
    """
    found = ((route, route.parameters(method, path)) for route in template.routes())
    route, parameters = next((route, given) for route, given in found if given is not None)
    raw = body if isinstance(body, bytes | str | None) else json.dumps(body)
    raw = raw.encode(errors="surrogatepass") if isinstance(raw, str) else raw
    sent = {"Content-Type": "application/json", **(headers or {})}
    claims = {"email": STAFF.get(by, by), "cognito:groups": by if by in STAFF else groups} if by else None
    claims = {"client_id": "website", "scope": scope, "token_use": "access"} if scope else claims
    return route.function, {
        "resource": route.path,
        "path": path,
        "httpMethod": method,
        "headers": sent,
        "multiValueHeaders": {name: [value] for name, value in sent.items()},
        "queryStringParameters": query,
        "multiValueQueryStringParameters": {name: [value] for name, value in query.items()} if query else None,
        "pathParameters": parameters or None,
        "requestContext": {
            "httpMethod": method,
            "path": f"/v1{path}",
            "stage": "v1",
            "requestId": "5e0d9c3a-3e7a-4d7c-8a53-1c0e8f0f5a11",
            "authorizer": {"claims": claims} if claims else None,
            "identity": {"sourceIp": address},
        },
        "body": None if raw is None else base64.b64encode(raw).decode(),
        "isBase64Encoded": raw is not None,
    }


def answered(answer: Event) -> Answer:
    """What a function's answer is to the caller."""
    headers = {name.lower(): values[0] for name, values in (answer.get("multiValueHeaders") or {}).items()}
    headers |= {name.lower(): value for name, value in (answer.get("headers") or {}).items()}
    return Answer(answer["statusCode"], headers, answer.get("body") or "")
