"""Splits lists into parts that fit into memory, so that all lines of one lead are in the same part."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, NamedTuple
from zlib import crc32

from baton.domain.identity.normalised_emails import normalise_email
from baton.domain.imports.list_import import ListFault
from baton.intake.imports.cell_readings import addresses_in
from baton.intake.imports.column_mapping import normal_column_name
from baton.intake.imports.csv_header import Header, read_header
from baton.intake.imports.csv_rows import CsvRow, rows_in
from baton.intake.imports.import_terms import ImportTerms

WINDOW = 1 << 20
PART_BYTES, MOST_PARTS = 1 << 20, 200
"""About so many bytes of lists are one part, and so many files are open at once; what is read takes fifty times as much
memory."""
_FIRST_LINES = 1 << 17

Part = dict[str, Path]
"""The files of a part, by the name of the list."""
Told = Callable[[int], None]
"""Is told how many bytes have been read."""


class Parts(NamedTuple):
    """The parts of all lists, lines left out by the reason, and the normal names of all columns."""

    parts: list[Part]
    left_out: Counter[str]
    columns: frozenset[str]


def split_lists(lists: Sequence[Path], terms: Mapping[str, object], folder: Path, told: Told) -> Parts:
    """Splits lists into parts by the address in each line, in a folder.

    Raises:
        ListFault: a list cannot be read; the text names it.
    """
    size = sum(path.stat().st_size for path in lists)
    parts: list[Part] = [{} for _ in range(min(MOST_PARTS, size // PART_BYTES + 1))]
    left_out, columns = Counter[str](), set[str]()
    for number, path in enumerate(lists):
        name = f"list{number + 1}"
        try:
            with path.open("rb") as file, ExitStack() as opened:
                window = file.read(_FIRST_LINES)
                at_end = len(window) < _FIRST_LINES
                header = read_header(window, ImportTerms.model_validate(terms), at_end=at_end)
                columns.update(map(normal_column_name, header.names))
                writers = _Writers(name, header, folder, parts, opened)
                for row in _rows(file, header, told):
                    if row.fault or row.doubt:
                        left_out[f"line refused: {row.fault or row.doubt}"] += 1
                    elif not row.is_empty:
                        writers.write(row)
        except ListFault as fault:
            raise ListFault(f"{path.name}: {fault}") from fault
    return Parts([part for part in parts if part], left_out, frozenset(columns))


class _Writers:
    """Writes the lines of one list into the files of their parts, each under the list's header."""

    def __init__(self, name: str, header: Header, folder: Path, parts: list[Part], opened: ExitStack) -> None:
        self.name, self.header, self.folder, self.parts, self.opened = name, header, folder, parts, opened
        self.column, self.writers = header.columns.fields["email"], dict[int, Any]()

    def write(self, row: CsvRow) -> None:
        """Writes one line."""
        which = _part_of(row, self.column, len(self.parts))
        if which not in self.writers:
            path = self.parts[which][self.name] = self.folder / f"{self.name}-{which}.csv"
            file = self.opened.enter_context(path.open("w", encoding="utf-8", newline=""))
            self.writers[which] = csv.writer(file, delimiter=self.header.separator)
            self.writers[which].writerow(self.header.names)
        self.writers[which].writerow(row.cells)


def _rows(file: IO[bytes], header: Header, told: Told) -> Iterator[CsvRow]:
    place = header.next
    while True:
        file.seek(place.offset)
        window = file.read(WINDOW)
        at_end = len(window) < WINDOW
        for row in rows_in(window, place, header.separator, at_end=at_end):
            place = row.next
            yield row
        told(place.offset)
        if at_end:
            return


def _part_of(row: CsvRow, column: int, parts: int) -> int:
    """Returns the part of a line by its address, as leads are known by it; a line without one is refused later."""
    return _checksum(row.cells[column - 1] if column <= len(row.cells) else "") % parts


@lru_cache(maxsize=1000)
def _checksum(written: str) -> int:
    try:
        return crc32(normalise_email(addresses_in(written)[0]).encode())
    except ValueError:
        return 0
