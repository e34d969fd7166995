"""All words of the agreement's language, to guess what somebody meant."""

from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from baton.agreement.language import Document


@cache
def words() -> tuple[str, ...]:
    """The names of everything that may be written."""
    found: dict[str, None] = {}
    _collect(Document, found, set())
    return tuple(found)


def _collect(kind: Any, found: dict[str, None], seen: set[Any]) -> None:
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
        seen.add(kind)
        for name, field in kind.model_fields.items():
            found[field.alias or name] = None
            _collect(field.annotation, found, seen)
    for part in get_args(kind):
        _collect(part, found, seen)
