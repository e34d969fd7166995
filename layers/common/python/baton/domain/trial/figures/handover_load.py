"""How many leads sales gets on a working day under each agreement, for a team and for each rep of today's roster."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from baton.agreement.terms.agreement import Agreement
from baton.domain.reports.rows.spread import HALF, nearest_rank
from baton.domain.terms.agreed_labels import team_label
from baton.domain.trial.figures.trial_sums import DRAFT, TODAY, TrialSums
from baton.domain.trial.figures.working_days import WorkingDays

_MOST = Fraction(95, 100)


class Load(NamedTuple):
    """The handovers of a team on its working days under an agreement: median and 95th percentile by nearest rank.

    `label` is what the draft calls the team. `per_rep` and `most_per_rep` are these for each of `reps`, and `capacity`
    is the number of open leads that all reps together may have: `full_after` so many working days of the median, if no
    lead is closed. None where no roster says.
    """

    agreement: str
    team: str
    label: str
    days: int
    leads: int
    median: float
    most: float
    reps: int | None = None
    per_rep: float | None = None
    most_per_rep: float | None = None
    capacity: int | None = None
    full_after: float | None = None


def load_of(sums: TrialSums, draft: Agreement, days: Sequence[str], reps: Mapping[str, Sequence[int]]) -> list[Load]:
    """Returns the load of each team under each agreement, between the first and the last of the days.

    `reps` has the capacity of each rep by team.
    """
    found = list[Load]()
    for agreement, team in sorted({(agreement, team) for agreement, team, _ in sums.days}, reverse=True):
        by_day = {day: leads for (of, to, day), leads in sums.days.items() if (of, to) == (agreement, team)}
        first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
        worked = [each.isoformat() for each in WorkingDays(draft, team).between(first, last)]
        each_day = sorted(by_day.get(day, 0) for day in dict.fromkeys([*worked, *by_day]))
        found.append(_load(agreement, team, team_label(team, draft), each_day, reps.get(team, ())))
    return sorted(found, key=lambda load: (load.team, (TODAY, DRAFT).index(load.agreement)))


def _load(agreement: str, team: str, label: str, each_day: Sequence[int], reps: Sequence[int]) -> Load:
    median, most = nearest_rank(each_day, HALF) or 0, nearest_rank(each_day, _MOST) or 0
    load = Load(agreement, team, label, len(each_day), sum(each_day), median, most)
    if not reps:
        return load
    capacity = sum(reps)
    return load._replace(
        reps=len(reps),
        per_rep=round(median / len(reps), 2),
        most_per_rep=round(most / len(reps), 2),
        capacity=capacity,
        full_after=round(capacity / median, 1) if median else None,
    )
