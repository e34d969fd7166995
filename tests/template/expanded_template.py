"""What CloudFormation makes of template.yaml: resources after the SAM transform, with values as long as they get."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

from tests.template.parsed_template import ROOT

STACK, REGION, ACCOUNT = f"baton-{'x' * 94}", "ap-southeast-2", "123456789012"
"""A stack's name of 100 characters and a long region: names and addresses are made of them."""
UNIQUE = "AbCdEfGhIjKlM"
PSEUDO = {
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": STACK,
    "AWS::StackId": f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{STACK}/{'0' * 36}",
}
LONGEST_NAMES = {"AWS::Lambda::Function": 64, "AWS::SQS::Queue": 80, "AWS::StepFunctions::StateMachine": 80}
"""CloudFormation shortens names that it makes to what each service takes."""
ARNS = {
    "AWS::Lambda::Function": "lambda:{region}:{account}:function:{name}",
    "AWS::StepFunctions::StateMachine": "states:{region}:{account}:stateMachine:{name}",
    "AWS::SQS::Queue": "sqs:{region}:{account}:{name}",
    "AWS::SNS::Topic": "sns:{region}:{account}:{name}",
    "AWS::DynamoDB::Table": "dynamodb:{region}:{account}:table/{name}",
    "AWS::SecretsManager::Secret": "secretsmanager:{region}:{account}:secret:{name}-AbCdEf",
    "AWS::Events::EventBus": "events:{region}:{account}:event-bus/{name}",
    "AWS::S3::Bucket": "s3:::{name}",
}
REF_IS_THE_ARN = {"AWS::SNS::Topic", "AWS::StepFunctions::StateMachine", "AWS::SecretsManager::Secret"}


class _NoPolicies:
    def load(self) -> dict[str, str]:
        """Gives AWS's managed policies by name: the template uses none by name."""
        return {}


@cache
def expanded() -> Mapping[str, Any]:
    """The template after the SAM transform, as CloudFormation deploys it."""
    template = yaml_parse((ROOT / "template.yaml").read_text())
    for resource in template["Resources"].values():
        properties = resource.get("Properties", {})
        for place in ("CodeUri", "ContentUri", "DefinitionUri"):
            if isinstance(properties.get(place), str):
                properties[place] = f"s3://{'a' * 60}/{'b' * 32}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        document: Mapping[str, Any] = transform(template, {}, _NoPolicies())
    return document


def of_type(name: str) -> dict[str, Mapping[str, Any]]:
    """The properties of every resource of a type after the transform, by logical id."""
    found = expanded()["Resources"].items()
    return {id_: one.get("Properties", {}) for id_, one in found if one["Type"] == name}


def resolved(value: Any) -> Any:  # noqa: PLR0911  # a case for each of CloudFormation's words
    """A value in which each name and address stands as it is when deployed."""
    match value:
        case {"Ref": str(name)}:
            return _ref(name)
        case {"Fn::GetAtt": [str(name), str(attribute)]} | {"Fn::GetAtt": (str(name), str(attribute))}:
            return _arn(name) if attribute in ("Arn", "Id") else _name(name)
        case {"Fn::Sub": str(text)} | {"Fn::Sub": [str(text), _]}:
            return re.sub(r"\$\{([\w:]+)(?:\.(\w+))?\}", lambda m: _arn(m[1]) if m[2] else str(_ref(m[1])), text)
        case {"Fn::Join": [str(between), list(parts)]}:
            return between.join(str(resolved(part)) for part in parts)
        case {"Fn::If": [_, one, other]}:
            return max(resolved(one), resolved(other), key=lambda each: len(json.dumps(each)))
        case dict():
            return {name: resolved(each) for name, each in value.items()}
        case list():
            return [resolved(each) for each in value]
    return value


def size(value: Any) -> int:
    """The length of a value as JSON without blanks, once deployed."""
    return len(json.dumps(resolved(value), separators=(",", ":"), ensure_ascii=False).encode())


def _type(name: str) -> str:
    return str(expanded()["Resources"].get(name, {}).get("Type", ""))


def _name(name: str) -> str:
    return f"{STACK}-{name}-{UNIQUE}"[-LONGEST_NAMES.get(_type(name), 200) :]


def _ref(name: str) -> Any:
    if name in PSEUDO:
        return PSEUDO[name]
    if name in expanded()["Parameters"]:
        return expanded()["Parameters"][name].get("Default", "")
    if _type(name) == "AWS::SQS::Queue":
        return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{_name(name)}"
    return _arn(name) if _type(name) in REF_IS_THE_ARN else _name(name)


def _arn(name: str) -> str:
    form = ARNS.get(_type(name), "service:{region}:{account}:{name}")
    return "arn:aws:" + form.format(region=REGION, account=ACCOUNT, name=_name(name))
