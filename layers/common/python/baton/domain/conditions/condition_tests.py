"""The tests that conditions are made of: `is`, `one_of`, `matches`, `between`, `at_least`, `at_most`, `known`.

Each becomes one small function, because scoring a lead runs hundreds of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from baton.agreement.conditions.patterns import MAX_SUBJECT, compile_search
from baton.agreement.places.compared_places import PLACES, as_said, compared_places
from baton.domain.basics.amounts import Amount, comparable, read_amount

FactTest = Callable[[Any], bool]
"""A test of facts by name; an unknown fact is None."""


def asks_numbers(test: Mapping[str, Any]) -> bool:
    """Tells whether a test compares with numbers, such as `at_least: 120`, and not with texts."""
    asked = [each for wanted in test.values() for each in (wanted if isinstance(wanted, list | tuple) else [wanted])]
    return any(isinstance(each, int | float) and not isinstance(each, bool) for each in asked)


def answer_test(test: Mapping[str, Any]) -> Callable[[object], bool]:
    """Compiles a test of a free-text answer; the answer is read as an amount if the test has numbers."""
    if asks_numbers(test):
        amounts = [AMOUNT_TESTS[name]("said", wanted) for name, wanted in test.items()]
        return lambda answer: all(passes({"said": comparable(read_amount(answer))}) for passes in amounts)
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


def _low_end_at_least(name: str, least: float) -> FactTest:
    def holds(moment: Any) -> bool:
        value = moment[name]
        low = value.low if value.__class__ is Amount else value
        return low is not None and low >= least

    return holds


def _high_end_at_most(name: str, most: float) -> FactTest:
    def holds(moment: Any) -> bool:
        value = moment[name]
        high = value.high if value.__class__ is Amount else value
        return high is not None and high <= most

    return holds


def _both_ends_between(name: str, bounds: Sequence[float]) -> FactTest:
    low, high = bounds
    least, most = _low_end_at_least(name, low), _high_end_at_most(name, high)
    return lambda moment: least(moment) and most(moment)


def text_tests(name: str) -> Mapping[str, Callable[[str, Any], FactTest]]:
    """Returns the tests of a text, by their names; countries, languages and regions are compared by their codes."""
    return PLACE_TESTS if name.removeprefix("properties.") in PLACES else TEXT_TESTS


def texts_compared(name: str, wanted: Iterable[object]) -> frozenset[str]:
    """Returns the texts with which a fact is compared: in small letters, places as codes."""
    if name.removeprefix("properties.") not in PLACES:
        return frozenset(str(each).casefold() for each in wanted)
    return frozenset().union(*(compared_places(name.removeprefix("properties."), str(each)) for each in wanted))


def _one_of_places(name: str, wanted: Iterable[object]) -> FactTest:
    texts = texts_compared(name, wanted)
    return lambda moment: moment[name] in texts


def _place_matches(name: str, pattern: str) -> FactTest:
    by_code, in_words = _matches(name, pattern), _matches(as_said(name), pattern)
    return lambda moment: by_code(moment) or in_words(moment)


TEXT_TESTS: dict[str, Callable[[str, Any], FactTest]] = {
    "is": _is_text,
    "one_of": _one_of_texts,
    "matches": _matches,
    "known": _is_known,
}
PLACE_TESTS: dict[str, Callable[[str, Any], FactTest]] = {
    "is": lambda name, wanted: _one_of_places(name, [wanted]),
    "one_of": _one_of_places,
    "matches": _place_matches,
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
AMOUNT_TESTS: dict[str, Callable[[str, Any], FactTest]] = {
    "is": _is_number,
    "one_of": _one_of_numbers,
    "between": _both_ends_between,
    "at_least": _low_end_at_least,
    "at_most": _high_end_at_most,
    "known": _is_known,
}
"""Tests of a number that may be a range: `at_least` asks for its lower end, `at_most` for its upper end."""
