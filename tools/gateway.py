"""Adds to the local gateway what MiniStack leaves out of a template's API: its own refusals, methods, preflights."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import yaml

from tools.workspace import ROOT

if TYPE_CHECKING:
    import boto3
    from types_boto3_apigateway import APIGatewayClient

ANY, INTEGRATION = "x-amazon-apigateway-any-method", "x-amazon-apigateway-integration"


class _Reader(yaml.SafeLoader):
    """YAML in which CloudFormation's short forms mean nothing, except that each condition holds."""


def _if_it_holds(reader: yaml.SafeLoader, node: Any) -> Any:
    return reader.construct_sequence(node)[1]


def _text(reader: yaml.SafeLoader, node: Any) -> Any:
    return reader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else "Sub"


_Reader.add_multi_constructor("!", lambda _reader, name, _node: name)
_Reader.add_constructor("!If", _if_it_holds)
_Reader.add_constructor("!Sub", _text)


def complete(session: "boto3.Session", api_id: str) -> None:
    """Makes the deployed API refuse, and answer preflights, as template.yaml says, as it would on AWS."""
    gateway = session.client("apigateway")
    api = yaml.load((ROOT / "template.yaml").read_text(), _Reader)["Resources"]["Api"]["Properties"]  # noqa: S506
    for kind, response in api["GatewayResponses"].items():
        _put_gateway_response(gateway, api_id, kind, response)
    there = gateway.get_resources(restApiId=api_id, limit=500)["items"]
    resources = {each["path"]: each["id"] for each in there}
    functions = _functions(session)
    for path, methods in api["DefinitionBody"]["paths"].items():
        if ANY in methods:
            _refuse_others(gateway, api_id, resources[path], methods[ANY][INTEGRATION])
        called = re.search(r"\$\{(\w+)\.Arn\}", methods.get("options", {}).get(INTEGRATION, {}).get("uri", ""))
        if called:
            _answer_preflights(gateway, api_id, resources[path], functions[called[1]])
    gateway.create_deployment(restApiId=api_id, stageName=api["StageName"])


def _put_gateway_response(gateway: "APIGatewayClient", api_id: str, kind: Any, response: Mapping[str, Any]) -> None:
    headers = response["ResponseParameters"]["Headers"]
    status = {"statusCode": str(response["StatusCode"])} if "StatusCode" in response else {}
    gateway.put_gateway_response(
        restApiId=api_id,
        responseType=kind,
        responseParameters={f"gatewayresponse.header.{name}": value for name, value in headers.items()},
        responseTemplates=response["ResponseTemplates"],
        **status,
    )


def _refuse_others(gateway: "APIGatewayClient", api_id: str, resource_id: str, mock: Mapping[str, Any]) -> None:
    """Answers every method that a path does not have."""
    where: dict[str, Any] = {"restApiId": api_id, "resourceId": resource_id, "httpMethod": "ANY"}
    answer = mock["responses"]["default"]
    gateway.put_method(**where, authorizationType="NONE")
    gateway.put_integration(**where, type="MOCK", requestTemplates=mock["requestTemplates"])
    gateway.put_method_response(
        **where, statusCode=answer["statusCode"], responseParameters=dict.fromkeys(answer["responseParameters"], True)
    )
    gateway.put_integration_response(
        **where,
        statusCode=answer["statusCode"],
        selectionPattern="",
        responseParameters=answer["responseParameters"],
        responseTemplates=answer["responseTemplates"],
    )


def _functions(session: "boto3.Session") -> dict[str, str]:
    """Returns the ARN of each function by its name in the template."""
    pages = session.client("lambda").get_paginator("list_functions").paginate()
    arns = (each["FunctionArn"] for page in pages for each in page["Functions"])
    return {found[1]: arn for arn in arns if (found := re.search(r"[:-](\w+Function)(?:-\w+)?$", arn))}


def _answer_preflights(gateway: "APIGatewayClient", api_id: str, resource_id: str, function: str) -> None:
    """Has a function answer what a browser asks before a script calls a path."""
    where: dict[str, Any] = {"restApiId": api_id, "resourceId": resource_id, "httpMethod": "OPTIONS"}
    gateway.put_method(**where, authorizationType="NONE")
    uri = f"arn:aws:apigateway:{function.split(':')[3]}:lambda:path/2015-03-31/functions/{function}/invocations"
    gateway.put_integration(**where, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
