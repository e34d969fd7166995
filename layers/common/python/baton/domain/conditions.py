"""Compiles the agreement's conditions into functions, once for each version, and asks them about a lead at a moment."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from baton.agreement.patterns import compile_pattern
from baton.agreement.rules import Condition, SignalMatch, SignalsTest
from baton.domain.numbers import number
from baton.domain.tally import Counter, Tally

Facts = dict[str, Any]
"""What is known of a lead, by the names that conditions use: casefolded texts, numbers, truths; what is unknown is
not there, or None."""

NUMBERS = frozenset({"employees", "revenue", "budget", "score", "fit", "engagement"})
TRUTHS = frozenset({"target_account", "asked_for_a_person"})


class Moment:
    """A lead at a moment: the facts, the signals counted so far, and the time in milliseconds since 1970.

    `since` leaves out what happened before, for what a lead must do anew.
    """

    __slots__ = ("at", "facts", "since", "tally")

    def __init__(self, facts: Facts, tally: Tally, at: int, since: int = 0) -> None:
        self.facts, self.tally, self.at, self.since = facts, tally, at, since


Holds = Callable[[Moment], bool]
Passes = Callable[[Any], bool]
Matches = Callable[[Mapping[str, Any]], bool]


def always(_: Moment) -> bool:
    """An empty condition."""
    return True


def compile_condition(condition: Condition, counters: dict[str, Counter]) -> Holds:
    """A function that says whether the condition holds; the counters that it needs are added to `counters`."""
    parts = [_part(name, test, counters) for name, test in condition.items()]
    if not parts:
        return always
    return parts[0] if len(parts) == 1 else _all(parts)


def compile_match(match: SignalMatch) -> Matches:
    """A function that says whether a signal, as texts by name, matches."""
    tests = [_on_signal(name, text_test(test)) for name, test in match.items()]
    if not tests:
        return lambda _: True
    if len(tests) == 1:
        return tests[0]
    return lambda signal: all(test(signal) for test in tests)


def _part(name: str, test: Any, counters: dict[str, Counter]) -> Holds:
    if special := _SPECIAL.get(name):
        return special(test, counters)
    if name in TRUTHS:
        return lambda moment: bool(moment.facts.get(name)) is test
    return _on_fact(name, number_test(test) if name in NUMBERS else text_test(test))


def _each(conditions: Iterable[Condition], counters: dict[str, Counter]) -> list[Holds]:
    return [compile_condition(condition, counters) for condition in conditions]


def _all(parts: Sequence[Holds]) -> Holds:
    if len(parts) == 2:
        first, second = parts
        return lambda moment: first(moment) and second(moment)
    return lambda moment: all(part(moment) for part in parts)


def _any(parts: Sequence[Holds]) -> Holds:
    return lambda moment: any(part(moment) for part in parts)


def _on_fact(name: str, passes: Passes) -> Holds:
    return lambda moment: passes(moment.facts.get(name))


def _on_signal(name: str, passes: Passes) -> Matches:
    return lambda signal: passes(signal.get(name))


def _not(condition: Condition, counters: dict[str, Counter]) -> Holds:
    inner = compile_condition(condition, counters)
    return lambda moment: not inner(moment)


def _shifted(test: Mapping[str, Any], _: dict[str, Counter]) -> Holds:
    within = test["within"] * 1000
    return lambda moment: moment.tally.shifted_within(within, moment.at)


def _bant(test: Mapping[str, Any], _: dict[str, Counter]) -> Holds:
    if "met" in test:
        needed = frozenset(test["met"])
        return lambda moment: needed <= moment.facts["bant_met"]
    fewest = test["at_least"]
    return lambda moment: len(moment.facts["bant_met"]) >= fewest


def _signals(test: SignalsTest, counters: dict[str, Counter]) -> Holds:
    counter = Counter.of(test, compile_match(test["match"]))
    counter = counters.setdefault(counter.key, counter)
    least, most = test.get("at_least"), test.get("at_most")
    if least is None and most is None:
        least = 1
    counter.remember(max(least or 0, 0 if most is None else most + 1))
    within = test["within"] * 1000 if "within" in test else None
    if within is not None:
        counter.windows.add(within)

    def holds(moment: Moment) -> bool:
        after = moment.since if within is None else max(moment.at - within, moment.since)
        count = counter.count(moment.tally, after)
        return (least is None or count >= least) and (most is None or count <= most)

    return holds


_SPECIAL: dict[str, Callable[[Any, dict[str, Counter]], Holds]] = {
    "all": lambda test, counters: _all(_each(test, counters)),
    "any": lambda test, counters: _any(_each(test, counters)),
    "not": _not,
    "signals": _signals,
    "shifted": _shifted,
    "bant": _bant,
}


def text_test(test: Mapping[str, Any]) -> Passes:
    """A function that says whether a casefolded text, or None for an unknown one, passes."""
    return _together([_TEXTS[name](wanted) for name, wanted in test.items()])


def number_test(test: Mapping[str, Any]) -> Passes:
    """A function that says whether a number, or None for an unknown one, passes."""
    return _together([_NUMBERS[name](wanted) for name, wanted in test.items()])


def answer_test(test: Mapping[str, Any]) -> Passes:
    """A function that says whether an answer, as somebody gave it, passes: as a number where the test asks for one."""
    asked = [each for wanted in test.values() for each in (wanted if isinstance(wanted, list | tuple) else [wanted])]
    if any(isinstance(each, int | float) and not isinstance(each, bool) for each in asked):
        as_number = number_test(test)
        return lambda said: as_number(number(said))
    as_text = text_test(test)
    return lambda said: as_text(str(said).casefold())


def _together(parts: Sequence[Passes]) -> Passes:
    if len(parts) == 1:
        return parts[0]
    return lambda value: all(part(value) for part in parts)


def _is_text(wanted: object) -> Passes:
    text = str(wanted).casefold()
    return lambda value: bool(value == text)


def _one_of_texts(wanted: Iterable[object]) -> Passes:
    return frozenset(str(each).casefold() for each in wanted).__contains__


def _matches(pattern: str) -> Passes:
    search = compile_pattern(pattern)
    return lambda value: value is not None and search(value)


def _known(wanted: bool) -> Passes:
    return lambda value: (value is not None) is wanted


def _is_number(wanted: float) -> Passes:
    return lambda value: bool(value == wanted)


def _between(bounds: Sequence[float]) -> Passes:
    low, high = bounds
    return lambda value: value is not None and low <= value <= high


def _at_least(least: float) -> Passes:
    return lambda value: value is not None and value >= least


def _at_most(most: float) -> Passes:
    return lambda value: value is not None and value <= most


_TEXTS: dict[str, Callable[[Any], Passes]] = {
    "is": _is_text,
    "one_of": _one_of_texts,
    "matches": _matches,
    "known": _known,
}
_NUMBERS: dict[str, Callable[[Any], Passes]] = {
    "is": _is_number,
    "one_of": lambda wanted: frozenset(wanted).__contains__,
    "between": _between,
    "at_least": _at_least,
    "at_most": _at_most,
    "known": _known,
}
