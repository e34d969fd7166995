"""Goes through every condition of an agreement, with the place where it stands."""

from collections.abc import Iterator

from baton.agreement.conditions.condition_clauses import Attributes
from baton.agreement.document.document import Sections

Loc = tuple[int | str, ...]
PlacedCondition = tuple[Loc, Attributes]


def top_conditions(sections: Sections) -> Iterator[PlacedCondition]:
    """Every condition that stands by itself, not within another."""
    for name in ("thresholds", "fit", "engagement", "territories"):
        for number, part in enumerate(getattr(sections, name)):
            if part.when is not None:
                yield (name, number, "when"), part.when
    for trigger, handoff in sections.handoffs.items():
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
    """A condition and all that it is made of."""
    yield loc, condition
    for inner_loc, inner in nested_conditions(loc, condition):
        yield from with_nested_conditions(inner_loc, inner)


def nested_conditions(loc: Loc, condition: Attributes) -> Iterator[PlacedCondition]:
    """The conditions directly within one."""
    for name in ("all", "any"):
        for number, inner in enumerate(getattr(condition, name, None) or ()):
            yield (*loc, name, number), inner
    if (denied := getattr(condition, "not_", None)) is not None:
        yield (*loc, "not"), denied


def all_conditions(sections: Sections) -> Iterator[PlacedCondition]:
    """Every condition, also those within others."""
    for loc, condition in top_conditions(sections):
        yield from with_nested_conditions(loc, condition)


def nesting_depth(condition: Attributes) -> int:
    """How deep conditions stand within one another: 1 for one that holds no other."""
    return 1 + max((nesting_depth(inner) for _, inner in nested_conditions((), condition)), default=0)
