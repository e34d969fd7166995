"""Checks of conditions: names exist, `mql` and `sql` do not ask for themselves, and scores can be reached."""

from collections.abc import Iterable, Iterator

from baton.agreement.checks.condition_paths import Loc, PlacedCondition, all_conditions, nesting_depth, top_conditions
from baton.agreement.conditions.condition_clauses import Attributes, ConditionClause
from baton.agreement.conditions.value_tests import NumberTests, TextTest, TextTests
from baton.agreement.document.document import Sections
from baton.agreement.places.compared_places import COUNTRY_FACTS
from baton.agreement.places.country_codes import country_code

MAX_TESTS = 500
MAX_DEPTH = 8
_FIXED = {
    "stage": ("lead", "mql", "sql", "customer"),
    "channel": ("inbound", "outbound"),
    "funnel": ("tofu", "mofu", "bofu"),
}
_NO_NESTING = {"all", "any", "not_"}


def conditions_stay_small(sections: Sections) -> Iterator[tuple[Loc, str]]:
    """Yields a fault for a condition nested more than 8 deep, and for more than 500 tests in all."""
    for loc, condition in top_conditions(sections):
        if nesting_depth(condition) > MAX_DEPTH:
            yield loc, f"is nested more than {MAX_DEPTH} deep; say it in several rules"
    tests = sum(name not in _NO_NESTING and test is not None for _, c in all_conditions(sections) for name, test in c)
    if tests > MAX_TESTS:
        yield (), f"has {tests} tests in its conditions; at most {MAX_TESTS} can be asked about every lead"


def names_exist(sections: Sections) -> Iterator[tuple[Loc, str]]:
    """Yields a fault for each stage, persona, or band that a condition names and the agreement does not have."""
    there = {
        **_FIXED,
        "persona": tuple(persona.id for persona in sections.personas),
        "fit_band": tuple(sections.score.fit_bands),
        "engagement_band": tuple(sections.score.engagement_bands),
    }
    for loc, condition in all_conditions(sections):
        for name, valid in there.items():
            unknown = [
                text for text in compared_texts(getattr(condition, name, None)) if text.casefold() not in _folded(valid)
            ]
            if unknown:
                fault = f"there is no {name.replace('_', ' ')} `{unknown[0]}`; there are {', '.join(valid) or 'none'}"
                yield (*loc, name), fault


def countries_exist(sections: Sections) -> Iterator[tuple[Loc, str]]:
    """Yields a fault for each country that a condition names and nobody knows, such as `DACH`."""
    return countries_exist_in(all_conditions(sections))


def countries_exist_in(conditions: Iterable[PlacedCondition]) -> Iterator[tuple[Loc, str]]:
    """Yields the same for some conditions."""
    for loc, condition in conditions:
        for name in sorted(COUNTRY_FACTS):
            unknown = [text for text in compared_texts(getattr(condition, name, None)) if country_code(text) is None]
            if unknown:
                yield (
                    (*loc, name),
                    f"`{unknown[0][:50]}` is no country; write its code of two letters, such as DE, or its name",
                )


def definitions_are_not_circular(sections: Sections) -> Iterator[tuple[Loc, str]]:
    """Yields a fault where `mql`, `sql` or a threshold asks for the stage, or a condition for too high a score."""
    top = sections.score.top
    for loc, condition in all_conditions(sections):
        asked = compared_texts(getattr(condition, "stage", None))
        if loc[0] in {"mql", "sql", "thresholds"} and any(stage.casefold() != "customer" for stage in asked):
            yield (*loc, "stage"), "follows from this very definition; only `customer` may be asked here"
        least = _least(condition)
        if least is not None and least > top:
            yield (*loc, "score"), f"can never hold: scores are out of {top}; ask for less"


def compared_texts(test: TextTest | None) -> tuple[str, ...]:
    """Returns the texts that a test compares with: of `[mql, sql]` both."""
    if isinstance(test, TextTests):
        return (*(() if test.is_ is None else (test.is_,)), *(test.one_of or ()))
    if isinstance(test, str):
        return (test,)
    return test or ()


def least_score(condition: ConditionClause) -> float | None:
    """Returns the lowest score with which a condition can hold; None if it does not ask for one."""
    needed = [_least(condition), *(least_score(part) for part in condition.all or ())]
    if condition.any:
        choices = [least_score(part) for part in condition.any]
        needed.append(None if None in choices else min(choice for choice in choices if choice is not None))
    return max((least for least in needed if least is not None), default=None)


def _least(condition: Attributes) -> float | None:
    match getattr(condition, "score", None):
        case None:
            return None
        case NumberTests() as tests:
            low = tests.between[0] if tests.between else None
            lows = (tests.is_, low, tests.at_least, min(tests.one_of) if tests.one_of else None)
            return max((least for least in lows if least is not None), default=None)
        case tuple() as numbers:
            return float(min(numbers))
        case number:
            return float(number)


def _folded(names: tuple[str, ...]) -> set[str]:
    return {name.casefold() for name in names}
