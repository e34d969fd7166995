"""Lists the conditions of a draft with their paths, such as `handoffs.score.sooner.0.when`."""

from collections.abc import Iterator

from baton.agreement.conditions.condition_clauses import Attributes
from baton.agreement.document.document import Sections

Loc = tuple[int | str, ...]
PlacedCondition = tuple[Loc, Attributes]


def top_conditions(sections: Sections) -> Iterator[PlacedCondition]:
    """Yields the conditions that are not part of another condition."""
    for name in ("thresholds", "fit", "engagement", "territories", "never"):
        for number, part in enumerate(getattr(sections, name)):
            if part.when is not None:
                yield (name, number, "when"), part.when
    for trigger, handoff in sections.handoffs.items():
        if handoff.unless is not None:
            yield ("handoffs", trigger, "unless"), handoff.unless
        for number, other in enumerate(handoff.sooner):
            yield ("handoffs", trigger, "sooner", number, "when"), other.when
    for number, question in enumerate(sections.marketing.checklist):
        if question.yes_if is not None:
            yield ("marketing", "checklist", number, "yes_if"), question.yes_if
    named = {
        ("mql",): sections.mql,
        ("sql",): sections.sql,
        ("wakes", "parked"): sections.wakes.parked,
        ("wakes", "disqualified"): sections.wakes.disqualified,
    }
    yield from ((loc, condition) for loc, condition in named.items() if condition is not None)


def with_nested_conditions(loc: Loc, condition: Attributes) -> Iterator[PlacedCondition]:
    """Yields a condition and the conditions nested in it, at any depth."""
    yield loc, condition
    for inner_loc, inner in nested_conditions(loc, condition):
        yield from with_nested_conditions(inner_loc, inner)


def nested_conditions(loc: Loc, condition: Attributes) -> Iterator[PlacedCondition]:
    """Yields the conditions directly under `all`, `any` and `not`."""
    for name in ("all", "any"):
        for number, inner in enumerate(getattr(condition, name, None) or ()):
            yield (*loc, name, number), inner
    if (denied := getattr(condition, "not_", None)) is not None:
        yield (*loc, "not"), denied


def all_conditions(sections: Sections) -> Iterator[PlacedCondition]:
    """Yields every condition of a draft, nested ones included."""
    for loc, condition in top_conditions(sections):
        yield from with_nested_conditions(loc, condition)


def nesting_depth(condition: Attributes) -> int:
    """Returns how deep conditions are nested: 1 for a condition without `all`, `any` or `not`."""
    return 1 + max((nesting_depth(inner) for _, inner in nested_conditions((), condition)), default=0)
