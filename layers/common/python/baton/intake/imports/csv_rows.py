"""Reads the rows in a part of a CSV file, and where the next row begins.

A row may have several lines, and a part may end anywhere: an unfinished row is read again with the next part. After a
wrong row, reading goes on with the line after the one on which it begins.
"""

import csv
from collections.abc import Iterator
from typing import NamedTuple

from baton.domain.imports.list_import import MAX_ROW_BYTES
from baton.intake.imports.file_encoding import Encoding, TextLine, lines_in

_TOO_LONG = "is too long, or opens quotes that are never closed; double the quotes within a value"
_CANNOT_BE_READ = "holds bytes that are no letters of this file; save the file as `CSV UTF-8`"


class RowPlace(NamedTuple):
    """The beginning of a row: the byte, the line, and the encoding of the file as far as it is known.

    `inside` is true within a line that is too long; the rest of that line is skipped.
    """

    offset: int = 0
    line: int = 1
    encoding: Encoding = Encoding.ASCII
    inside: bool = False

    def after(self, lines: list[TextLine]) -> "RowPlace":
        """Returns where the next row begins after a row of these lines."""
        size, encoding = sum(line.size for line in lines), lines[-1].encoding
        return RowPlace(self.offset + size, self.line + len(lines), encoding)


class CsvRow(NamedTuple):
    """A row: its first line, its cells or its fault, and where the next row begins.

    With a `doubt`, cells may have slipped into one another. With `unreadable`, letters are missing in some.
    """

    line: int
    cells: list[str]
    next: RowPlace
    fault: str | None = None
    doubt: str | None = None
    unreadable: str | None = None

    @property
    def why_unsure(self) -> str | None:
        """Returns why the row cannot be read as it stands; None if it can."""
        return self.fault or self.doubt or self.unreadable

    @property
    def is_empty(self) -> bool:
        """Returns whether all of its cells are blank."""
        return not self.why_unsure and not any(map(str.strip, self.cells))


class _CutHere(Exception):
    """The part ends before the row does."""


class _Taken:
    """Gives lines to the CSV reader, and remembers which belong to the row being read."""

    def __init__(self, lines: list[TextLine], *, at_end: bool) -> None:
        self.lines, self.at_end, self.begun, self.taken = lines, at_end, 0, 0

    def __iter__(self) -> "_Taken":
        return self

    def __next__(self) -> str:
        if self.taken == len(self.lines):
            raise StopIteration if self.at_end else _CutHere
        self.taken += 1
        return self.lines[self.taken - 1].text

    def of_this_row(self) -> list[TextLine]:
        """Returns the lines of the row that was read; the next row begins after them."""
        begun, self.begun = self.begun, self.taken
        return self.lines[begun : self.taken]

    def first_of_this_row(self) -> list[TextLine]:
        """Returns only the first line of the row that was read; the next row begins on its second."""
        self.taken = self.begun + 1
        return self.of_this_row()


def rows_in(window: bytes, place: RowPlace, separator: str, *, at_end: bool) -> Iterator[CsvRow]:
    """Yields the rows in a part of a file that begins at `place`; `at_end` says that the file ends with it."""
    if place.inside:
        window, place = _skipped(window, place)
        if place.inside and not at_end:
            yield CsvRow(place.line, [], place)
            return
    given = _Taken(list(lines_in(window, place.encoding, at_end=at_end)), at_end=at_end)
    reader = csv.reader(given, delimiter=separator, strict=True)
    begun = place
    while True:
        row = _row(reader, given, place, separator)
        if row is None:
            break
        yield row
        place = row.next
    if place == begun and not at_end and len(window) >= MAX_ROW_BYTES:
        yield _too_long(window, given, place)


def _row(reader: Iterator[list[str]], given: _Taken, place: RowPlace, separator: str) -> CsvRow | None:
    try:
        cells = next(reader)
    except (StopIteration, _CutHere):
        return None
    except csv.Error as fault:
        first = given.first_of_this_row()
        why = f"is no CSV: {fault}; close its quotes, and double those within"
        return CsvRow(place.line, _guessed(first[0].text, separator), place.after(first), doubt=why)
    lines = given.of_this_row()
    readable = all(line.readable for line in lines)
    return CsvRow(place.line, cells, place.after(lines), unreadable=None if readable else _CANNOT_BE_READ)


def _guessed(line: str, separator: str) -> list[str]:
    """Returns the cells of a line with wrong quotes, as far as anybody can tell; none if nobody can."""
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _too_long(window: bytes, given: _Taken, place: RowPlace) -> CsvRow:
    if given.lines:
        given.taken = given.begun
        return CsvRow(place.line, [], place.after(given.lines[:1]), _TOO_LONG)
    return CsvRow(place.line, [], place._replace(offset=place.offset + _nearly_all(window), inside=True), _TOO_LONG)


def _skipped(window: bytes, place: RowPlace) -> tuple[bytes, RowPlace]:
    """Returns the rest of the part after the end of a line that is too long; none if that end is not in this part."""
    end = next(lines_in(window, place.encoding, at_end=False), None)
    if end is None:
        return b"", place._replace(offset=place.offset + _nearly_all(window))
    return window[end.size :], RowPlace(place.offset + end.size, place.line + 1, place.encoding)


def _nearly_all(window: bytes) -> int:
    """Returns how many bytes to skip without cutting a letter or a line end in two."""
    return max(0, len(window) // 2 * 2 - 2)
