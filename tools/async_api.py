"""Describes what Baton publishes on its bus (AsyncAPI 3.0), from the schemas of the events."""

import json
from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]
FILE = "docs/asyncapi.json"
ABOUT = (
    "Baton publishes each event once or more on its EventBridge bus, whose name is the stack's output `BusName`; drop "
    "duplicates by `event_id`. An event holds ids and facts, no names and no addresses. docs/events.md says what each "
    "kind is about."
)


def document(schemas: Mapping[str, str]) -> Json:
    """Returns the whole description; `schemas` are those of the events' details, by the names of the kinds.

    A message's `detail` refers to the file in docs/events that has its schema.
    """
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Baton's events", "version": "1", "description": ABOUT},
        "defaultContentType": "application/json",
        "servers": {
            "bus": {
                "host": "events.{region}.amazonaws.com",
                "protocol": "eventbridge",
                "description": "The bus of the stack in your own account; add rules of your own to it.",
                "variables": {"region": {"description": "The region of the stack, such as eu-central-1."}},
            }
        },
        "channels": {
            "events": {
                "address": "BusName",
                "description": "The output of the stack that names the bus.",
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in sorted(schemas)},
            }
        },
        "operations": {
            "publishEvents": {
                "action": "send",
                "channel": {"$ref": "#/channels/events"},
                "summary": "Baton tells what happened.",
            }
        },
        "components": {"messages": {name: _message(name, json.loads(schemas[name])) for name in sorted(schemas)}},
    }


def text(schemas: Mapping[str, str]) -> str:
    """Returns the description as the text of its file."""
    return json.dumps(document(schemas), indent=1, ensure_ascii=False) + "\n"


def _message(name: str, schema: Json) -> Json:
    """Describes one kind of event as a rule on the bus sees it."""
    about = " ".join(schema.get("description", "").split())
    return {
        "name": name,
        "title": name,
        "summary": about,
        "payload": {
            "type": "object",
            "required": ["source", "detail-type", "detail"],
            "properties": {
                "source": {"const": "baton"},
                "detail-type": {"const": name},
                "detail": {"$ref": f"./events/{name}.json"},
            },
        },
    }
