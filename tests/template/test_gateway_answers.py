"""What the gateway answers itself: readable by a website's script, with when to try again, and 405 for every body."""

from typing import Any

import pytest

from tests.template.parsed_template import RESOURCES, TEMPLATE, paths

API = RESOURCES["Api"]["Properties"]
ANSWERS = API["GatewayResponses"]
MOCKS = {
    path: methods["x-amazon-apigateway-any-method"]["x-amazon-apigateway-integration"]
    for path, methods in paths().items()
}
WORTH_ANOTHER_TRY = {"THROTTLED", "DEFAULT_5XX"}


def headers(name: str) -> dict[str, Any]:
    found: dict[str, Any] = ANSWERS[name]["ResponseParameters"]["Headers"]
    return found


@pytest.mark.parametrize("name", ANSWERS)
def test_a_script_of_a_website_reads_what_the_gateway_answers_if_any_website_is_allowed(name: str) -> None:
    """The gateway cannot say the origin that asked only if it is allowed: its headers are fixed. Its own answers hold
    nothing of anybody, so that every origin may read them, once there is one that may."""
    assert headers(name)["Access-Control-Allow-Origin"] == {"If": ["HasOrigins", "'*'", {"Ref": "AWS::NoValue"}]}
    assert headers(name)["Access-Control-Expose-Headers"] == "'Retry-After'"
    named = [{"Not": [{"Equals": [{"Ref": name}, ""]}]} for name in ("AllowedOrigins", "ConsoleOrigins")]
    assert TEMPLATE["Conditions"]["HasOrigins"] == {"Or": named}


@pytest.mark.parametrize("name", ANSWERS)
def test_the_gateway_says_when_to_try_again_where_that_may_help(name: str) -> None:
    assert ("Retry-After" in headers(name)) == (name in WORTH_ANOTHER_TRY)


@pytest.mark.parametrize("name", ANSWERS)
def test_what_the_gateway_answers_is_a_problem_that_no_cache_keeps(name: str) -> None:
    assert headers(name)["Content-Type"] == "'application/problem+json'"
    assert headers(name)["Cache-Control"] == "'no-store'"


def test_all_other_refusals_of_the_gateway_are_answered_like_these() -> None:
    """413, 403 of a firewall and 504 fall back to the default of their class."""
    assert {"DEFAULT_4XX", "DEFAULT_5XX", "REQUEST_TOO_LARGE"} <= ANSWERS.keys()
    assert "StatusCode" not in ANSWERS["DEFAULT_5XX"], "504 stays 504"


def test_bodies_reach_functions_byte_by_byte() -> None:
    """What is no binary media type is decoded as UTF-8 on the way, and a letter in another encoding is lost."""
    assert API["BinaryMediaTypes"] == ["*/*"]


@pytest.mark.parametrize("path", MOCKS)
def test_a_method_that_a_path_lacks_is_405_with_what_is_allowed_or_415(path: str) -> None:
    """A template answers the usual types. `never` makes each other one UNSUPPORTED_MEDIA_TYPE, instead of a 500 for a
    body that is no status; no function has templates, so that nothing else is ever answered with that. The gateway
    answers it for all paths alike, so that it cannot name what is allowed, as a 405 must."""
    mock = MOCKS[path]
    assert mock["passthroughBehavior"] == "never"
    assert set(mock["requestTemplates"].values()) == {'{"statusCode": 405}'}
    assert {"application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"} <= set(
        mock["requestTemplates"]
    )
    assert "method.response.header.Allow" in mock["responses"]["default"]["responseParameters"]
    assert ANSWERS["UNSUPPORTED_MEDIA_TYPE"]["StatusCode"] == 415
    assert not [name for name, each in ANSWERS.items() if each.get("StatusCode") == 405]


@pytest.mark.parametrize("path", MOCKS)
def test_a_mock_is_text_though_all_bodies_are_binary(path: str) -> None:
    """A binary body goes past the templates, and a text is decoded from base64: the gateway answers 500 then."""
    assert MOCKS[path]["contentHandling"] == "CONVERT_TO_TEXT"
    assert MOCKS[path]["responses"]["default"]["contentHandling"] == "CONVERT_TO_TEXT"
