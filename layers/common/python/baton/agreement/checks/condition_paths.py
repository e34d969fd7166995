"""Goes through every condition of an agreement, with the place where it stands."""

from collections.abc import Iterator

from baton.agreement.conditions.condition_clauses import Attributes
from baton.agreement.document.document import Sections

Loc = tuple[int | str, ...]
Placed = tuple[Loc, Attributes]


def conditions(sections: Sections) -> Iterator[Placed]:
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


def parts(loc: Loc, condition: Attributes) -> Iterator[Placed]:
    """A condition and all that it is made of."""
    yield loc, condition
    for inner_loc, inner in within(loc, condition):
        yield from parts(inner_loc, inner)


def within(loc: Loc, condition: Attributes) -> Iterator[Placed]:
    """The conditions directly within one."""
    for name in ("all", "any"):
        for number, inner in enumerate(getattr(condition, name, None) or ()):
            yield (*loc, name, number), inner
    if (denied := getattr(condition, "not_", None)) is not None:
        yield (*loc, "not"), denied


def everywhere(sections: Sections) -> Iterator[Placed]:
    """Every condition, also those within others."""
    for loc, condition in conditions(sections):
        yield from parts(loc, condition)


def depth(condition: Attributes) -> int:
    """How deep conditions stand within one another: 1 for one that holds no other."""
    return 1 + max((depth(inner) for _, inner in within((), condition)), default=0)
