"""Finds where in the text of a draft a path stands: its line and column."""

from collections.abc import Iterable, Iterator
from typing import Any

Loc = tuple[int | str, ...]
Position = tuple[int, int]
Names = dict[int | str, tuple[Any, Any]]


def positions(text: str, locs: Iterable[Loc]) -> dict[Loc, Position]:
    """Returns line and column, both from 1, of each path in a YAML text that has been loaded without fault.

    A path is found by its name, or by the beginning of its entry in a list. What is missing is placed where it would
    belong: at the part around it.
    """
    import yaml  # only drafts with findings need it  # noqa: PLC0415

    root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    known: dict[int, Names] = {}
    return {loc: _position(root, loc, known) for loc in locs}


def _position(node: Any, loc: Loc, known: dict[int, Names]) -> Position:
    mark = node.start_mark
    for part in loc:
        if isinstance(part, str) and (part.startswith("=") or part == "[key]"):
            continue
        found = _within(node, part, known)
        if found is None:
            break
        mark, node = found
    return mark.line + 1, mark.column + 1


def _within(node: Any, part: int | str, known: dict[int, Names]) -> tuple[Any, Any] | None:
    """Returns the mark and the node of a part of a node; None if it is not there."""
    if node.id == "sequence":
        if isinstance(part, int) and part < len(node.value):
            return node.value[part].start_mark, node.value[part]
        return None
    return _names(node, known).get(part) if node.id == "mapping" else None


def _names(node: Any, known: dict[int, Names]) -> Names:
    """Returns the parts of a mapping by their names, its own before those that `<<` takes over; each is read once."""
    if id(node) in known:
        return known[id(node)]
    names: Names = {}
    for source in reversed([*_taken_over(node)]):
        names |= _names(source, known) if source.id == "mapping" else {}
    names |= {name.value: (name.start_mark, value) for name, value in node.value if name.id == "scalar"}
    known[id(node)] = names
    return names


def _taken_over(node: Any) -> Iterator[Any]:
    for name, value in node.value:
        if name.tag == "tag:yaml.org,2002:merge":
            yield from value.value if value.id == "sequence" else [value]
