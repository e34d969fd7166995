"""Reads the columns of a list that say what became of a lead: outcome, closed_at, amount, return_reason.

Three more are for those who measure: `received_at`, when a line was known, `audit_share`, see `Outcome.share`, and
`contacted_at`, when sales last spoke with the lead or tried to.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from baton.domain.basics.amounts import read_amount
from baton.intake.imports.cell_values import Spelling, is_empty_cell, read_number_cell, without_formula_guard
from baton.intake.imports.column_mapping import normal_column_name
from baton.intake.imports.date_cells import read_date_cell

OUTCOME, CLOSED_AT, AMOUNT, RETURN_REASON = "outcome", "closed_at", "amount", "return_reason"
RECEIVED_AT, AUDIT_SHARE, CONTACTED_AT = "received_at", "audit_share", "contacted_at"
COLUMNS = (OUTCOME, CLOSED_AT, AMOUNT, RETURN_REASON, RECEIVED_AT, AUDIT_SHARE, CONTACTED_AT)


class State(StrEnum):
    """What became of a lead; `open` if nothing has yet."""

    WON = "won"
    LOST = "lost"
    RETURNED = "returned"
    OPEN = "open"


_WORDS = {
    State.WON: "won, closed won, closed-won, closedwon, customer, converted, gewonnen, gagné, ganado",
    State.LOST: "lost, closed lost, closed-lost, closedlost, verloren, perdu, perdido",
    State.RETURNED: "returned, recycled, disqualified, unqualified, rejected, zurückgegeben",
    State.OPEN: "open, working, in progress, offen, en cours, abierto",
}
_STATES = {word: state for state, words in _WORDS.items() for word in words.split(", ")}


class Outcome(NamedTuple):
    """What became of a lead, when, and what it is worth; an amount that cannot be read is none.

    `share` is the probability with which an audit handed the lead over below the threshold, such as .05; 1 without
    one. Such an outcome stands for 1/share leads. `contacted` says whether anybody has ever tried to reach the lead;
    None where the list has no such column.
    """

    state: State
    closed_at: datetime | None = None
    amount: float | None = None
    return_reason: str | None = None
    share: float = 1.0
    contacted: bool | None = None


def outcome_columns(header: Sequence[str]) -> dict[str, int]:
    """Returns the places of these columns in the first line, counted from 0."""
    names = [normal_column_name(name) for name in header]
    return {name: names.index(name) for name in COLUMNS if name in names}


def read_outcome(cells: Mapping[str, str], spelling: Spelling) -> Outcome | None:
    """Returns the outcome in a line's cells, by the names of columns; None if the line says nothing of one.

    Raises:
        ValueError: a cell cannot be read; the text names the column.
    """
    said = cells.get(OUTCOME, "")
    if not said:
        return None
    state = _STATES.get(said.casefold())
    if state is None:
        raise ValueError(f"{OUTCOME} is none that is known; write won, lost, returned or open")
    reason, amount, share = (cells.get(name) for name in (RETURN_REASON, AMOUNT, AUDIT_SHARE))
    return Outcome(
        state,
        read_time(cells, CLOSED_AT, spelling),
        read_worth(amount, spelling) if amount else None,
        reason or None,
        _share(_number(AUDIT_SHARE, share, spelling)) if share else 1.0,
    )


def read_worth(written: str, spelling: Spelling) -> float | None:
    """Returns an amount, also one with its currency: `$12,000.00` as 12000; None if it is none, or not clear."""
    try:
        return float(read_number_cell(written, spelling.decimals))
    except ValueError:
        found = read_amount(written)
        return found and found.exact


def read_time(cells: Mapping[str, str], name: str, spelling: Spelling) -> datetime | None:
    """Returns the time in one of the columns; None if it is empty.

    Raises:
        ValueError: the time cannot be read; the text names the column.
    """
    if not (written := cells.get(name)):
        return None
    try:
        return datetime.fromisoformat(read_date_cell(written, spelling.dates, spelling.zone))
    except ValueError as fault:
        raise ValueError(f"{name} {fault}") from fault


def cells_of(row: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    """Returns the cells of these columns that are not empty, by name."""
    cells = {name: without_formula_guard(row[place].strip()) for name, place in columns.items() if place < len(row)}
    return {name: written for name, written in cells.items() if not is_empty_cell(written)}


def _number(name: str, written: str, spelling: Spelling) -> float:
    try:
        return float(read_number_cell(written, spelling.decimals))
    except ValueError as fault:
        raise ValueError(f"{name} is no plain number") from fault


def _share(share: float) -> float:
    if not 0 < share <= 1:
        raise ValueError(f"{AUDIT_SHARE} is no share; write it like 0.05")
    return share
