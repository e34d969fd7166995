"""Parts of an imported list: whatever a cell holds, each row gets a result, and the import comes to an end."""

import random
from datetime import UTC, datetime

import pytest

from baton.domain.imports.list_import import FileChunk, Import, ListFault, Reading
from baton.intake.imports.file_parts import read_part

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def import_of(reading: Reading | None = None, **terms: object) -> Import:
    given = {"kind": "signals", **terms}
    return Import(import_id="list", terms=given, by="maria@example.com", created_at=NOW, reading=reading)


def part(text: str, zone: str = "Pacific/Kiritimati", reading: Reading | None = None, **terms: object) -> FileChunk:
    return read_part(import_of(reading, **terms), text.encode(), b"pepper", NOW, at_end=True, zone=zone)


EXTREMES = ["0001-01-01", "0001-01-01 00:00", "1.1.0001", "9999-12-31", "31.12.9999 23:59", "1601-01-01", "0000-00-00"]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/New_York"])
@pytest.mark.parametrize("extreme", EXTREMES)
def test_a_cell_with_an_extreme_year_is_left_out_and_its_line_is_no_activity(extreme: str, zone: str) -> None:
    rows = part(
        f"email,kind,at\na@example.com,webinar_attended,{extreme}\nb@example.com,webinar_attended,2026-11-23\n", zone
    )
    first, second = rows.lines
    assert first.message is not None
    assert first.message.signal.kind == "imported"
    assert str(first.why).startswith("left out: at (column 3) is ")
    assert (second.message is not None, second.why) == (True, None)


@pytest.mark.parametrize(
    ("zone", "terms", "at"),
    [
        pytest.param("UTC", {}, "2026-11-20T09:00:00+00:00", id="UTC"),
        pytest.param("Europe/Berlin", {}, "2026-11-20T08:00:00+00:00", id="the agreement's"),
        pytest.param("Europe/Berlin", {"time_zone": "Asia/Tokyo"}, "2026-11-20T00:00:00+00:00", id="the import's"),
    ],
)
def test_a_time_without_a_zone_is_in_the_imports_or_else_in_the_agreements(
    zone: str, terms: dict[str, object], at: str
) -> None:
    [row] = part("email,kind,at\na@example.com,webinar_attended,20.11.2026 9:00\n", zone, **terms).lines
    assert row.message is not None
    assert row.message.signal.occurred_at == datetime.fromisoformat(at)


@pytest.mark.parametrize(
    ("reading", "terms"),
    [
        pytest.param({"encoding": "utf-99"}, {}, id="an unknown encoding"),
        pytest.param({"separator": ";;"}, {}, id="an impossible separator"),
        pytest.param({}, {"time_zone": "Mars/Phobos"}, id="a time zone that is there no more"),
        pytest.param({}, {"kind": "letters"}, id="a kind that is there no more"),
    ],
)
def test_a_list_that_cannot_be_read_any_further_names_the_line(
    reading: dict[str, str], terms: dict[str, object]
) -> None:
    stands = Reading.model_validate(
        {"separator": ",", "width": 1, "columns": {"email": 1}, "line": 7, "encoding": "utf-8", **reading}
    )
    with pytest.raises(ListFault, match=r"^cannot be read from line 7 on"):
        part("a@example.com\n", reading=stands, **terms)


CELLS = (
    *(
        "0001-01-01",
        "9999-12-31 23:59",
        "1.1.0001",
        "12/12/9999",
        "24:00",
        "2026-11-24T25:00",
        "-",
        "'",
        '"',
        '""',
        "=1+1",
    ),
    *(
        "\u202a+49",
        "１２",
        "\u00a0",
        "é",
        "\U0001f600",
        "\x00",
        ";",
        "\t",
        "1e400",
        "nan",
        "-1",
        "9" * 40,
        "a@b.example",
        "Europe/Berlin",
    ),
)


def test_ten_thousand_cells_each_get_a_result() -> None:
    chance = random.Random(12)
    columns = "email,kind,at,employees,budget,phone,country,title,message id,content"
    for _ in range(25):
        rows = [_row(chance) for _ in range(40)]
        read = part("\n".join([columns, *rows]), chance.choice(["Pacific/Kiritimati", "America/New_York"]))
        assert all(row.message or row.why for row in read.lines)
        assert not any("failed with" in str(row.why) for row in read.lines)


def _row(chance: random.Random) -> str:
    cells = ["a@example.com", "webinar_attended", *(chance.choice(CELLS) for _ in range(8))]
    return ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in cells)
