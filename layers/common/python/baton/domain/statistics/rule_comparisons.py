"""Compares the leads of each rule with all others, where many rules are compared at once."""

from collections.abc import Container, Sequence
from typing import NamedTuple

from baton.domain.statistics.false_discoveries import q_values
from baton.domain.statistics.won_shares import Comparison, Counted, compared


class RuleComparison(NamedTuple):
    """The leads of a rule against all others; `q` corrects for the number of rules, and is None with too few leads."""

    comparison: Comparison
    q: float | None


def compare_with_others(of_rules: Sequence[Counted], of_all: Counted) -> list[RuleComparison]:
    """Returns, for each rule, the comparison of its leads with all others, in the order given.

    Args:
        of_rules: the leads of each rule; a lead may be of several.
        of_all: all leads, those of the rules included.
    """
    found = [compared(its, Counted(of_all.won - its.won, of_all.of - its.of)) for its in of_rules]
    return [RuleComparison(*each) for each in zip(found, q_values([each.p for each in found]), strict=True)]


def counts_as_won(state: str, return_reason: str | None, counted_as_lost: Container[str]) -> bool | None:
    """Tells whether an outcome speaks for the rules that handed the lead over, or against them.

    Args:
        state: what became of the lead: `won`, `lost`, `returned`, or anything else.
        return_reason: why sales returned it.
        counted_as_lost: the reasons for which a return speaks against the rules, as the agreement says.

    Returns:
        True for a win, False for what counts as lost; None if it says nothing of the rules, as while it is open.
    """
    if state == "won":
        return True
    against = state == "lost" or (state == "returned" and (return_reason or "") in counted_as_lost)
    return False if against else None
