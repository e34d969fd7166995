"""Builds the description of the API and writes it to docs/openapi.json."""

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from baton.aws.web.request_keys import HEADER, WRITTEN
from tools.openapi.answers import views
from tools.openapi.bodies import JSON, Body, body_of, shipped_forms, signal
from tools.openapi.handlers import Handler, handler_of
from tools.openapi.json_schemas import TEXT, Json, ref
from tools.openapi.operations import FILE, IN_PATH, NOTHING, OPERATIONS, PAGE, Operation
from tools.openapi.routes import OF_BROWSERS, Route, routes
from tools.workspace import ROOT

PROBLEM = "application/problem+json"
ALWAYS = (429, 500, 503)
ABOUT = (
    "Baton decides when marketing hands a lead to sales. No document can say whether a date is past, or a reason "
    "agreed: the fields in an operation's `x-judged` may be refused with 422 however well they are written. Staff and "
    "machines are refused (422) with a parameter of the query that is not named here."
)
_KEY = (
    "Names the request, so that it counts once: within seven days the same request of the same person with the same "
    "key changes nothing, whatever came after it."
)
_BEARER: Json = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


class Undescribed(LookupError):
    """A route of the template is not described; the message says what to add, and where."""


def document() -> Json:
    """Returns the whole description."""
    schemas = {**views(), "Signal": signal()}
    paths: dict[str, Json] = {}
    for route in (each for each in routes() if each.function not in OF_BROWSERS):
        for path, operation in _operations(route):
            paths.setdefault(path, {})[route.verb.lower()] = operation
    whole: Json = {
        "openapi": "3.1.0",
        "info": {"title": "Baton", "version": "1", "description": ABOUT},
        "servers": [{"url": "/v1"}],
        "tags": [{"name": tag} for tag in dict.fromkeys(one.tag for one in OPERATIONS.values())],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": dict.fromkeys(("staff", "machine"), _BEARER),
        },
    }
    found: dict[str, Json] = {}
    whole = dict(_hoisted(whole, found))
    whole["components"]["schemas"] |= {name: _alone(name, found[name], schemas) for name in sorted(found)}
    return whole


def _alone(name: str, definition: Json, views: Mapping[str, Json]) -> Json:
    if name in views and definition != _hoisted(views[name], {}):
        raise ValueError(f"a view and a model within another are both called {name}")
    return definition


def text() -> str:
    """Returns the description as the text of its file."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def _operations(route: Route) -> Iterator[tuple[str, Json]]:
    """Yields the route's path and operation; for forms also one of each form in the packaged agreement."""
    if route.function not in OPERATIONS:
        raise Undescribed(
            f"{route.verb} {route.path} is not described: add `{route.function}` to OPERATIONS in "
            "tools/openapi/operations.py (and, if no pydantic model reads its body, to READ_BY_HAND in bodies.py), "
            "then `make schemas`"
        )
    handler, function = handler_of(route), route.function
    said = (OPERATIONS.get(f"{which} {function}") for which in (f"{route.verb} {route.path}", route.verb))
    operation = next(filter(None, said), OPERATIONS[function])
    if handler.query != operation.query.keys():
        raise Undescribed(f"{route.function}: describe in OPERATIONS the query that its `app` knows")
    body = body_of(route.function, handler) if route.verb not in ("GET", "HEAD", "DELETE") else None
    yield route.path, _operation(route, handler, operation, body)
    if route.function == "submit_form":
        for name, form in shipped_forms().items():
            shipped = route._replace(path=route.path.replace("{form}", name))
            described = _operation(shipped, handler, operation, form)
            yield shipped.path, described | {"operationId": f"submit_{name.replace('-', '_')}"}


def _operation(route: Route, handler: Handler, described: Operation, body: Body | None) -> Json:
    operation: Json = {
        "operationId": _operation_id(route, handler),
        "tags": [described.tag],
        "summary": _summary(handler),
        "description": handler.description,
        "parameters": [*_parameters(route, described, keyed=handler.keyed)],
        "responses": _responses(route, described, body),
    }
    if route.scopes:
        operation["security"] = [{"machine": [*route.scopes]}]
    elif handler.groups:
        operation |= {"security": [{"staff": []}], "x-groups": sorted(handler.groups)}
    if described.judged:
        operation["x-judged"] = [*described.judged]
    if body:
        operation["requestBody"] = _request(body, described)
    return operation


def _operation_id(route: Route, handler: Handler) -> str:
    if route.scopes:
        return f"{route.function}_by_machine"
    name = handler.name if handler.is_further else route.function
    main = "GET" if handler.is_further and route.verb != handler.verb else handler.verb
    return f"{name}_{route.verb.lower()}" if route.verb != main else name


def _summary(handler: Handler) -> str:
    """Returns what a route does in a line: what the file says of its main path, or the route's function of another."""
    summary = handler.description.partition(": ")[0].removesuffix(".") if handler.is_further else handler.summary
    return summary[:1].upper() + summary[1:]


def _parameters(route: Route, operation: Operation, *, keyed: bool) -> Iterator[Json]:
    for name in re.findall(r"{(\w+)}", route.path):
        if name not in IN_PATH:
            raise Undescribed(f"{route.path}: say in IN_PATH in tools/openapi/operations.py what {{{name}}} is")
        yield {"name": name, "in": "path", "required": True, "schema": IN_PATH[name]}
    for name, schema in operation.headers.items():
        yield {"name": name, "in": "header", "required": True, "schema": schema}
    if keyed:
        yield {"name": HEADER, "in": "header", "description": _KEY, "schema": {**TEXT, "pattern": f"^{WRITTEN}$"}}
    optional = [("header", each) for each in operation.may_have.items()]
    for place, (name, schema) in [*optional, *(("query", each) for each in operation.query.items())]:
        described = {"description": schema["description"]} if "description" in schema else {}
        bare = {key: value for key, value in schema.items() if key != "description"}
        yield {"name": name, "in": place, **described, "schema": bare}


def _request(body: Body, described: Operation) -> Json:
    content: dict[str, Json] = {media: {"schema": schema} for media, schema in body.content.items()}
    for file in described.events:
        sample = (ROOT / "events" / file).read_text(encoding="utf-8-sig")
        media, value = (JSON, json.loads(sample)) if file.endswith(".json") else ("text/csv", sample)
        content[media].setdefault("examples", {})[file.partition(".")[0]] = {"value": value}
    return {"required": body.needed, "content": content}


def _responses(route: Route, described: Operation, body: Body | None) -> Json:
    answers = {str(status): _answer(status, views, route.verb) for status, views in described.answers.items()}
    page = any(PAGE in described.answers.get(status, ()) for status in (200, 202)) and not described.query
    refusals = {str(status): _refusal(status, page, route.verb) for status in sorted(_refused(route, described, body))}
    return answers | refusals


def _refused(route: Route, described: Operation, body: Body | None) -> set[int]:
    refused = {*ALWAYS, *described.refuses}
    if not route.public:
        refused |= {401, 403, 422}
    if "{" in route.path:
        refused.add(404)
    if body:
        refused |= {400, 413, 422} | ({415} if [*body.content] != [JSON] else set())
    if described.query or described.judged:
        refused.add(422)
    return refused


def _answer(status: int, named: tuple[str, ...], verb: str) -> Json:
    content: dict[str, Json] = {}
    for name in named:
        if name in (PAGE, FILE):
            content[name] = {"schema": {"type": "string"}}
        elif name != NOTHING:
            content.setdefault(JSON, {"schema": {"anyOf": []}})["schema"]["anyOf"].append(ref(name))
    for media in content.values():
        choices = media["schema"].get("anyOf", ())
        media["schema"] = choices[0] if len(choices) == 1 else media["schema"]
    answer: Json = {"description": HTTPStatus(status).phrase}
    if status == HTTPStatus.SEE_OTHER:
        answer["headers"] = {"Location": {"required": True, "schema": {"type": "string", "format": "uri"}}}
    return answer | ({"content": content} if content and verb != "HEAD" else {})


def _refusal(status: int, page: bool, verb: str) -> Json:
    content: dict[str, Json] = {PROBLEM: {"schema": ref("Problem")}}
    if page and status not in (429, 500):
        content = {PAGE: {"schema": {"type": "string"}}, **content}
    refusal: Json = {"description": HTTPStatus(status).phrase}
    return refusal | ({"content": content} if verb != "HEAD" else {})


def _hoisted(part: Any, found: dict[str, Json]) -> Any:
    """Returns the schema, and moves the definitions in it to the components."""
    if isinstance(part, list):
        return [_hoisted(each, found) for each in part]
    if not isinstance(part, Mapping):
        return part
    for name, definition in part.get("$defs", {}).items():
        plain = _hoisted(definition, found)
        if found.setdefault(name, plain) != plain:
            raise ValueError(f"two different models are called {name}")
    return {name: _hoisted(value, found) for name, value in part.items() if name != "$defs"}
