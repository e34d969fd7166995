"""Lists the field names of the agreement and where they stand, for "did you mean" and for the JSON Schema."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from typing_extensions import TypeAliasType

from baton.agreement.document.document import Document

Loc = tuple[int | str, ...]


def words_at(loc: Loc) -> tuple[str, ...]:
    """Returns the field names that may stand where the last part of a path stands: beside `fit.0.pionts`, `points`."""
    kinds: list[Any] = [Document]
    for part in loc[:-1]:
        if not (isinstance(part, str) and part.startswith("=")):
            kinds = [inner for kind in kinds for each in _choices(kind) for inner in _within(each, part)]
    here = [each for kind in kinds for each in _choices(kind) if isinstance(each, type) and issubclass(each, BaseModel)]
    return tuple(dict.fromkeys(name for model in here for name in _named(model)))


def sections_with(word: str) -> tuple[str, ...]:
    """Returns the sections in which a field name means something: `personas` for `weights`."""
    return _sections().get(word, ())


@cache
def _sections() -> dict[str, tuple[str, ...]]:
    """Returns for each field name the sections in which it means something; a draft may have many unknown words."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(_named(Document), ("the document itself",))
    for name, annotation in _named(Document).items():
        for word in {word for model in models(annotation, set()) for word in _named(model)}:
            found[word] = (*found.get(word, ()), name)
    return found


def _named(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _choices(kind: Any) -> Iterator[Any]:
    """Yields the types that a type stands for, without unions, aliases and annotations."""
    if isinstance(kind, TypeAliasType):
        kind = kind.__value__
    if isinstance(kind, type) or get_origin(kind) in (dict, tuple, list):
        yield kind
        return
    for part in get_args(kind):
        yield from _choices(part)


def _within(kind: Any, part: int | str) -> Iterator[Any]:
    """Yields the type of a part: of a field by its name, of an entry by its number or name."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if part in (named := _named(kind)):
            yield named[str(part)]
    elif get_origin(kind) is dict:
        yield get_args(kind)[1]
    elif isinstance(part, int) and get_args(kind):
        yield get_args(kind)[0]


def models(kind: Any, seen: set[type]) -> Iterator[type[BaseModel]]:
    """Yields the models that a type is made of, each once; those in `seen` are left out."""
    if isinstance(kind, TypeAliasType):
        kind = kind.__value__
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
        seen.add(kind)
        yield kind
        for field in kind.model_fields.values():
            yield from models(field.annotation, seen)
    for part in get_args(kind):
        yield from models(part, seen)
