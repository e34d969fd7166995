"""Loads the functions of the repository into this process, each under its own name."""

import importlib.util
from collections.abc import Callable
from functools import cache
from typing import Any

from tools.workspace import ROOT

FUNCTIONS = ROOT / "functions"
Handler = Callable[[dict[str, Any], Any], Any]


def names() -> list[str]:
    """Returns the names of all functions, in the order of their folders."""
    return sorted(path.parent.name for path in FUNCTIONS.glob("*/app.py"))


@cache
def handler(name: str) -> Handler:
    """Returns the handler of a function; its environment variables must be set before the first call."""
    found = importlib.util.spec_from_file_location(f"bench_{name}", FUNCTIONS / name / "app.py")
    if found is None or found.loader is None:
        raise LookupError(f"functions/{name}/app.py cannot be loaded")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    loaded: Handler = module.lambda_handler
    return loaded
