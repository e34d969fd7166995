"""Compiles the agreement's conditions into functions, once for each version; they take a lead at a moment."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from baton.agreement.terms.rules import ATTRIBUTE, Condition, SignalMatch, SignalsTest
from baton.domain.basics.amounts import Amount, sent_number
from baton.domain.conditions.condition_tests import (
    AMOUNT_TESTS,
    NUMBER_TESTS,
    TEXT_TESTS,
    FactTest,
    asks_numbers,
    text_tests,
)
from baton.domain.conditions.elapsed_time import ELAPSED, compile_elapsed
from baton.domain.leads.signal_counts import Counter, SignalCounts

Facts = dict[str, Any]
"""Facts of a lead by the names that conditions use: casefolded texts of at most 500 characters, numbers, booleans.
An unknown fact is missing or None. A number of a range is an `Amount`."""

AMOUNTS = frozenset({"employees", "revenue", "budget"})
NUMBERS = AMOUNTS | {"score", "fit", "engagement"}
BOOLEANS = frozenset({"target_account", "asked_for_a_person", "disposable_address", "free_mail"})


class Moment(dict[str, Any]):
    """A lead at a moment: its facts (None if unknown), the counts of its signals, and the time.

    `at` is in milliseconds since 1970. Signals up to `since` do not count, for what a lead must do again.
    """

    __slots__ = ("at", "since", "tally")

    def __init__(self, facts: Facts, tally: SignalCounts, at: int, since: int = 0) -> None:
        super().__init__(facts)
        self.tally, self.at, self.since = tally, at, since

    def __missing__(self, _name: str) -> None:
        return None


Holds = Callable[[Moment], bool]
Matches = FactTest


class SignalTexts(dict[str, str]):
    """The fields of a signal as casefolded texts; None for a field that it does not have."""

    __slots__ = ()

    def __missing__(self, _name: str) -> None:
        return None


def always(_: object) -> bool:
    """Holds for every lead, as an empty condition does."""
    return True


def compile_condition(condition: Condition, counters: dict[str, Counter]) -> Holds:
    """Compiles a condition to a function that tells whether it holds; adds the counters that it needs to `counters`."""
    parts = [_part(name, test, counters) for name, test in condition.items()]
    return _all(parts)


def compile_match(match: SignalMatch) -> Matches:
    """Compiles a match to a function that tells whether a signal, as texts by name, matches."""
    return _all([part for name, test in match.items() for part in _of_signal(name, test)])


def _of_signal(name: str, test: Mapping[str, Any]) -> list[Matches]:
    if not asks_numbers(test):
        return [text_tests(name)[each](name, wanted) for each, wanted in test.items()]
    of_number = _all([AMOUNT_TESTS[each]("number", wanted) for each, wanted in test.items()])
    return [lambda signal: of_number({"number": sent_number(signal[name])})]


def _part(name: str, test: Any, counters: dict[str, Counter]) -> Holds:
    if special := SPECIAL.get(name):
        return special(test, counters)
    if name in BOOLEANS:
        return lambda moment: bool(moment[name]) is test
    if name.startswith(ATTRIBUTE):
        return _attribute(name, test)
    tests = AMOUNT_TESTS if name in AMOUNTS else NUMBER_TESTS if name in NUMBERS else text_tests(name)
    parts = [tests[each](name, wanted) for each, wanted in test.items()]
    return _all(parts)


def _attribute(name: str, test: Any) -> Holds:
    """Compiles a test of an attribute; a value of another kind, from an earlier agreement, is read as this one asks."""
    if isinstance(test, bool):
        return lambda moment: _as_truth(moment[name]) is test
    tests, read = (AMOUNT_TESTS, _as_number) if asks_numbers(test) else (TEXT_TESTS, _as_text)
    holds = _all([tests[each]("value", wanted) for each, wanted in test.items()])
    return lambda moment: holds({"value": read(moment[name])})


def _as_truth(value: Any) -> bool | None:
    from baton.domain.conditions.attribute_values import truth_in  # only some agreements ask for truths  # noqa: PLC0415

    return value if value is None or isinstance(value, bool) else truth_in(str(value))


def _as_number(value: Any) -> float | Amount | None:
    return None if value is None or isinstance(value, bool) else sent_number(str(value))


def _as_text(value: Any) -> str | None:
    from baton.domain.conditions.attribute_values import comparable_text  # as above  # noqa: PLC0415

    return None if value is None else comparable_text(value)


def _each(conditions: Iterable[Condition], counters: dict[str, Counter]) -> list[Holds]:
    return [compile_condition(condition, counters) for condition in conditions]


def _all(parts: Sequence[FactTest]) -> FactTest:
    if not parts:
        return always
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        first, second = parts
        return lambda moment: first(moment) and second(moment)
    return lambda moment: all(part(moment) for part in parts)


def _any(parts: Sequence[Holds]) -> Holds:
    if len(parts) == 2:
        first, second = parts
        return lambda moment: first(moment) or second(moment)
    return lambda moment: any(part(moment) for part in parts)


def _not(condition: Condition, counters: dict[str, Counter]) -> Holds:
    inner = compile_condition(condition, counters)
    return lambda moment: not inner(moment)


def _shifted(test: Mapping[str, Any], _: dict[str, Counter]) -> Holds:
    within = test["within"] * 1000
    return lambda moment: moment.tally.shifted_within(within, moment.at)


def _bant(test: Mapping[str, Any], _: dict[str, Counter]) -> Holds:
    if "met" in test:
        needed = frozenset(test["met"])
        return lambda moment: needed <= moment["bant_met"]
    fewest = test["at_least"]
    return lambda moment: len(moment["bant_met"]) >= fewest


def _free_mail(wanted: bool, _: dict[str, Counter]) -> Holds:
    from baton.domain.identity.company_domains import is_free_mail  # only some agreements ask for it  # noqa: PLC0415

    return lambda moment: is_free_mail(moment["email_domain"] or "") is wanted


def _signals(test: SignalsTest, counters: dict[str, Counter]) -> Holds:
    parts = [_summed(test, counters)] if "sum" in test else []
    if not parts or "at_least" in test or "at_most" in test:
        parts.append(_counted(test, counters))
    return _all(parts)


def _summed(test: SignalsTest, counters: dict[str, Counter]) -> Holds:
    from baton.domain.conditions.signal_sums import Sum, thousandths  # few agreements add up  # noqa: PLC0415

    found = Sum.of(test, compile_match(test["match"]))
    counter = counters.setdefault(found.key, found)
    least, most = (thousandths(test["sum"][end]) if end in test["sum"] else None for end in ("at_least", "at_most"))
    counter.remember_at_least(max(least or 0, most or 0))
    since = _counted_since(test)
    return lambda moment: _is_between(least, found.total(moment.tally, since(moment)), most)


def _counted(test: SignalsTest, counters: dict[str, Counter]) -> Holds:
    counter = Counter.of(test, compile_match(test["match"]))
    counter = counters.setdefault(counter.key, counter)
    least, most = test.get("at_least"), test.get("at_most")
    if least is None and most is None:
        least = 1
    counter.remember_at_least(max(least or 0, 0 if most is None else most + 1))
    since = _counted_since(test)
    return lambda moment: _is_between(least, counter.count(moment.tally, since(moment)), most)


def _counted_since(test: SignalsTest) -> Callable[[Moment], int]:
    """Returns from when on signals count at a moment."""
    if "within" not in test:
        return lambda moment: moment.since
    within = test["within"] * 1000
    return lambda moment: max(moment.at - within, moment.since)


def _is_between(least: int | None, value: int, most: int | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


SPECIAL: dict[str, Callable[[Any, dict[str, Counter]], Holds]] = {
    "all": lambda test, counters: _all(_each(test, counters)),
    "any": lambda test, counters: _any(_each(test, counters)),
    "not": _not,
    "signals": _signals,
    "shifted": _shifted,
    "bant": _bant,
    "free_mail": _free_mail,
    "age": lambda test, _: compile_elapsed("age", test),
    "silent_for": lambda test, _: compile_elapsed("silent_for", test),
}


def fact_names_in(condition: Mapping[str, Any]) -> set[str]:
    """Returns the names of the facts that a condition tests."""
    names: set[str] = set()
    for name, test in condition.items():
        if name in ("all", "any"):
            names.update(*(fact_names_in(each) for each in test))
        elif name == "not":
            names |= fact_names_in(test)
        elif name == "free_mail":
            names.add("email_domain")
        elif name not in ("signals", "shifted", *ELAPSED):
            names.add(name)
    return names
