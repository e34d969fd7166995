"""Opens base and full score so that no sum is cut, and finds the threshold for the wanted number of leads a day."""

from collections.abc import Sequence
from math import ceil

import numpy as np

from baton.domain.scoring.scorecard import Scorecard
from baton.learning.candidate_rules import Rule
from baton.learning.fitting.log_odds_fit import Numbers
from baton.learning.known_leads import KnownLead
from baton.learning.proposed_table import Scale
from baton.learning.study import Study

MOST_POINTS, MOST_SCORE = 1000, 10_000
_LOWEST = 2
"""The lowest threshold, so that a score below it can be named."""


def opened_scale(study: Study, kept: Sequence[int], points: Numbers, card: Scorecard) -> Scale:
    """Returns the scale of a table.

    The lowest whole threshold counts that hands over no more than wanted; leads of equal scores go together.
    """
    re_point = study.wishes.mode == "re-point"
    held = study.candidates.held[:, list(kept)]
    most = held.max(axis=0, initial=0.0) * [_room(study.candidates.rules[place]) for place in kept]
    fixed = np.array([lead.fixed for lead in study.leads]) if re_point else np.zeros(len(study.leads))
    low = float(np.minimum(points * most, 0.0).sum() + min(0.0, fixed.min()))
    high = float(np.maximum(points * most, 0.0).sum() + max(0.0, fixed.max()))
    base = min(MOST_POINTS, ceil(-low))
    full = min(MOST_SCORE, max(1, base + ceil(high)))
    sums = base + study.sums(kept, points)
    days = _working_days(study.found.leads)
    weight = study.found.outcomes.weight
    scores = range(1, max(full, _LOWEST) + 1)
    ordered = np.argsort(sums)
    above = np.concatenate([np.cumsum(weight[ordered][::-1])[::-1], [0.0]])
    handed = above[np.searchsorted(sums[ordered], scores)]
    fitting = np.flatnonzero(handed <= study.wishes.leads_per_day * days)
    threshold = max(_LOWEST, int(scores[fitting[0]]) if len(fitting) else full)
    before = threshold_in_points(card)
    todays = float(weight[study.todays_sums >= before].sum())
    in_points = card.agreement.rules["full_score"] / study.top
    reached = {score: float(weight[study.todays_sums >= score * in_points].sum()) for score in study.scores}
    carried = {score: min(full, int(np.searchsorted(-handed, -many)) + 1) for score, many in reached.items()}
    carried = {  # what was below the threshold stays below it
        score: min(new, threshold - 1) if score * in_points < before else max(new, threshold)
        for score, new in carried.items()
    }
    return Scale(base, full, threshold, float(handed[threshold - 1]) / days, todays / days, carried)


def _room(rule: Rule) -> int:
    """Returns how many times as much as ever seen a rule may give: twice if no cap ever ends it, else once."""
    cap = rule.clause.get("at_most", {})
    return 2 if rule.part == "engagement" and (not cap or "per" in cap or "each" in cap) else 1


def threshold_in_points(card: Scorecard) -> float:
    """Returns the threshold in force in points of the rules, in which this card counts."""
    return card.rules["threshold"]


def _working_days(leads: Sequence[KnownLead]) -> int:
    """Returns how many days from Monday to Friday there are from the first lead to the last."""
    first, last = leads[0].captured_at.date(), leads[-1].captured_at.date()
    return max(1, int(np.busday_count(first, last)) + 1)
