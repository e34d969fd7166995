"""Finds where in the text of a draft a path stands: its line and column."""

from collections.abc import Iterable
from typing import Any

Loc = tuple[int | str, ...]
Position = tuple[int, int]


def positions(text: str, locs: Iterable[Loc]) -> dict[Loc, Position]:
    """Returns line and column, both from 1, of each path in a YAML text that has been loaded without fault.

    A path is found by its name, or by the beginning of its entry in a list. What is missing is placed where it would
    belong: at the part around it.
    """
    import yaml  # only drafts with findings need it  # noqa: PLC0415

    root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {loc: _position(root, loc) for loc in locs}


def _position(node: Any, loc: Loc) -> Position:
    mark = node.start_mark
    for part in loc:
        if isinstance(part, str) and (part.startswith("=") or part == "[key]"):
            continue
        found = _within(node, part)
        if found is None:
            break
        mark, node = found
    return mark.line + 1, mark.column + 1


def _within(node: Any, part: int | str) -> tuple[Any, Any] | None:
    """Returns the mark and the node of a part of a node; None if it is not there."""
    if node.id == "sequence":
        if isinstance(part, int) and part < len(node.value):
            return node.value[part].start_mark, node.value[part]
        return None
    if node.id != "mapping":
        return None
    for name, value in node.value:
        if name.value == part:
            return name.start_mark, value
    return _merged(node, part)


def _merged(node: Any, part: int | str) -> tuple[Any, Any] | None:
    """Looks for a name among those that `<<` takes over."""
    for name, value in node.value:
        if name.tag == "tag:yaml.org,2002:merge":
            for source in value.value if value.id == "sequence" else [value]:
                if found := _within(source, part):
                    return found
    return None
