"""Decides whether a lead can exist for whom conditions hold, or do not; where that is not certain, it says yes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from baton.agreement.satisfiability.claims import Claim, Formula
from baton.agreement.satisfiability.count_claims import some_counts_pass
from baton.agreement.satisfiability.effort import Effort, TooMuchWork
from baton.agreement.satisfiability.fact_values import (
    ANY_NUMBER,
    Bounds,
    Words,
    is_about_a_number,
    some_answers_pass,
    some_flag_passes,
    some_number_passes,
    some_shift_passes,
    some_text_passes,
)
from baton.agreement.terms.rules import ATTRIBUTE

BANT = ("budget", "authority", "need", "timeline")
NUMBERS = frozenset({"employees", "revenue", "budget", "score", "fit", "engagement"})
SCORES = frozenset({"score", "fit", "engagement"})
STEPS = 30_000
"""What one question may cost."""


class Bands(NamedTuple):
    """The bands of a score: from how much each holds, the highest first; the last begins anywhere."""

    score: str
    least: tuple[tuple[str, float], ...]


class World(NamedTuple):
    """What holds for every lead: the words that facts can have, between which numbers scores are, their bands."""

    words: Mapping[str, Words]
    bounds: Mapping[str, Bounds]
    bands: Mapping[str, Bands]


class Contradiction(NamedTuple):
    """The claims about one fact that cannot hold at once, and the bounds that they meet."""

    claims: tuple[Claim, ...]
    bounds: Bounds | None = None


def contradiction(formulas: Iterable[Formula], world: World, effort: Effort) -> Contradiction | None:
    """Returns what keeps all formulas from holding for any lead; None if they can hold, or if that is not certain.

    `effort` is for all questions of a check; one question takes a part of it.
    """
    if effort.left <= 0:
        return None
    own = Effort(min(STEPS, effort.left))
    search = _Search(world, own)
    try:
        return None if search.finds_a_lead([*formulas], {}) else search.found
    except TooMuchWork:
        return None
    finally:
        effort.left -= max(1, min(STEPS, effort.left) - max(own.left, 0))


class _Search:
    def __init__(self, world: World, effort: Effort) -> None:
        self.world, self.effort = world, effort
        self.found: Contradiction | None = None

    def finds_a_lead(self, formulas: Sequence[Formula], known: Mapping[str, tuple[Claim, ...]]) -> bool:
        """Tries the choices one after the other, those with the fewest first."""
        facts, choices = dict(known), []
        waiting, changed = list(formulas), set()
        while waiting:
            self.effort.spend()
            each = waiting.pop()
            if isinstance(each, Claim):
                facts[each.fact] = (*facts.get(each.fact, ()), each)
                changed.add(each.fact)
            elif each.needs_all:
                waiting += each.parts
            else:
                choices.append(each)
        for fact in sorted(changed):
            if not self._can_hold(fact, facts):
                return False
        if not choices:
            return True
        choices.sort(key=lambda choice: len(choice.parts))
        first, *rest = choices
        return any(self.finds_a_lead([part, *rest], facts) for part in first.parts)

    def _can_hold(self, fact: str, facts: Mapping[str, tuple[Claim, ...]]) -> bool:
        claims, bounds = facts[fact], self.world.bounds.get(fact, ANY_NUMBER)
        self.effort.spend(len(claims))
        if not self._passes(fact, claims, bounds):
            self.found = self.found or Contradiction(claims, bounds if bounds != ANY_NUMBER else None)
            return False
        for name, bands in self.world.bands.items():
            if fact in (name, bands.score) and name in facts and not self._band_can_hold(name, bands, facts):
                both = (*facts[name], *facts.get(bands.score, ()))
                self.found = self.found or Contradiction(both, self.world.bounds.get(bands.score))
                return False
        return True

    def _passes(self, fact: str, claims: Sequence[Claim], bounds: Bounds) -> bool:
        match fact:
            case "signals":
                passes = some_counts_pass([claim for claim in claims if claim.test != "?"], self.effort)
            case "bant":
                passes = some_answers_pass(claims, BANT)
            case "shifted":
                passes = some_shift_passes(claims)
            case _ if any(claim.test == "=" for claim in claims):
                is_unsaid = fact.startswith(ATTRIBUTE) and not any(claim.holds for claim in claims)
                passes = is_unsaid or some_flag_passes(claims)
            case _ if fact in NUMBERS or is_about_a_number(claims):
                passes = some_number_passes(claims, bounds, may_be_a_range=fact not in SCORES)
            case _:
                passes = some_text_passes(fact, claims, self.world.words.get(fact), self.effort)
        return passes

    def _band_can_hold(self, name: str, bands: Bands, facts: Mapping[str, tuple[Claim, ...]]) -> bool:
        bounds = self.world.bounds.get(bands.score, ANY_NUMBER)
        of_score = facts.get(bands.score, ())
        above: float | None = None
        for place, (band, least) in enumerate(bands.least):
            inside = [] if place == len(bands.least) - 1 else [Claim(bands.score, "at_least", least)]
            inside += [] if above is None else [Claim(bands.score, "at_least", above, holds=False)]
            above = least
            named = [*facts[name], Claim(name, "is", band)]
            if some_text_passes(name, named, None, self.effort) and some_number_passes(
                [*of_score, *inside], bounds, may_be_a_range=False
            ):
                return True
        return False
