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
