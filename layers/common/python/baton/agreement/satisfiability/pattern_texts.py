"""Finds a text that some patterns match and others do not, or tells that there is none."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from baton.agreement.conditions.patterns import MAX_SUBJECT, compile_search
from baton.agreement.satisfiability.effort import Effort
from baton.agreement.satisfiability.pattern_parts import Automaton, NotReadable

_WORD_EDGES = (10, 11, 48, 58, 65, 91, 95, 96, 97, 123)
_FOUND = frozenset({-1})
"""The place of a pattern that has matched already: it stays so, whatever follows."""

Edge = bool | None
"""Whether the character beside a place is of a word; None at the beginning or the end of the text."""


def text_with(wanted: Sequence[str], unwanted: Sequence[str], effort: Effort) -> str | None:
    """Returns a casefolded text that all of some patterns match and none of others does; None if there is none.

    Raises:
        NotReadable: a pattern has a form of which nothing can be said.
        TooMuchWork: it took more steps than there are.
    """
    samples = [shortest for pattern in wanted if (shortest := sample(pattern)) is not None]
    if any(len(shortest) > MAX_SUBJECT for shortest in samples):
        return None
    for text in dict.fromkeys((*samples, " ".join(samples), "")):
        if _fits(text, wanted, unwanted):
            return text
    return _Search(wanted, unwanted, effort).text()


def _fits(text: str, wanted: Sequence[str], unwanted: Sequence[str]) -> bool:
    folded = text.casefold()[:MAX_SUBJECT]
    return all(_searcher(each)(folded) is not None for each in wanted) and all(
        _searcher(each)(folded) is None for each in unwanted
    )


@lru_cache(maxsize=1_000)
def _searcher(pattern: str) -> Callable[[str], object]:
    return compile_search(pattern)


@lru_cache(maxsize=1_000)
def _automaton(pattern: str) -> Automaton:
    return Automaton(pattern)


@lru_cache(maxsize=1_000)
def sample(pattern: str) -> str | None:
    """Returns a text by the shortest way through a pattern, marks aside; None if the pattern cannot be read."""
    try:
        automaton = _automaton(pattern)
    except NotReadable:
        return None
    before: dict[int, tuple[int, str]] = {automaton.start: (automaton.start, "")}
    waiting = deque([automaton.start])
    while waiting:
        node = waiting.popleft()
        if node == automaton.end:
            break
        free = ((then, "") for _, then in automaton.ways[node])
        steps = ((then, chr(_some(characters.holds))) for characters, then in automaton.steps[node])
        for then, said in (*free, *steps):
            if then not in before:
                before[then] = (node, said)
                (waiting.append if said else waiting.appendleft)(then)
    if automaton.end not in before:
        return None
    letters, node = [], automaton.end
    while node != automaton.start:
        node, said = before[node]
        letters.append(said)
    return "".join(reversed(letters))


def _some(holds: Callable[[int], bool]) -> int:
    """Returns a character of a set, a readable one if there is."""
    return next((code for code in (*range(97, 123), *range(32, 65), *range(91, 0x2FF)) if holds(code)), 0x3042)


class _State(NamedTuple):
    """Where each pattern stands, before the marks at this place are known, and what the last character was."""

    places: tuple[frozenset[int], ...]
    before: Edge


class _Search:
    """Walks all automata at once over a text that grows, the shortest texts first."""

    def __init__(self, wanted: Sequence[str], unwanted: Sequence[str], effort: Effort) -> None:
        self.automata = [_automaton(pattern) for pattern in (*wanted, *unwanted)]
        self.wanted, self.effort = len(wanted), effort
        edges = {
            edge
            for each in self.automata
            for one in each.sets()
            for low, high in one.ranges
            for edge in (low, high + 1)
        }
        edges |= {edge + 32 for edge in edges if 65 <= edge <= 91}
        all_edges = sorted({0, *_WORD_EDGES, *edges} - {0x110000})
        self.alphabet = [edge for edge in all_edges if not 65 <= edge <= 90 and not 0xD800 <= edge <= 0xDFFF]

    def text(self) -> str | None:
        first = _State(tuple(frozenset({each.start}) for each in self.automata), None)
        known = {first}
        waiting: deque[tuple[_State, str]] = deque([(first, "")])
        while waiting:
            state, text = waiting.popleft()
            if self._ends(state):
                return text
            if len(text) < MAX_SUBJECT:
                for code, then in self._nexts(state):
                    if then not in known:
                        known.add(then)
                        waiting.append((then, text + chr(code)))
        return None

    def _ends(self, state: _State) -> bool:
        found = [self._reached(n, place, state.before, None) == _FOUND for n, place in enumerate(state.places)]
        return all(found[: self.wanted]) and not any(found[self.wanted :])

    def _nexts(self, state: _State) -> Iterator[tuple[int, _State]]:
        for is_word in (True, False):
            reached = [self._reached(n, place, state.before, is_word) for n, place in enumerate(state.places)]
            if _FOUND in reached[self.wanted :]:
                continue
            for code in self.alphabet:
                if _is_word(code) is is_word:
                    self.effort.spend(len(reached))
                    places = tuple(self._stepped(n, nodes, code) for n, nodes in enumerate(reached))
                    yield code, _State(places, is_word)

    def _reached(self, number: int, place: frozenset[int], before: Edge, after: Edge) -> frozenset[int]:
        """Returns the nodes by free ways from a place, with what stands before and after it; or that it has matched."""
        if place is _FOUND or place == _FOUND:
            return _FOUND
        automaton, reached, waiting = self.automata[number], set(place), list(place)
        while waiting:
            self.effort.spend()
            for mark, then in automaton.ways[waiting.pop()]:
                if then not in reached and _passes(mark, before, after):
                    reached.add(then)
                    waiting.append(then)
        return _FOUND if automaton.end in reached else frozenset(reached)

    def _stepped(self, number: int, nodes: frozenset[int], code: int) -> frozenset[int]:
        if nodes == _FOUND:
            return _FOUND
        automaton = self.automata[number]
        then = {end for node in nodes for characters, end in automaton.steps[node] if characters.holds(code)}
        return frozenset({automaton.start, *then})


@cache
def _is_word(code: int) -> bool:
    return 48 <= code <= 57 or code == 95 or 97 <= code <= 122


def _passes(mark: str | None, before: Edge, after: Edge) -> bool:
    match mark:
        case "^":
            return before is None
        case "$":
            return after is None
        case "b":
            return bool(before) is not bool(after)
        case "B":
            return bool(before) is bool(after)
    return True
