"""Reads from a handler who may call it, what it does, and which body it takes."""

import ast
import importlib
import os
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


@dataclass(frozen=True)
class Handler:
    """One endpoint: `verb` is its main method, `body` the model that `app.sent` reads, if it reads one, and `query` the
    parameters that it knows.
    """

    groups: frozenset[str]
    summary: str
    description: str
    verb: str
    body: type[BaseModel] | None
    query: frozenset[str]


def handler_of(route: Route) -> Handler:
    """Returns the handler of a route, read from its file."""
    module = _imported(route.function)
    tree = ast.parse((ROOT / "functions" / route.function / "app.py").read_text())
    docstring = " ".join((ast.get_docstring(tree) or "").split())
    return Handler(
        groups=module.app.groups,
        summary=docstring.partition(": ")[2].removesuffix("."),
        description=_route_docstring(tree, route.verb),
        verb=docstring.partition(" ")[0],
        body=next(_bodies(module, tree), None),
        query=frozenset(module.app.query_names),
    )


def _imported(function: str) -> ModuleType:
    """Imports the handler's module, with settings that it needs at import."""
    nobody = dict.fromkeys(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "nobody")
    somewhere = {**dict.fromkeys(settings(), "0"), "AWS_DEFAULT_REGION": "eu-central-1", **nobody}
    with patch.dict(os.environ, somewhere), patch.object(sys, "path", [*sys.path, str(ROOT)]):
        module = importlib.import_module(f"functions.{function}.app")
        clients.client.cache_clear()  # type: ignore[attr-defined]
    return module


def _bodies(module: ModuleType, tree: ast.Module) -> Iterator[type[BaseModel]]:
    """Yields the models in the calls `app.sent(Model, …)`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="app"), attr="sent"), args=[ast.Name(id=name), *_]):
                yield getattr(module, name)


def _route_docstring(tree: ast.Module, verb: str) -> str:
    """Returns the docstring of the function that answers this verb."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and any(_answers(each, verb) for each in node.decorator_list):
            return " ".join((ast.get_docstring(node) or "").split())
    raise LookupError(f"no function in this file answers {verb}")


def _answers(decorator: ast.expr, verb: str) -> bool:
    match decorator:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="app"), attr="route"), keywords=keywords):
            methods: Any = next(ast.literal_eval(each.value) for each in keywords if each.arg == "method")
            return verb in ([methods] if isinstance(methods, str) else methods)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="app"), attr=name)):
            return name.upper() == verb
    return False
