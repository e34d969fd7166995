"""Tests of how long a lead is known (`age`) and how long it has done nothing (`silent_for`).

Both change at moments that follow from two times of the lead, so that nobody has to look for them.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from baton.domain.leads.signal_counts import SignalCounts

ELAPSED = ("age", "silent_for")
"""The names of these tests in conditions."""


def begin_of(name: str, known_since: int, tally: SignalCounts) -> int:
    """Returns since when a length counts, in milliseconds since 1970.

    A lead that never did anything is silent since it is known.
    """
    return tally.acted_at or known_since if name == "silent_for" else known_since


def elapsed(name: str, moment: Any) -> int:
    """Returns how long it is at a moment, in milliseconds; less than nothing before it began."""
    return int(moment.at) - begin_of(name, moment["known_since"] or 0, moment.tally)


def compile_elapsed(name: str, test: Mapping[str, int]) -> Callable[[Any], bool]:
    """Compiles a test of a length of time to a function that tells whether it holds."""
    least, most = (test[end] * 1000 if end in test else None for end in ("at_least", "at_most"))

    def holds(moment: Any) -> bool:
        length = elapsed(name, moment)
        return (least is None or length >= least) and (most is None or length <= most)

    return holds


def turning_points(name: str, conditions: Iterable[Mapping[str, Any]]) -> set[int]:
    """Returns the lengths, in milliseconds, at which tests of one name in these conditions begin or cease to hold."""
    found: set[int] = set()
    for condition in conditions:
        parts = [
            *condition.get("all", ()),
            *condition.get("any", ()),
            *([condition["not"]] if "not" in condition else []),
        ]
        found |= turning_points(name, parts)
        test = condition.get(name, {})
        found |= {test["at_least"] * 1000} if "at_least" in test else set()
        found |= {test["at_most"] * 1000 + 1} if "at_most" in test else set()
    return found
