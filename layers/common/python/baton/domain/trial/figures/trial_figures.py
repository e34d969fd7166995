"""The figures of a trial, from the sums of its rows: each with the number of leads behind it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple, Self

from baton.domain.reports.rows.spread import nearest_rank
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.statistics.won_shares import Counted, Interval, difference_interval, wilson
from baton.domain.trial.figures.handover_load import Load, load_of
from baton.domain.trial.figures.monthly_shares import Drift, Month, drift_of, months_of
from baton.domain.trial.figures.order_figures import Bar, OrderFigures, Step, bars_of, ladder_of, order_of_sums
from baton.domain.trial.figures.plain_figures import plain, read_plain
from baton.domain.trial.figures.rule_figures import RuleFigures, rule_figures
from baton.domain.trial.figures.trial_sums import CELLS, NEITHER, ONLY_DRAFT, ONLY_TODAY, OTHER, WON, TrialSums
from baton.domain.trial.figures.working_days import WorkingDays

HOUR, DIGITS = 60, 2
_QUARTERS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))


class Balance(NamedTuple):
    """The leads of the history: what became of them, and how many of them no agreement had to do with.

    `with_outcome` are won, lost or returned; `unknown` are those of whom nobody said anything.
    """

    leads: int
    with_outcome: int
    open: int
    unknown: int
    neither: int
    by_hand: int
    forgotten: int | None
    first_day: str | None
    last_day: str | None


class Cell(NamedTuple):
    """The leads that both agreements hand over, or one of them, or none: what became of them in reality.

    `counted` are those with an outcome that says something of the rules. `unknown` is no loss: nobody has tried.
    """

    name: str
    leads: int
    won: int
    lost: int
    returned: Mapping[str, int]
    open: int
    unknown: int
    counted: Counted
    within: Interval | None
    worth: float


class Difference(NamedTuple):
    """The share won of the leads that the draft alone hands over, less that of those which today's alone does."""

    only_draft: Counted
    only_today: Counted
    difference: float | None
    within: Interval | None


class Shift(NamedTuple):
    """How many hours the draft is later for leads of both (below zero: earlier): quartiles by nearest rank."""

    leads: int
    earlier: int
    same: int
    later: int
    quarter: float | None
    median: float | None
    three_quarters: float | None


class TrialFigures(NamedTuple):
    """All figures of a trial; `threshold` and `top`, the full score, are the draft's."""

    balance: Balance
    cells: Sequence[Cell]
    difference: Difference
    shift: Shift
    triggers: Mapping[str, Mapping[str, int]]
    load: Sequence[Load]
    threshold: int
    ladder: Sequence[Step]
    rules: Sequence[RuleFigures]
    order: OrderFigures
    left_out: Mapping[str, int]
    seed: int
    versions: Mapping[str, str]
    bars: Sequence[Bar] = ()
    months: Sequence[Month] = ()
    drift: Drift | None = None
    top: int = 100

    def as_data(self) -> dict[str, Any]:
        """Returns the figures as plain data, for JSON."""
        data: dict[str, Any] = plain(self)
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Reads figures that `as_data` wrote; figures that were not told yet are empty."""
        return read_plain(cls, data)


class Asked(NamedTuple):
    """What a trial's figures are asked for: the draft, the capacity of each rep by team, and what is told of it."""

    draft: Scorecard
    reps: Mapping[str, Sequence[int]]
    seed: int
    versions: Mapping[str, str]


def trial_figures(sums: TrialSums, asked: Asked) -> TrialFigures:
    """Returns the figures of a trial.

    Args:
        sums: the sums of all rows.
        asked: the draft, the capacity of each rep by team if that is known, the seed, and the versions.
    """
    cells, days = [_cell(sums, name) for name in CELLS], sorted({*sums.known, *(day for _, _, day in sums.days)})
    by_name, months = {cell.name: cell for cell in cells}, months_of(sums)
    return TrialFigures(
        _balance(sums, days),
        cells,
        _difference(by_name[ONLY_DRAFT].counted, by_name[ONLY_TODAY].counted),
        _shift(sums.moved),
        _triggers(sums),
        load_of(sums, asked.draft.agreement, days, asked.reps),
        asked.draft.rules["threshold"],
        ladder_of(sums, asked.draft, _days_of_work(asked.draft, days)),
        rule_figures(sums, asked.draft),
        order_of_sums(sums, asked.draft.top),
        dict(sorted(sums.left_out.items())),
        asked.seed,
        asked.versions,
        bars_of(sums, asked.draft.top),
        months,
        drift_of(months),
        asked.draft.top,
    )


def _days_of_work(draft: Scorecard, days: Sequence[str]) -> int:
    """Returns the working days of the team that gets the leads with enough points, from the first to the last day."""
    if not days:
        return 0
    terms = draft.agreement.handoffs.get("score")
    worked = WorkingDays(draft.agreement, terms.team if terms else "")
    return len(worked.between(date.fromisoformat(days[0]), date.fromisoformat(days[-1])))


def _balance(sums: TrialSums, days: Sequence[str]) -> Balance:
    states: Counter[str] = Counter()
    for (_, state, _), leads in sums.cells.items():
        states[state] += leads
    return Balance(
        leads=sum(sums.known.values()),
        with_outcome=states["won"] + states["lost"] + states["returned"],
        open=states["open"],
        unknown=states["unknown"],
        neither=sum(leads for (cell, _, _), leads in sums.cells.items() if cell == NEITHER),
        by_hand=sums.notes["by_hand"],
        forgotten=sums.notes.get("forgotten"),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
    )


def _cell(sums: TrialSums, name: str) -> Cell:
    states: Counter[str] = Counter()
    returned: Counter[str] = Counter()
    for (cell, state, reason), leads in sums.cells.items():
        if cell == name:
            states[state] += leads
            returned.update({reason or "no reason": leads} if state == "returned" else {})
    won = sums.counted[name, WON]
    counted = Counted(won, won + sums.counted[name, OTHER])
    return Cell(
        name,
        states.total(),
        states["won"],
        states["lost"],
        dict(sorted(returned.items())),
        states["open"],
        states["unknown"],
        counted,
        wilson(counted),
        sums.worth[name] / 100,
    )


def _difference(draft: Counted, today: Counted) -> Difference:
    if draft.share is None or today.share is None:
        return Difference(draft, today, None, None)
    return Difference(draft, today, draft.share - today.share, difference_interval(draft, today))


def _shift(moved: Mapping[int, int]) -> Shift:
    minutes = sorted(each for each, leads in moved.items() for _ in range(leads))
    quarters = [
        None if (at := nearest_rank(minutes, share)) is None else round(at / HOUR, DIGITS) for share in _QUARTERS
    ]
    earlier, later = sum(each < 0 for each in minutes), sum(each > 0 for each in minutes)
    return Shift(len(minutes), earlier, len(minutes) - earlier - later, later, *quarters)


def _triggers(sums: TrialSums) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (agreement, trigger), leads in sorted(sums.triggers.items()):
        found.setdefault(agreement, {})[trigger] = leads
    return found
