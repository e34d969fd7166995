"""Builds JSON Schemas: objects, lists, and texts as Baton checks what was typed."""

import json
import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from pydantic import BaseModel

from baton.agreement.terms.form_terms import FieldKind, FormField
from baton.intake.fields import fact_fields, size_fields
from baton.intake.fields.consent_boxes import NO, YES

Json = dict[str, Any]

TEXT, NUMBER, WHOLE, YES_OR_NO = ({"type": name} for name in ("string", "number", "integer", "boolean"))
ANYTHING: Json = {}
MOMENT: Json = {"type": "string", "format": "date-time"}

_UNSEEN = r"\x00-\x1F\x7F-\x9F"
_NOT_COUNTED = r"\u200B\u202A-\u202E\u2060\u2066-\u2069\uFEFF"
_SPACE = rf"[\s\x1C-\x1F\x85{_NOT_COUNTED}]*"
_KINDS = {
    FieldKind.LINE: rf"[^\s{_UNSEEN}{_NOT_COUNTED}][^{_UNSEEN}\u2028\u2029]{{0,LESS}}",
    FieldKind.TEXT: rf"[^\s{_UNSEEN}{_NOT_COUNTED}](?:[^{_UNSEEN}]|[\n\t]){{0,LESS}}",
    FieldKind.IDENTIFIER: "[A-Za-z0-9._:/-]{1,MOST}",
    FieldKind.CONSENT: f"(?:{'|'.join(sorted(YES | NO))})",
}
"""The pattern of each kind of field, without surrounding space, for texts of MOST characters."""
_DESCRIPTIONS = {
    FieldKind.PHONE: "A phone number, best with + and the country's code. What is none is kept in the message.",
    FieldKind.COUNTRY: "Its code of two letters, or its name in any language. What is none is kept in the message.",
}


def ref(name: str) -> Json:
    """Returns a reference to a schema among the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def thing(fields: Json, *, needed: tuple[str, ...] | None = None, closed: bool = False, **more: Any) -> Json:
    """Returns an object; a name that ends in `?` is optional, unless `needed` lists the required ones."""
    named = {name.removesuffix("?"): schema for name, schema in fields.items()}
    must = [name for name in fields if not name.endswith("?")] if needed is None else list(needed)
    schema: Json = {"type": "object", "properties": named, **({"required": must} if must else {}), **more}
    return schema | ({"additionalProperties": False} if closed else {})


def many(items: Json, **more: Any) -> Json:
    """Returns a list of these items."""
    return {"type": "array", "items": items, **more}


def or_null(schema: Json) -> Json:
    """Returns a schema that accepts null as well."""
    return {"anyOf": [schema, {"type": "null"}]}


def by_name(values: Json) -> Json:
    """Returns an object whose names are not known beforehand."""
    return {"type": "object", "additionalProperties": values}


def typed(field: FormField) -> Json:
    """Returns the schema of a form field, as `check_answer` reads it: surrounding space does not count."""
    if field.kind is FieldKind.EMAIL:
        address: Json = {"type": "string", "format": "email", "maxLength": field.max_length}
        return address if field.needed else {"anyOf": [address, {**TEXT, "pattern": f"^{_SPACE}$"}]}
    if field.kind in _DESCRIPTIONS:
        return {**TEXT, **({"pattern": r"\S"} if field.needed else {}), "description": _DESCRIPTIONS[field.kind]}
    most, less = str(field.max_length), str(field.max_length - 1)
    answer = _KINDS[field.kind].replace("MOST", most).replace("LESS", less)
    return {"type": "string", "pattern": rf"^{_SPACE}{answer if field.needed else f'(?:{answer})?'}{_SPACE}$"}


def fact(check: fact_fields.Check, needed: bool = False) -> Json:
    """Returns the schema of a lead's fact, by its check in `intake.fields.fact_fields`; optional ones may be empty."""
    if check in (size_fields.read_employees, size_fields.read_revenue):
        written = typed(FormField(needed=needed, max_length=size_fields.MAX_LENGTH))
        written["description"] = "A number or a range, such as 51-200. What is none is kept in a signal's message."
        return {"anyOf": [{**WHOLE, "minimum": 0, "maximum": size_fields.MAX_NUMBER}, written]}
    if check is fact_fields.read_answer:
        number = {**NUMBER, "minimum": -size_fields.MAX_NUMBER, "maximum": size_fields.MAX_NUMBER}
        return {"anyOf": [typed(FormField(needed=needed, max_length=fact_fields.MAX_ANSWER)), number, YES_OR_NO]}
    if not isinstance(check, partial):
        raise NotImplementedError(f"say in {__name__} what {check} allows")
    limits = check.keywords
    if limits["kind"] is FieldKind.PHONE:
        return {"anyOf": [typed(FormField(needed=needed, kind=FieldKind.PHONE)), NUMBER]}
    return typed(FormField(needed=needed, kind=limits["kind"], max_length=limits["longest"]))


def sent(model: type[BaseModel], **instead: Json) -> Json:
    """Returns the schema of a model that is read, without titles; `instead` describes fields that pydantic cannot."""
    schema: Json = _plain(model.model_json_schema(ref_template="#/components/schemas/{model}"))
    schema["properties"] |= instead
    return dict(_filled(schema)) if model.model_config.get("str_strip_whitespace") else schema


def shown(model: type[BaseModel], only: Iterable[str] = (), without: Iterable[str] = (), **more: Json) -> Json:
    """Returns the schema of a model that is written: all fields or some, and those that a view adds."""
    schema = _plain(model.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}"))
    schema = published(schema)
    left_out = {*without, *more, *(set(schema["properties"]) - set(only) if only else ())}
    kept = {name: field_schema for name, field_schema in schema["properties"].items() if name not in left_out}
    must = [name for name in schema.get("required", ()) if name in kept]
    return _used({**schema, "properties": kept}) | {"properties": kept | more, "required": [*must, *more]}


PUBLISHED_AS = {
    "OwnershipPeriod": "Stint",
    "ClockRun": "Run",
    "AbsencePeriod": "Away",
    "ReturnDestination": "Destination",
}
"""The names of schemas that callers know already, by the names of the classes that make them."""


def published(schema: Json) -> Json:
    """Returns the schema with the names that callers know."""
    text = json.dumps(schema)
    for name, known_as in PUBLISHED_AS.items():
        text = re.sub(rf'(?<=["/]){name}(?=")', known_as, text)
    return dict(json.loads(text))


def _used(schema: Json) -> Json:
    """Returns the schema with only those definitions that it refers to."""
    defined, used = schema.pop("$defs", {}), set[str]()
    to_read = [json.dumps(schema)]
    while to_read:
        new = set(re.findall(r'"#/components/schemas/(\w+)"', to_read.pop())) - used
        used |= new
        to_read += [json.dumps(defined[name]) for name in new if name in defined]
    return {**schema, "$defs": {name: definition for name, definition in defined.items() if name in used}}


def _plain(part: Any) -> Any:
    if isinstance(part, list):
        return [_plain(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {name: _plain(each) for name, each in part.items() if name != "title" or not isinstance(each, str)}
    if "default" in kept and kept["default"] is None:
        del kept["default"]
    return kept


def _filled(part: Any) -> Any:
    """Requires a character other than space in texts that must not be empty."""
    if isinstance(part, list):
        return [_filled(each) for each in part]
    if not isinstance(part, dict):
        return part
    filled = {name: _filled(each) for name, each in part.items()}
    bare = filled.get("type") == "string" and filled.get("minLength") and "pattern" not in filled
    return filled | ({"pattern": r"\S"} if bare else {})


CURSOR = or_null({**TEXT, "description": "Asks for the next page; null on the last."})


def page(name: str, of: str) -> Json:
    """Returns the schema of a page: so many of a named schema under this name, and the cursor of the next page."""
    return thing({name: many(ref(of)), "cursor": CURSOR})
