"""A study: the leads to learn from, the rules that a table could have, and the table in force."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from baton.domain.scoring.scorecard import Scorecard
from baton.learning.candidate_rules import Candidates, new_rules, todays_rules
from baton.learning.draft_document import scores_named_in
from baton.learning.fitting.forward_choice import CHANCE, MOST_RULES, SHUFFLES, Gate, beside_today, choose
from baton.learning.fitting.log_odds_fit import Numbers
from baton.learning.fitting.table_fit import Learned, Rows, Today, new_points, points_towards
from baton.learning.known_leads import KnownLead
from baton.learning.learned_leads import LearnedFrom, Refused
from baton.learning.proposed_table import Wishes


@dataclass(slots=True)
class Study:
    """The leads of a study, what rules there are, and the table in force."""

    leads: Sequence[KnownLead]
    found: LearnedFrom
    candidates: Candidates
    wishes: Wishes
    in_force: Today
    todays_sums: Numbers
    """Of the leads learned from, under the table in force."""
    told: Callable[[str], None]
    scores: frozenset[float]
    """The scores that the agreement's conditions name, out of `top`."""
    top: int

    @property
    def gate(self) -> Gate:
        """Returns the gate before each choice; it is the narrower the oftener this history was looked at."""
        looks = max(1, self.wishes.looks)
        return Gate(self.found.months, self.wishes.seed, max(SHUFFLES, 40 * looks), CHANCE / looks)

    def chosen_from(self, rows: Rows) -> list[int]:
        """Returns the rules that some of the leads choose: of today's all or none."""
        held, outcomes = self.candidates.held[rows], self.found.outcomes.part(rows)
        gate = self.gate._replace(months=self.gate.months[rows])
        if self.wishes.mode == "add":
            return choose(held, outcomes, gate, MOST_RULES)
        worth_it = beside_today(held, self.todays_sums[rows], outcomes, gate)
        return list(range(held.shape[1])) if worth_it else []

    def points_from(self, rows: Rows, chosen: Sequence[int]) -> Learned:
        """Returns the points of these rules, learned from some of the leads."""
        held, outcomes = (
            self.candidates.held[np.ix_(rows, np.array(chosen, dtype=np.intp))],
            self.found.outcomes.part(rows),
        )
        if self.wishes.mode == "add":
            return new_points(held, outcomes)
        today = Today(self.in_force.points[list(chosen)], self.in_force.fixed[rows], self.in_force.turns[list(chosen)])
        return points_towards(held, outcomes, today)

    def sums(self, chosen: Sequence[int], points: Numbers) -> Numbers:
        """Returns what each lead learned from would have, without the base."""
        fixed = self.in_force.fixed if self.wishes.mode == "re-point" else 0.0
        found: Numbers = self.candidates.held[:, list(chosen)] @ points + fixed
        return found


def study_of(
    leads: Sequence[KnownLead],
    found: LearnedFrom,
    card: Scorecard,
    document: Mapping[str, Any],
    wishes: Wishes,
    told: Callable[[str], None],
) -> Study:
    """Returns the study of leads under an agreement.

    Raises:
        Refused: no rule tells one lead from another; or a struck rule is none of today's and none that is new.
    """
    candidates = todays_rules(found.leads, card.rules, document)
    if wishes.mode == "add":
        new = new_rules(found.leads, card, wishes.asked)
        new = _other_than(candidates, new)
        taken = {rule.id for rule in candidates.rules}
        named = tuple(rule._replace(id=f"new-{rule.id}"[:40]) if rule.id in taken else rule for rule in new.rules)
        candidates = Candidates((*candidates.rules, *named), np.column_stack([candidates.held, new.held]))
    agreed = {rule["id"] for rule in (*card.rules["fit"], *card.rules["engagement"])}
    if unknown := wishes.struck - agreed - {rule.id for rule in candidates.rules}:
        raise Refused(f"no rule is called {' or '.join(sorted(unknown))}: strike a rule by its id in the agreement")
    keep = [
        place
        for place, rule in enumerate(candidates.rules)
        if rule.id not in wishes.struck and np.ptp(candidates.held[:, place]) > 0
    ]
    if not keep:
        raise Refused("no rule tells one lead from another; none has points, or all leads have the same")
    candidates = Candidates(tuple(candidates.rules[place] for place in keep), candidates.held[:, keep])
    rules = candidates.rules
    points = np.array([float(rule.points) for rule in rules])
    fixed = np.array([lead.fixed for lead in found.leads])
    in_force = Today(points, fixed, np.array([rule.turns for rule in rules], dtype=bool))
    return Study(
        leads, found, candidates, wishes, in_force, sums_in_force(found.leads, card), told, *_scores_in(document)
    )


def _other_than(todays: Candidates, new: Candidates) -> Candidates:
    """Returns the new rules that hold for other leads than each of today's does."""
    met = {column.astype(bool).tobytes() for column in todays.held.T}
    keep = [place for place, column in enumerate(new.held.T) if column.astype(bool).tobytes() not in met]
    return Candidates(tuple(new.rules[place] for place in keep), new.held[:, keep])


def _scores_in(document: Mapping[str, Any]) -> tuple[frozenset[float], int]:
    score = document.get("score") or {}
    top = score.get("full_score", 100) if score.get("scale") == "points" else 100
    return frozenset(scores_named_in(document)), top


def sums_in_force(leads: Sequence[KnownLead], card: Scorecard) -> Numbers:
    """Returns the sums before the cut under the table in force: a cut score heaps at its ends, and ranks nothing."""
    points = {rule["id"]: rule["points"] for rule in (*card.rules["fit"], *card.rules["engagement"])}
    return np.array(
        [lead.fixed + sum(points[rule] * units for rule, units in lead.units.items()) for lead in leads], dtype=float
    )
