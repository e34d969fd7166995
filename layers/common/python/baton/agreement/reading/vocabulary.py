"""All words of the agreement's language, to guess what somebody meant and to say what a word means."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from typing_extensions import TypeAliasType

from baton.agreement.document.document import Document


@cache
def words() -> tuple[str, ...]:
    """Everything that may be written as a name."""
    fields = (pair for model in models(Document, set()) for pair in model.model_fields.items())
    return tuple(dict.fromkeys(field.alias or name for name, field in fields))


def models(kind: Any, seen: set[type]) -> Iterator[type[BaseModel]]:
    """The models that a type is made of, each once; `seen` are left out."""
    if isinstance(kind, TypeAliasType):
        kind = kind.__value__
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
        seen.add(kind)
        yield kind
        for field in kind.model_fields.values():
            yield from models(field.annotation, seen)
    for part in get_args(kind):
        yield from models(part, seen)
