"""With SnapStart, five functions are called by an alias; whatever its version is made of publishes another one."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bench.lean.comparison import WAITED_FOR
from tests.template.expanded_template import expanded, of_type
from tests.template.parsed_template import FUNCTIONS, GLOBALS, ROOT, TEMPLATE, events_of

NAMES = ["".join(word.capitalize() for word in folder.split("_")) for folder in WAITED_FOR]
PARAMETERS = TEMPLATE["Parameters"]
CONDITION = "HasSnapStart"
LONGEST_DESCRIPTION, ROOM_FOR_ORIGINS = 256, 150
NEVER_CHANGED = {"baton", "Baton", "by the gateway"}
"""What the environment says in words. Another word needs a place in the text that a version is made of."""


def with_option(value: Any, on: bool) -> Any:
    """A value of the expanded template as it is with SnapStart, or without."""
    match value:
        case {"Fn::If": [str(condition), one, other]} if condition == CONDITION:
            return with_option(one if on else other, on)
        case dict():
            return {name: with_option(each, on) for name, each in value.items()}
        case list() | tuple():
            return [with_option(each, on) for each in value]
    return value


def deployed(on: bool) -> dict[str, Any]:
    """The resources that there are with SnapStart, or without."""
    return {
        name: with_option(resource, on)
        for name, resource in expanded()["Resources"].items()
        if on or resource.get("Condition") != CONDITION
    }


def refs(value: Any) -> set[str]:
    """The parameters that a value depends on, by themselves or through a condition."""
    found = set()
    match value:
        case {"Ref": str(name)}:
            found |= {name} & PARAMETERS.keys()
        case {"If": [str(condition), *parts]}:
            found |= refs(TEMPLATE["Conditions"][condition]).union(*map(refs, parts))
        case {"Sub": str(text)}:
            found |= {name for name in PARAMETERS if f"${{{name}}}" in text}
        case dict():
            found = set().union(*map(refs, value.values()))
        case list():
            found = set().union(*map(refs, value))
    return found


def words(value: Any) -> set[str]:
    """The texts and numbers of a value that stand in the template itself."""
    match value:
        case {"Ref": _} | {"GetAtt": _} | {"Sub": _}:
            return set()
        case {"If": [_, *parts]}:
            return words(parts)
        case dict():
            return words(list(value.values()))
        case list():
            return set[str]().union(*map(words, value))
    return {str(value)}


def of_version(name: str) -> Mapping[str, Any]:
    properties: Mapping[str, Any] = FUNCTIONS[f"{name}Function"]
    return properties


def version_text(name: str) -> Any:
    """What a version is made of, in the words of the template."""
    condition, text, _ = of_version(name)["Description"]["If"]
    assert condition == CONDITION
    return text


def told(text: Any, values: Mapping[str, str]) -> str:
    """A version's text, with a parameter's value or its default, and versions of layers that have four digits."""
    match text:
        case {"Join": [str(between), list(parts)]}:
            return between.join(told(part, values) for part in parts)
        case {"Ref": str(name)}:
            return values.get(name) or str(PARAMETERS[name]["Default"])
        case {"Select": _}:
            return "1234"
    return str(text)


def test_snap_start_is_an_option_that_is_off() -> None:
    assert PARAMETERS["SnapStart"]["Default"] == "no"
    assert TEMPLATE["Conditions"][CONDITION] == {"Equals": [{"Ref": "SnapStart"}, "yes"]}


def test_the_functions_that_somebody_waits_for_have_the_option_and_no_others() -> None:
    assert {name for name, function in FUNCTIONS.items() if "SnapStart" in function} == {f"{n}Function" for n in NAMES}
    for on, applies in ((True, "PublishedVersions"), (False, "None")):
        functions = [deployed(on)[f"{name}Function"]["Properties"] for name in NAMES]
        assert [function["SnapStart"] for function in functions] == [{"ApplyOn": applies}] * len(NAMES)


def test_the_runtime_and_the_storage_are_some_that_snap_start_takes() -> None:
    """Python from 3.12 on, on both processors, with at most 512 MB of `/tmp`."""
    assert tuple(map(int, GLOBALS["Runtime"].removeprefix("python").split("."))) >= (3, 12)
    assert not any("EphemeralStorage" in of_version(name) for name in NAMES)


def test_without_the_option_there_is_no_version_and_no_alias() -> None:
    kinds = {resource["Type"] for resource in deployed(on=False).values()}

    assert not kinds & {"AWS::Lambda::Version", "AWS::Lambda::Alias"}
    assert "ReleasedFunctions" not in "".join(deployed(on=False))


def test_the_stack_with_the_option_has_few_enough_resources() -> None:
    assert len(deployed(on=True)) <= 425


@pytest.mark.parametrize("on", [True, False], ids=["on", "off"])
@pytest.mark.parametrize("name", NAMES)
def test_the_gateway_calls_a_function_by_what_it_may_call(name: str, on: bool) -> None:
    """A call of the function itself would be refused, or start without its snapshot."""
    stack = deployed(on)
    called = {"Ref": f"{name}Alias"} if on else {"Fn::GetAtt": [f"{name}Function", "Arn"]}
    permitted = [
        each["Properties"]["FunctionName"]
        for id_, each in stack.items()
        if each["Type"] == "AWS::Lambda::Permission" and id_.startswith(name)
    ]
    paths = stack["Api"]["Properties"]["Body"]["paths"]
    routes = [event["Properties"] for event in events_of(f"{name}Function").values()]

    for route in routes:
        method = paths[route["Path"]][route["Method"].lower()]
        assert method["x-amazon-apigateway-integration"]["type"] == "aws_proxy"
        uri, names = method["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
        assert uri.endswith(":lambda:path/2015-03-31/functions/${Called}/invocations")
        assert names == {"Called": called}
        assert method["security"] == [{route.get("Auth", {}).get("Authorizer", "Staff"): []}]
    assert permitted == [{"Ref": f"{name}Alias" if on else f"{name}Function"}]


def test_no_other_integration_names_one_of_these_functions() -> None:
    body = json.dumps(deployed(on=True)["Api"]["Properties"]["Body"])

    assert not any(f"{name}Function" in body for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_permission_is_for_the_paths_of_the_function(name: str) -> None:
    [permission] = [each for id_, each in of_type("AWS::Lambda::Permission").items() if id_ == f"{name}Permission"]
    routes = [event["Properties"] for event in events_of(f"{name}Function").values()]
    verbs, [path] = {route["Method"] for route in routes}, {route["Path"] for route in routes}
    in_arn = "/".join("*" if part.startswith("{") else part for part in path.split("/"))

    assert permission["SourceArn"]["Fn::Sub"].endswith(f":${{Api}}/*/{verbs.pop() if len(verbs) == 1 else '*'}{in_arn}")


@pytest.mark.parametrize("name", NAMES)
def test_the_alias_leads_to_the_version_that_is_replaced_when_its_text_changes(name: str) -> None:
    """CloudFormation replaces a version if its description changes, and Lambda publishes one only of a function that
    has changed: so the function has the same description."""
    stack = deployed(on=True)
    version, alias = stack[f"{name}Version"]["Properties"], stack[f"{name}Alias"]["Properties"]

    assert alias["FunctionVersion"] == {"Fn::GetAtt": [f"{name}Version", "Version"]}
    assert version["FunctionName"] == alias["FunctionName"] == {"Ref": f"{name}Function"}
    assert version["Description"] == stack[f"{name}Function"]["Properties"]["Description"]
    assert "DeletionPolicy" not in stack[f"{name}Version"], "a version that is kept is billed"


@pytest.mark.parametrize("name", NAMES)
def test_a_version_is_published_anew_with_another_layer_or_other_code(name: str) -> None:
    """SAM gives a layer whose content differs another id, and its reference another version; one layer holds what all
    functions import, the other one the functions."""
    layers = {each for each in of_type("AWS::Lambda::LayerVersion") if not each.startswith("LearningLayer")}
    text = json.dumps(deployed(on=True)[f"{name}Version"]["Properties"]["Description"])

    assert len(layers) == 2
    assert all(f'{{"Ref": "{layer}"}}' in text for layer in layers)
    assert TEMPLATE["Resources"]["ReleasedFunctions"]["Properties"]["ContentUri"] == "functions"
    assert (ROOT / of_version(name)["CodeUri"]).parent == ROOT / "functions"


@pytest.mark.parametrize("name", NAMES)
def test_a_version_is_published_anew_with_each_parameter_and_setting_that_the_function_has(name: str) -> None:
    """The alias would stay on a version with the former value: neither SAM nor CloudFormation compares them."""
    function, text = of_version(name), version_text(name)
    variables = GLOBALS["Environment"]["Variables"] | function.get("Environment", {}).get("Variables", {})
    compared = {key: function.get(key, GLOBALS.get(key)) for key in ("Runtime", "MemorySize", "Timeout", "Tracing")}

    assert refs([variables, compared]) == refs(text)
    assert words(variables) <= NEVER_CHANGED
    assert words(list(compared.values())) <= words(text)
    assert set(function) <= {"CodeUri", "Description", "Environment", "Policies", "SnapStart", *compared}


@pytest.mark.parametrize("name", NAMES)
def test_the_text_of_a_version_has_room_for_several_origins_or_a_long_address(name: str) -> None:
    longest = {
        parameter: max(map(str, said["AllowedValues"]), key=len)
        for parameter, said in PARAMETERS.items()
        if "AllowedValues" in said
    }

    assert len(told(version_text(name), longest)) <= LONGEST_DESCRIPTION - ROOM_FOR_ORIGINS
    assert f"{ROOM_FOR_ORIGINS} characters" in (ROOT / "docs" / "operations.md").read_text()


def test_each_deployment_deploys_the_definition_of_the_api_too() -> None:
    """SAM deploys it anew if its words have changed; those of a condition stay the same when its parameter changes."""
    assert TEMPLATE["Resources"]["Api"]["Properties"]["AlwaysDeploy"] is True
