"""Reads the header of a list: its encoding, its separator, its columns, and where the rows begin."""

from dataclasses import dataclass

from baton.domain.imports.list_import import MAX_ROW_BYTES, ListFault
from baton.intake.imports.column_mapping import Columns, columns_of, declared_separator, separator_of
from baton.intake.imports.csv_rows import RowPlace, rows_in
from baton.intake.imports.file_encoding import encoding_of, lines_in
from baton.intake.imports.import_terms import ImportTerms

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""The first bytes of Excel workbooks: .xlsx and .xls."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a list: its separator, its columns, and where the first row begins."""

    separator: str
    columns: Columns
    next: RowPlace


def read_header(window: bytes, terms: ImportTerms, *, at_end: bool) -> Header:
    """Returns the header at the start of a file.

    The lines that the terms skip, empty lines, and Excel's `sep=;` may stand before it.

    Raises:
        ListFault: there is no header, or a column is missing.
    """
    if window.startswith(_WORKBOOKS):
        raise ListFault("it is a workbook; save it as `CSV UTF-8` and hand that in")
    encoding, mark = encoding_of(window)
    place, separator = RowPlace(offset=mark, encoding=encoding), None
    for number, line in enumerate(lines_in(window[mark:], encoding, at_end=at_end)):
        declared = declared_separator(line.text)
        if number >= terms.skip_lines and not declared and line.text.strip(" ,;\t|\r\n"):
            separator = separator or separator_of(line.text)
            break
        separator, place = declared or separator, place.after([line])
    else:
        is_long = len(window) >= MAX_ROW_BYTES and not at_end
        raise ListFault("the first line is too long" if is_long else "there is no first line that names the columns")
    row = next(rows_in(window[place.offset :], place, separator, at_end=at_end), None)
    if row is None or row.why_unsure:
        why = row and row.why_unsure
        raise ListFault(f"the first line cannot be read: it {why or 'does not end'}")
    columns = columns_of(row.cells, terms.kind, terms.mapping, constants=terms.constants, only=terms.only)
    return Header(separator, columns, row.next)
