"""Writes the figures of a trial as one flat table in CSV (RFC 4180) that is safe to open in a spreadsheet."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from baton.domain.statistics.won_shares import Counted
from baton.domain.trial.figures.trial_figures import TrialFigures
from baton.outreach.csv.csv_cells import csv_row

_ENDS, _DIGITS = ("low", "high"), 6


def trial_csv(figures: TrialFigures) -> str:
    """Returns a header, and a row for each figure's group and name; columns that a group does not have are empty.

    Shares are from 0 to 1; `within_low` and `within_high` are the ends of the interval of `share`.
    """
    rows = [(group, name, dict(_flat(row))) for group, name, row in _rows(figures)]
    columns = list(dict.fromkeys(column for _, _, row in rows for column in row))
    lines = [(group, name, *(row.get(column) for column in columns)) for group, name, row in rows]
    return "".join(csv_row(line) for line in (("group", "name", *columns), *lines))


def _rows(figures: TrialFigures) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    yield "leads", "all", figures.balance._asdict()
    yield from _of_quadrants(figures)
    for load in figures.load:
        yield f"load, {load.agreement}", load.team, _without(load, "agreement", "team", "label")
    for step in figures.ladder:
        yield "threshold", f"{step.threshold}", _without(step, "threshold")
    for bar in figures.bars:
        yield "highest sum", f"{bar.least}" if bar.least is not None else f"below {bar.below}", {"counted": bar.counted}
    for rule in figures.rules:
        yield f"{rule.kind} rule", rule.rule, _without(rule, "rule", "kind")
    yield from _of_order(figures)
    for month in figures.months:
        yield "month", month.month, _without(month, "month")
    if drift := figures.drift:
        yield "drift", "later less earlier", {"share": drift.difference, "within": drift.within}
    for why, number in figures.left_out.items():
        yield "left out", why, {"leads": number}
    for name, version in figures.versions.items():
        yield "agreement", name, {"version": version}
    yield "seed", f"{figures.seed}", {}


def _of_quadrants(figures: TrialFigures) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for cell in figures.cells:
        yield "quadrant", cell.name, {**_without(cell, "name"), "returned": sum(cell.returned.values())}
        for reason, leads in cell.returned.items():
            yield f"returned, {cell.name}", reason, {"leads": leads}
    found = figures.difference
    yield "difference", "only_draft less only_today", {"share": found.difference, "within": found.within}
    yield "hours later", "both", figures.shift._asdict()
    for agreement, triggers in figures.triggers.items():
        for trigger, leads in triggers.items():
            yield f"trigger, {agreement}", trigger, {"leads": leads}


def _of_order(figures: TrialFigures) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    found = figures.order
    for name, order in {"all": found.all, "not chosen": found.not_chosen, "of all": found.of_all}.items():
        if order:
            yield "order", name, order._asdict()
    yield "order", "sums", {"heaped": found.heaped, "at_zero": found.at_zero}


def _without(row: NamedTuple, *names: str) -> dict[str, Any]:
    return {name: value for name, value in row._asdict().items() if name not in names}


def _flat(row: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in row.items():
        named = f"{before}{name}"
        if isinstance(value, Counted):
            yield from _flat({"won": value.won, "of": value.of, "share": value.share}, _of_group(before, name))
        elif isinstance(value, tuple) and hasattr(value, "_asdict"):
            yield from _flat(value._asdict(), "" if name == "comparison" else f"{named}_")
        elif isinstance(value, Mapping):
            yield from _flat(value, f"{named} ")
        elif isinstance(value, tuple):
            yield from ((f"{named}_{end}", _rounded(each)) for end, each in zip(_ENDS, value, strict=True))
        elif value is not None:
            yield named, _rounded(value)


def _of_group(before: str, name: str) -> str:
    """Returns what stands before a counted group's columns: `counted`, and `leads` of an order, are the row's own."""
    return before if name in ("counted", "leads") else f"{before}{name}_"


def _rounded(value: object) -> object:
    return round(value, _DIGITS) if isinstance(value, float) else value
