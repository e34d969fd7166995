"""What each rule of the draft says of outcomes: leads that got its points against those that did not."""

from typing import NamedTuple

from baton.domain.scoring.scorecard import Scorecard
from baton.domain.statistics.rule_comparisons import compare_with_others
from baton.domain.statistics.won_shares import Comparison, Counted
from baton.domain.trial.figures.trial_sums import OTHER, WON, TrialSums


class RuleFigures(NamedTuple):
    """A rule, its agreed points, how many leads got it, and its comparison; `q` corrects for the number of rules."""

    rule: str
    kind: str
    points: int
    leads: int
    comparison: Comparison
    too_few: bool
    q: float | None


def rule_figures(sums: TrialSums, draft: Scorecard) -> list[RuleFigures]:
    """Returns the figures of each rule, in the order of the agreement."""
    won = sum(leads for (_, counts), leads in sums.counted.items() if counts == WON)
    of = sum(sums.counted.values())
    agreed = [("fit", rule["id"], rule["points"]) for rule in draft.rules["fit"]]
    agreed += [("engagement", rule["id"], rule["points"]) for rule in draft.rules["engagement"]]
    counts = [Counted(sums.rules[rule, WON], sums.rules[rule, WON] + sums.rules[rule, OTHER]) for _, rule, _ in agreed]
    return [
        RuleFigures(
            kind=kind, rule=rule, points=points, leads=sums.got[rule], comparison=each, too_few=each.too_few, q=q
        )
        for (kind, rule, points), (each, q) in zip(agreed, compare_with_others(counts, Counted(won, of)), strict=True)
    ]
