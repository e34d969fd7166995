"""Opens base and full score so that no sum is cut, and finds the threshold for the wanted number of leads a day."""

from collections.abc import Sequence
from math import ceil

import numpy as np

from baton.domain.scoring.scorecard import Scorecard
from baton.learning.candidate_rules import Rule, held_by
from baton.learning.fitting.log_odds_fit import Numbers
from baton.learning.known_leads import KnownLead
from baton.learning.proposed_table import Scale
from baton.learning.study import Study, sums_in_force

MOST_POINTS, MOST_SCORE = 1000, 10_000
_LOWEST = 2
"""The lowest threshold, so that a score below it can be named."""


def opened_scale(study: Study, kept: Sequence[int], points: Numbers, card: Scorecard) -> Scale:
    """Returns the scale of a table.

    The lowest whole threshold counts that hands over no more than wanted, of all leads, those without an outcome
    included. Leads of equal scores go together.
    """
    rules = [study.candidates.rules[place] for place in kept]
    held = held_by(rules, study.leads)
    stay = study.wishes.mode == "re-point"
    fixed = np.array([lead.fixed if stay else 0.0 for lead in study.leads])
    given = points * held.max(axis=0, initial=0.0) * [_room(rule) for rule in rules]
    base = min(MOST_POINTS, ceil(-np.minimum(given, 0.0).sum() - min(0.0, fixed.min())))
    high = np.maximum(given, 0.0).sum() + max(0.0, fixed.max())
    full = max(_LOWEST, min(MOST_SCORE, base + ceil(high)))
    handed = _handed_over(base + held @ points + fixed, full)
    days = _working_days(study.leads)
    fitting = np.flatnonzero(handed <= study.wishes.leads_per_day * days)
    threshold = max(_LOWEST, int(fitting[0]) + 1 if len(fitting) else full)
    before = sums_in_force(study.leads, card)
    todays = int((before >= threshold_in_points(card)).sum())
    carried = _carried(study, card, before, handed, threshold)
    return Scale(base, full, threshold, float(handed[threshold - 1]) / days, todays / days, carried)


def _handed_over(sums: Numbers, full: int) -> Numbers:
    """Returns how many leads reach each whole score from 1 to the full one."""
    found: Numbers = len(sums) - np.searchsorted(np.sort(sums), np.arange(1, full + 1)).astype(float)
    return found


def _carried(study: Study, card: Scorecard, before: Numbers, handed: Numbers, threshold: int) -> dict[float, int]:
    """Returns for each score that is named the lowest that no more leads reach.

    What was below the threshold stays below it.
    """
    in_points = card.rules["full_score"] / study.top
    carried = dict[float, int]()
    for score in sorted(study.scores):
        many = int((before >= score * in_points).sum())
        new = min(len(handed), int(np.searchsorted(-handed, -many)) + 1)
        is_below = score * in_points < threshold_in_points(card)
        carried[score] = min(new, threshold - 1) if is_below else max(new, threshold)
    return carried


def _room(rule: Rule) -> int:
    """Returns how many times as much as ever seen a rule may give: twice if no cap ever ends it, else once."""
    cap = rule.clause.get("at_most", {})
    return 2 if rule.part == "engagement" and (not cap or "per" in cap or "each" in cap) else 1


def threshold_in_points(card: Scorecard) -> float:
    """Returns the threshold in force in points of the rules, in which this card counts."""
    return card.rules["threshold"]


def _working_days(leads: Sequence[KnownLead]) -> int:
    """Returns how many days from Monday to Friday there are from the first lead to the last."""
    days = [lead.captured_at.date() for lead in leads]
    return max(1, int(np.busday_count(min(days), max(days))) + 1)
