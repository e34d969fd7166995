"""Baton decides when marketing hands a lead to sales, hands it over, and sees that somebody follows up.

What every function starts with: pydantic is imported and used without work that Baton has no use for.
"""

import os
import sys
import typing
from collections.abc import Sequence
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


if SCHEMAS not in sys.modules:
    sys.meta_path.insert(0, _Finder())
