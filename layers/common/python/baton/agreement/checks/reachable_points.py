"""Works out between which points a score can be, and checks that every threshold and every band can be reached."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise
from math import ceil, inf

from baton.agreement.checks.condition_paths import Loc
from baton.agreement.document.document import Sections
from baton.agreement.document.scoring_clauses import CapClause, EngagementRuleClause, FitRuleClause, Limits, Score
from baton.agreement.satisfiability.fact_values import Bounds

_SLACK = 1.05
"""Points fade in steps, of which thirty are a half-life: a little more may be left than the curve says."""


def points_of_fit(sections: Sections) -> Bounds:
    """Returns the fewest and the most points that a lead can have for what it is, in the points of the rules."""
    best: dict[str, float] = {}
    least = 0.0
    for number, rule in enumerate(sections.fit):
        group = getattr(rule, "best_of", None) or f"rule {number}"
        best[group] = max(best.get(group, 0), *_points(rule))
        least += min(0, *_points(rule))
    return _within(sections.score.fit, least, sum(best.values()))


def points_of_engagement(sections: Sections) -> Bounds:
    """Returns the same for what a lead does; there is no bound where any number of signals gives points."""
    most = sum(_most(rule, max(0, *_points(rule)), sections.score) for rule in sections.engagement)
    least = sum(_most(rule, max(0, *(-each for each in _points(rule))), sections.score) for rule in sections.engagement)
    return _within(sections.score.engagement, -least, most)


def _points(rule: FitRuleClause | EngagementRuleClause) -> tuple[int, ...]:
    return (rule.points, *rule.by_persona.values())


def _within(limits: Limits, least: float, most: float) -> Bounds:
    low, high = limits.at_least, limits.at_most
    return Bounds(max(low, min(high, least)), max(low, min(high, most)))


def _most(rule: EngagementRuleClause, points: int, score: Score) -> float:
    """Returns the most points of a rule that a lead can have at once."""
    cap = rule.at_most
    if points == 0:
        return 0
    if cap is None or cap.each is not None:
        return inf
    given = float(min(*(each for each in (cap.points, points * cap.times if cap.times else None) if each), 10**9))
    return given if cap.per is None else given * _windows(rule, cap, cap.per, score)


def _windows(rule: EngagementRuleClause, cap: CapClause, per: timedelta, score: Score) -> float:
    """Returns how often a cap's points can add up: older ones have faded or expired."""
    half_life = rule.half_life or score.half_life
    counts = [inf]
    if rule.expires_after is not None:
        counts.append(ceil(rule.expires_after / per) + 1)
    if isinstance(half_life, timedelta) and half_life:
        counts.append(_SLACK / (1 - 0.5 ** (per / half_life)))
    return min(counts)


def thresholds_can_be_reached(sections: Sections) -> Iterator[tuple[Loc, str]]:
    """Yields a fault for each threshold that no sum of points reaches."""
    if "score" not in sections.handoffs:
        return
    score = sections.score
    by_limits = (score.fit.at_most + score.engagement.at_most) * top_of(score) // score.full_score
    most = most_of_score(sections)
    asked: list[tuple[Loc, int]] = [(("threshold",), sections.threshold)]
    asked += [(("thresholds", number, "threshold"), each.threshold) for number, each in enumerate(sections.thresholds)]
    for loc, threshold in asked:
        if most < threshold and (threshold <= by_limits or loc != ("threshold",)):
            yield loc, _out_of_reach(most, threshold, top_of(score))


def _out_of_reach(most: float, threshold: int, top: int) -> str:
    if most < 1:
        return (
            "no rule gives a point, so that no score hands anybody over; "
            "write rules in `fit` or `engagement`, or leave `handoffs.score` out"
        )
    return (
        f"all rules together give at most {most:g} out of {top}, so that no lead ever has {threshold}; "
        f"write {int(most)} or less, or give more points"
    )


def top_of(score: Score) -> int:
    """Returns the highest score that there is, such as 100."""
    return getattr(score, "top", 100)


def most_of_score(sections: Sections) -> float:
    """Returns the highest score that a lead can have, with one digit behind the point."""
    score = sections.score
    most = (points_of_fit(sections).high + points_of_engagement(sections).high) * top_of(score) / score.full_score
    return most if most == inf else ceil(most * 10 - 1e-6) / 10


def bands_can_be_reached(sections: Sections) -> Iterator[tuple[Loc, str]]:
    """Yields a finding for each band for which no lead has enough points, and for one that all are above."""
    scores: Iterable[tuple[str, dict[str, int], Bounds]] = (
        ("fit", sections.score.fit_bands, points_of_fit(sections)),
        ("engagement", sections.score.engagement_bands, points_of_engagement(sections)),
    )
    for name, bands, bounds in scores:
        falling = sorted(bands.items(), key=lambda band: -band[1])
        for (band, least), (below, _) in pairwise(falling):
            loc: Loc = ("score", f"{name}_bands")
            if least > bounds.high:
                yield (
                    (*loc, band),
                    f"no lead ever has {least} points: the rules for {name} give at most {bounds.high:g}; "
                    "lower where it begins, or give more points",
                )
            elif least <= bounds.low:
                yield (
                    (*loc, below),
                    f"holds for nobody: every lead has {bounds.low:g} points or more, and `{band}` begins at {least}; "
                    "lower where it begins, or leave this band out",
                )
