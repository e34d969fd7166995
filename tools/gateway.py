"""Adds to the local gateway what MiniStack leaves out of a template's API: refusals of its own, and of methods."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import yaml

from tools.workspace import ROOT

if TYPE_CHECKING:
    import boto3
    from types_boto3_apigateway import APIGatewayClient

ANY = "x-amazon-apigateway-any-method"


class _Reader(yaml.SafeLoader):
    """YAML in which CloudFormation's short forms mean nothing, except that each condition holds."""


def _if_it_holds(reader: yaml.SafeLoader, node: Any) -> Any:
    return reader.construct_sequence(node)[1]


_Reader.add_multi_constructor("!", lambda _reader, name, _node: name)
_Reader.add_constructor("!If", _if_it_holds)


def complete(session: "boto3.Session", api_id: str) -> None:
    """Makes the deployed API refuse as template.yaml says, as it would on AWS."""
    gateway = session.client("apigateway")
    api = yaml.load((ROOT / "template.yaml").read_text(), _Reader)["Resources"]["Api"]["Properties"]  # noqa: S506
    for kind, response in api["GatewayResponses"].items():
        _put_gateway_response(gateway, api_id, kind, response)
    there = gateway.get_resources(restApiId=api_id, limit=500)["items"]
    resources = {each["path"]: each["id"] for each in there}
    for path, methods in api["DefinitionBody"]["paths"].items():
        if ANY in methods:
            _refuse_others(gateway, api_id, resources[path], methods[ANY]["x-amazon-apigateway-integration"])
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
