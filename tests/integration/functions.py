"""Starts a function as Lambda does: runs its module anew. Only the clients, which take long to make, are kept."""

import importlib.util
from types import ModuleType

from tests.integration import template


def new_instance(function: str) -> ModuleType:
    """A new instance of a function, which knows nothing yet."""
    path = template.ROOT / "functions" / function / "app.py"
    spec = importlib.util.spec_from_file_location(f"{function}_app", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
