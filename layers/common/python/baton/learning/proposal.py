"""Proposes whole-number points that would have served better, with how sure that is. It never applies them by itself.

The same leads, wishes and seed give the same proposal.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from baton.domain.scoring.scorecard import Scorecard
from baton.domain.statistics.won_shares import Counted, Interval
from baton.learning.fitting.forward_choice import MOST_RULES
from baton.learning.fitting.honest_estimates import Estimate, estimates, split_estimates, times_in_resamples
from baton.learning.fitting.log_odds_fit import Numbers
from baton.learning.fitting.table_fit import Learned, Quality, Rows, quality
from baton.learning.known_leads import KnownLead
from baton.learning.learned_leads import (
    Maturity,
    leakage,
    learned_from,
    no_better,
    refuse_if_chosen_by_score,
    warnings_of,
)
from baton.learning.opened_scale import opened_scale
from baton.learning.proposed_table import Proposal, ProposedRule, Wishes
from baton.learning.study import Study, study_of, sums_in_force

_TOLD = ("leads as they were known", "choice", "judged on the last leads", "intervals", "resamples", "struck rules")


def propose(
    leads: Sequence[KnownLead],
    card: Scorecard,
    document: Mapping[str, Any],
    wishes: Wishes,
    maturity: Maturity,
    told: Callable[[str], None] = lambda _: None,
) -> Proposal:
    """Returns the proposal of points for an agreement, from leads as they were known before their outcome.

    Args:
        leads: all leads of the history, those without an outcome included.
        card: the agreement's scorecard in points.
        document: the agreement's document, for the clauses of its rules.
        wishes: what is asked for.
        maturity: which leads are old enough.
        told: is told what is being done.

    Raises:
        Refused: nothing honest can be said; the text says why.
    """
    told(_TOLD[0])
    found = learned_from(leads, maturity)
    study = study_of(leads, found, card, document, wishes, told)
    refuse_if_chosen_by_score(leads, sums_in_force(leads, card))
    everybody = np.arange(len(found.leads))
    told(_TOLD[1])
    chosen = study.chosen_from(everybody)
    learned = study.points_from(everybody, chosen) if chosen else Learned(np.zeros(0), 1.0)
    kept = [place for place, points in zip(chosen, learned.points, strict=True) if points]
    points = learned.points[learned.points != 0]
    told(_TOLD[2])
    today, proposed, without = _judged(study, kept)
    rules = _with_estimates(study, kept, learned._replace(points=points), without)
    names = [rule.rule.id for rule in rules]
    warnings = [
        *warnings_of(leads, found, maturity, wishes.looks),
        *leakage(names, study.candidates.held[:, kept], found.outcomes, proposed.auc),
        *(no_better(today.auc, proposed.auc) if kept else ()),
    ]
    scale = opened_scale(study, kept, points, card)
    counted = Counted(int(found.outcomes.won.sum()), len(found.leads))
    return Proposal(wishes, len(leads), counted, rules, scale, today, proposed, tuple(warnings))


def _judged(study: Study, kept: Sequence[int]) -> tuple[Quality, Quality, list[Quality]]:
    """Returns how today's table and the proposed way order the last 30 %, and the table without each rule.

    The proposed one is chosen and learned from the first 70 % alone, as if it had been asked for then.
    """
    split = study.found.split
    first, last = np.arange(split), np.arange(split, len(study.found.leads))
    outcomes = study.found.outcomes.part(last)
    today = quality(study.todays_sums[last], outcomes)
    chosen = study.chosen_from(first) if kept else []
    proposed = quality(_sums_of(study, first, chosen)[last], outcomes) if chosen else today
    study.told(_TOLD[5])
    without = [
        quality(_sums_of(study, first, [other for other in kept if other != place])[last], outcomes) for place in kept
    ]
    return today, proposed, without


def _sums_of(study: Study, rows: Rows, chosen: Sequence[int]) -> Numbers:
    if not chosen:
        return np.zeros(len(study.found.leads))
    return study.sums(chosen, study.points_from(rows, chosen).points)


def _with_estimates(
    study: Study, kept: Sequence[int], learned: Learned, without: Sequence[Quality]
) -> tuple[ProposedRule, ...]:
    held, outcomes, wishes = study.candidates.held, study.found.outcomes, study.wishes
    rules = study.candidates.rules
    found: list[Estimate | None] = []
    seen: list[int] | None = None
    if kept and wishes.mode == "add":
        study.told(_TOLD[3])
        found = split_estimates(held, outcomes, study.gate, kept, MOST_RULES)
        study.told(_TOLD[4])
        alike = [rule.about for rule in rules]
        seen = times_in_resamples(held, outcomes, study.gate, alike, kept, wishes.resamples)
    elif kept:
        found = list(estimates(held[:, list(kept)], outcomes))  # nothing was chosen, so that all leads may estimate
    return tuple(
        ProposedRule(
            rules[place],
            int(learned.points[number]),
            _in_points(found[number], learned.worth),
            _counted(held[:, place], outcomes.won),
            seen[number] if seen else None,
            without[number],
        )
        for number, place in enumerate(kept)
    )


def _in_points(estimate: Estimate | None, worth: float) -> Interval | None:
    return (estimate.within[0] / worth, estimate.within[1] / worth) if estimate else None


def _counted(held: Numbers, won: Numbers) -> Counted:
    met = held != 0
    return Counted(int(won[met].sum()), int(met.sum()))
