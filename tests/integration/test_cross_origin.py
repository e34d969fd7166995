"""A script on a website may read an answer only if the website is one that the template names."""

from collections.abc import Iterator

import pytest

from tests.integration.gateway import Answer
from tests.integration.world import ANNA, World

OURS, OTHERS = "https://www.example.com", "https://evil.example"
CORS = "access-control-"


@pytest.fixture
def website(world: World) -> Iterator[World]:
    """The stack knows one website."""
    world.stack.physical["AllowedOrigins"] = f"{OURS},https://shop.example.com:8443"
    yield world
    del world.stack.physical["AllowedOrigins"]


def told(answer: Answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name.startswith(CORS)}


def post(world: World, origin: str | None, form: str = "consultation", **answers: str) -> Answer:
    headers = {"Origin": origin} if origin else {}
    return world.ask("POST", f"/forms/{form}", {"email": ANNA, **answers}, headers=headers)


def preflight(world: World, origin: str, form: str = "consultation") -> Answer:
    return world.ask("OPTIONS", f"/forms/{form}", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})


@pytest.mark.parametrize("origin", [OURS, "https://shop.example.com:8443"])
def test_a_page_of_an_allowed_origin_reads_the_answer(website: World, origin: str) -> None:
    answer = post(website, origin)
    assert (answer.status, answer.headers["access-control-allow-origin"]) == (202, origin)
    assert answer.headers["vary"] == "Origin"


REFUSED = {
    "no address": ("consultation", {"email": ""}, 422),
    "no content": ("content-download", {}, 422),
    "no such form": ("nonsense", {}, 404),
}


@pytest.mark.parametrize(("form", "answers", "status"), REFUSED.values(), ids=REFUSED)
def test_a_page_of_an_allowed_origin_also_reads_a_refusal(
    website: World, form: str, answers: dict[str, str], status: int
) -> None:
    answer = post(website, OURS, form, **answers)
    assert (answer.status, answer.headers["access-control-allow-origin"]) == (status, OURS)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "origin", [OTHERS, "null", "*", f"{OURS}.evil.example", "http://www.example.com", f"{OURS}:444"]
)
def test_a_page_of_another_origin_gets_no_cors_headers(website: World, origin: str) -> None:
    answers = [post(website, origin), post(website, origin, email=""), post(website, origin, "nonsense")]
    answers.append(preflight(website, origin))
    assert [told(answer) for answer in answers] == [{}] * 4
    assert {answer.headers["vary"] for answer in answers} == {"Origin"}


def test_a_stack_without_allowed_origins_sends_no_cors_headers(world: World) -> None:
    assert [told(answer) for answer in (post(world, OURS), post(world, None), preflight(world, OURS))] == [{}] * 3


def test_a_preflight_from_an_allowed_origin_permits_posting_json(website: World) -> None:
    asked = preflight(website, OURS)
    assert (asked.status, asked.body) == (204, "")
    assert told(asked) == {
        "access-control-allow-origin": OURS,
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "Content-Type",
        "access-control-expose-headers": "Retry-After",
        "access-control-max-age": "7200",
    }


def test_a_preflight_does_not_reveal_which_forms_exist(website: World) -> None:
    assert preflight(website, OURS, "nonsense") == preflight(website, OURS)


CONSOLE = "https://console.example.com"


@pytest.fixture
def console(world: World) -> Iterator[World]:
    """The stack knows one page on which staff sign in, and one website."""
    world.stack.physical |= {"ConsoleOrigins": CONSOLE, "AllowedOrigins": OURS}
    world.cold()
    yield world
    del world.stack.physical["ConsoleOrigins"], world.stack.physical["AllowedOrigins"]
    world.cold()


def asked(world: World, origin: str | None, path: str = "/leads", by: str | None = "sales", **query: str) -> Answer:
    headers = {"Origin": origin} if origin else {}
    return world.ask("GET", path, by=by, headers=headers, query=query or None)


def preflight_of_staff(world: World, origin: str) -> dict[str, str]:
    answer = world.invoke("answer_preflight", {"headers": {"origin": origin}})
    assert answer["statusCode"] == 204
    return {name.lower(): values[0] for name, values in answer["multiValueHeaders"].items()}


def test_a_console_reads_answers_and_refusals_of_calls_of_staff(console: World) -> None:
    answers = [
        asked(console, CONSOLE, queue="won"),
        asked(console, CONSOLE, queue="nonsense"),
        asked(console, CONSOLE, by=None),
        asked(console, CONSOLE, f"/leads/{'a' * 24}"),
    ]
    assert [answer.status for answer in answers] == [200, 422, 401, 404]
    for answer in answers:
        assert answer.headers["access-control-allow-origin"] == CONSOLE
        assert answer.headers["access-control-expose-headers"] == "Content-Disposition, ETag, Link, Retry-After"
        assert "access-control-allow-credentials" not in answer.headers
    assert [answer.headers["vary"] for answer in answers] == [*["Accept, Origin"] * 3, "Origin"]


@pytest.mark.parametrize("origin", [OURS, OTHERS, "null", "*", f"{CONSOLE}.evil.example", None])
def test_a_page_that_is_no_console_reads_nothing_of_what_staff_are_answered(console: World, origin: str | None) -> None:
    answer = asked(console, origin, queue="won")
    assert (answer.status, told(answer)) == (200, {})
    assert "Origin" in answer.headers["vary"]
    assert not any(name.startswith(CORS) for name in preflight_of_staff(console, origin or ""))


def test_a_console_may_not_read_what_a_form_is_answered(console: World) -> None:
    assert told(post(console, CONSOLE)) == {}
    assert post(console, OURS).headers["access-control-allow-origin"] == OURS


def test_a_preflight_permits_a_console_to_send_its_token_with_every_method(console: World) -> None:
    assert preflight_of_staff(console, CONSOLE) == {
        "access-control-allow-origin": CONSOLE,
        "access-control-allow-methods": "DELETE, GET, PATCH, POST, PUT",
        "access-control-allow-headers": "Authorization, Content-Type, Idempotency-Key, If-None-Match",
        "access-control-expose-headers": "Content-Disposition, ETag, Link, Retry-After",
        "access-control-max-age": "7200",
        "vary": "Origin",
    }


def test_a_stack_without_a_console_sends_staff_no_cors_headers(world: World) -> None:
    answer = asked(world, CONSOLE, queue="won")
    assert (answer.status, told(answer), answer.headers["vary"]) == (200, {}, "Accept")
    assert preflight_of_staff(world, CONSOLE) == {"vary": "Origin"}
