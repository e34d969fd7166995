"""Lists all field names of the agreement, for "did you mean" and for the JSON Schema."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from typing_extensions import TypeAliasType

from baton.agreement.document.document import Document


@cache
def words() -> tuple[str, ...]:
    """Returns every field name that a document may have."""
    fields = (pair for model in models(Document, set()) for pair in model.model_fields.items())
    return tuple(dict.fromkeys(field.alias or name for name, field in fields))


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
