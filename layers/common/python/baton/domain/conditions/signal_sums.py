"""Adds up a property of signals, such as the seconds that somebody watched: exactly, and no further than is asked.

Numbers are kept in thousandths, so that the same signals give the same sum in any order. What is no number, or below
zero, adds nothing.
"""

import json
from collections.abc import Callable, Mapping
from hashlib import blake2s
from typing import Any, Self

from baton.agreement.terms.rules import SignalsTest
from baton.domain.basics.amounts import Amount, sent_number
from baton.domain.leads.signal_counts import Counter, SignalCounts

MAX_SUMMED = 200
"""The most signals that are added up: the last ones that have a number."""


def thousandths(number: float) -> int:
    """Converts a number to whole thousandths."""
    return round(number * 1000)


class Sum(Counter):
    """Adds up a property of the signals that match; it keeps as many of the last values as its conditions need."""

    __slots__ = ("needed", "of_property")

    def __init__(self, key: str, test: SignalsTest, matches: Callable[[Mapping[str, Any]], bool]) -> None:
        super().__init__(key, test, matches)
        self.of_property, self.needed = f"properties.{test['sum']['of']}", 0

    @classmethod
    def of(cls, test: SignalsTest, matches: Callable[[Mapping[str, Any]], bool]) -> Self:
        """Makes the sum for a test; tests that add up the same signals get the same key."""
        what = json.dumps([test["match"], "sum", test["sum"]["of"]], sort_keys=True)
        return cls(blake2s(what.encode(), digest_size=6).hexdigest(), test, matches)

    def remember_at_least(self, times: int) -> None:
        """Raises the sum up to which values are kept, in thousandths."""
        self.needed = max(self.needed, times)

    def add(self, tally: SignalCounts, signal: Mapping[str, Any], at: int) -> None:
        """Adds the value of a signal that matches; of a range its lower end."""
        number = sent_number(signal.get(self.of_property))
        number = number.low if isinstance(number, Amount) else number
        value = thousandths(number) if number else 0
        if value > 0:
            kept, total = [(at, value)], value
            for entry in reversed(tally.sums.get(self.key, ())):
                if total > self.needed or len(kept) == MAX_SUMMED:
                    break
                kept.append((entry[0], entry[1]))
                total += entry[1]
            tally.sums[self.key] = kept[::-1]

    def total(self, tally: SignalCounts, after: int) -> int:
        """Returns the sum of what came after a time, in thousandths; beyond what is asked, it may be more than that."""
        return sum(value for at, value in tally.sums.get(self.key, ()) if at > after)

    def count(self, tally: SignalCounts, after: int) -> int:
        """Returns how many of the kept values came after a time."""
        return sum(1 for at, _ in tally.sums.get(self.key, ()) if at > after)

    def last_times(self, tally: SignalCounts) -> list[int]:
        """Returns the times of the kept values; a window of a condition begins at each."""
        return [at for at, _ in tally.sums.get(self.key, ())]
