"""The rows of a CSV file: as Python's csv reads them, for any split into parts; a wrong row stops no other row."""

import csv
import io
from collections.abc import Iterator
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.imports.list_import import MAX_ROW_BYTES
from baton.intake.imports import csv_rows
from baton.intake.imports.csv_rows import CsvRow, RowPlace, rows_in
from baton.intake.imports.file_encoding import Encoding, encoding_of
from tests.unit.effort import cpu_seconds
from tests.unit.examples import examples

CELL = st.text(st.sampled_from('ab ,;|\t"\r\nüß€漢😀'), max_size=8)
TABLE = st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=12)
MARKS = {"utf-8": b"", "utf-8-sig": b"", "utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def read(file: bytes, separator: str = ",", windows: Iterator[int] | None = None) -> Iterator[CsvRow]:
    """All rows of a file of which so many bytes are read at a time; where a row is longer, twice as many."""
    windows = windows or iter(lambda: MAX_ROW_BYTES, 0)
    encoding, mark = encoding_of(file)
    place, size = RowPlace(mark, 1, encoding), next(windows)
    while place.offset < len(file):
        begun, window = place, file[place.offset : place.offset + size]
        for row in rows_in(window, place, separator, at_end=place.offset + size >= len(file)):
            if not row.is_empty or row.cells:
                yield row
            place = row.next
        if place == begun and begun.offset + size >= len(file):
            return
        size = max(size, 1) * 2 if place == begun else next(windows)


def by_csv(file: bytes, encoding: str, separator: str) -> list[list[str]]:
    text = io.TextIOWrapper(io.BytesIO(file), "utf-8-sig" if encoding == "utf-8" else encoding, newline="")
    return [row for row in csv.reader(text, delimiter=separator, strict=True) if row]


@examples(300)
@given(TABLE, st.sampled_from(list(MARKS)), st.sampled_from(",;\t|"), st.sampled_from(["\r\n", "\n", "\r"]), st.data())
def test_the_rows_of_a_file_read_in_parts_equal_the_rows_of_pythons_csv(
    table: list[list[str]], encoding: str, separator: str, ends: str, data: st.DataObject
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=ends).writerows(table)
    file = MARKS[encoding] + text.getvalue().encode(encoding)
    windows = data.draw(st.lists(st.integers(1, 40), min_size=1))
    found = list(read(file, separator, cycle(windows)))
    assert [row.cells for row in found if row.cells] == by_csv(
        file, "utf-16" if encoding.startswith("utf-16-") else encoding, separator
    )
    assert all(row.fault is None for row in found)


@given(st.binary(max_size=200), st.lists(st.integers(1, 40), min_size=1))
def test_any_bytes_have_the_same_rows_in_parts_and_as_a_whole(file: bytes, windows: list[int]) -> None:
    assert list(read(file, windows=cycle(windows))) == list(read(file))


@given(st.text(st.sampled_from('a,"\n\r'), max_size=60), st.lists(st.integers(1, 20), min_size=1))
def test_a_text_with_wrong_quotes_has_the_same_rows_in_parts_and_as_a_whole(text: str, windows: list[int]) -> None:
    file = text.encode()
    assert list(read(file, windows=cycle(windows))) == list(read(file))


def test_the_number_of_a_row_is_the_line_of_its_beginning() -> None:
    found = list(read(b'a,b\r\n\r\n"two\r\nlines",c\r\nd,e'))
    assert [(row.line, row.cells) for row in found] == [
        (1, ["a", "b"]), (3, ["two\r\nlines", "c"]), (5, ["d", "e"])
    ]  # fmt: skip


def test_a_wrong_row_stops_no_other_row() -> None:
    found = list(read(b'a,b\n"open,c\nd,e\n"x"y,f\ng,h\n'))
    assert [(row.line, row.cells, bool(row.why_unsure)) for row in found] == [
        (1, ["a", "b"], False),
        (2, ["open,c\n"], True),
        (3, ["d", "e"], False),
        (4, ["xy", "f"], True),
        (5, ["g", "h"], False),
    ]


@pytest.mark.parametrize(
    "monster", [b"x" * 1000, b'"' + b"x\n" * 500, b"x,\xc3\xbc" * 300], ids=["a line", "open quotes", "letters"]
)
@pytest.mark.parametrize("wide", [False, True])
def test_a_row_that_is_too_long_is_skipped_in_parts(
    monster: bytes, wide: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_rows, "MAX_ROW_BYTES", 100)
    file = b"a,b\n" + monster + b"\nc,d\n"
    if wide:
        file = b"\xff\xfe" + file.decode().encode("utf-16-le")
    found = list(read(file, windows=iter(lambda: 100, 0)))
    assert found[0].cells == ["a", "b"]
    assert (found[-1].cells, found[-1].line) == (["c", "d"], file.count(b"\n"))
    assert found[1].fault
    assert "too long" in found[1].fault


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("Müller\nGüler\n", "utf-8", Encoding.UTF_8),
        ("Müller\nGüler\n", "windows-1252", Encoding.WINDOWS),
        ("Müller €\nGüler\n", "utf-16", Encoding.UTF_16_LE),
        ("Müller\nGüler\n", "utf-16-be", Encoding.UTF_16_BE),
        ("Muller\n", "utf-8", Encoding.ASCII),
    ],
)
def test_the_encoding_of_a_file_is_detected(text: str, encoding: str, found: Encoding) -> None:
    read_rows = list(read(text.encode(encoding)))
    assert [row.cells[0] for row in read_rows] == text.splitlines()
    assert read_rows[-1].next.encoding == found


def test_a_line_in_another_encoding_is_marked_alone() -> None:
    found = list(read("ü,1\n".encode() + b"\xfc,2\n" + "ö,3\n".encode()))
    assert [bool(row.unreadable) for row in found] == [False, True, False]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_time_to_skip_an_endless_line_grows_with_its_length_and_not_with_its_square(encoding: str) -> None:
    short, long = (("x" * length).encode(encoding) for length in (375_000, 3_000_000))
    [row] = read(long)
    assert row.fault
    assert "too long" in row.fault
    taken = [cpu_seconds(lambda file=file: list(read(file))) for file in (short, long)]
    assert taken[1] < 30 * taken[0], "eight times as long takes about eight times as long, and not its square"
