"""The figures of a trial, from the sums of its rows: each with the number of leads behind it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from baton.domain.reports.rows.spread import nearest_rank
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.statistics.won_shares import Counted, Interval, difference_interval, wilson
from baton.domain.trial.figures.handover_load import Load, load_of
from baton.domain.trial.figures.order_figures import OrderFigures, Step, ladder_of, order_of_sums
from baton.domain.trial.figures.rule_figures import RuleFigures, rule_figures
from baton.domain.trial.figures.trial_sums import CELLS, NEITHER, ONLY_DRAFT, ONLY_TODAY, OTHER, WON, TrialSums

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
    """All figures of a trial."""

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

    def as_data(self) -> dict[str, Any]:
        """Returns the figures as plain data, for JSON."""
        data: dict[str, Any] = _plain(self)
        return data


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
    by_name = {cell.name: cell for cell in cells}
    return TrialFigures(
        _balance(sums, days),
        cells,
        _difference(by_name[ONLY_DRAFT].counted, by_name[ONLY_TODAY].counted),
        _shift(sums.moved),
        _triggers(sums),
        load_of(sums, asked.draft.agreement, days, asked.reps),
        asked.draft.rules["threshold"],
        ladder_of(sums, asked.draft),
        rule_figures(sums, asked.draft),
        order_of_sums(sums, asked.draft.top),
        dict(sorted(sums.left_out.items())),
        asked.seed,
        asked.versions,
    )


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


def _plain(value: Any) -> Any:
    if isinstance(value, Counted):
        return {"won": value.won, "of": value.of, "share": _plain(value.share)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(each) for name, each in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return round(value, 6) if isinstance(value, float) else value
