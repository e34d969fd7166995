"""Shares leads out by weight, one at a time, so that nobody is ever far from their share.

Of each lead everybody who can take it now is owed their share; whoever is owed most gets it, and owes a whole lead for
it. Who cannot take it is owed nothing, so nobody catches up after leave, and what is owed outlives every change of the
team. This is how Fagin and Williams (1983) share out the driving of a carpool. `docs/fairness.md` proves the bounds.
"""

from collections.abc import Mapping

LEAD = 1_000_000
"""What is owed is counted in millionths of a lead."""

Owed = Mapping[str, int]
"""By address, how far people are behind (+) or ahead (-) of their share; who is not there is just where they should be.
It all adds up to nothing."""


def shares(weights: Mapping[str, int]) -> dict[str, int]:
    """What part of one lead each is owed, by weight; the parts add up to exactly one lead.

    What rounding leaves over, less than a millionth for each, goes to those who lost most by it.
    """
    total = sum(weights.values())
    parts = {name: divmod(weight * LEAD, total) for name, weight in weights.items()}
    left = LEAD - sum(whole for whole, _ in parts.values())
    lost_most = sorted(parts, key=lambda name: (-parts[name][1], name))
    return {name: whole + (name in lost_most[:left]) for name, (whole, _) in parts.items()}


def credited(owed: Owed, weights: Mapping[str, int]) -> dict[str, int]:
    """What is owed once everybody who can take the next lead, with these weights, is owed their share of it."""
    return {**owed, **{name: owed.get(name, 0) + share for name, share in shares(weights).items()}}


def charged(owed: Owed, chosen: str) -> dict[str, int]:
    """What is owed once one of them has got the lead."""
    after = {**owed, chosen: owed.get(chosen, 0) - LEAD}
    return {name: amount for name, amount in after.items() if amount}


def balance_in_words(amount: int) -> str:
    """How far somebody is from their share, in leads: `0.7 of a lead behind their share`."""
    leads = f"{abs(amount) / LEAD:.2f}".rstrip("0").rstrip(".")
    if leads == "0":
        return "just at their share"
    of = "of a lead" if abs(amount) < LEAD else "lead" if leads == "1" else "leads"
    return f"{leads} {of} {'behind' if amount > 0 else 'ahead of'} their share"
