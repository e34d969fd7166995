"""The next part of a list's file → its lines, each a signal or what is wrong with it."""

from datetime import datetime

from baton.domain.imports import Import, Part, Reading, ReadLine
from baton.intake.lists.columns import Columns
from baton.intake.lists.headers import read_header
from baton.intake.lists.lines import LineFault, Lines
from baton.intake.lists.rows import Place, Row, rows_in
from baton.intake.lists.terms import ImportTerms
from baton.intake.lists.text import Encoding

MOST_LINES = 400


def read_part(of: Import, window: bytes, pepper: bytes, now: datetime, *, at_end: bool) -> Part:
    """Up to 400 lines of a list from where it stands; `window` is what follows there, `at_end` all that does.

    Raises:
        ListFault: nothing can be made of the list.
    """
    terms = ImportTerms.model_validate(of.terms)
    reading, skipped = of.reading, 0
    if reading is None:
        header = read_header(window, terms, at_end=at_end)
        reading = _reading(header.separator, header.columns, header.next)
        skipped = header.next.offset
    place = Place(of.offset + skipped, reading.line, Encoding(reading.encoding), reading.inside)
    columns = Columns(reading.width, reading.columns, reading.left_out)
    lines, found = Lines(terms, columns, reading.separator, of.import_id), list[ReadLine]()
    for row in rows_in(window[skipped:], place, reading.separator, at_end=at_end):
        place = row.next
        if not row.is_empty:
            found.append(_line(lines, row, pepper, now))
        if len(found) == MOST_LINES:
            break
    else:
        if at_end:
            return Part(found, of.offset + len(window), _reading(reading.separator, columns, place))
    return Part(found, place.offset, _reading(reading.separator, columns, place))


def _line(lines: Lines, row: Row, pepper: bytes, now: datetime) -> ReadLine:
    try:
        return ReadLine(row.line, lines.message(row, pepper, now))
    except LineFault as fault:
        return ReadLine(row.line, None, str(fault))


def _reading(separator: str, columns: Columns, place: Place) -> Reading:
    return Reading(
        separator=separator,
        width=columns.width,
        columns=dict(columns.fields),
        left_out=columns.left_out,
        line=place.line,
        encoding=place.encoding,
        inside=place.inside,
    )
