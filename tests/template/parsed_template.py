"""Reads template.yaml for these tests: functions, their statements, and asynchronous sources."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
Properties = Mapping[str, Any]


class _Reader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms: `!GetAtt Table.Arn` is `{"GetAtt": "Table.Arn"}`."""


def _short_form(reader: yaml.SafeLoader, name: str, node: yaml.Node) -> dict[str, Any]:
    match node:
        case yaml.ScalarNode():
            return {name: reader.construct_scalar(node)}
        case yaml.SequenceNode():
            return {name: reader.construct_sequence(node, deep=True)}
        case _:
            return {name: reader.construct_mapping(node, deep=True)}


_Reader.add_multi_constructor("!", _short_form)

TEMPLATE: Mapping[str, Any] = yaml.load((ROOT / "template.yaml").read_text(), _Reader)  # a SafeLoader
RESOURCES: Mapping[str, Any] = TEMPLATE["Resources"]
GLOBALS: Properties = TEMPLATE["Globals"]["Function"]


def of_type(name: str) -> dict[str, Properties]:
    """The properties of every resource of a type, by logical id."""
    return {id_: one.get("Properties", {}) for id_, one in RESOURCES.items() if one["Type"] == name}


FUNCTIONS = of_type("AWS::Serverless::Function")
MACHINES = of_type("AWS::Serverless::StateMachine")
QUEUES = of_type("AWS::SQS::Queue")
TOPICS = of_type("AWS::SNS::Topic")
ALARMS = of_type("AWS::CloudWatch::Alarm")
WITH_ROLES = {**FUNCTIONS, **MACHINES}


def paths() -> dict[str, Any]:
    """The paths in the definition of Api with their methods, also of those that a parameter can leave out."""
    found = RESOURCES["Api"]["Properties"]["DefinitionBody"]["paths"]
    return {path: methods["If"][1] if "If" in methods else methods for path, methods in found.items()}


def events_of(logical_id: str) -> dict[str, Any]:
    """What starts a function or a state machine, by name; routes in the definition of Api are told by its metadata."""
    resource = RESOURCES[logical_id]
    told: dict[str, Any] = resource.get("Metadata", {}).get("Events", {})
    return told | resource["Properties"].get("Events", {})


@dataclass(frozen=True)
class Source:
    """What starts a function or a state machine: `Stream` of `PublishEventsFunction`, of type DynamoDB."""

    starts: str
    name: str
    type: str
    properties: Properties

    def __str__(self) -> str:
        return f"{self.starts}.{self.name}"


def sources(*types: str) -> list[Source]:
    """Everything of these types that starts something."""
    return [
        Source(id_, name, event["Type"], event["Properties"])
        for id_ in WITH_ROLES
        for name, event in events_of(id_).items()
        if event["Type"] in types
    ]


def rules_to_queues() -> list[Source]:
    """Each rule of the bus that puts events into a queue, with the properties of its target."""
    return [
        Source(queue_of(target["Arn"]), id_, "EventBridgeRule", target)
        for id_, rule in of_type("AWS::Events::Rule").items()
        for target in rule["Targets"]
    ]


@dataclass(frozen=True)
class Statement:
    """One statement of the policy of a function's or state machine's role."""

    of: str
    sid: str
    effect: str
    actions: Sequence[str]
    resource: Any
    condition: Any

    def __str__(self) -> str:
        return f"{self.of}.{self.sid}"


def statements() -> Iterator[Statement]:
    """Every statement of every role that the template spells out."""
    for id_, one in WITH_ROLES.items():
        for policy in one.get("Policies", []):
            for said in policy["Statement"]:
                actions = said["Action"] if isinstance(said["Action"], list) else [said["Action"]]
                yield Statement(
                    id_, said["Sid"], said["Effect"], tuple(actions), said["Resource"], said.get("Condition")
                )


def states(machine: str) -> dict[str, Any]:
    """The states of a state machine's definition, which lies in a file of its own."""
    definition: dict[str, Any] = json.loads((ROOT / MACHINES[machine]["DefinitionUri"]).read_text())["States"]
    return definition


def queue_of(arn: Any) -> str:
    """The logical id of the queue that `!GetAtt Queue.Arn` means."""
    name, attribute = arn["GetAtt"].split(".")
    assert attribute == "Arn"
    assert name in QUEUES, f"{name} is no queue"
    return str(name)


def nodes(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every key of a nested document with its value."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield (*path, str(key)), inner
            yield from nodes(inner, (*path, str(key)))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from nodes(inner, (*path, str(place)))
