"""What an agreement's conditions ask of points and signals: where nothing of it changed, nothing can newly hold.

A condition is a function of facts, of times, of counts of signals, and of the points' place among the numbers that it
names. A replay asks again after a signal only if the points have passed one of these, or the signal may be counted.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Self

from baton.domain.conditions.compiled_conditions import compile_condition
from baton.domain.leads.signal_counts import Counter
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.scoring.standing import Standing

Place = tuple[int, int, int]
"""The places of score, fit and engagement among the numbers that conditions name."""

_POINTS = ("score", "fit", "engagement")


class AskedPoints:
    """The numbers of points and the counters that the conditions of one agreement ask for."""

    def __init__(self, card: Scorecard) -> None:
        rules = card.rules
        conditions = [rules["mql"] or {}, rules["sql"] or {}]
        conditions += [each["when"] for each in (*rules["thresholds"], *rules.get("never", ()))]
        conditions += [terms.unless for terms in card.agreement.handoffs.values() if terms.unless]
        bounds: dict[str, set[int]] = {name: set() for name in _POINTS}
        bounds["score"] |= {100 * number for number in (rules["threshold"], *(t for _, t in card.thresholds))}
        bounds["fit"] |= {number for _, number in card.fit_bands}
        bounds["engagement"] |= {number for _, number in card.engagement_bands}
        counters: dict[str, Counter] = {}
        for condition in conditions:
            compile_condition(condition, counters)
            for name, number in _numbers_in(condition):
                bounds[name] |= {round(100 * number), round(100 * number) + 1}
        self.score, self.fit, self.engagement = (sorted(bounds[name]) for name in _POINTS)
        self.counters = frozenset(counters)
        self.looks_by_time = bool(card.windows or card.shifts or card.asks_funnel or any(card.turning_points.values()))
        self.lowering = frozenset(
            rule.id for rule in card.engagement.values() if min(rule.points, *rule.by_persona.values(), 0) < 0
        )
        self.by_content = card.asks_funnel or bool(card.shifts) or any("shifted" in str(each) for each in conditions)
        self.always = bool(card.turning_points["silent_for"])
        self.library = repr(card.library)
        self._kinds: dict[str, bool] = {}

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, card: Scorecard) -> Self:
        """Returns what an agreement asks for; it is found once for each compiled agreement."""
        return cls(card)

    def place_of(self, standing: Standing) -> Place:
        """Returns the place of a lead's points."""
        return (
            bisect_right(self.score, standing.total),
            bisect_right(self.fit, standing.fit),
            bisect_right(self.engagement, standing.engagement),
        )

    def counts(self, card: Scorecard, kind: str) -> bool:
        """Tells whether a condition may count signals of a kind."""
        found = self._kinds.get(kind)
        if found is None:
            found = self._kinds[kind] = any(counter.key in self.counters for counter in card.counters_for(kind))
        return found


def _numbers_in(condition: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    for part in (*condition.get("all", ()), *condition.get("any", ())):
        yield from _numbers_in(part)
    if "not" in condition:
        yield from _numbers_in(condition["not"])
    for name in _POINTS:
        for wanted in condition.get(name, {}).values():
            yield from ((name, number) for number in _flat(wanted))


def _flat(wanted: Any) -> Iterator[float]:
    """Yields the numbers of a test: of `at_least`, `between`, `one_of`."""
    if isinstance(wanted, list | tuple | set | frozenset):
        for each in wanted:
            yield from _flat(each)
    elif isinstance(wanted, int | float) and not isinstance(wanted, bool):
        yield float(wanted)
