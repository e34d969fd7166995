"""Loads YAML that strangers wrote: stricter than YAML itself, and never larger than what stands in the text."""

import re
from collections.abc import Hashable
from typing import Any

import yaml

MOST_NODES = 100_000
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
            if not isinstance(key, yaml.ScalarNode) or key.value == "<<":
                continue
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value} stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_whole(self, node: yaml.ScalarNode) -> int:
        """A number as people read it: to YAML 010 is eight, and 12:30 seven hundred and fifty."""
        if not _WHOLE.fullmatch(node.value):
            raise _misleading(node)
        return int(node.value)

    def construct_decimal(self, node: yaml.ScalarNode) -> float:
        """A number with decimals; no infinity, no powers."""
        if not _DECIMAL.fullmatch(node.value):
            raise _misleading(node)
        return float(node.value)


_Strict.add_constructor("tag:yaml.org,2002:int", _Strict.construct_whole)
_Strict.add_constructor("tag:yaml.org,2002:float", _Strict.construct_decimal)


def _misleading(node: yaml.ScalarNode) -> yaml.MarkedYAMLError:
    said = f"{node.value[:40]} is no plain number; write it like 1000 or 0.5, or in quotes if it is a text"
    return yaml.MarkedYAMLError(problem=said, problem_mark=node.start_mark)


def _size(node: yaml.Node, sizes: dict[int, int], within: set[int]) -> int:
    """How many nodes there are once every alias is written out."""
    if isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) in within:
        raise yaml.MarkedYAMLError(problem="it refers to itself", problem_mark=node.start_mark)
    if id(node) not in sizes:
        within.add(id(node))
        parts = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
        sizes[id(node)] = 1 + sum(_size(part, sizes, within) for part in parts)
        within.remove(id(node))
    if sizes[id(node)] > MOST_NODES:
        said = f"with its aliases written out it has more than {MOST_NODES:,} parts; leave the aliases out"
        raise yaml.MarkedYAMLError(problem=said, problem_mark=node.start_mark)
    return sizes[id(node)]


def _said(fault: yaml.MarkedYAMLError) -> str:
    mark = fault.problem_mark or fault.context_mark
    said = " ".join(part for part in (fault.context, fault.problem) if part)
    return f"{said} (line {mark.line + 1}, column {mark.column + 1})" if mark else said
