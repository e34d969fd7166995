"""Loads YAML that strangers wrote: stricter than YAML itself, and never larger than what stands in the text."""

import re
from collections.abc import Hashable
from typing import Any

import yaml

MOST_NODES = 100_000
DEEPEST = 50
_TAG = "tag:yaml.org,2002:"
_NO_NUMBER = "is no plain number; write it like 1000 or 0.5, or in quotes if it is a text"
_NOT_CAUGHT_BY_YAML = (ValueError, LookupError, AttributeError, RecursionError)  # such as by a date in a month 13
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")


class NotYaml(ValueError):
    """The text is not YAML, or YAML that means something else than what people read in it."""


def load(text: str) -> Any:
    """What a text in YAML holds.

    Raises:
        NotYaml: it is none, says a name twice, refers to itself, or writes numbers in a way that misleads.
    """
    try:
        return _constructed(_Strict(text))
    except yaml.MarkedYAMLError as fault:
        raise NotYaml(_said(fault)) from fault
    except RecursionError as fault:
        raise NotYaml("it is nested too deeply") from fault
    except (yaml.YAMLError, *_NOT_CAUGHT_BY_YAML) as fault:
        raise NotYaml(str(fault)) from fault


def _constructed(loader: "_Strict") -> Any:
    node = loader.get_single_node()
    if node is None:
        return None
    _size(node, {}, set())
    return loader.construct_document(node)


class _Strict(yaml.SafeLoader):
    """YAML's safe loader, which silently lets the last of two equal keys win; nobody signs the other one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.tag == f"{_TAG}merge":
                continue
            if key.tag != f"{_TAG}str":
                raise _refused(key, "this name is no text to YAML; write names as words, or in quotes")
            if key.value in seen:
                raise _refused(key, f"{key.value} stands twice")
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_whole(self, node: yaml.ScalarNode) -> int:
        """A number as people read it: to YAML 010 is eight, and 12:30 seven hundred and fifty."""
        if not _WHOLE.fullmatch(node.value):
            raise _refused(node, f"{node.value[:40]} {_NO_NUMBER}")
        return int(node.value)

    def construct_decimal(self, node: yaml.ScalarNode) -> float:
        """A number with decimals; no infinity, no powers."""
        if not _DECIMAL.fullmatch(node.value):
            raise _refused(node, f"{node.value[:40]} {_NO_NUMBER}")
        return float(node.value)

    def refuse(self, node: yaml.Node) -> None:
        """Sets, bytes and whatever else YAML knows and an agreement does not."""
        raise _refused(node, f"{node.tag.removeprefix(_TAG)} means nothing here; write texts, numbers and lists")


_Strict.add_constructor(f"{_TAG}int", _Strict.construct_whole)
_Strict.add_constructor(f"{_TAG}float", _Strict.construct_decimal)
for _kind in ("binary", "omap", "pairs", "set"):
    _Strict.add_constructor(_TAG + _kind, _Strict.refuse)


def _refused(node: yaml.Node, said: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=said, problem_mark=node.start_mark)


def _size(node: yaml.Node, sizes: dict[int, int], within: set[int]) -> int:
    """How many nodes there are once every alias is written out."""
    if isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) in within:
        raise _refused(node, "it refers to itself")
    if len(within) > DEEPEST:
        raise _refused(node, "it is nested too deeply")
    if id(node) not in sizes:
        within.add(id(node))
        parts = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
        sizes[id(node)] = 1 + sum(_size(part, sizes, within) for part in parts)
        within.remove(id(node))
    if sizes[id(node)] > MOST_NODES:
        raise _refused(node, f"with its aliases written out it has more than {MOST_NODES:,} parts; leave them out")
    return sizes[id(node)]


def _said(fault: yaml.MarkedYAMLError) -> str:
    mark = fault.problem_mark or fault.context_mark
    said = " ".join(part for part in (fault.context, fault.problem) if part)
    return f"{said} (line {mark.line + 1}, column {mark.column + 1})" if mark else said
