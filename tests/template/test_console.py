"""The console in the template: left out by a parameter, and a client that hands out as little as it can."""

import re
from typing import Any

import pytest

from baton.aws.sign_in.sign_in import AFTER, BACK
from baton.aws.sign_in.user_pool import CLIENT, SCOPES
from tests.template.expanded_template import expanded
from tests.template.parsed_template import RESOURCES, TEMPLATE, of_type

OF_CONSOLE = {
    *("ServeConsoleFunction", "ServeConsolePermission", "ConsoleSessionFunction", "ConsoleSessionPermission"),
    *("ConsoleClient", "CompanySignIn"),
}
SIGN_IN = of_type("AWS::Cognito::UserPoolClient")["ConsoleClient"]


def without_console(value: Any) -> Any:
    """A value of the template as it is when the parameter leaves the console out."""
    match value:
        case {"Fn::If": ["HasConsole", _, other]}:
            return without_console(other)
        case dict():
            found = {name: without_console(each) for name, each in value.items()}
            return {name: each for name, each in found.items() if each != {"Ref": "AWS::NoValue"}}
        case list():
            return [without_console(each) for each in value]
    return value


def test_the_parameter_leaves_all_of_the_console_out() -> None:
    [api] = [each for each in expanded()["Resources"].values() if each["Type"] == "AWS::ApiGateway::RestApi"]
    there, gone = api["Properties"]["Body"]["paths"], without_console(api["Properties"]["Body"]["paths"])

    assert {path for path in there if path not in gone} == {
        *("/console", "/console/{proxy+}"),
        *(f"/console/session/{call}" for call in ("start", "finish", "refresh", "end")),
    }
    assert not any(name in str(gone) for name in OF_CONSOLE)
    assert {RESOURCES[name]["Condition"] for name in OF_CONSOLE} == {"HasConsole", "HasSso"}
    assert TEMPLATE["Conditions"]["HasSso"]["And"][0] == {"Condition": "HasConsole"}
    roles = [each for name, each in expanded()["Resources"].items() if name in {f"{one}Role" for one in OF_CONSOLE}]
    assert [each["Condition"] for each in roles] == ["HasConsole"] * 2


def test_the_consoles_client_gives_codes_only_and_keeps_no_secret() -> None:
    assert (SIGN_IN["AllowedOAuthFlows"], SIGN_IN["GenerateSecret"]) == (["code"], False)
    assert SIGN_IN["AllowedOAuthScopes"] == SCOPES.split()
    assert "ALLOW_REFRESH_TOKEN_AUTH" not in SIGN_IN["ExplicitAuthFlows"], "Cognito refuses it beside rotation"
    assert not any("PASSWORD" in flow for flow in SIGN_IN["ExplicitAuthFlows"])


def test_nobody_changes_by_the_consoles_client_the_address_that_says_who_they_are() -> None:
    assert SIGN_IN["WriteAttributes"] == ["name"]
    assert "AttributeMapping" not in RESOURCES["CompanySignIn"]["Properties"], "a provider would name any address"


def test_a_session_renews_itself_and_what_renews_it_changes_each_time() -> None:
    assert SIGN_IN["RefreshTokenRotation"] == {"Feature": "ENABLED", "RetryGracePeriodSeconds": 60}
    assert SIGN_IN["EnableTokenRevocation"] is True
    assert (SIGN_IN["IdTokenValidity"], SIGN_IN["TokenValidityUnits"]["IdToken"]) == (15, "minutes")
    assert SIGN_IN["RefreshTokenValidity"] == {"Ref": "SessionHours"}


@pytest.mark.parametrize(("property_", "path"), [("CallbackURLs", BACK), ("LogoutURLs", AFTER)])
def test_the_sign_in_page_leads_back_to_the_console_alone(property_: str, path: str) -> None:
    [address] = SIGN_IN[property_]
    condition, own, of_gateway = address["If"]

    assert condition == "HasPublicUrl"
    assert own == {"Sub": f"${{PublicUrl}}{path}"}
    assert of_gateway["Sub"].endswith(f"/v1{path}")


def test_the_function_finds_the_client_by_the_name_that_it_has() -> None:
    assert SIGN_IN["ClientName"] == CLIENT


@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        ("", True),
        ("https://baton.acme.com", True),
        ("https://api.acme.com/baton", True),
        ("https://baton.acme.com/", False),
        ("https://api.acme.com/baton/", False),
        ("baton.acme.com", False),
    ],
)
def test_a_public_address_is_taken_without_a_slash_at_its_end_alone(url: str, is_taken: bool) -> None:
    """Else the pool is told of `//console/signed-in`, and nobody is let in."""
    assert bool(re.search(TEMPLATE["Parameters"]["PublicUrl"]["AllowedPattern"], url)) is is_taken
