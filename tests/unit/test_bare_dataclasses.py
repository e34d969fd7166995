"""Dataclasses of pydantic, imported without methods that nobody calls: they are made and filled as otherwise."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

LAYER = Path(__file__).parents[2] / "layers" / "common" / "python"
UNUSED = {"__eq__", "__hash__", "__repr__", "__setattr__", "__delattr__", "__getstate__", "__setstate__"}
MODULES = "pydantic.types, pydantic.networks, pydantic.functional_serializers, pydantic.type_adapter"
DESCRIBED = f"""
import dataclasses, inspect, json, sys
import {MODULES}

def described(cls):
    taken = inspect.signature(cls.__init__).parameters.values()
    return {{
        "takes": [[each.name, each.kind.name, each.default is each.empty] for each in taken],
        "fields": [[each.name, each.kw_only, each.default is each.default_factory] for each in dataclasses.fields(cls)],
        "bases": [each.__name__ for each in cls.__mro__],
        "has": sorted(vars(cls)),
    }}

modules = [module for name, module in sys.modules.items() if name.partition(".")[0] in ("annotated_types", "pydantic")]
classes = [each for module in modules for each in vars(module).values() if isinstance(each, type)]
made = [each for each in classes if dataclasses.is_dataclass(each)]
print(json.dumps({{f"{{each.__module__}}.{{each.__qualname__}}": described(each) for each in made}}))
"""


def described(first: str) -> dict[str, Any]:
    """Describes each dataclass of pydantic, in a Python of its own."""
    found: dict[str, Any] = json.loads(said_by(f"{first}{DESCRIBED}"))
    return found


def said_by(code: str) -> str:
    return subprocess.check_output([sys.executable, "-c", code], text=True, env={"PYTHONPATH": str(LAYER)})


@pytest.fixture(scope="module")
def stock() -> dict[str, Any]:
    return described("")


@pytest.fixture(scope="module")
def bare() -> dict[str, Any]:
    return described("import baton")


def test_a_bare_dataclass_lacks_only_what_compares_hashes_shows_and_freezes(
    stock: dict[str, Any], bare: dict[str, Any]
) -> None:
    assert bare.keys() == stock.keys()
    assert len(stock) > 45
    for name, theirs in stock.items():
        ours = bare[name]
        assert {**ours, "has": None} == {**theirs, "has": None}, name
        assert set(theirs["has"]) - set(ours["has"]) <= UNUSED, name
        assert set(ours["has"]) <= set(theirs["has"]), name
    assert sum(len(each["has"]) for each in bare.values()) < sum(len(each["has"]) for each in stock.values()) - 100


def test_other_dataclasses_are_as_ever() -> None:
    imported = "import dataclasses; before = dataclasses.dataclass; import baton, pydantic.types; "
    assert said_by(f"{imported}print(before is dataclasses.dataclass)") == "True\n"
