"""The tests that conditions are made of: `is`, `one_of`, `matches`, `between`, `at_least`, `at_most`, `known`.

Each becomes one small function, because scoring a lead runs hundreds of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from baton.agreement.conditions.patterns import MAX_SUBJECT, compile_search
from baton.domain.basics.amounts import parse_amount

FactTest = Callable[[Any], bool]
"""A test of facts by name; an unknown fact is None."""


def answer_test(test: Mapping[str, Any]) -> Callable[[object], bool]:
    """Compiles a test of a free-text answer; the answer is read as a number if the test has numbers."""
    asked = [each for wanted in test.values() for each in (wanted if isinstance(wanted, list | tuple) else [wanted])]
    if any(isinstance(each, int | float) and not isinstance(each, bool) for each in asked):
        numbers = [NUMBER_TESTS[name]("said", wanted) for name, wanted in test.items()]
        return lambda answer: all(passes({"said": parse_amount(answer)}) for passes in numbers)
    texts = [TEXT_TESTS[name]("said", wanted) for name, wanted in test.items()]
    return lambda answer: all(passes({"said": str(answer).casefold()[:MAX_SUBJECT]}) for passes in texts)


def _is_text(name: str, wanted: object) -> FactTest:
    text = str(wanted).casefold()
    return lambda moment: bool(moment[name] == text)


def _one_of_texts(name: str, wanted: Iterable[object]) -> FactTest:
    texts = frozenset(str(each).casefold() for each in wanted)
    return lambda moment: moment[name] in texts


def _matches(name: str, pattern: str) -> FactTest:
    search = compile_search(pattern)
    return lambda moment: (text := moment[name]) is not None and search(text) is not None


def _is_known(name: str, wanted: bool) -> FactTest:
    return lambda moment: (moment[name] is not None) is wanted


def _is_number(name: str, wanted: float) -> FactTest:
    return lambda moment: bool(moment[name] == wanted)


def _one_of_numbers(name: str, wanted: Iterable[float]) -> FactTest:
    values = frozenset(wanted)
    return lambda moment: moment[name] in values


def _between(name: str, bounds: Sequence[float]) -> FactTest:
    low, high = bounds
    return lambda moment: (value := moment[name]) is not None and low <= value <= high


def _at_least(name: str, least: float) -> FactTest:
    return lambda moment: (value := moment[name]) is not None and value >= least


def _at_most(name: str, most: float) -> FactTest:
    return lambda moment: (value := moment[name]) is not None and value <= most


TEXT_TESTS: dict[str, Callable[[str, Any], FactTest]] = {
    "is": _is_text,
    "one_of": _one_of_texts,
    "matches": _matches,
    "known": _is_known,
}
NUMBER_TESTS: dict[str, Callable[[str, Any], FactTest]] = {
    "is": _is_number,
    "one_of": _one_of_numbers,
    "between": _between,
    "at_least": _at_least,
    "at_most": _at_most,
    "known": _is_known,
}
