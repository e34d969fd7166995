"""Shares leads out by weight, one at a time, so that each rep is always close to their share.

Each lead is credited to all reps who can take it now, by weight; the rep who is owed most gets it, and is charged one
lead. A rep who cannot take it is credited nothing, so nobody catches up after leave. Balances outlive changes of the
team. Fagin and Williams (1983) share out the driving of a carpool like this. `docs/fairness.md` proves the bounds.
"""

from collections.abc import Mapping

LEAD = 1_000_000
"""Balances are counted in millionths of a lead."""

Owed = Mapping[str, int]
"""The number of leads that each rep, by address, is behind (+) or ahead (-) of their share; all add up to zero."""


def shares(weights: Mapping[str, int]) -> dict[str, int]:
    """Splits one lead among reps by weight: `{"sam": 1, "kim": 3}` gives 250,000 and 750,000.

    The parts add up to exactly one lead; the millionths left by rounding go to those who lost most by it.
    """
    total = sum(weights.values())
    parts = {name: divmod(weight * LEAD, total) for name, weight in weights.items()}
    left = LEAD - sum(whole for whole, _ in parts.values())
    lost_most = sorted(parts, key=lambda name: (-parts[name][1], name))
    return {name: whole + (name in lost_most[:left]) for name, (whole, _) in parts.items()}


def credited(owed: Owed, weights: Mapping[str, int]) -> dict[str, int]:
    """Returns the balances after one lead was credited to all who can take it, by weight."""
    return {**owed, **{name: owed.get(name, 0) + share for name, share in shares(weights).items()}}


def charged(owed: Owed, chosen: str) -> dict[str, int]:
    """Returns the balances after one rep was charged the lead."""
    after = {**owed, chosen: owed.get(chosen, 0) - LEAD}
    return {name: amount for name, amount in after.items() if amount}


def balance_in_words(amount: int) -> str:
    """Returns a balance in words, in leads: `0.7 of a lead behind their share`."""
    leads = f"{abs(amount) / LEAD:.2f}".rstrip("0").rstrip(".")
    if leads == "0":
        return "just at their share"
    of = "of a lead" if abs(amount) < LEAD else "lead" if leads == "1" else "leads"
    return f"{leads} {of} {'behind' if amount > 0 else 'ahead of'} their share"
