"""Reads lists that a CRM exports into the histories of leads: their messages in order of arrival, and their outcomes.

A list with a column `kind` is one of signals, any other one of leads. Columns are those of imports, and those of
`outcome_columns`. Lines are read by the readers of imports, so that a history says what an import would have said.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from pydantic import ValidationError

from baton.domain.events.signal_events import IMPORTED
from baton.domain.imports.list_import import ListFault
from baton.domain.signals.message_batches import Message, MessageKey
from baton.domain.signals.signal_recording import Signal
from baton.intake.history.outcome_columns import (
    AMOUNT,
    COLUMNS,
    CONTACTED_AT,
    RECEIVED_AT,
    Outcome,
    State,
    cells_of,
    outcome_columns,
    read_outcome,
    read_time,
)
from baton.intake.imports.alike_rows import AlikeRows
from baton.intake.imports.cell_values import Spelling
from baton.intake.imports.column_mapping import normal_column_name
from baton.intake.imports.csv_header import Header, read_header
from baton.intake.imports.csv_rows import CsvRow, rows_in
from baton.intake.imports.import_terms import ImportTerms
from baton.intake.imports.row_signals import COUNTS_AS_IMPORTED, RowReader

PEPPER = b"history"
"""Makes the ids of leads from addresses; a history is read on one machine, and its ids mean nothing elsewhere."""

NO_TIME = "no time: neither the line nor any signal says when it was; lead the column of it to `at`"

NO_TIME_OF_A_SIGNAL = "time left out: no `at` says when the signal was, so it counts as of the lead's first day"

NO_AMOUNT = f"cell left out: {AMOUNT} is no plain amount; the outcome counts"

REPEATED = "repeated: the same source sent a line with this id already"


class Arrival(NamedTuple):
    """A message of a lead, and when it was known; without a column `received_at`, at the time that it names."""

    at: datetime
    message: Message


@dataclass(slots=True)
class LeadHistory:
    """What a history has of one lead: its messages in order of arrival, and its outcome; None if none is named."""

    lead_id: str
    arrivals: list[Arrival] = field(default_factory=list)
    outcome: Outcome | None = None

    @property
    def captured_at(self) -> datetime:
        """Returns when the lead was first known."""
        return self.arrivals[0].at

    def before(self, moment: datetime | None) -> list[Arrival]:
        """Returns what was known of the lead before a moment; everything if none is given."""
        return [each for each in self.arrivals if moment is None or each.at < moment]


class History(NamedTuple):
    """The leads of a history by the time of their first message, and how many lines were left out, by the reason."""

    leads: tuple[LeadHistory, ...]
    left_out: Mapping[str, int]


Progress = Callable[[int], None]
"""Is told how many bytes have been read."""


@dataclass(slots=True)
class HistoryReader:
    """Collects lists into one history. What a list dates after `as_of` is left out.

    Args:
        as_of: the moment up to which the lists go.
        mapping: as for an import; it may also lead to the columns of outcomes. Each list has the columns that it has.
        constants: as for an import.
        spelling: as for an import: `dates`, `decimals`, `time_zone`.
        told: is told of the progress.
    """

    as_of: datetime
    mapping: Mapping[str, str | None] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    spelling: Mapping[str, str] = field(default_factory=dict)
    told: Progress = lambda _: None
    _leads: dict[str, LeadHistory] = field(default_factory=dict)
    _undated: list[Message] = field(default_factory=list)
    _left_out: Counter[str] = field(default_factory=Counter)
    _seen: set[MessageKey] = field(default_factory=set)
    _names: set[str] = field(default_factory=set)

    def read(self, name: str, content: bytes) -> None:
        """Reads one list; `name` tells its lines from those of other lists.

        Raises:
            ListFault: it cannot be read as a whole.
        """
        terms, header, extra = self._opened(content)
        lines = AlikeRows(RowReader(terms, header.columns, header.separator, name))
        for row in rows_in(content[header.next.offset :], header.next, header.separator, at_end=True):
            if not row.is_empty:
                self._take(row, lines, extra)
            if not row.line % 1000:
                self.told(row.next.offset)
        self.told(len(content))

    def check_columns(self) -> None:
        """Checks that each column of the mapping is in one of the lists that were read.

        Raises:
            ListFault: it is in none of them; or a column leads to no field.
        """
        check_columns(self.mapping, self._names)

    def history(self) -> History:
        """Returns what was read. A line of a lead without a time counts as known with the lead's first message."""
        left_out, undated = self._left_out.copy(), dict[str, list[Message]]()
        for message in self._undated:
            undated.setdefault(message.lead_id, []).append(message)
        known = list[LeadHistory]()
        for lead in self._leads.values():
            said = undated.get(lead.lead_id, [])
            if not lead.arrivals:
                left_out[NO_TIME] += len(said)
                continue
            left_out[NO_TIME_OF_A_SIGNAL] += sum(each.signal.kind != IMPORTED for each in said)
            first = min(each.at for each in lead.arrivals)
            begun = [Arrival(first, replace(each, signal=_dated(each.signal, first))) for each in said]
            known.append(replace(lead, arrivals=begun + sorted(lead.arrivals, key=_by_arrival)))
        ordered = sorted(known, key=lambda lead: (lead.captured_at, lead.lead_id))
        return History(tuple(ordered), dict(+left_out))

    def _opened(self, content: bytes) -> tuple[ImportTerms, Header, dict[str, int]]:
        """Returns the terms and the header of a list, and the places of the columns that imports do not have."""
        mapping = {normal_column_name(name): to for name, to in self.mapping.items()}
        theirs = {name: to for name, to in mapping.items() if to not in COLUMNS}
        terms = ImportTerms.model_validate({**self.spelling, "kind": "leads"})
        names = [normal_column_name(name) for name in read_header(content, terms, at_end=True).names]
        self._names.update(names)
        there = {name: to for name, to in theirs.items() if name in names}
        kind = "signals" if "kind" in (*names, *there.values(), *self.constants) else "leads"
        terms = _terms({**self.spelling, "mapping": there, "constants": self.constants, "kind": kind})
        extra = outcome_columns([mapping[name] or "" if mapping.get(name) in COLUMNS else name for name in names])
        return terms, read_header(content, terms, at_end=True), extra

    def _take(self, row: CsvRow, lines: AlikeRows, extra: Mapping[str, int]) -> None:
        read = lines.read(row, PEPPER, self.as_of)
        if read.message is None:
            self._left_out[f"line refused: {read.why}"] += 1
            return
        if read.message.key in self._seen:
            self._left_out[REPEATED] += 1
            return
        self._seen.add(read.message.key)
        self._left_out.update(f"cell left out: {each}" for each in read.left_out if each != COUNTS_AS_IMPORTED)
        cells, spelling = cells_of(row.cells, extra), lines.spelling
        lead = self._leads.get(read.message.lead_id)
        if lead is None:
            lead = self._leads[read.message.lead_id] = LeadHistory(read.message.lead_id)
        try:
            received = read_time(cells, RECEIVED_AT, spelling)
            self._close(lead, cells, extra, spelling)
        except ValueError as fault:
            self._left_out[f"cell left out: {fault}"] += 1
            received = None
        at = received or read.message.signal.occurred_at
        if at is None:
            self._undated.append(read.message)
        else:
            lead.arrivals.append(Arrival(at, read.message))

    def _close(
        self, lead: LeadHistory, cells: Mapping[str, str], columns: Mapping[str, int], spelling: Spelling
    ) -> None:
        """Keeps a lead's outcome; of several the one that closed last, an open one only if there is no other."""
        found = read_outcome(cells, spelling)
        if found is None or (lead.outcome is not None and _when(found) < _when(lead.outcome)):
            return
        if AMOUNT in cells and found.amount is None:
            self._left_out[NO_AMOUNT] += 1
        known = CONTACTED_AT in columns
        lead.outcome = found._replace(contacted=read_time(cells, CONTACTED_AT, spelling) is not None if known else None)


def check_columns(mapping: Mapping[str, str | None], names: Collection[str]) -> None:
    """Checks a mapping against the columns of all lists, by their normal names.

    Raises:
        ListFault: a column leads to no field, or none of the lists has it.
    """
    _terms({"kind": "signals", "mapping": {name: to for name, to in mapping.items() if to not in COLUMNS}})
    if missing := [name for name in mapping if normal_column_name(name) not in names]:
        raise ListFault(f"no list has a column {' and none '.join(missing)}; lead one of theirs to its field")


def _terms(said: Mapping[str, object]) -> ImportTerms:
    try:
        return ImportTerms.model_validate(said)
    except ValidationError as invalid:
        raise ListFault("; ".join(each["msg"].removeprefix("Value error, ") for each in invalid.errors())) from invalid


def _dated(signal: Signal, at: datetime) -> Signal:
    return signal.model_copy(update={"occurred_at": at})


def _by_arrival(arrival: Arrival) -> tuple[datetime, datetime]:
    return arrival.at, arrival.message.signal.occurred_at or arrival.at


def _when(outcome: Outcome) -> tuple[bool, float]:
    return outcome.state is not State.OPEN, outcome.closed_at.timestamp() if outcome.closed_at else 0.0
