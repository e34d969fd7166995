"""Counts shares, independently of Baton and in fractions: for each lead, every rep able to take it is due a part.

Whoever is due most gets it. Whoever comes and goes, and whatever weights they have, nobody is ever further from what
they are due than half of the others in their pool, in leads.
"""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from tests.simulation.broken_rules import must

COUNTED_IN = 1_000_000
"""Baton counts in millionths of a lead, so that rounding adds up to less than so many of them for each lead."""


class FairShareCheck:
    """What everybody is due in each pool, less what they got."""

    def __init__(self) -> None:
        self.due: defaultdict[tuple[str, str], defaultdict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
        self.leads: defaultdict[tuple[str, str], int] = defaultdict(int)

    def give(self, pool: tuple[str, str], able: Mapping[str, int], chosen: str) -> None:
        """One more lead is shared out among those able, by weight."""
        due, total = self.due[pool], sum(able.values())
        for name, weight in able.items():
            due[name] += Fraction(weight, total)
        self.leads[pool] += 1
        rounded = Fraction(self.leads[pool], COUNTED_IN)
        first = max(able, key=lambda name: due[name])
        must(due[chosen] >= due[first] - 2 * rounded, f"is given to {chosen}, though {first} comes first")
        due[chosen] -= 1
        bound = Fraction(len(due) - 1, 2) + rounded
        for name in able:
            must(abs(due[name]) <= bound, f"leaves {name} {float(due[name]):.2f} leads away from their share")

    def close(self, counted: Mapping[tuple[str, str], Mapping[str, int]]) -> None:
        """What the table counts is what everybody is due."""
        for pool, due in self.due.items():
            must(sum(counted[pool].values()) == 0, f"what is owed in {pool} does not add up to nothing")
            for name, exact in due.items():
                differs = abs(Fraction(counted[pool].get(name, 0), COUNTED_IN) - exact)
                must(differs * COUNTED_IN <= self.leads[pool], f"counts another share for {name} than {float(exact)}")
