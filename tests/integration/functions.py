"""A function as Lambda starts it: its module, with clients of its own."""

import importlib.util
from types import ModuleType

from baton.aws import clients
from tests.integration import template


def new_instance(function: str) -> ModuleType:
    """A new instance of a function, which knows nothing yet."""
    path = template.ROOT / "functions" / function / "app.py"
    spec = importlib.util.spec_from_file_location(f"{function}_app", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    clients.client.cache_clear()
    spec.loader.exec_module(module)
    return module
