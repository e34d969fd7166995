"""Reads from a handler who may call it, what it does, and which body it takes."""

import ast
import importlib
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from unittest.mock import patch

from pydantic import BaseModel

from baton.aws.runtime import clients
from tools.openapi.routes import Route, settings
from tools.workspace import ROOT

_PARAMETER = re.compile(r"[<{]\w+[>}]")


@dataclass(frozen=True)
class Handler:
    """One endpoint: `verb` is its main method, `name` that of the function that answers the route, `body` the model
    that `app.sent` reads, if it reads one, and `query` the parameters that the route knows. `is_further`: the file's
    first line is about another path. `keyed`: a request may have a key, by which its repeat is known.
    """

    groups: frozenset[str]
    summary: str
    description: str
    verb: str
    name: str
    is_further: bool
    body: type[BaseModel] | None
    query: frozenset[str]
    keyed: bool


def handler_of(route: Route) -> Handler:
    """Returns the handler of a route, read from its file."""
    module = _imported(route.function)
    tree = ast.parse((ROOT / "functions" / route.function / "app.py").read_text())
    about = (ast.get_docstring(tree) or "").partition("\n\n")[0]
    answers = _answering(tree, route)
    verb, path = about.split()[:2]
    return Handler(
        groups=module.app.groups,
        summary=" ".join(about.split()).partition(": ")[2].removesuffix("."),
        description=" ".join((ast.get_docstring(answers) or "").split()),
        verb=verb,
        name=answers.name,
        is_further=not route.scopes and path.partition("?")[0].rstrip(":,") != route.path,
        body=next(_bodies(module, answers), None) or next(_bodies(module, tree), None),
        query=frozenset(module.app.query_names_of(route.path)),
        keyed=any(isinstance(each, ast.Name) and each.id == "repeats_of" for each in ast.walk(answers)),
    )


def _imported(function: str) -> ModuleType:
    """Imports the handler's module, with settings that it needs at import."""
    nobody = dict.fromkeys(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "nobody")
    somewhere = {**dict.fromkeys(settings(), "0"), "AWS_DEFAULT_REGION": "eu-central-1", **nobody}
    with patch.dict(os.environ, somewhere), patch.object(sys, "path", [*sys.path, str(ROOT)]):
        module = importlib.import_module(f"functions.{function}.app")
        clients.client.cache_clear()  # type: ignore[attr-defined]
    return module


def _bodies(module: ModuleType, tree: ast.AST) -> Iterator[type[BaseModel]]:
    """Yields the models in the calls `app.sent(Model, …)`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="app"), attr="sent"), args=[ast.Name(id=name), *_]):
                yield getattr(module, name)


def _answering(tree: ast.Module, route: Route) -> ast.FunctionDef:
    """Returns the function that answers a route."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and any(_answers(each, route) for each in node.decorator_list):
            return node
    raise LookupError(f"no function in this file answers {route.verb} {route.path}")


def _answers(decorator: ast.expr, route: Route) -> bool:
    match decorator:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="app"), attr=name), args=[ast.Constant(value=str(rule))]):
            methods: Any = next((ast.literal_eval(each.value) for each in decorator.keywords), name.upper())
            verbs = [methods] if isinstance(methods, str) else methods
            return route.verb in verbs and _PARAMETER.sub("{}", rule) == _PARAMETER.sub("{}", route.path)
    return False
