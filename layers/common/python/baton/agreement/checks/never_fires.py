"""Checks that each condition can hold for somebody, and each rule behind others can have its turn."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from math import inf
from typing import Any

from baton.agreement.checks.condition_paths import Loc, nested_conditions, top_conditions
from baton.agreement.checks.kept_triggers import triggers_can_fire
from baton.agreement.checks.reachable_points import most_of_score, points_of_engagement, points_of_fit, top_of
from baton.agreement.conditions.condition_clauses import Attributes
from baton.agreement.conditions.signal_tests import normal_match
from baton.agreement.conditions.value_tests import normal_test
from baton.agreement.document.document import Sections
from baton.agreement.satisfiability.claims import Claim, Formula, formula
from baton.agreement.satisfiability.effort import Effort
from baton.agreement.satisfiability.fact_values import Bounds, Words
from baton.agreement.satisfiability.possible_leads import Bands, Contradiction, World, contradiction
from baton.agreement.terms.durations import format_duration

_LENGTHS = frozenset({"age", "silent_for"})
STEPS = 600_000
"""What all questions about one draft may cost together, about a second."""


def rules_can_fire(sections: Sections) -> Iterator[tuple[Loc, str]]:
    """Yields a fault for each condition that can hold for nobody, and for each rule that others leave no lead to."""
    world, effort = _world(sections), Effort(STEPS)
    for loc, condition in top_conditions(sections):
        yield from _impossible(loc, condition, world, effort)
    for loc, test in _single_tests(sections):
        if found := contradiction([formula(test)], world, effort):
            yield loc, _why(found)
    for number, rule in enumerate(sections.engagement):
        trigger = Claim(
            "signals", "at_least", ({"match": normal_match(rule.signal), "within": 0, "sure_of_kinds": True}, 1)
        )
        if found := contradiction([trigger], world, effort):
            yield ("engagement", number, "signal"), _why(found)
        elif rule.when and _excludes(rule.when, trigger, world, effort):
            yield (
                ("engagement", number, "when"),
                "can never hold: the signal that earns the points is counted already; allow one more",
            )
    yield from _shadowed(sections, world, effort)
    yield from triggers_can_fire(sections, world, effort)


def _excludes(when: Attributes, trigger: Claim, world: World, effort: Effort) -> bool:
    """Tells whether a condition can hold, but not once the signal that it is asked for is counted."""
    asked = formula(when.normal())
    alone = contradiction([asked], world, effort)
    return not alone and contradiction([asked, trigger], world, effort) is not None


def _world(sections: Sections) -> World:
    score = sections.score
    scale = top_of(score) / score.full_score
    bands = {
        f"{name}_band": Bands(
            name, tuple(sorted(((each, least * scale) for each, least in given.items()), key=_falling))
        )
        for name, given in (("fit", score.fit_bands), ("engagement", score.engagement_bands))
        if given
    }
    words = {
        "stage": Words(frozenset({"lead", "mql", "sql", "customer"}), may_be_unknown=False),
        "channel": Words(frozenset({"inbound", "outbound"})),
        "funnel": Words(frozenset({"tofu", "mofu", "bofu"})),
        "persona": Words(frozenset(each.id.casefold() for each in sections.personas)),
        **{
            f"attributes.{name}": Words(frozenset(choice.casefold() for choice in attribute.choices))
            for name, attribute in getattr(sections, "attributes", {}).items()
            if attribute.choices
        },
        **{
            name: Words(frozenset(band.casefold() for band, _ in each.least), may_be_unknown=False)
            for name, each in bands.items()
        },
    }
    return World(words, _score_bounds(sections), bands)


def _falling(band: tuple[str, float]) -> float:
    return -band[1]


def _score_bounds(sections: Sections) -> dict[str, Bounds]:
    """Returns between which numbers the scores are; the sum has no bound if the threshold itself is out of reach."""
    scale = top_of(sections.score) / sections.score.full_score
    fit, engagement = points_of_fit(sections), points_of_engagement(sections)
    most = most_of_score(sections)
    total = Bounds(0, min(top_of(sections.score), most if most >= sections.threshold else inf))
    return {
        "fit": Bounds(fit.low * scale, fit.high * scale),
        "engagement": Bounds(engagement.low * scale, engagement.high * scale),
        "score": total,
    }


def _impossible(loc: Loc, condition: Attributes, world: World, effort: Effort) -> Iterator[tuple[Loc, str]]:
    """Yields the innermost parts of a condition that can hold for nobody."""
    inner = [
        fault
        for inner_loc, part in nested_conditions(loc, condition)
        for fault in _impossible(inner_loc, part, world, effort)
    ]
    if inner:
        yield from inner
    elif found := contradiction([formula(condition.normal())], world, effort):
        facts = {claim.fact for claim in found.claims}
        here = next((fact for fact in facts if getattr(condition, fact, None) is not None), None)
        yield (*loc, here) if len(facts) == 1 and here else loc, _why(found)


def _single_tests(sections: Sections) -> Iterator[tuple[Loc, dict[str, Any]]]:
    for number, persona in enumerate(sections.personas):
        for name, test in persona.criteria.normal().items():
            yield ("personas", number, "criteria", name), {name: test}
    for name, test in sections.bant:
        if test is not None:
            yield ("bant", name), {f"answer about {name}": normal_test(test)}


def _shadowed(sections: Sections, world: World, effort: Effort) -> Iterator[tuple[Loc, str]]:
    for section in ("thresholds", "territories", "never"):
        parts = [(each.id, each.when) for each in getattr(sections, section, ())]
        yield from _without_a_turn((section,), parts, world, effort)
    for trigger, handoff in sections.handoffs.items():
        parts = [(str(number), other.when) for number, other in enumerate(handoff.sooner)]
        yield from _without_a_turn(("handoffs", trigger, "sooner"), parts, world, effort)


def _without_a_turn(
    loc: Loc, parts: Sequence[tuple[str, Attributes]], world: World, effort: Effort
) -> Iterator[tuple[Loc, str]]:
    before: list[tuple[str, Formula]] = []
    for number, (name, when) in enumerate(parts):
        asked = formula(when.normal())
        others = [each for _, each in before]
        hidden = contradiction([asked, *others], world, effort) if before else None
        if hidden and not contradiction([asked], world, effort):
            alone = (f"`{other}`" for other, each in before if contradiction([asked, each], world, effort))
            yield (
                (*loc, number),
                f"`{name}` never has its turn: {next(alone, 'the others together')}, asked before it, "
                "holds for all of its leads; put it before that, or leave it out",
            )
        before.append((name, formula(when.normal(), holds=False)))


def _why(found: Contradiction) -> str:
    claims = [claim for claim in found.claims if claim.test != "?"]
    if len(claims) == 1 and claims[0].test == "matches" and claims[0].holds:
        return (
            f"can never hold: no text has what `{str(claims[0].wanted)[:60]}` describes; "
            "look at what stands before `^`, behind `$`, and around `\\b`"
        )
    if found.bounds is not None:
        low, high = (f"{round(end, 2):g}" for end in found.bounds)
        what = claims[-1].fact.replace("_band", "")
        return (
            f"can never hold: with these rules {what} is between {low} and {high}, "
            f"not {_in_words(claims)}; ask for less, or give other points"
        )
    if len(claims) == 1:
        return f"can never hold: nothing there is such that {_in_words(claims)}; look at how it is written"
    return f"can never hold: {_in_words(claims)} exclude each other; ask for one of them, with `any`, or leave one out"


def _in_words(claims: Sequence[Claim]) -> str:
    said = dict.fromkeys(_claim_in_words(claim) for claim in claims)
    return " and ".join([*said][:4])


def _claim_in_words(claim: Claim) -> str:
    wanted = claim.wanted
    if claim.fact == "signals":
        which, number = wanted
        among = ", ".join(f"{name} {_short(test)}" for name, test in which["match"].items())
        text = f"{claim.test.replace('_', ' ')} {number} signals" + (f" with {among}" if among else "")
    elif claim.test == "=":
        text = f"`{claim.fact}: {_short(wanted)}`"
    else:
        length = format_duration(timedelta(seconds=wanted)) if claim.fact in _LENGTHS else _short(wanted)
        text = f"`{claim.fact}` {claim.test.replace('_', ' ')} {length}"
    return text if claim.holds else f"not {text}"


def _short(wanted: Any) -> str:
    if isinstance(wanted, Mapping):
        return " ".join(f"{name} {_short(each)}" for name, each in wanted.items())
    text = f"[{', '.join(map(str, wanted))}]" if isinstance(wanted, list | tuple) else str(wanted)
    return text if len(text) <= 60 else f"{text[:60]}…"
