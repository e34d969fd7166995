"""The tables behind the pictures of a trial: the headings of their columns, and what stands in their cells."""

from collections.abc import Callable, Mapping
from typing import Any

from baton.domain.reports.rows.report_groups import FigureRow, Figures
from baton.domain.statistics.won_shares import Counted, Interval
from baton.domain.trial.figures.order_figures import Bar
from baton.domain.trial.figures.trial_figures import TrialFigures
from baton.outreach.reports.report_tables import Columns, table
from baton.outreach.trials.trial_pictures import QUADRANTS, lift_text
from baton.outreach.trials.trial_words import NOTHING, TOO_FEW, between, number_text, percent

MOST_ROWS = 300


def _count(name: str) -> Callable[[Figures], str]:
    return lambda figures: number_text(figures[name], 0)


def _share(name: str) -> Callable[[Figures], str]:
    return lambda figures: shared(figures[name])


_WON: Columns = {
    "share won": lambda figures: shared(figures["counted"]),
    "may be": lambda figures: between(figures["within"]) or NOTHING,
}
_CELLS: Columns = {
    **{name: _count(name) for name in ("leads", "won", "lost")},
    "returned": lambda figures: number_text(sum(figures["returned"].values()), 0),
    **{name: _count(name) for name in ("open", "unknown")},
}
_SHARES: Columns = {**_WON, "worth": lambda figures: number_text(figures["worth"], 0)}
_LOAD: Columns = {
    "leads": _count("leads"),
    "in days": _count("days"),
    "middle day": lambda figures: number_text(figures["median"]),
    "95 of 100": lambda figures: number_text(figures["most"]),
    "each rep": lambda figures: _both(figures["per_rep"], figures["most_per_rep"]),
    "room": lambda figures: number_text(figures["capacity"], 0),
    "full after": lambda figures: f"{number_text(figures['full_after'])} days" if figures["full_after"] else NOTHING,
}
_LADDER: Columns = {
    "leads": _count("leads"),
    "a day": lambda figures: number_text(figures["a_day"]),
    **_WON,
    "wins missed": _count("missed"),
}
_RULES: Columns = {
    "points": lambda figures: f"{figures['points']}",
    "leads": _count("leads"),
    "won with it": lambda figures: shared(figures["comparison"].having),
    "won without": lambda figures: shared(figures["comparison"].lacking),
    "times as often": lambda figures: figures["lift"],
    "q-value": lambda figures: NOTHING if figures["q"] is None else _small(figures["q"]),
}
_MONTHS: Columns = {"leads": _count("leads"), **_WON}
_SUMS: Columns = {"leads": lambda figures: f"{figures['counted'].of:,}", "won": _share("counted")}
_COUNT: Columns = {"how many": _count("n")}


def cells_table(figures: TrialFigures) -> str:
    """Returns what became of the leads of each quadrant."""
    rows = [FigureRow(QUADRANTS[cell.name], cell._asdict()) for cell in figures.cells]
    return table("What became of them", "handed over by", _CELLS, rows, str)


def shares_table(figures: TrialFigures) -> str:
    """Returns the share won of each quadrant, and what the won leads are worth."""
    rows = [FigureRow(QUADRANTS[cell.name], cell._asdict()) for cell in figures.cells]
    return table("Share won", "handed over by", _SHARES, rows, str)


def returns_table(figures: TrialFigures) -> str:
    """Returns how often sales gave leads back for which reason, by quadrant."""
    reasons = sorted({reason for cell in figures.cells for reason in cell.returned})
    columns: Columns = {QUADRANTS[cell.name]: _count(cell.name) for cell in figures.cells}
    rows = [
        FigureRow(reason, {cell.name: cell.returned.get(reason, 0) for cell in figures.cells}) for reason in reasons
    ]
    return table("Why sales gave leads back", "reason", columns, rows)


def triggers_table(figures: TrialFigures) -> str:
    """Returns by which trigger leads go to sales, under each agreement."""
    triggers = sorted({trigger for counts in figures.triggers.values() for trigger in counts})
    rows = [
        FigureRow(each, {name: figures.triggers.get(name, {}).get(each, 0) for name in ("today", "draft")})
        for each in triggers
    ]
    return table("Why they go to sales", "reason", {"today": _count("today"), "the draft": _count("draft")}, rows)


def load_table(figures: TrialFigures) -> str:
    """Returns the load of each team under each agreement."""
    rows = [
        FigureRow(f"{load.label}, {'today' if load.agreement == 'today' else 'the draft'}", load._asdict())
        for load in figures.load
    ]
    return table("Leads for each team", "team", _LOAD, rows, str, MOST_ROWS)


def ladder_table(figures: TrialFigures) -> str:
    """Returns what each threshold would hand over."""
    columns: Columns = _LADDER
    if any(step.missed_of_all is not None for step in figures.ladder):
        columns = {**_LADDER, "missed of all": lambda row: number_text(row["missed_of_all"], 0)}
    rows = [FigureRow(f"{step.threshold}", step._asdict()) for step in figures.ladder]
    return table("Thresholds", "points", columns, rows, str, MOST_ROWS)


def sums_table(figures: TrialFigures) -> str:
    """Returns how many leads with an outcome reach which sum of points."""
    rows = [FigureRow(bar_text(each), each._asdict()) for each in figures.bars]
    return table("Highest sum of points", "points", _SUMS, rows, str, MOST_ROWS)


def rules_table(figures: TrialFigures) -> str:
    """Returns what each rule of the draft says of outcomes."""
    rows = [FigureRow(rule.rule, {**rule._asdict(), "lift": lift_text(rule)}) for rule in figures.rules]
    return table("Rules of the draft", "rule", _RULES, rows, str, MOST_ROWS)


def order_table(figures: TrialFigures) -> str:
    """Returns how well the sums of points order leads with an outcome."""
    found = figures.order
    named = {"all with an outcome": found.all, "not chosen by today's score": found.not_chosen}
    rows = [
        FigureRow(
            name, _order(order.leads.of, order.auc, order.within, {**order.won_at_the_top, "all": order.leads.share})
        )
        for name, order in named.items()
    ]
    if of_all := found.of_all:
        figured = _order(of_all.drawn, of_all.auc, None, {**of_all.won_at_the_top, "all": of_all.share})
        rows.append(
            FigureRow("all, those drawn by lot for all like them", figured | {"leads": f"{of_all.drawn:,} drawn"})
        )
    tops = list(found.all.won_at_the_top)
    columns: Columns = {
        "leads": lambda row: row["leads"],
        "pairs in order": lambda row: row["auc"],
        **{f"top {top}": _text(f"top {top}") for top in tops},
        "of all": _text("top all"),
    }
    return table("Order by points, and the share won at its top", "leads", columns, rows, str)


def months_table(figures: TrialFigures) -> str:
    """Returns the share won by month."""
    rows = [FigureRow(month.month, month._asdict()) for month in figures.months]
    return table("Months", "became known in", _MONTHS, rows, str, MOST_ROWS)


def left_out_table(figures: TrialFigures) -> str:
    """Returns what was left out, and why."""
    rows = [FigureRow(why, {"n": number}) for why, number in figures.left_out.items()]
    return table("What was left out", "why", _COUNT, rows, str, MOST_ROWS)


def bar_text(bar: Bar) -> str:
    """Returns which sums a bar holds: `10 to 19`, `200 and more`, `below −40`."""
    least, below = (number_text(end, 0).replace("-", "−") for end in (bar.least, bar.below))
    if bar.least is None:
        return f"below {below}"
    return f"{least} and more" if bar.below is None else f"{least} to less than {below}"


def shared(counted: Counted) -> str:
    """Returns the share won of so many: `24 % of 324`; a dash without any."""
    return f"{percent(counted.share)} of {counted.of:,}" if counted.of else NOTHING


def _order(leads: int, auc: float | None, within: Interval | None, tops: Mapping[str, float | None]) -> dict[str, Any]:
    judged = TOO_FEW if auc is None else percent(auc) + (f" ({between(within)})" if within else "")
    return {"leads": f"{leads:,}", "auc": judged, **{f"top {top}": percent(share) for top, share in tops.items()}}


def _both(middle: float | None, most: float | None) -> str:
    return NOTHING if middle is None else f"{number_text(middle, 2)}, at most {number_text(most, 2)}"


def _text(name: str) -> Callable[[Figures], str]:
    return lambda row: row[name]


def _small(number: float) -> str:
    return "<.001" if number < 0.001 else f"{number:.3f}".removeprefix("0")
