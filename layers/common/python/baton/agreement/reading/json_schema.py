"""The JSON Schema of an agreement, with which an editor completes and checks a draft."""

import ast
import inspect
import textwrap
from enum import Enum
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from baton.agreement.conditions.signal_tests import ASPECTS
from baton.agreement.document.document import Document
from baton.agreement.reading.vocabulary import models

Json = dict[str, Any]
PUBLISHED_AS = {
    **{f"{name}Clause": name for name in ("Cap", "Condition", "Content", "EngagementRule", "FitRule", "Handoff")},
    **{f"{name}Clause": name for name in ("Persona", "Question", "SignalsTest", "Sum")},
    "ThresholdClause": "ThresholdFor",
}
"""The name of a clause in the schema, where it differs from its class: editors and links know the schema's names."""
_REF = "#/$defs/"
_OF_SIGNALS = "properties\\."


def schema() -> Json:
    """Returns the schema, with the meaning of every word as its description."""
    generated = _with_published_names(Document.model_json_schema(mode="validation"))
    described = {_published(model.__name__): _meanings(model) for model in models(Document, set())}
    for name, definition in (*generated["$defs"].items(), (Document.__name__, generated)):
        for word, meaning in described.get(name, {}).items():
            if word in definition.get("properties", {}):
                definition["properties"][word]["description"] = meaning
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_plain(generated)}


def _published(name: str) -> str:
    return PUBLISHED_AS.get(name, name)


def _with_published_names(part: Any) -> Any:
    if isinstance(part, list):
        return [_with_published_names(each) for each in part]
    if not isinstance(part, dict):
        return part
    renamed = {name: _with_published_names(each) for name, each in part.items()}
    if "$ref" in renamed:
        renamed["$ref"] = _REF + _published(renamed["$ref"].removeprefix(_REF))
    if "$defs" in renamed:
        renamed["$defs"] = dict(sorted((_published(name), each) for name, each in renamed["$defs"].items()))
    return renamed


def _meanings(model: type[BaseModel]) -> dict[str, str]:
    """Returns the docstring below each field of a model, by the word that people write."""
    meanings: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if issubclass(kind, BaseModel) and kind is not BaseModel:
            meanings |= _docstrings(kind)
    return {field.alias or name: meanings[name] for name, field in model.model_fields.items() if name in meanings}


def _docstrings(kind: type) -> dict[str, str]:
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    lines = body.body if isinstance(body, ast.ClassDef) else []
    found = {}
    for field, text in pairwise(lines):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(docstring))):
                found[name] = " ".join(docstring.split())
    return found


def _plain(part: Any) -> Any:
    """Returns the schema without nulls and generated titles, and with every possible name as a property."""
    if isinstance(part, list):
        return [_plain(each) for each in part]
    if isinstance(part, Enum):
        return part.value
    if not isinstance(part, dict):
        return part
    kept = {name: _plain(each) for name, each in part.items() if name != "title" or not isinstance(each, str)}
    return _closed(_with_words(_without_null(kept)))


def _without_null(part: Json) -> Json:
    choices = part.pop("oneOf", None) or part.pop("anyOf", None)
    if part.get("default", "") is None:
        del part["default"]
    if choices is None:
        return part
    left = [choice for choice in choices if choice != {"type": "null"}]
    return {**left[0], **part} if len(left) == 1 else {**part, "anyOf": left}


def _with_words(part: Json) -> Json:
    """Lists the possible names as properties, which editors offer."""
    names = part.get("propertyNames", {}).get("enum")
    if names and "additionalProperties" in part:
        value = part.pop("additionalProperties")
        del part["propertyNames"]
        return {**part, "properties": dict.fromkeys(names, value)}
    for pattern in part.get("patternProperties", {}):
        if _OF_SIGNALS in pattern:
            return {**part, "properties": {name: {"$ref": f"{_REF}TextTest"} for name in ASPECTS}}
    return part


def _closed(part: Json) -> Json:
    if part.get("type") == "object" and ("properties" in part or "patternProperties" in part):
        return {**part, "additionalProperties": False}
    return part
