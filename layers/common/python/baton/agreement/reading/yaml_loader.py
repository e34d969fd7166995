"""Loads YAML of untrusted authors: stricter than YAML itself, and with a limit on what aliases expand to."""

import re
from collections.abc import Hashable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import yaml

MAX_NODES = 100_000
MAX_DEPTH = 50
_NOT_CAUGHT_BY_YAML = (ValueError, LookupError, AttributeError)  # such as by a date in a month 13
_TAG = "tag:yaml.org,2002:"
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_REMEDIES = (
    ("unknown escape character", "; write a pattern in single quotes, in which a backslash means itself"),
    ("cannot start any token", "; write a text that begins so in quotes"),
    ("mapping values are not allowed", "; write a text with a colon in it in quotes, or look at the indentation"),
    ("undefined alias", "; write a text that begins with * in quotes"),
    ("could not find expected ':'", "; write `name: value`"),
    ("block mapping", "; look at the indentation and at brackets or quotes that are not closed"),
    ("block collection", "; look at the indentation and at brackets or quotes that are not closed"),
    ("flow mapping", "; look at commas, and at brackets or quotes that are not closed"),
    ("flow sequence", "; look at commas, and at brackets or quotes that are not closed"),
    ("quoted scalar", "; close the quotes"),
)
"""What to do, by words of YAML's complaint; the first that is found counts."""


class NotYaml(Exception):
    """The text is not YAML, or YAML reads it differently from people, such as `010` as eight.

    `at` is the line and column, from 1, if they are known.
    """

    def __init__(self, problem: str, mark: "yaml.Mark | None" = None) -> None:
        self.at = (mark.line + 1, mark.column + 1) if mark else None
        super().__init__(problem)


def load(text: str) -> Any:
    """Returns the data of a YAML text.

    Raises:
        NotYaml: it is not YAML, has a name twice, refers to itself, or has a number that misleads.
    """
    import yaml  # only drafts and deployments read YAML; a request's path never does  # noqa: PLC0415

    try:
        loader = _strict()(text)
        node = loader.get_single_node()
        if node is None:
            return None
        _size(node, {}, set())
        return loader.construct_document(node)
    except yaml.MarkedYAMLError as fault:
        problem = " ".join(part for part in (fault.context, fault.problem) if part)
        raise NotYaml(_with_remedy(problem), fault.problem_mark or fault.context_mark) from fault
    except RecursionError as fault:
        raise NotYaml("it is nested too deeply") from fault
    except (yaml.YAMLError, *_NOT_CAUGHT_BY_YAML) as fault:
        raise NotYaml(str(fault)) from fault


@cache
def _strict() -> "type[yaml.SafeLoader]":
    """Returns YAML's safe loader, made to refuse equal keys: YAML silently keeps the last one."""
    import yaml  # noqa: PLC0415

    class Strict(yaml.SafeLoader):
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
            _check_names([key for key, _ in node.value])
            return super().construct_mapping(node, deep)

    for kind in ("binary", "omap", "pairs", "set"):
        Strict.add_constructor(_TAG + kind, _refuse)
    Strict.add_constructor(f"{_TAG}timestamp", _date)
    Strict.add_constructor(f"{_TAG}int", lambda _, node: int(_plain(node, _WHOLE)))
    Strict.add_constructor(f"{_TAG}float", lambda _, node: float(_plain(node, _DECIMAL)))
    return Strict


def _check_names(names: "list[yaml.Node]") -> None:
    """Refuses names that stand twice or are no text; a date as a name is text."""
    seen: set[str] = set()
    for name in names:
        if name.tag == f"{_TAG}merge":
            continue
        if name.tag == f"{_TAG}timestamp" and _DATE.fullmatch(name.value):
            name.tag = f"{_TAG}str"
        if name.tag != f"{_TAG}str":
            raise _refused(name, "this name is no text to YAML; write names as words, or in quotes")
        if name.value in seen:
            raise _refused(name, f"{name.value} stands twice; keep one of them")
        seen.add(name.value)


def _plain(node: Any, form: re.Pattern[str]) -> str:
    """Returns the digits of a number; YAML would read 010 as eight, and 1:30 as ninety."""
    if not isinstance(node.value, str) or not form.fullmatch(node.value):
        problem = "is no plain number; write it like 1000 or 0.5, or in quotes if it is a text"
        raise _refused(node, f"{str(node.value)[:40]} {problem}")
    return node.value


def _date(loader: "yaml.SafeLoader", node: Any) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except (ValueError, AttributeError) as fault:
        problem = "is no date that exists; write one like 2026-12-25, or in quotes if it is a text"
        raise _refused(node, f"{str(node.value)[:40]} {problem}") from fault


def _refuse(_: "yaml.SafeLoader", node: "yaml.Node") -> None:
    raise _refused(node, f"{node.tag.removeprefix(_TAG)} means nothing here; write texts, numbers and lists")


def _size(node: Any, sizes: dict[int, int], within: set[int]) -> int:
    """Counts the nodes with every alias written out."""
    if isinstance(node.value, str):
        return 1
    if id(node) in within:
        raise _refused(node, "it refers to itself")
    if len(within) > MAX_DEPTH:
        raise _refused(node, "it is nested too deeply")
    if id(node) not in sizes:
        within.add(id(node))
        parts = [part for pair in node.value for part in pair] if node.id == "mapping" else node.value
        sizes[id(node)] = 1 + sum(_size(part, sizes, within) for part in parts)
        within.remove(id(node))
    if sizes[id(node)] > MAX_NODES:
        raise _refused(node, f"with its aliases written out it has more than {MAX_NODES:,} parts; leave them out")
    return sizes[id(node)]


def _refused(node: "yaml.Node", problem: str) -> NotYaml:
    return NotYaml(problem, node.start_mark)


def _with_remedy(problem: str) -> str:
    """Adds to YAML's own words what people mostly meant."""
    return f"{problem}{next((remedy for said, remedy in _REMEDIES if said in problem), '')}"
