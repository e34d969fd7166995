"""Rows of signals that differ by person, time and id alone are read as the first of them; nobody can tell."""

import csv
import io
import random
from datetime import UTC, datetime

import pytest

from baton.domain.imports.list_import import ReadRow
from baton.intake.imports.alike_rows import AlikeRows
from baton.intake.imports.csv_header import read_header
from baton.intake.imports.csv_rows import rows_in
from baton.intake.imports.import_terms import ImportTerms
from baton.intake.imports.row_signals import RowReader

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TIMES = (
    "2026-11-02T14:33:00Z",
    "2026-11-03 09:00",
    "4 Nov 2026",
    "soon",
    "",
    "2031-01-01",
    "'2026-11-05",
    "5.11.2026\n",
)
EMAILS = ("ann@acme.com", "Bo@Mail.Acme.co.uk", "cy@gmail.com", "a@x.com; b@x.com", "nobody", "", "'=d@acme.com", "N/A")
IDS = ("1", "2", "", "with space", "n/a", "'7")
SAID = {
    "kind": ("page_visited", "Webinar Attended", "7up", ""),
    "content": ("pricing", "", "guide"),
    "content_topic": ("", "", "costs"),
    "source": ("crm", "", "Trade Show (2026)", "***"),
    "title": ("CTO", "", "Mr"),
    "employees": ("", "200", "a lot"),
    "company": ("", "Acme"),
    "received_at": tuple(f"2026-11-{day:02}" for day in range(1, 29)),
}
TERMS: tuple[dict[str, object], ...] = (
    {"kind": "signals"},
    {"kind": "signals", "time_zone": "Europe/Berlin", "existing": "replace", "source": "hubspot"},
    {"kind": "signals", "mapping": {"received_at": None, "second": "email"}},
    {"kind": "signals", "only": {"company": "Acme"}},
    {"kind": "leads"},
)


def a_list(chance: random.Random, columns: list[str]) -> bytes:
    """A list with few different things said by many, with faults in some cells, and lines that are no rows."""
    pools = {"email": EMAILS, "second": EMAILS, "at": TIMES, "message_id": IDS, **SAID}
    file = io.StringIO()
    lines = csv.writer(file)
    lines.writerow(columns)
    for _ in range(60):
        cells = [chance.choice(pools[name][: chance.choice((2, 9))]) for name in columns]
        lines.writerow(cells[: chance.choice((-1, *[len(cells)] * 9))] + chance.choice(([], [], [], [""], ["more"])))
        if chance.random() < 0.02:
            file.write('an"n@acme.com,"page\r\n')
    return file.getvalue().encode() + b"\xff\xfe@acme.com,page_visited\r\n" * chance.randrange(2)


def read(file: bytes, terms: ImportTerms) -> tuple[list[ReadRow], list[ReadRow], AlikeRows]:
    """The rows as the reader of rows reads them, and as one that remembers does."""
    head = read_header(file, terms, at_end=True)
    each = RowReader(terms, head.columns, head.separator, "list")
    alike = AlikeRows(RowReader(terms, head.columns, head.separator, "list"))
    found = [
        row for row in rows_in(file[head.next.offset :], head.next, head.separator, at_end=True) if not row.is_empty
    ]
    return [each.read(row, b"p", NOW) for row in found], [alike.read(row, b"p", NOW) for row in found], alike


@pytest.mark.parametrize("terms", TERMS, ids=["signals", "zone", "two-addresses", "only", "leads"])
def test_remembered_rows_are_read_as_if_each_was_read_alone(terms: dict[str, object]) -> None:
    for seed in range(40):
        chance = random.Random(seed)
        columns = ["email", "second", "kind", "company", "received_at"]
        columns += [name for name in ("at", "at", "message_id", *SAID) if chance.random() < 0.6]
        columns = list(dict.fromkeys(columns))
        chance.shuffle(columns)
        one_by_one, together, _ = read(a_list(chance, columns), ImportTerms.model_validate(terms))
        assert together == one_by_one


def test_a_list_of_visits_is_read_once_and_not_line_by_line() -> None:
    lines = [f"ann{each % 9}@acme.com,page_visited,pricing,2026-11-0{1 + each % 9}" for each in range(500)]
    file = "\n".join(["email,kind,content,at", *lines]).encode()
    one_by_one, together, alike = read(file, ImportTerms(kind="signals"))
    assert together == one_by_one
    assert len(alike.known) == 1
