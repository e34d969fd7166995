"""Finds the windows of conditions at whose end a condition may begin to hold, because a signal counts no longer."""

from collections.abc import Iterator, Mapping
from typing import Any

from baton.domain.conditions.compiled_conditions import compile_condition
from baton.domain.leads.signal_counts import Counter


def opening_windows(
    condition: Mapping[str, Any], counters: Mapping[str, Counter], *, negated: bool = False
) -> Iterator[tuple[Counter, int]]:
    """Yields the counter and the length in milliseconds of each window whose end can make a condition hold.

    When a signal leaves the last days, a count only falls: `at_most` may hold from then on, and `at_least` under a
    `not`. A sum may also rise, if what left was below zero. `counters` are those of the whole agreement.
    """
    for part in (*condition.get("all", ()), *condition.get("any", ())):
        yield from opening_windows(part, counters, negated=negated)
    if "not" in condition:
        yield from opening_windows(condition["not"], counters, negated=not negated)
    test = condition.get("signals")
    if test is None or "within" not in test:
        return
    fewer_help = "at_most" in test if not negated else "at_least" in test or "at_most" not in test
    if "sum" in test or fewer_help:
        asked: dict[str, Counter] = {}
        compile_condition({"signals": test}, asked)
        yield from ((counters[key], test["within"] * 1000) for key in asked)


def opening_shifts(condition: Mapping[str, Any], *, negated: bool = False) -> Iterator[int]:
    """Yields the windows in milliseconds of all `shifted` tests whose end can make a condition hold."""
    for part in (*condition.get("all", ()), *condition.get("any", ())):
        yield from opening_shifts(part, negated=negated)
    if "not" in condition:
        yield from opening_shifts(condition["not"], negated=not negated)
    if negated and "shifted" in condition:
        yield condition["shifted"]["within"] * 1000
