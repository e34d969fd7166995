"""Decides for one fact whether some value passes all claims about it: texts, numbers, yes or no."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import inf
from typing import Any, NamedTuple

from baton.agreement.conditions.patterns import MAX_SUBJECT, compile_search
from baton.agreement.places.compared_places import PLACES, compared_places
from baton.agreement.satisfiability.claims import Claim
from baton.agreement.satisfiability.effort import Effort
from baton.agreement.satisfiability.pattern_parts import NotReadable
from baton.agreement.satisfiability.pattern_texts import text_with

NUMBER_TESTS = frozenset({"between", "at_least", "at_most"})
_TEXT_TESTS = frozenset({"is", "one_of", "matches", "known"})


class Words(NamedTuple):
    """All texts that a fact can have, and whether it may be unknown."""

    texts: frozenset[str]
    may_be_unknown: bool = True


def is_about_a_number(claims: Sequence[Claim]) -> bool:
    """Tells whether claims are about a number."""
    return any(claim.test in NUMBER_TESTS or _has_number(claim.wanted) for claim in claims)


def _has_number(wanted: Any) -> bool:
    first = wanted[0] if isinstance(wanted, list | tuple) and wanted else wanted
    return isinstance(first, int | float) and not isinstance(first, bool)


def some_text_passes(fact: str, claims: Sequence[Claim], words: Words | None, effort: Effort) -> bool:
    """Tells whether a text, or its being unknown, passes all claims; true also where nothing can be said."""
    if any(claim.test not in _TEXT_TESTS for claim in claims):
        return True
    if _unknown_passes(claims) and (words is None or words.may_be_unknown):
        return True
    if any(claim.test == "known" and claim.wanted is not claim.holds for claim in claims):
        return False
    return _some_known_text_passes(fact, claims, words, effort)


def _some_known_text_passes(fact: str, claims: Sequence[Claim], words: Words | None, effort: Effort) -> bool:
    sets = [(_texts(fact, claim), claim.holds) for claim in claims if claim.test in ("is", "one_of")]
    among = [texts for texts, holds in sets if holds] + ([words.texts] if words else [])
    patterns = [] if _is_place(fact) else [claim for claim in claims if claim.test == "matches"]  # or find the words
    if among:
        left = frozenset.intersection(*among).difference(*(texts for texts, holds in sets if not holds))
        return any(all(_found(claim.wanted, text) is claim.holds for claim in patterns) for text in left)
    wanted = tuple(claim.wanted for claim in patterns if claim.holds)
    unwanted = tuple(claim.wanted for claim in patterns if not claim.holds)
    try:
        return not patterns or text_with(wanted, unwanted, effort) is not None
    except NotReadable:
        return True


def _unknown_passes(claims: Sequence[Claim]) -> bool:
    return all((not claim.wanted if claim.test == "known" else False) is claim.holds for claim in claims)


def _is_place(fact: str) -> bool:
    return fact.removeprefix("properties.") in PLACES


def _texts(fact: str, claim: Claim) -> frozenset[str]:
    wanted = claim.wanted if claim.test == "one_of" else [claim.wanted]
    if not _is_place(fact):
        return frozenset(str(each).casefold() for each in wanted)
    return frozenset[str]().union(*(compared_places(fact.removeprefix("properties."), str(each)) for each in wanted))


@lru_cache(maxsize=1_000)
def _searcher(pattern: str) -> Callable[[str], object]:
    return compile_search(pattern)


def _found(pattern: str, text: str) -> bool:
    return _searcher(pattern)(text[:MAX_SUBJECT]) is not None


class Bounds(NamedTuple):
    """Between which numbers a fact is, whatever a lead is or does."""

    low: float = -inf
    high: float = inf


ANY_NUMBER = Bounds()


def some_number_passes(claims: Sequence[Claim], bounds: Bounds = ANY_NUMBER, *, may_be_a_range: bool = True) -> bool:
    """Tells whether a number passes all claims, or a range by its ends: `at_least` its low end, `at_most` its high one.

    True also where nothing can be said.
    """
    if any(not claim.holds and claim.test in ("between", "one_of") for claim in claims):
        first = next(claim for claim in claims if not claim.holds and claim.test in ("between", "one_of"))
        rest = [claim for claim in claims if claim is not first]
        return any(
            some_number_passes([*rest, *way], bounds, may_be_a_range=may_be_a_range) for way in _ways_to_miss(first)
        )
    if _unknown_passes(claims) and bounds == ANY_NUMBER:
        return True
    if any(claim.test == "known" and claim.wanted is not claim.holds for claim in claims):
        return False
    values = _values(claims)
    if values is not None:
        return any(_number_passes(each, claims) and bounds.low <= each <= bounds.high for each in values)
    ends = _Ends(bounds)
    for claim in claims:
        ends.take(claim)
    return ends.leave_a_number(may_be_a_range=may_be_a_range)


def _ways_to_miss(claim: Claim) -> Iterator[list[Claim]]:
    if claim.test == "one_of":
        yield [Claim(claim.fact, "is", each, holds=False) for each in claim.wanted]
        return
    low, high = claim.wanted
    yield [Claim(claim.fact, "at_least", low, holds=False)]
    yield [Claim(claim.fact, "at_most", high, holds=False)]


def _values(claims: Sequence[Claim]) -> set[float] | None:
    named = [
        {float(each) for each in (claim.wanted if claim.test == "one_of" else [claim.wanted])}
        for claim in claims
        if claim.holds and claim.test in ("is", "one_of")
    ]
    return set.intersection(*named) if named else None


def _number_passes(value: float, claims: Sequence[Claim]) -> bool:
    return all(_passes(value, claim.test, claim.wanted) is claim.holds for claim in claims)


def _passes(value: float, test: str, wanted: Any) -> bool:
    match test:
        case "is":
            return bool(value == wanted)
        case "one_of":
            return value in wanted
        case "between":
            return bool(wanted[0] <= value <= wanted[1])
        case "at_least":
            return bool(value >= wanted)
        case "at_most":
            return bool(value <= wanted)
    return bool(wanted)


class _Ends:
    """The tightest bounds of a number's low and high end; beside each whether the bound itself is left out."""

    def __init__(self, bounds: Bounds) -> None:
        self.low_from = self.high_from = (bounds.low, False)
        self.low_to = self.high_to = (bounds.high, False)

    def take(self, claim: Claim) -> None:
        """Narrows the ends by a claim; others than of bounds narrow nothing."""
        match claim.test, claim.holds:
            case "at_least", True:
                self.low_from = max(self.low_from, (claim.wanted, False))
            case "at_least", False:
                self.low_to = _lower(self.low_to, (claim.wanted, True))
            case "at_most", True:
                self.high_to = _lower(self.high_to, (claim.wanted, False))
            case "at_most", False:
                self.high_from = max(self.high_from, (claim.wanted, True))
            case "between", True:
                self.low_from = max(self.low_from, (claim.wanted[0], False))
                self.high_to = _lower(self.high_to, (claim.wanted[1], False))

    def leave_a_number(self, *, may_be_a_range: bool) -> bool:
        """Tells whether there is a low end that is not above a high end."""
        if not may_be_a_range:
            return _is_room(max(self.low_from, self.high_from), _lower(self.low_to, self.high_to))
        return (
            _is_room(self.low_from, self.low_to)
            and _is_room(self.high_from, self.high_to)
            and _is_room(self.low_from, self.high_to)
        )


def _lower(one: tuple[float, bool], other: tuple[float, bool]) -> tuple[float, bool]:
    return min(one, other, key=lambda bound: (bound[0], not bound[1]))


def _is_room(low: tuple[float, bool], high: tuple[float, bool]) -> bool:
    return low[0] < high[0] or (low[0] == high[0] and not low[1] and not high[1])


def some_flag_passes(claims: Sequence[Claim]) -> bool:
    """Tells whether yes or no passes all claims; true also where they are about something else."""
    if not all(claim.test == "=" and isinstance(claim.wanted, bool) for claim in claims):
        return True
    return len({claim.wanted is claim.holds for claim in claims}) <= 1


def some_answers_pass(claims: Sequence[Claim], names: Sequence[str]) -> bool:
    """Tells whether some of the questions of BANT can be met so that all claims hold."""
    return any(
        all(_bant_passes(met, claim.wanted) is claim.holds for claim in claims)
        for number in range(2 ** len(names))
        for met in [{name for place, name in enumerate(names) if number >> place & 1}]
    )


def _bant_passes(met: set[str], wanted: Mapping[str, Any]) -> bool:
    return met.issuperset(wanted["met"]) if "met" in wanted else len(met) >= wanted["at_least"]


def some_shift_passes(claims: Sequence[Claim]) -> bool:
    """Tells whether a shift can be within some lengths of time and not within others."""
    shifted = [claim.wanted["within"] for claim in claims if claim.holds]
    not_shifted = [claim.wanted["within"] for claim in claims if not claim.holds]
    return not shifted or not not_shifted or min(shifted) > max(not_shifted)
