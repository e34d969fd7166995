"""What is asked of a proposal, and what it has: rules with points and intervals, scale, quality, warnings."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from baton.domain.statistics.won_shares import Counted, Interval
from baton.learning.candidate_rules import Asked, Rule
from baton.learning.fitting.honest_estimates import RESAMPLES
from baton.learning.fitting.table_fit import Quality

Mode = Literal["re-point", "add"]


class Wishes(NamedTuple):
    """What is asked for.

    Attributes:
        leads_per_day: so many leads a working day the threshold should hand over.
        mode: re-point: today's rules with new points; add: a table of at most eight rules, new ones among them.
        seed: of all that is drawn.
        struck: ids of rules that the table must not have.
        asked: what new rules may ask.
        looks: how often this history was looked at, this time included.
        resamples: in how many resamples rules are looked for.
    """

    leads_per_day: float
    mode: Mode = "re-point"
    seed: int = 1
    struck: frozenset[str] = frozenset()
    asked: Asked = Asked()
    looks: int = 1
    resamples: int = RESAMPLES


class ProposedRule(NamedTuple):
    """A rule with its new points, and how sure they are.

    `within` is an interval of the points from leads that did not choose the rule; None if there is none. `having`
    counts the leads with the rule's points, and those won. `seen` is the number of resamples that choose it. `without`
    is how the table without it orders the last 30 %.
    """

    rule: Rule
    points: int
    within: Interval | None
    having: Counted
    seen: int | None
    without: Quality


class Scale(NamedTuple):
    """What the sums need so that no score is cut: points for everybody, the full score, and the threshold.

    `carried` has, for each other score that the agreement names, the one that as many leads reach.
    """

    base: int
    full_score: int
    threshold: int
    leads_per_day: float
    todays_leads_per_day: float
    carried: Mapping[float, int]


class Proposal(NamedTuple):
    """A proposed table; without rules if chance could have made the best of them."""

    wishes: Wishes
    leads: int
    learned_from: Counted
    rules: tuple[ProposedRule, ...]
    scale: Scale
    in_force: Quality
    proposed: Quality
    warnings: tuple[str, ...]
