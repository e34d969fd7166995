"""Turns figures into plain data, as JSON has it, and back."""

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from baton.domain.statistics.won_shares import Counted

Figures = TypeVar("Figures")
_DIGITS = 6


def plain(value: Any) -> Any:
    """Returns a figure, or a named tuple of figures, as plain data; a counted group has its share beside it."""
    if isinstance(value, Counted):
        return {"won": value.won, "of": value.of, "share": plain(value.share)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: plain(each) for name, each in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return round(value, _DIGITS) if isinstance(value, float) else value


def read_plain(kind: type[Figures], data: Any) -> Figures:
    """Returns the figures of a kind that `plain` made data of; names that the data does not have get their default."""
    figures: Figures = _read(kind, data)
    return figures


def _read(kind: Any, data: Any) -> Any:
    origin, parts = get_origin(kind), get_args(kind)
    if data is None or origin in (Union, UnionType):
        return None if data is None else _read(next(each for each in parts if each is not NoneType), data)
    if isinstance(kind, type) and hasattr(kind, "_fields"):
        hints = get_type_hints(kind)
        return kind(**{name: _read(hints[name], each) for name, each in data.items() if name in hints})
    if isinstance(data, Mapping):
        return {name: _read(parts[1], each) for name, each in data.items()}
    if isinstance(data, list | tuple):
        return tuple(_read(parts[0], each) for each in data)
    return data
