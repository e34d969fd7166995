"""A line of differences in parts, so that a reader sees terms, rules and lengths of time in their own words.

A line is written as one text. What in it a reader may see otherwise is put between marks, and the marks are told apart
in the end.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

_BEGIN, _BETWEEN, _END = "\ue000", "\ue001", "\ue002"
_SIGNS = str.maketrans(dict.fromkeys((_BEGIN, _BETWEEN, _END), "\ufffd"))
_MARKED = re.compile(f"{_BEGIN}([^{_BETWEEN}]*){_BETWEEN}([^{_END}]*){_END}")

SCORING = ("fit", "engagement")
"""The sections of the agreement whose rules give points."""


class Part(NamedTuple):
    """A part of a line: its text, and what it is, if it is more than text.

    Args:
        text: what the line says there.
        path: the term that the text names, such as `("handoffs", "sql", "clocks", "accept", "within")`.
        seconds: the length of time that the text writes.
        steps: the steps of the ladder that the text writes.
        asks: the text says what a rule asks.
    """

    text: str
    path: Sequence[str] = ()
    seconds: int | None = None
    steps: Sequence[Mapping[str, str]] = ()
    asks: bool = False

    @property
    def rule(self) -> str | None:
        """Returns the rule with points that the text names, such as `fit.student`."""
        return ".".join(self.path[:2]) if len(self.path) > 1 and self.path[0] in SCORING else None


def marked(text: str, **what: Any) -> str:
    """Returns a text between marks that say what it is, by the fields of a part."""
    return f"{_BEGIN}{json.dumps(what)}{_BETWEEN}{unmarked(text)}{_END}"


def unmarked(text: str) -> str:
    """Returns a text without marks."""
    return _MARKED.sub(r"\2", text)


def parts(text: str) -> Iterator[Part]:
    """Yields the parts of a marked text, in their order."""
    texts = _MARKED.split(text)
    for plain, what, said in zip(texts[::3], [*texts[1::3], ""], [*texts[2::3], ""], strict=True):
        yield from [Part(plain)] if plain else []
        yield from [_read(said, **json.loads(what))] if said else []


def without_signs(terms: dict[str, Any]) -> dict[str, Any]:
    """Returns terms with other signs in place of those of marks, so that nobody's text is taken for a mark."""
    written = json.dumps(terms, ensure_ascii=False)
    return terms if (clean := written.translate(_SIGNS)) == written else dict(json.loads(clean))


def _read(text: str, path: Sequence[str] = (), **what: Any) -> Part:
    return Part(text, tuple(path), **what)
