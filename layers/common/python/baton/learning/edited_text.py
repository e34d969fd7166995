"""Changes the text of an agreement part by part, so that comments and the way it is written stay.

A comment at the end of a line belongs to that line, and comments right above a part belong to that part: they leave
with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from baton.agreement.reading.yaml_loader import NotYaml, load

_WIDTH = 120
_ENDLESS = 1 << 20


class _Edit(NamedTuple):
    """Text that comes instead of that from one place to another; both are counted in characters."""

    start: int
    end: int
    text: str


def edited_text(text: str, wanted: Mapping[str, Any]) -> str:
    """Returns the YAML text with the document that is wanted.

    What cannot be changed in place, such as a part that an alias shares, is written anew as a whole, without comments.
    """
    import yaml  # as for every reader of drafts  # noqa: PLC0415

    edits = sorted(_Editor(text).edits(yaml.compose(text, Loader=yaml.SafeLoader), load(text), dict(wanted)))
    edited = text
    for edit in reversed(edits):
        edited = edited[: edit.start] + edit.text + edited[edit.end :]
    try:
        if load(edited) == wanted:
            return edited
    except NotYaml:
        pass
    return yaml.safe_dump(dict(wanted), sort_keys=False, allow_unicode=True, width=_WIDTH)


class _Editor:
    """Finds the edits between a text's document and another one."""

    def __init__(self, text: str) -> None:
        self.text = text

    def edits(self, node: Any, before: Any, after: Any) -> Iterator[_Edit]:
        """Yields the edits that make one part of the text say something else."""
        if type(before) is type(after) and before == after:
            return
        if isinstance(before, dict) and isinstance(after, dict) and self._can_hold(node, before, after):
            yield from self._of_mapping(node, before, after)
        elif isinstance(before, list) and isinstance(after, list) and _keeps_its_order(node, before, after):
            yield from self._of_list(node, before, after)
        else:
            yield _Edit(node.start_mark.index, _end(node), _in_one_line(after))

    def _can_hold(self, node: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
        return before.keys() == after.keys() or (not node.flow_style and bool(before.keys() & after.keys()))

    def _of_mapping(self, node: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[_Edit]:
        own = {name.value: (name, value) for name, value in node.value}
        for name, (key, value) in own.items():
            if name in before and name in after:
                yield from self.edits(value, before[name], after[name])
            elif name in before:
                yield self._without(key, value)
        added = {name: value for name, value in after.items() if name not in before or name not in own}
        added = {name: value for name, value in added.items() if before.get(name) != value}
        if added:
            yield self._below(_end(node), node.start_mark.column, added)

    def _of_list(self, node: Any, before: list[Any], after: list[Any]) -> Iterator[_Edit]:
        names, kept = [each["id"] for each in before], {each["id"]: each for each in after}
        for name, item, was in zip(names, node.value, before, strict=True):
            yield from self.edits(item, was, kept[name]) if name in kept else [self._without(item, item)]
        column, last, new = node.start_mark.column, None, list[Any]()
        for each in [*after, None]:
            is_new = each is not None and each["id"] not in names
            if is_new:
                new.append(each)
            elif new:
                yield self._above(node.value[0], column, new) if last is None else self._below(last, column, new)
                new = []
            if each is not None and not is_new:
                last = _end(node.value[names.index(each["id"])])

    def _without(self, first: Any, last: Any) -> _Edit:
        return _Edit(self._first_line(first), self._next_line(_end(last)), "")

    def _above(self, node: Any, column: int, parts: Any) -> _Edit:
        place = self._first_line(node)
        return _Edit(place, place, _in_lines(parts, column))

    def _below(self, end: int, column: int, parts: Any) -> _Edit:
        place = self._next_line(end)
        broken = "" if self.text[:place].endswith("\n") else "\n"
        return _Edit(place, place, broken + _in_lines(parts, column))

    def _first_line(self, node: Any) -> int:
        """Returns where the lines of a part begin, those of comments right above it included."""
        start = self._line_of(node.start_mark.index)
        while start and self.text[self._line_of(start - 1) : start].lstrip().startswith("#"):
            start = self._line_of(start - 1)
        return start

    def _line_of(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def _next_line(self, end: int) -> int:
        if end and self.text[end - 1] == "\n":  # a text in lines of its own ends behind its last one
            return end
        return self.text.find("\n", end) + 1 or len(self.text)


def _keeps_its_order(node: Any, before: list[Any], after: list[Any]) -> bool:
    """Tells whether a list has parts with ids, one below another, and those that stay keep their order."""
    were, are = _ids_of(before), _ids_of(after)
    if node.flow_style or not were or are is None:
        return False
    return [name for name in were if name in are] == [name for name in are if name in were]


def _ids_of(parts: list[Any]) -> list[str] | None:
    """Returns the ids of a list's parts; None if one has none, or another's."""
    ids = [each["id"] for each in parts if isinstance(each, dict) and isinstance(each.get("id"), str)]
    return ids if len(set(ids)) == len(parts) else None


def _end(node: Any) -> int:
    """Returns where the last word of a part ends, ahead of comments and empty lines."""
    if node.id == "scalar" or node.flow_style or not node.value:
        return int(node.end_mark.index)
    return _end(node.value[-1][1] if node.id == "mapping" else node.value[-1])


def _in_one_line(value: Any) -> str:
    import yaml  # noqa: PLC0415

    return yaml.safe_dump([value], sort_keys=False, allow_unicode=True, default_flow_style=True, width=_ENDLESS)[1:-2]


def _in_lines(parts: Mapping[str, Any] | Sequence[Any], column: int) -> str:
    import yaml  # noqa: PLC0415

    if isinstance(parts, Mapping):
        lines = [f"{_in_one_line(name)}: {_in_one_line(value)}\n" for name, value in parts.items()]
    else:
        written: str = yaml.safe_dump(
            parts, sort_keys=False, allow_unicode=True, default_flow_style=None, width=_WIDTH - column
        )
        lines = written.splitlines(keepends=True)
    return "".join(" " * column + line for line in lines)
