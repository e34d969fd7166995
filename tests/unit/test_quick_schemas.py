"""The types of pydantic's schemas, imported quickly: all that the module has is what it has otherwise."""

import ast
import importlib.util
import inspect
import subprocess
import sys
import typing
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pydantic
import pydantic_core.core_schema
import pytest
import typing_extensions

from baton import SCHEMAS, PlainDictionary, with_plain_dictionaries

LAYER = Path(__file__).parents[2] / "layers" / "common" / "python"


def imported(*, quickly: bool) -> ModuleType:
    spec = importlib.util.spec_from_file_location("core_schema_anew", pydantic_core.core_schema.__file__)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    (with_plain_dictionaries(spec.loader.exec_module) if quickly else spec.loader.exec_module)(module)
    return module


@pytest.fixture(scope="module")
def stock() -> dict[str, Any]:
    return vars(imported(quickly=False))


@pytest.fixture(scope="module")
def quick() -> dict[str, Any]:
    return vars(imported(quickly=True))


def dictionaries(names: dict[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in names.items() if typing_extensions.is_typeddict(each)}


def test_only_typed_dictionaries_differ(stock: dict[str, Any], quick: dict[str, Any]) -> None:
    assert quick.keys() == stock.keys()
    assert len(dictionaries(stock)) > 70
    for name, theirs in stock.items():
        ours = quick[name]
        if name in dictionaries(stock):
            assert issubclass(ours, PlainDictionary)
            assert ours.__annotations__.keys() <= theirs.__annotations__.keys()
        elif isinstance(theirs, FunctionType):
            assert (ours.__code__.co_code, inspect.signature(ours)) == (
                theirs.__code__.co_code,
                inspect.signature(theirs),
            )
        elif isinstance(theirs, type):
            assert vars(ours).keys() == vars(theirs).keys()


def test_a_typed_dictionary_makes_the_same_dictionary(stock: dict[str, Any], quick: dict[str, Any]) -> None:
    for name, theirs in dictionaries(stock).items():
        made = quick[name](type="any", metadata={"a": 1})
        assert made == theirs(type="any", metadata={"a": 1})
        assert type(made) is dict


def test_nothing_of_pydantic_uses_a_typed_dictionary_but_to_make_one_or_as_a_type(stock: dict[str, Any]) -> None:
    named, used = dictionaries(stock).keys(), set()
    for path in Path(pydantic.__file__).parent.rglob("*.py"):
        if "v1" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                "is_typeddict",
                "get_type_hints",
                "issubclass",
            ):
                used |= {each.id for each in ast.walk(node) if isinstance(each, ast.Name)} & named
    assert used == set()


def test_typed_dictionaries_are_as_ever_afterwards() -> None:
    code = "\n".join(
        (
            "import typing, typing_extensions",
            "before = typing.TypedDict, typing_extensions.TypedDict",
            "import baton",
            "import pydantic_core.core_schema as schemas",
            "print(before == (typing.TypedDict, typing_extensions.TypedDict))",
            "print(schemas.AnySchema.__mro__[1].__name__, schemas.any_schema())",
        )
    )
    environment = {"PYTHONPATH": str(LAYER)}
    said = subprocess.check_output([sys.executable, "-c", code], text=True, env=environment).splitlines()
    assert said == ["True", "PlainDictionary {'type': 'any'}"]
    assert typing.TypedDict is not PlainDictionary
    assert pydantic_core.core_schema.__name__ == SCHEMAS
