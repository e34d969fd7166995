"""Turns a row of a list into a message. A cell that cannot be read is left out and named; only an address is needed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from baton.agreement.terms.rules import ATTRIBUTE
from baton.domain.events.signal_events import IMPORTED
from baton.domain.imports.list_import import ReadRow
from baton.domain.signals.message_batches import Message
from baton.intake.fields.fact_fields import FACTS
from baton.intake.fields.json_documents import JsonObject
from baton.intake.imports.cell_readings import addresses_in, in_units, message_in, read_cell
from baton.intake.imports.cell_values import is_empty_cell, without_formula_guard
from baton.intake.imports.column_mapping import CONSENT, PROPERTY, Columns
from baton.intake.imports.csv_rows import CsvRow
from baton.intake.imports.import_terms import ImportTerms
from baton.intake.names.consent_words import Wish, read_consent, read_opt_out
from baton.intake.names.usual_names import name_key
from baton.intake.signals.signal_reader import ReadSignal, read_signal

WAY = "imports"
DEFAULT_SOURCE = "import"
AS_IN_THE_LIST = "imported"
"""The words of a consent that a list tells of: Baton does not know them."""
COUNTS_AS_IMPORTED = "so the line counts as `imported`"
MAX_NAMED = 20
"""The most cells of a row that are named as left out."""
_CONTENT = {"content": "id", "content_title": "title", "content_topic": "topic", "content_stage": "stage"}
_OF_A_SIGNAL = ("kind", "at")
_UNREADABLE = "\ufffd"


class RowFault(ValueError):
    """The row is refused; the text says why, by field and column, and repeats nothing of it."""


@dataclass(slots=True)
class _Row:
    """The values of a row that can be read, the column of each, and what is left out, in words."""

    line: int
    values: dict[str, str] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    wishes: dict[str, Wish] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def where(self, name: str) -> str:
        """Returns a field with its column: `email (column 3)`."""
        shown = name.removeprefix(PROPERTY)
        return f"{shown} (column {self.columns[name]})" if name in self.columns else shown

    def leave_out(self, name: str, why: str) -> None:
        """Leaves out a value that cannot be read."""
        self.left_out.append(f"{self.where(name)} {why}")
        self.values.pop(name, None)


class RowReader:
    """Reads the rows of one list by its terms and columns; `name` is the id of the import."""

    def __init__(self, terms: ImportTerms, columns: Columns, separator: str, name: str) -> None:
        self.terms, self.columns, self.name = terms, columns, name
        said = terms.spelling
        self.spelling = said._replace(decimals=said.decimals or ("," if separator == ";" else None))

    def read(self, row: CsvRow, pepper: bytes, now: datetime) -> ReadRow:
        """Returns a row with its message, or with why there is none.

        Of a row with a message, `why` names the cells that are left out. Without a `message_id` the id of a message is
        the import's and the line: `im_1-7`.
        """
        try:
            read = self._row(row)
            message = self._message(read, pepper, now)
        except RowFault as fault:
            return ReadRow(row.line, None, str(fault))
        return ReadRow(row.line, message, _in_words(read.left_out), tuple(read.left_out))

    def _row(self, row: CsvRow) -> _Row:
        if row.fault:
            raise RowFault(row.fault)
        for column, value in self.columns.only.items():
            if name_key(cell_of(row, column)) != name_key(value):
                raise RowFault(f"is not meant: column {column} has another value than `only` asks for")
        read, only_address = _Row(row.line), row.doubt or self._too_many(row)
        try:
            self._read_address(read, row)
        except RowFault as fault:
            raise RowFault("; ".join(filter(None, (str(fault), only_address)))) from fault
        if only_address:
            read.left_out.append(f"all but the address; the line {only_address}")
            return read
        for name in self.columns.fields:
            if name != "email":
                self._read_field(read, name, row)
        for name, value in self.terms.constants.items():
            if name not in read.columns:
                self._take(read, name, value)
        return read

    def _too_many(self, row: CsvRow) -> str | None:
        if any(map(str.strip, row.cells[self.columns.width :])):
            return f"has more than {self.columns.width} values; put one that holds a separator in quotes"
        return None

    def _cells(self, name: str, row: CsvRow) -> Iterator[tuple[int, str]]:
        """Yields the cells of a field that are not empty, each with its column."""
        for column in (self.columns.fields[name], *self.columns.further.get(name, ())):
            if not is_empty_cell(written := cell_of(row, column)):
                yield column, written if name == "message" else on_one_line(written)

    def _read_address(self, read: _Row, row: CsvRow) -> None:
        fault = f"email (column {self.columns.fields['email']}) is needed"
        for column, written in self._cells("email", row):
            read.columns["email"] = column
            try:
                first, *others = addresses_in(written)
            except ValueError as wrong:
                fault = f"{read.where('email')} {wrong}"
                continue
            read.values["email"] = first
            if others:
                read.left_out.append(f"{read.where('email')}: all of its addresses but the first")
            return
        raise RowFault(fault)

    def _read_field(self, read: _Row, name: str, row: CsvRow) -> None:
        cells = list(self._cells(name, row))
        for place, (column, written) in enumerate(cells, 1):
            read.columns[name] = column
            if place < len(cells) and name in FACTS and not self._is_fact(name, written, read):
                continue
            if row.unreadable and _UNREADABLE in written:
                read.leave_out(name, row.unreadable)
            elif self._take(read, name, written, self.columns.units.get(column, 1)) and name not in read.wishes:
                return

    def _is_fact(self, name: str, written: str, read: _Row) -> bool:
        """Tells whether a cell has a fact, so that no further column has to be read for it."""
        try:
            return FACTS[name](read_cell(name, written, self.spelling)) is not None
        except ValueError as fault:
            read.leave_out(name, str(fault))
            return False

    def _take(self, read: _Row, name: str, written: str, unit: int = 1) -> bool:
        try:
            if name == "opt_out" or name.startswith(CONSENT):
                wish = read_opt_out(written) if name == "opt_out" else read_consent(written)
                if read.wishes.get(name) is not Wish.OPTED_OUT:
                    read.wishes[name] = wish
            else:
                value = read_cell(name, written, self.spelling)
                read.values[name] = in_units(value, unit) if unit > 1 else value
        except ValueError as fault:
            read.leave_out(name, str(fault))
            return False
        return True

    def _message(self, read: _Row, pepper: bytes, now: datetime) -> Message:
        self._prepare(read)
        found = read_signal(self._sent(read), pepper, now)
        while found.message is None:
            self._leave_out(read, found)
            found = read_signal(self._sent(read), pepper, now)
        for fault in found.left_out:
            read.leave_out(fault.field.removeprefix(PROPERTY), fault.detail)
        signal = found.message.signal
        parts = (message_in(read.values.get("message", "")), signal.message)
        existing = self.terms.existing
        if existing == "replace" and _is_left_out(read, "at"):
            existing = "fill"  # nobody knows whether its facts are newer
        changes = {
            "message": "\n\n".join(filter(None, parts)) or None,
            "existing": existing,
            "anybody": True,  # a list may be older than an unsubscription
            "opted_out": Wish.OPTED_OUT in read.wishes.values() or None,
            "consents": {
                name.removeprefix(CONSENT): AS_IN_THE_LIST
                for name, wish in read.wishes.items()
                if wish is Wish.OPTED_IN and name.startswith(CONSENT)
            },
        }
        return replace(
            found.message, signal=signal.model_copy(update=changes), way=WAY, attempt=f"{self.name}-{read.line}"
        )

    def _prepare(self, read: _Row) -> None:
        """Leaves out what cannot stand alone."""
        for name in _CONTENT:
            if name in read.values and "content" not in read.values:
                read.leave_out(name, "says nothing without `content`, the id of it")
        if self.terms.kind == "signals" and ("kind" not in read.values or _is_left_out(read, "at")):
            if not _is_left_out(read, "kind") and "kind" not in read.values:
                read.left_out.append(f"{read.where('kind')} is empty")
            self._as_imported(read)

    def _leave_out(self, read: _Row, found: ReadSignal) -> None:
        """Leaves out the values that are at fault.

        Raises:
            RowFault: it is the address, or nothing that may be left out.
        """
        ours = {f"content.{theirs}": name for name, theirs in _CONTENT.items()}
        faults = {ours.get(each.field, each.field): each.detail for each in found.errors}
        named = {name if name in read.values else name.removeprefix(PROPERTY): why for name, why in faults.items()}
        if "email" in named or not named.keys() & read.values.keys():
            raise RowFault("; ".join(f"{read.where(name)} {why}" for name, why in named.items()))
        for name, why in named.items():
            if name in read.values:
                read.leave_out(name, why)
        if self.terms.kind == "signals" and not named.keys().isdisjoint(_OF_A_SIGNAL):
            self._as_imported(read)

    def _as_imported(self, read: _Row) -> None:
        """Takes the facts of a line whose kind or time is not known; what it was about is no activity of today.

        It has no id of its own, so that the line is no repeat once it is corrected.
        """
        read.left_out.append(COUNTS_AS_IMPORTED)
        for name in (*_OF_A_SIGNAL, "message_id"):
            read.values.pop(name, None)

    def _sent(self, read: _Row) -> JsonObject:
        return JsonObject(list(self._as_a_signal(read.values, read.line)))

    def _as_a_signal(self, values: Mapping[str, str], line: int) -> Iterator[tuple[str, Any]]:
        kind = IMPORTED if self.terms.kind == "leads" else values.get("kind", IMPORTED)
        yield "message_id", values.get("message_id") or f"{self.name}-{line}"
        yield "email", values.get("email")
        yield "kind", kind
        yield "at", values.get("at")
        yield "source", values.get("source") or self.terms.source or DEFAULT_SOURCE
        yield "campaign", values.get("campaign") or self.terms.campaign
        yield "channel", values.get("channel") or self.terms.channel
        content = [(name, values[field]) for field, name in _CONTENT.items() if field in values]
        yield "content", JsonObject(content) if content else None
        properties = [(name.removeprefix(PROPERTY), values[name]) for name in values if name.startswith(PROPERTY)]
        properties += [(name, values[name]) for name in values if name in FACTS or name.startswith(ATTRIBUTE)]
        yield "properties", JsonObject(properties)


def on_one_line(written: str) -> str:
    """Returns a cell of several lines on one."""
    if "\n" not in written and "\r" not in written:
        return written
    return " ".join(line for each in re.split("[\r\n]", written) if (line := each.strip()))


def _in_words(left_out: list[str]) -> str | None:
    more = [f"{len(left_out) - MAX_NAMED} more"] if len(left_out) > MAX_NAMED else []
    return f"left out: {'; '.join([*left_out[:MAX_NAMED], *more])}" if left_out else None


def _is_left_out(read: _Row, name: str) -> bool:
    return name in read.columns and name not in read.values


def cell_of(row: CsvRow, column: int) -> str:
    """Returns the cell of a column, counted from 1, as it was before a program guarded it."""
    return without_formula_guard(row.cells[column - 1].strip()).strip() if column <= len(row.cells) else ""
