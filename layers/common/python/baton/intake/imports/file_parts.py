"""Reads the next part of a list: up to 400 rows, each a message or its fault."""

from datetime import datetime

from baton.domain.imports.list_import import FileChunk, Import, ListFault, Reading, ReadRow
from baton.intake.imports.column_mapping import Columns
from baton.intake.imports.csv_header import read_header
from baton.intake.imports.csv_rows import CsvRow, RowPlace, rows_in
from baton.intake.imports.file_encoding import Encoding
from baton.intake.imports.import_terms import ImportTerms
from baton.intake.imports.row_signals import RowReader

MAX_LINES = 400


def read_part(of: Import, window: bytes, pepper: bytes, now: datetime, *, at_end: bool, zone: str = "UTC") -> FileChunk:
    """Returns up to 400 rows from where the import stands.

    `window` are the bytes that follow there; `at_end` says that they are the last ones. Times without a zone are in the
    import's, or else in `zone`.

    Raises:
        ListFault: the list cannot be read as a whole, or not any further; then the text names the line.
    """
    try:
        return _part(of, window, pepper, now, at_end=at_end, zone=zone)
    except ListFault:
        raise
    except Exception as fault:  # tried again, it would end in the same way
        line = of.reading.line if of.reading else 1
        why = f"reading it failed with {type(fault).__name__}"
        raise ListFault(f"cannot be read from line {line} on ({why}); what is before it was imported") from fault


def _part(of: Import, window: bytes, pepper: bytes, now: datetime, *, at_end: bool, zone: str) -> FileChunk:
    terms = ImportTerms.model_validate(of.terms)
    terms = terms.model_copy(update={"time_zone": terms.time_zone or zone})
    reading, skipped = of.reading, 0
    if reading is None:
        header = read_header(window, terms, at_end=at_end)
        reading = _reading(header.separator, header.columns, header.next)
        skipped = header.next.offset
    place = RowPlace(of.offset + skipped, reading.line, Encoding(reading.encoding), reading.inside)
    columns = Columns(reading.width, reading.columns, reading.left_out, reading.further, reading.units, reading.only)
    lines, found = RowReader(terms, columns, reading.separator, of.import_id), list[ReadRow]()
    for row in rows_in(window[skipped:], place, reading.separator, at_end=at_end):
        place = row.next
        if not row.is_empty:
            found.append(_line(lines, row, pepper, now))
        if len(found) == MAX_LINES:
            break
    else:
        if at_end:
            return FileChunk(found, of.offset + len(window), _reading(reading.separator, columns, place))
    return FileChunk(found, place.offset, _reading(reading.separator, columns, place))


def _line(lines: RowReader, row: CsvRow, pepper: bytes, now: datetime) -> ReadRow:
    try:
        return lines.read(row, pepper, now)
    except Exception as fault:  # no fault of one row stops the others
        return ReadRow(row.line, None, f"reading it failed with {type(fault).__name__}; write its values more plainly")


def _reading(separator: str, columns: Columns, place: RowPlace) -> Reading:
    return Reading(
        separator=separator,
        width=columns.width,
        columns=dict(columns.fields),
        left_out=columns.left_out,
        further=dict(columns.further),
        units=dict(columns.units),
        only=dict(columns.only),
        line=place.line,
        encoding=place.encoding,
        inside=place.inside,
    )
