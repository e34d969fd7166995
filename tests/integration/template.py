"""template.yaml as these tests need it: what the table is, which function answers what, what reaches it, and with
which settings. Nothing of it is written down a second time, so that the tests cannot drift from what is deployed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
_TABLE_ONLY_ON_AWS = {"DeletionProtectionEnabled", "PointInTimeRecoverySpecification", "TimeToLiveSpecification"}


class _Reader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms: `!Ref Table` is `{"Ref": "Table"}`."""


def _short_form(reader: yaml.SafeLoader, name: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    match node:
        case yaml.ScalarNode():
            value = reader.construct_scalar(node)
        case yaml.SequenceNode():
            value = reader.construct_sequence(node, deep=True)
        case _:
            value = reader.construct_mapping(node, deep=True)
    return {name: value}


_Reader.add_multi_constructor("!", _short_form)


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path)))


@dataclass(frozen=True)
class Route:
    """Which function answers a method and path."""

    function: str
    method: str
    path: str

    def parameters(self, method: str, path: str) -> dict[str, str] | None:
        """The path's parameters, if this is the route."""
        found = _pattern(self.path).fullmatch(path) if method == self.method else None
        return found.groupdict() if found else None


@dataclass(frozen=True)
class Rule:
    """Which events of the bus go to whom, which part of them, and through which queue."""

    name: str
    to: str
    pattern: Mapping[str, Any]
    input_path: str | None
    queue: str | None = None


@cache
def _template() -> dict[str, Any]:
    return yaml.load((ROOT / "template.yaml").read_text(), _Reader)  # a SafeLoader


@cache
def resources(kind: str) -> dict[str, dict[str, Any]]:
    """The properties of all resources of a type, by logical id."""
    found = _template()["Resources"].items()
    return {name: resource.get("Properties", {}) for name, resource in found if resource["Type"] == kind}


def table_definition() -> dict[str, Any]:
    """The table as CreateTable takes it."""
    properties = on_moto(resources("AWS::DynamoDB::Table")["Table"])
    return {**properties, "StreamSpecification": {"StreamEnabled": True, **properties["StreamSpecification"]}}


def on_moto(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table's properties as far as moto's CreateTable takes them."""
    return {name: value for name, value in table.items() if name not in _TABLE_ONLY_ON_AWS}


@cache
def functions() -> dict[str, str]:
    """The logical id of every function's resource, by the function's name."""
    found = resources("AWS::Serverless::Function")
    return {function["CodeUri"].removeprefix("functions/"): name for name, function in found.items()}


def environment(function: str, physical: Mapping[str, str]) -> dict[str, str]:
    """The variables that a function gets, given the physical id of every resource that they refer to."""
    own = resources("AWS::Serverless::Function")[functions()[function]].get("Environment", {}).get("Variables", {})
    common = _template()["Globals"]["Function"]["Environment"]["Variables"]
    return {name: _resolved(value, physical) for name, value in {**common, **own}.items()}


def _resolved(value: Any, physical: Mapping[str, str]) -> str:  # noqa: PLR0911  # a case for each word
    match value:
        case {"Ref": str(name)} if name in _template()["Parameters"]:
            return physical.get(name) or str(_template()["Parameters"][name]["Default"])
        case {"Ref": str(name)}:
            return physical[name]
        case {"GetAtt": str(path)}:
            name, _, attribute = path.partition(".")
            return physical[name].rpartition("/")[2] if attribute == "QueueName" else physical[name]
        case {"Sub": str(text)}:
            return re.sub(r"\$\{(\w+)\}", lambda named: physical[named[1]], text)
        case {"Join": [str(between), list(parts)]}:
            return between.join(_resolved(part, physical) for part in parts)
        case {"If": [str(condition), then, _]}:
            assert condition == "HasPublicUrl", f"teach {__name__} the condition {condition}"
            return _resolved(then, physical)
        case str() | int():
            return str(value)
    raise NotImplementedError(f"teach {__name__} to resolve {value}")


@cache
def routes() -> tuple[Route, ...]:
    """All routes of the API."""
    return tuple(
        Route(name, event["Properties"]["Method"].upper(), event["Properties"]["Path"])
        for name, logical in functions().items()
        for event in _events(logical)
        if event["Type"] == "Api"
    )


@cache
def rules() -> tuple[Rule, ...]:
    """All rules of Baton's bus; the timer counts as the name of its state machine."""
    return tuple(rule for rule, own in _rules() if own)


def uploaded(physical: Mapping[str, str]) -> list[Rule]:
    """The rules of the account's own bus, which hears of the bucket."""
    return [
        Rule(rule.name, rule.to, _filled(rule.pattern, physical), rule.input_path)
        for rule, own in _rules()
        if not own and rule.pattern["source"] == ["aws.s3"]
    ]


def _filled(value: Any, physical: Mapping[str, str]) -> Any:
    match value:
        case {"Ref": str(name)}:
            return physical[name]
        case dict():
            return {name: _filled(each, physical) for name, each in value.items()}
        case list():
            return [_filled(each, physical) for each in value]
    return value


def _rules() -> Iterator[tuple[Rule, bool]]:
    """Each rule, and whether it is one of Baton's own bus."""
    by_logical = {logical: name for name, logical in functions().items()}
    for logical in [*by_logical, *resources("AWS::Serverless::StateMachine")]:
        kind = "AWS::Serverless::Function" if logical in by_logical else "AWS::Serverless::StateMachine"
        for event_name, event in (resources(kind)[logical].get("Events") or {}).items():
            if event["Type"] == "EventBridgeRule":
                to, said = by_logical.get(logical, logical), event["Properties"]
                rule = Rule(f"{logical}{event_name}", to, said["Pattern"], said.get("InputPath"))
                yield rule, "EventBusName" in said
    for name, rule_to_queue in resources("AWS::Events::Rule").items():
        [target] = rule_to_queue["Targets"]
        queue = target["Arn"]["GetAtt"].removesuffix(".Arn")
        yield Rule(name, reader_of(queue), rule_to_queue["EventPattern"], None, queue), True


def reader_of(queue: str) -> str:
    """The function that reads a queue."""
    arn = {"GetAtt": f"{queue}.Arn"}
    readers = (name for name, logical in functions().items() if {"Queue": arn} in [_read(e) for e in _events(logical)])
    return next(readers)


def _read(event: dict[str, Any]) -> dict[str, Any]:
    return {"Queue": event["Properties"]["Queue"]} if event["Type"] == "SQS" else {}


def stream_of(function: str) -> dict[str, Any]:
    """How a function reads the table's stream."""
    return next(event["Properties"] for event in _events(functions()[function]) if event["Type"] == "DynamoDB")


def _events(logical: str) -> list[dict[str, Any]]:
    resource = _template()["Resources"][logical]
    told = resource.get("Metadata", {}).get("Events", {})  # routes that stand in the definition of the API
    return list((told | resource["Properties"].get("Events", {})).values())
