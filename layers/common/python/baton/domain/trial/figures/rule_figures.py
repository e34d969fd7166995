"""What each rule of the draft says of outcomes: leads that got its points against those that did not."""

from typing import NamedTuple

from baton.domain.scoring.scorecard import Scorecard
from baton.domain.statistics.false_discoveries import q_values
from baton.domain.statistics.won_shares import Comparison, Counted, compared
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
    found = list[tuple[str, str, int, Comparison]]()
    for kind, rule, points in agreed:
        having = Counted(sums.rules[rule, WON], sums.rules[rule, WON] + sums.rules[rule, OTHER])
        found.append((kind, rule, points, compared(having, Counted(won - having.won, of - having.of))))
    q = q_values([each.p for *_, each in found])
    return [
        RuleFigures(rule, kind, points, sums.got[rule], each, each.too_few, q_value)
        for (kind, rule, points, each), q_value in zip(found, q, strict=True)
    ]
