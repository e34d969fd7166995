"""The router of one function: the same requests find the same routes as with Powertools' resolver."""

import random
import string
from typing import Any

import pytest
from aws_lambda_powertools.event_handler.api_gateway import APIGatewayRestResolver
from aws_lambda_powertools.event_handler.api_gateway import Response as TheirResponse
from aws_lambda_powertools.event_handler.exceptions import NotFoundError

from baton.aws.web.router import NoSuchPath, Response, Router

RULES = {
    "/leads": ["GET"],
    "/leads/<lead_id>": ["GET", "PATCH"],
    "/leads/<lead_id>/handoff": ["POST"],
    "/teams/<team>/reps/<email>": ["PUT", "DELETE"],
    "/forms/<name>": ["POST", "OPTIONS"],
}
HEADERS = {"Cache-Control": "no-store", "X-Many": "a, b"}
PARTS = [
    "leads",
    "Leads",
    "handoff",
    "teams",
    "reps",
    "forms",
    "sales",
    "",
    "a@b.example",
    "a b",
    "ä",
    "%2F",
    '"',
    "\\",
]
PARTS += ["\\", "a`b", "a#b", "a\tb", "a\nb", "<x>", "{x}", "x" * 400, "日本", "..", "a;b=c"]


def event(method: str, path: str) -> dict[str, Any]:
    return {"httpMethod": method, "path": path, "headers": None, "requestContext": {"stage": "v1"}}


def told(rule: str, found: dict[str, str]) -> str:
    return f"{rule} {sorted(found.items())}"


@pytest.fixture(scope="module")
def ours() -> Router:
    router = Router()
    for rule, methods in RULES.items():
        router.route(rule, methods)(lambda rule=rule, **found: Response(201, "text/plain", told(rule, found), HEADERS))
    router.on(NoSuchPath)(lambda _: Response(404, "text/plain", "no"))
    return router


@pytest.fixture(scope="module")
def theirs() -> APIGatewayRestResolver:
    resolver = APIGatewayRestResolver()
    for rule, methods in RULES.items():
        resolver.route(rule, methods)(
            lambda rule=rule, **found: TheirResponse(201, "text/plain", told(rule, found), dict(HEADERS))
        )
    resolver.exception_handler(NotFoundError)(lambda _: TheirResponse(404, "text/plain", "no"))
    return resolver


def paths() -> list[str]:
    chance = random.Random(3)
    made = ["/" + "/".join(chance.choice(PARTS) for _ in range(chance.randint(0, 4))) for _ in range(400)]
    typed = ["".join(chance.choice(string.printable[:94]) for _ in range(6)) for _ in range(200)]
    return [
        *RULES,
        *(f"{rule}/" for rule in RULES),
        *made,
        *(f"/leads/{each}" for each in typed),
        "/leads//",
        "//leads",
    ]


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "DELETE", "HEAD"])
def test_a_request_gets_the_answer_that_powertools_gave(
    ours: Router, theirs: APIGatewayRestResolver, method: str
) -> None:
    for path in paths():
        asked = event(method, path)
        assert ours.resolve(asked, None) == theirs.resolve(asked, None), path


class _Fault(Exception):
    pass


class _KindOfFault(_Fault):
    pass


def test_a_fault_is_answered_by_the_nearest_of_its_kinds() -> None:
    router = Router()
    router.on(Exception)(lambda _: Response(500))
    router.on(_Fault)(lambda _: Response(409))

    @router.get("/leads")
    def refuse() -> Response:
        raise _KindOfFault

    @router.get("/teams")
    def fail() -> Response:
        raise ZeroDivisionError

    assert router.resolve(event("GET", "/leads"), None)["statusCode"] == 409
    assert router.resolve(event("get", "/teams"), None)["statusCode"] == 500


def test_a_fault_that_nothing_answers_is_raised() -> None:
    with pytest.raises(NoSuchPath):
        Router().resolve(event("GET", "/leads"), None)


def test_a_later_answer_to_the_same_fault_counts() -> None:
    router = Router()
    router.on(NoSuchPath)(lambda _: Response(404))
    router.on(NoSuchPath)(lambda _: Response(410))
    assert router.resolve(event("GET", "/"), None)["statusCode"] == 410
