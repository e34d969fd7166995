"""The share won by the month in which leads became known: whether the past still tells of the present."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from baton.domain.statistics.won_shares import Counted, Interval, difference_interval, wilson
from baton.domain.trial.figures.trial_sums import OTHER, WON, TrialSums

_EARLIER = 0.7
_MONTH = len("2026-03")


class Month(NamedTuple):
    """The leads that became known in a month, such as `2026-03`, and the share won of those that count."""

    month: str
    leads: int
    counted: Counted
    within: Interval | None


class Drift(NamedTuple):
    """The share won of the later months less that of the earlier ones.

    The earlier months are the fewest that hold 70 % of the leads that count; later ones have open outcomes more often,
    and may look worse for that alone. None where one of both is empty.
    """

    earlier: Counted
    later: Counted
    difference: float | None
    within: Interval | None


def months_of(sums: TrialSums) -> list[Month]:
    """Returns the months in order, those without a lead that counts included."""
    leads = Counter[str]()
    for day, number in sums.known.items():
        leads[day[:_MONTH]] += number
    found = list[Month]()
    for month in sorted(leads):
        won = sums.months[month, WON]
        counted = Counted(won, won + sums.months[month, OTHER])
        found.append(Month(month, leads[month], counted, wilson(counted)))
    return found


def drift_of(months: Sequence[Month]) -> Drift:
    """Returns how the share won has changed from the earlier months to the later ones."""
    total, earlier, later = sum(month.counted.of for month in months), Counted(0, 0), Counted(0, 0)
    for month in months:
        won, of = month.counted
        if earlier.of < _EARLIER * total:
            earlier = Counted(earlier.won + won, earlier.of + of)
        else:
            later = Counted(later.won + won, later.of + of)
    if earlier.share is None or later.share is None:
        return Drift(earlier, later, None, None)
    return Drift(earlier, later, later.share - earlier.share, difference_interval(later, earlier))
