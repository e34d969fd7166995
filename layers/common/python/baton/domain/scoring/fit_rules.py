"""Points for who a lead is: fit rules, indexed by the value that they test.

Only the few rules under a lead's own values are evaluated.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from baton.agreement.terms import rules as rulebook
from baton.agreement.terms.rules import ATTRIBUTE, Condition
from baton.domain.conditions.compiled_conditions import (
    BOOLEANS,
    NUMBERS,
    SPECIAL,
    Holds,
    Moment,
    compile_condition,
    fact_names_in,
)
from baton.domain.conditions.condition_tests import texts_compared

KnownSince = tuple[int, int | None]
"""The time at which a fact became known, in milliseconds since 1970, and the number of its event."""

FROM_THE_START: KnownSince = (0, None)

FitAward = tuple[str, int, KnownSince, int]
"""A rule that holds: its id, hundredths of a point that count, since when, and hundredths that it gives.

Both are the same unless a better rule of the same group counts instead.
"""


class FitRule(NamedTuple):
    """A compiled rule: the part of its condition that the index does not cover, and its points."""

    id: str
    when: Holds
    points: int
    by_persona: dict[str, int]


FactNames = tuple[str, ...]
"""The facts that a rule tests; it holds since the last of them became known."""


class _RulesForValue:
    """Rules under one value of a fact: those that hold by that alone, and those with further conditions."""

    __slots__ = ("conditional", "unconditional")

    def __init__(self) -> None:
        self.unconditional: list[tuple[str, int]] = []
        self.conditional: dict[FactNames, list[FitRule]] = {}


class FitRules:
    """The fit rules of an agreement. Most test one value of a fact, such as `country: DE`, and are indexed by it."""

    __slots__ = ("_by_value", "_order", "_others", "by_persona", "groups")

    def __init__(self, rules: list[rulebook.FitRule], scale: float) -> None:
        self.by_persona = {rule["id"]: rule["by_persona"] for rule in rules}
        self.groups = {rule["id"]: rule["best_of"] for rule in rules if "best_of" in rule}
        self._order = {rule["id"]: number for number, rule in enumerate(rules)}
        self._by_value: dict[str, dict[Any, _RulesForValue]] = {}
        self._others: dict[FactNames, list[FitRule]] = {}
        for rule in rules:
            self._add(rule, scale)

    def _add(self, rule: rulebook.FitRule, scale: float) -> None:
        fact, values, rest = _lookup_value(rule["when"])
        points = round(rule["points"] * scale)
        by_persona = {persona: round(points * scale) for persona, points in rule["by_persona"].items()}
        about = tuple(sorted(fact_names_in(rule["when"])))
        compiled = FitRule(rule["id"], compile_condition(rest, {}), points, by_persona)
        if fact is None:
            self._others.setdefault(about, []).append(compiled)
            return
        for value in values:
            found = self._by_value.setdefault(fact, {}).setdefault(value, _RulesForValue())
            if rest or by_persona:
                found.conditional.setdefault(about, []).append(compiled)
            else:
                found.unconditional.append((rule["id"], points))

    def awards(self, moment: Moment, learned: Mapping[str, tuple[int, int]]) -> list[FitAward]:
        """Returns the rules that hold for the facts; `learned` gives the time since which each fact is known."""
        awards: list[FitAward] = []
        to_test = [self._others]
        for fact, by_value in self._by_value.items():
            found = by_value.get(moment[fact])
            if found:
                since: KnownSince = learned.get(fact, FROM_THE_START)
                awards += [(rule, points, since, points) for rule, points in found.unconditional]
                to_test.append(found.conditional)
        for each in to_test:
            for about, rules in each.items():
                since = _latest_known(about, learned)
                for rule, when, points, by_persona in rules:
                    if when(moment):
                        worth = by_persona.get(moment["persona"], points) if by_persona else points
                        awards.append((rule, worth, since, worth))
        return self._best_of_each_group(awards) if self.groups else awards

    def _best_of_each_group(self, awards: list[FitAward]) -> list[FitAward]:
        """Leaves the points of only the best rule in each group; of equals, of the one that is agreed first."""
        best: dict[str, FitAward] = {}
        for award in sorted(awards, key=lambda award: (-award[1], self._order[award[0]])):
            if group := self.groups.get(award[0]):
                best.setdefault(group, award)
        counts = {award[0] for award in best.values()}
        return [
            award if award[0] not in self.groups or award[0] in counts else (award[0], 0, award[2], award[3])
            for award in awards
        ]


def _latest_known(about: FactNames, learned: Mapping[str, tuple[int, int]]) -> KnownSince:
    since: KnownSince = FROM_THE_START
    for fact in about:
        mark = learned.get(fact, since)
        if mark[0] > since[0]:
            since = mark
    return since


def _lookup_value(condition: Condition) -> tuple[str | None, frozenset[Any], Condition]:
    """Splits a condition into a fact with the values it may have, and the rest of the condition.

    Returns:
        The fact's name (None if no part tests for values), the values, and the remaining condition.
    """
    for name, test in condition.items():
        if name in SPECIAL or name in BOOLEANS or name.startswith(ATTRIBUTE):
            continue
        if test.keys() <= {"is", "one_of"} and len(test) == 1:
            values = test["one_of"] if "one_of" in test else [test["is"]]
            folded = frozenset(values) if name in NUMBERS else texts_compared(name, values)
            return name, folded, {other: each for other, each in condition.items() if other != name}
    for place, part in enumerate(condition.get("all", ())):
        fact, values, rest = _lookup_value(part)
        if fact is not None:
            others = [*condition["all"][:place], rest, *condition["all"][place + 1 :]]
            return fact, values, {**condition, "all": [other for other in others if other]}
    return None, frozenset(), condition
