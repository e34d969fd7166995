"""Reads from a template who gets an event of the bus, a message of a queue, and a record of the table's stream."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from moto.events.models import EventPattern

Template = Mapping[str, Any]


@dataclass(frozen=True)
class Receiver:
    """A function, a queue or a state machine, by its logical id; `input_path` cuts the event that it gets."""

    logical_id: str
    input_path: str | None

    def takes(self, event: Mapping[str, Any]) -> Any:
        """Returns what it gets of an event of the bus."""
        found: Any = event
        for part in (self.input_path or "$").split(".")[1:]:
            found = found[part]
        return found


def receivers(template: Template, event: Mapping[str, Any]) -> list[Receiver]:
    """Returns who gets an event of the bus, by the template's rules."""
    return [found for pattern, found in _rules(template) if EventPattern.load(pattern).matches_event(_typed(event))]


def reader_of_queue(template: Template, queue: str) -> str | None:
    """Returns the function that reads a queue; both are logical ids."""
    for logical_id, resource in _of_type(template, "AWS::Serverless::Function"):
        for source in resource.get("Events", {}).values():
            if source["Type"] == "SQS" and source["Properties"]["Queue"].split(".")[0] == queue:
                return logical_id
    return None


def queue_behind(template: Template, function: str, variable: str) -> str:
    """Returns the queue, as a logical id, that an environment variable of a function names."""
    return str(template["Resources"][function]["Properties"]["Environment"]["Variables"][variable])


def stream_readers(template: Template) -> Iterator[tuple[str, list[str]]]:
    """Yields the functions that read the table's stream, each with the patterns of what it gets."""
    for logical_id, resource in _of_type(template, "AWS::Serverless::Function"):
        for source in resource.get("Events", {}).values():
            if source["Type"] == "DynamoDB":
                filters = source["Properties"].get("FilterCriteria", {}).get("Filters", [])
                yield logical_id, [each["Pattern"] for each in filters]


def stream_record(number: int, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a change of an item as the stream passes it to a function; `old` is empty for a new item."""
    key = {name: new[name] for name in ("pk", "sk")}
    image = {"SequenceNumber": str(number), "Keys": key, "NewImage": _in_json(new)}
    return {"eventName": "MODIFY" if old else "INSERT", "dynamodb": image}


def passes(record: dict[str, Any], patterns: list[str]) -> bool:
    """Tells whether a record of the stream passes one of the patterns; without patterns all pass."""
    return not patterns or any(EventPattern.load(pattern).matches_event(_typed(record)) for pattern in patterns)


def folder_of(template: Template, function: str) -> str:
    """Returns the folder of a function's code, which is its name in `functions`."""
    return str(template["Resources"][function]["Properties"]["CodeUri"]).rpartition("/")[2]


def _rules(template: Template) -> Iterator[tuple[str, Receiver]]:
    for logical_id, resource in _of_type(template, "AWS::Serverless::Function", "AWS::Serverless::StateMachine"):
        for source in resource.get("Events", {}).values():
            if source["Type"] == "EventBridgeRule" and "EventBusName" in source["Properties"]:
                properties = source["Properties"]
                yield json.dumps(properties["Pattern"]), Receiver(logical_id, properties.get("InputPath"))
    for _, rule in _of_type(template, "AWS::Events::Rule"):
        if "EventBusName" in rule:
            for target in rule["Targets"]:
                found = Receiver(target["Arn"].split(".")[0], target.get("InputPath"))
                yield json.dumps(rule["EventPattern"]), found


def _of_type(template: Template, *kinds: str) -> Iterator[tuple[str, Any]]:
    for logical_id, resource in template["Resources"].items():
        if resource["Type"] in kinds:
            yield logical_id, resource["Properties"]


def _typed(event: Mapping[str, Any]) -> Any:
    return dict(event)  # moto has a type of its own for it


def _in_json(value: Any) -> Any:
    """Returns an item as JSON has it: bytes as base64 text."""
    if isinstance(value, Mapping):
        return {name: _in_json(part) for name, part in value.items()}
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value
