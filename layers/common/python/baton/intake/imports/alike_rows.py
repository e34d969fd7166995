"""Reads the rows of a list of signals: one that differs from an earlier one by person, time and id alone, as that one.

A list of a million visits says few different things. Each of them is read once, cell by cell.
"""

from datetime import datetime

from baton.domain.imports.list_import import ReadRow
from baton.domain.signals.message_batches import Message
from baton.intake.imports.cell_readings import addresses_in, read_cell
from baton.intake.imports.cell_values import is_empty_cell
from baton.intake.imports.csv_rows import CsvRow
from baton.intake.imports.row_signals import RowReader, cell_of, on_one_line
from baton.intake.signals.signal_fields import check_id, check_time
from baton.intake.signals.signal_reader import said_by_another

_OF_ONE_ROW = ("email", "at", "message_id")
_MOST = 1000


class AlikeRows:
    """Reads what a row reader reads, and remembers rows that were read without any fault."""

    def __init__(self, reader: RowReader) -> None:
        columns = reader.columns
        self.reader, self.spelling, self.width = reader, reader.spelling, columns.width
        self.columns = {name: columns.fields[name] for name in _OF_ONE_ROW if name in columns.fields}
        further = {column for others in columns.further.values() for column in others}
        read = {*columns.fields.values(), *further, *columns.only} - set(self.columns.values())
        self.others = sorted(column - 1 for column in read)
        dated = reader.terms.kind == "signals" and "at" in self.columns
        self.remembers = dated and columns.further.keys().isdisjoint(_OF_ONE_ROW)
        self.known: dict[tuple[str, ...], Message] = {}

    def read(self, row: CsvRow, pepper: bytes, now: datetime) -> ReadRow:
        """Returns the row as the row reader reads it."""
        if not self.remembers or row.why_unsure or len(row.cells) != self.width:
            return self.reader.read(row, pepper, now)
        said = tuple([row.cells[place] for place in self.others])
        known = self.known.get(said)
        message = self._like(known, row, pepper, now) if known else None
        if message:
            return ReadRow(row.line, message, None)
        read = self.reader.read(row, pepper, now)
        if read.message and not read.why:
            if len(self.known) == _MOST:
                self.known.clear()
            self.known[said] = read.message
        return read

    def _like(self, known: Message, row: CsvRow, pepper: bytes, now: datetime) -> Message | None:
        """Returns the message of a row that says what another one says; None if the row has a fault to be named."""
        cells = {name: on_one_line(cell_of(row, column)) for name, column in self.columns.items()}
        try:
            address, *more = addresses_in(cells["email"])
            at = check_time(read_cell("at", cells["at"], self.spelling), now)
            named = cells.get("message_id", "")
            given = None if is_empty_cell(named) else check_id(named, now)
        except ValueError:
            return None
        if more:
            return None
        number = f"{self.reader.name}-{row.line}"
        return said_by_another(known, address, at, given or number, number, pepper)
