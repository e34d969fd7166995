"""Baton decides when marketing hands a lead to sales, hands it over, and sees that somebody follows up.

What every function starts with: pydantic is imported and used without work that Baton has no use for.
"""

import dataclasses
import os
import sys
import typing
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""Baton has no plugins of pydantic; without this, each start reads the metadata of all packages to look for some."""

_NO_PLUGINS = ModuleType("pydantic.plugin._loader", "Finds no plugins, as pydantic's own does with this setting.")
_NO_PLUGINS.get_plugins = tuple  # type: ignore[attr-defined]
sys.modules.setdefault(_NO_PLUGINS.__name__, _NO_PLUGINS)
"""pydantic's own finds none either, but imports what reads metadata: 6 ms of every first request."""

SCHEMAS = "pydantic_core.core_schema"
"""A module with ninety typed dictionaries, for type checkers. Python compiles each annotation of theirs to check it: in
6 ms of each start. While this module is imported, typed dictionaries are plain ones.
"""


class PlainDictionary(dict[str, Any]):
    """Stands in for `TypedDict`: classes of it make plain dictionaries, and their annotations stay texts."""

    def __init_subclass__(cls, **_: Any) -> None:
        """Takes `total`, which only matters to type checkers."""

    def __new__(cls, *content: Any, **more: Any) -> Any:  # noqa: D102  # as a typed dictionary's
        return dict(*content, **more)


MARKS = ("annotated_types", "pydantic")
"""Packages with fifty small dataclasses. They are made at each start, and hardly ever compared, hashed or shown: the
methods for that took a fifteenth of it. While a module of these is imported, dataclasses are bare ones.
"""
_dataclass = dataclasses.dataclass


def bare_dataclass(cls: type | None = None, /, **options: Any) -> Any:
    """Stands in for `dataclass`: what the class makes equals itself alone, can be changed, and is shown by its type."""
    return _dataclass(cls, **options | {"eq": False, "frozen": False, "repr": False})


class _Finder:
    """Finds these modules where they are, and has them imported quickly."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, _target: Any = None) -> ModuleSpec | None:
        """Returns where the module is; None for all others, which the usual finders find."""
        if name != SCHEMAS and name.partition(".")[0] not in MARKS:
            return None
        spec = PathFinder.find_spec(name, path)
        if spec is not None and spec.loader is not None:
            quickly = with_plain_dictionaries if name == SCHEMAS else with_bare_dataclasses
            spec.loader.exec_module = quickly(spec.loader.exec_module)  # type: ignore[method-assign,assignment]
        return spec


Execute = Callable[[ModuleType], None]


def with_plain_dictionaries(execute: Execute) -> Execute:
    """Returns what executes a module with plain dictionaries for its typed ones."""

    def executed(module: ModuleType) -> None:
        import typing_extensions  # loaded by the module anyway  # noqa: PLC0415

        places: tuple[Any, ...] = (typing, typing_extensions)
        originals = [place.TypedDict for place in places]
        for place in places:
            place.TypedDict = PlainDictionary
        try:
            execute(module)
        finally:
            for place, original in zip(places, originals, strict=True):
                place.TypedDict = original

    return executed


def with_bare_dataclasses(execute: Execute) -> Execute:
    """Returns what executes a module with bare dataclasses for its own."""

    def executed(module: ModuleType) -> None:
        original, dataclasses.dataclass = dataclasses.dataclass, bare_dataclass
        try:
            execute(module)
        finally:
            dataclasses.dataclass = original

    return executed


if SCHEMAS not in sys.modules:
    sys.meta_path.insert(0, _Finder())
