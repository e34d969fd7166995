"""Reads the header of a list: its encoding, its separator, its columns, and where the rows begin."""

from dataclasses import dataclass
from itertools import islice

from baton.domain.imports.list_import import MAX_ROW_BYTES, ListFault
from baton.intake.imports.column_mapping import MAX_COLUMNS, Columns, columns_of, declared_separator, separator_of
from baton.intake.imports.csv_rows import RowPlace, rows_in
from baton.intake.imports.file_encoding import Encoding, encoding_of, lines_in
from baton.intake.imports.import_terms import MAX_SKIPPED, ImportTerms
from baton.intake.names.usual_names import usual_field

_ONE_AND_OTHERS = 2
"""A line that names a column of addresses, and another field or more, besides those that nobody knows."""
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""The first bytes of Excel workbooks: .xlsx and .xls."""
_DOCUMENTS = (b"%PDF-", b"\x89PNG\r\n", b"GIF8", b"\xff\xd8\xff", b"{\\rtf")
"""The first bytes of documents and pictures that people take for a list."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a list: its separator, its columns, where the first row begins, and the columns' names."""

    separator: str
    columns: Columns
    next: RowPlace
    names: tuple[str, ...] = ()


def read_header(window: bytes, terms: ImportTerms, *, at_end: bool) -> Header:
    """Returns the header at the start of a file.

    The lines that the terms skip, empty lines, and Excel's `sep=;` may stand before it.

    Raises:
        ListFault: there is no header, or a column is missing.
    """
    if window.startswith(_WORKBOOKS):
        raise ListFault("it is a workbook; save it as `CSV UTF-8` and hand that in")
    if window.startswith(_DOCUMENTS):
        raise ListFault("it is a document or a picture; save the list in it as `CSV UTF-8` and hand that in")
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
    try:
        columns = columns_of(row.cells, terms.kind, terms.mapping, constants=terms.constants, only=terms.only)
    except ListFault as fault:
        raise ListFault(f"{fault}{_hint(window[mark:], encoding, terms, at_end=at_end)}") from fault
    return Header(separator, columns, row.next, tuple(row.cells))


def _hint(window: bytes, encoding: Encoding, terms: ImportTerms, *, at_end: bool) -> str:
    """Returns the remedy if a later line looks like the one that names the columns; else nothing."""
    for number, line in enumerate(islice(lines_in(window, encoding, at_end=at_end), MAX_SKIPPED + 1)):
        cells = line.text.strip().split(separator_of(line.text))
        named = {usual_field(cell.strip(' "')) for cell in cells[:MAX_COLUMNS]}
        if number > terms.skip_lines and "email" in named and len(named) > _ONE_AND_OTHERS:
            return (
                f"; line {number + 1} seems to name the columns: delete what stands above it "
                f"(or say `skip_lines`: {number} with `POST /imports`)"
            )
    return ""
