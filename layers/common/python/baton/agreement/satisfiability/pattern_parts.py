"""Reads a regular expression into a small automaton: steps by one character, and marks such as the edge of a word."""

import re
import warnings
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from baton.agreement.conditions.patterns import folded_pattern

MAX_NODES = 2_000
_NOT_AS_IN_PYTHON = r"\[\[?\^?:|\(\?[a-zA-Z]*[msU-]|\\[zpPQC]|&&|--|~~|\|\|"
"""Forms that Python reads otherwise than RE2, or not at all."""
_WORD = ((48, 57), (95, 95), (97, 122))
_DIGIT = ((48, 57),)
_SPACE = ((9, 10), (12, 13), (32, 32))
_CATEGORIES = {
    "CATEGORY_WORD": (_WORD, False),
    "CATEGORY_NOT_WORD": (_WORD, True),
    "CATEGORY_DIGIT": (_DIGIT, False),
    "CATEGORY_NOT_DIGIT": (_DIGIT, True),
    "CATEGORY_SPACE": (_SPACE, False),
    "CATEGORY_NOT_SPACE": (_SPACE, True),
}
_MARKS = {
    "AT_BEGINNING": "^",
    "AT_BEGINNING_STRING": "^",
    "AT_END": "$",
    "AT_END_STRING": "$",
    "AT_BOUNDARY": "b",
    "AT_NON_BOUNDARY": "B",
}
_LAST = 0x10FFFF
Ranges = tuple[tuple[int, int], ...]


class NotReadable(Exception):
    """The pattern has a form of which nothing is said here."""


class Characters(NamedTuple):
    """A set of characters, of casefolded texts."""

    ranges: Ranges
    without: bool = False

    def holds(self, code: int) -> bool:
        """Tells whether a character is in the set, in capitals or small letters."""
        capital = code - 32 if 97 <= code <= 122 else code
        found = any(low <= code <= high or low <= capital <= high for low, high in self.ranges)
        return found is not self.without


class Automaton:
    """The automaton of one pattern: from each node steps by characters, and free ways, some under a mark."""

    def __init__(self, pattern: str) -> None:
        self.steps: list[list[tuple[Characters, int]]] = []
        self.ways: list[list[tuple[str | None, int]]] = []
        self.start = self._node()
        self.end = self._sequence(_parsed(pattern), self.start)

    def sets(self) -> Iterator[Characters]:
        """Yields the sets of characters that the pattern tells apart."""
        return (characters for steps in self.steps for characters, _ in steps)

    def _node(self) -> int:
        if len(self.steps) >= MAX_NODES:
            raise NotReadable
        self.steps.append([])
        self.ways.append([])
        return len(self.steps) - 1

    def _sequence(self, parts: Iterable[tuple[Any, Any]], at: int) -> int:
        for what, about in parts:
            at = self._part(str(what), about, at)
        return at

    def _part(self, what: str, about: Any, at: int) -> int:
        match what:
            case "BRANCH":
                end = self._node()
                for branch in about[1]:
                    self.ways[self._sequence(branch, at)].append((None, end))
                return end
            case "SUBPATTERN":
                return self._sequence(about[3], at)
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, parts = about
                return self._repeat(least, most, parts, at)
            case "AT" if str(about) in _MARKS:
                end = self._node()
                self.ways[at].append((_MARKS[str(about)], end))
                return end
        end = self._node()
        self.steps[at].append((_characters(what, about), end))
        return end

    def _repeat(self, least: int, most: Any, parts: Any, at: int) -> int:
        for _ in range(least):
            at = self._sequence(parts, at)
        end = self._node()
        if str(most) == "MAXREPEAT":
            begin = self._node()
            self.ways[at].append((None, begin))
            self.ways[self._sequence(parts, begin)].append((None, begin))
            self.ways[begin].append((None, end))
            return end
        for _ in range(most - least):
            self.ways[at].append((None, end))
            at = self._sequence(parts, at)
        self.ways[at].append((None, end))
        return end


def _parsed(pattern: str) -> Any:
    """Parses a pattern with Python's own parser, where it means the same as in RE2."""
    text = folded_pattern(pattern)
    if re.search(_NOT_AS_IN_PYTHON, text):
        raise NotReadable
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return re._parser.parse(text, re.ASCII)  # type: ignore[attr-defined]  # as Hypothesis does
    except (re.error, Warning, RecursionError, OverflowError) as fault:
        raise NotReadable from fault


def _characters(what: str, about: Any) -> Characters:
    match what:
        case "LITERAL":
            return Characters(((about, about),))
        case "NOT_LITERAL":
            return Characters(((about, about),), without=True)
        case "ANY":
            return Characters(((10, 10),), without=True)
        case "IN":
            return _of_class(about)
    raise NotReadable


def _of_class(parts: list[tuple[Any, Any]]) -> Characters:
    ranges: list[tuple[int, int]] = []
    without = False
    for what, about in parts:
        match str(what):
            case "NEGATE":
                without = True
            case "LITERAL":
                ranges.append((about, about))
            case "RANGE":
                ranges.append(about)
            case "CATEGORY" if str(about) in _CATEGORIES:
                these, others = _CATEGORIES[str(about)]
                ranges += _all_but(these) if others else these
            case _:
                raise NotReadable
    return Characters(tuple(ranges), without)


def _all_but(ranges: Ranges) -> Ranges:
    """Returns the characters outside of ranges; capitals follow their small letters."""
    found, begin = [], 0
    for low, high in sorted((*ranges, (65, 90))):
        if begin < low:
            found.append((begin, low - 1))
        begin = high + 1
    capitals = () if any(low <= 97 <= high for low, high in ranges) else ((65, 90),)
    return (*found, (begin, _LAST), *capitals)
