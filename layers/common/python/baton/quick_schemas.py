"""Imports the types of pydantic's schemas without checking their annotations: 6 ms of each start, a thirtieth.

The module `pydantic_core.core_schema` has ninety typed dictionaries. Python compiles each annotation of theirs to check
it, and nothing reads them: they are for type checkers. While that one module is imported, typed dictionaries are plain
ones. A test compares all that the module has with what it has otherwise.
"""

import sys
import typing
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

SCHEMAS = "pydantic_core.core_schema"


class PlainDictionary(dict[str, Any]):
    """Stands in for `TypedDict`: classes of it make plain dictionaries, and their annotations stay texts."""

    def __init_subclass__(cls, **_: Any) -> None:
        """Takes `total`, which only matters to type checkers."""

    def __new__(cls, *content: Any, **more: Any) -> Any:  # noqa: D102  # as a typed dictionary's
        return dict(*content, **more)


class _Finder:
    """Finds that module where it is, and has it imported quickly."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, _target: Any = None) -> ModuleSpec | None:
        """Returns where the module is; None for all others, which the usual finders find."""
        if name != SCHEMAS:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name, path)
        if spec is not None and spec.loader is not None:
            spec.loader.exec_module = _quickly(spec.loader.exec_module)  # type: ignore[method-assign]
        return spec


def _quickly(execute: Any) -> Any:
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


def make_quick() -> None:
    """Has the module imported quickly when it is, unless it was imported already."""
    if SCHEMAS not in sys.modules:
        sys.meta_path.insert(0, _Finder())
