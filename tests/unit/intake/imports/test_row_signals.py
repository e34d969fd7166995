"""The header and the rows of an imported list: each row becomes a signal, or a fault that names its column."""

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from baton.domain.imports.list_import import MAX_ROW_BYTES, ListFault
from baton.domain.leads.stage_and_status import Channel
from baton.domain.signals.message_batches import Message
from baton.intake.imports.cell_values import read_date_cell, read_number_cell, without_formula_guard
from baton.intake.imports.csv_header import Header, read_header
from baton.intake.imports.csv_rows import rows_in
from baton.intake.imports.import_terms import ImportTerms
from baton.intake.imports.row_signals import RowFault, RowReader
from baton.outreach.csv.csv_cells import csv_row

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PEPPER = b"pepper"


def header(text: str | bytes, **terms: object) -> Header:
    file = text if isinstance(text, bytes) else text.encode()
    return read_header(file, ImportTerms.model_validate({"kind": "leads", **terms}), at_end=True)


def lines(text: str, **terms: object) -> list[Message | str]:
    """Each line's message, or why there is none."""
    said = ImportTerms.model_validate({"kind": "leads", **terms})
    file = text.encode()
    head = read_header(file, said, at_end=True)
    reading, found = RowReader(said, head.columns, head.separator, "list"), list[Message | str]()
    for row in rows_in(file[head.next.offset :], head.next, head.separator, at_end=True):
        if not row.is_empty:
            try:
                found.append(reading.message(row, PEPPER, NOW))
            except RowFault as fault:
                found.append(str(fault))
    return found


def message(text: str, **terms: object) -> Message:
    [found] = lines(text, **terms)
    assert isinstance(found, Message), found
    return found


def fault(text: str, **terms: object) -> str:
    [found] = lines(text, **terms)
    assert isinstance(found, str), found
    return found


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"PK\x03\x04...", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook"),
        (b"email" + b",x" * MAX_ROW_BYTES, "too long"),
        (b"\n\n", "no first line"),
    ],
    ids=["xlsx", "xls", "wide", "empty"],
)
def test_a_file_that_is_no_csv_list_is_refused_with_the_reason(file: bytes, why: str) -> None:
    with pytest.raises(ListFault, match=why):
        read_header(file[:MAX_ROW_BYTES], ImportTerms(kind="leads"), at_end=len(file) <= MAX_ROW_BYTES)


@pytest.mark.parametrize(
    ("first", "separator"),
    [
        ("Email,Company", ","),
        ("Email;Company", ";"),
        ("Email\tCompany", "\t"),
        ("Email|Company", "|"),
        ('"Email";"Company, with, commas"', ";"),
        ("sep=;\r\nEmail,x;Company", ";"),
        ('"sep=|"\r\nEmail|Company', "|"),
        ("\r\n;;\r\nEmail;Company", ";"),
        ("Email", ","),
    ],
)
def test_the_column_separator_is_detected_or_read_from_a_sep_line(first: str, separator: str) -> None:
    mapping = {"mapping": {"Email,x": "email"}} if "Email,x" in first else {}
    assert header(f"{first}\r\na@example.com", **mapping).separator == separator


@pytest.mark.parametrize(
    "name", ["email", "E-Mail", " EMAIL ", "e_mail", "Email Address", "E-mail-address", "Work Email", "Ｅmail"]
)
def test_a_column_name_is_recognised_in_any_case_and_with_spaces(name: str) -> None:
    assert header(f"Company Name,{name}\n").columns.fields == {"company": 1, "email": 2}


def test_the_leftmost_of_two_columns_for_a_field_counts_unless_the_mapping_names_another() -> None:
    twice = "Email,email,Second E-Mail,Notes\n"
    assert header(twice).columns.fields == {"email": 1}
    assert header(twice).columns.left_out == (2, 3, 4)
    assert header(twice, mapping={"second e-mail": "email"}).columns.fields == {"email": 3}


def test_a_column_may_become_a_property_or_be_left_out() -> None:
    columns = header("Email,Hall,Region\n", mapping={"hall": "properties.hall", "Region": None}).columns
    assert (columns.fields, columns.left_out) == ({"email": 1, "properties.hall": 2}, (3,))


@pytest.mark.parametrize(
    ("text", "terms", "why"),
    [
        ("", {}, "no first line"),
        ("\n\n;;\n", {}, "no first line"),
        ("anna@example.com,Anna\nbob@example.com,Bob\n", {}, "no column email; say in `mapping`"),
        ("Email,At\n", {"kind": "signals"}, "no column kind"),
        ("Email\n", {"mapping": {"Mail 2": "email"}}, "columns that are not there: Mail 2"),
        ('"Email,At\n', {}, "cannot be read"),
        (",".join(["Email", *"x" * 200]), {}, "more than 200 columns"),
    ],
)
def test_an_unusable_list_is_refused_without_quoting_its_content(text: str, terms: dict[str, object], why: str) -> None:
    with pytest.raises(ListFault, match=why) as refused:
        header(text, **terms)
    assert "anna" not in str(refused.value)


def test_a_row_of_a_list_of_leads_becomes_a_signal_with_facts_and_source() -> None:
    found = message(
        "E-Mail;First name;Company;Employees;Budget\nANNA@Example.com;Anna;Acme GmbH;1.200;40.000,50\n",
        source="expo", campaign="Expo 2026", channel="outbound",
    )  # fmt: skip
    signal = found.signal
    assert (signal.email, signal.kind, signal.asks_for_a_person) == ("anna@example.com", "imported", False)
    assert (signal.profile.first_name, signal.company.name, signal.company.employees) == ("Anna", "Acme GmbH", 1200)
    assert (signal.bant, signal.channel) == ({"budget": "40000.50"}, Channel.OUTBOUND)
    assert (signal.source, signal.campaign, found.sender, found.message_id) == (
        "expo", "Expo 2026", "imports:expo", "list-2",
    )  # fmt: skip


def test_a_row_of_a_list_of_signals_becomes_a_signal_at_its_given_time() -> None:
    found = message(
        "email,event,date,content id,content stage,Message ID,source\n"
        "a@example.com,Page Visited,23.11.2026 10:15,price-list,bofu,w-1,web\n",
        kind="signals", time_zone="Europe/Berlin", mapping={"content stage": "content_stage"},
    )  # fmt: skip
    assert found.signal.occurred_at == datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
    assert (found.signal.kind, found.signal.content, found.signal.content_stage) == (
        "page_visited", "price-list", "bofu",
    )  # fmt: skip
    assert (found.message_id, found.attempt) == ("w-1", "list-2")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("nobody,", "email (column 1) is not an address"),
        (",Anna", "email (column 1) is needed"),
        ("a@example.com,1,2", "has more than 2 values"),
        ('a@example.com,"x"y', "is no CSV"),
    ],
)
def test_a_wrong_row_is_refused_with_its_column_and_without_quoting_its_values(line: str, why: str) -> None:
    said = fault(f"email,first name\n{line}\n")
    assert why in said
    assert "nobody" not in said


def test_all_faults_of_a_row_are_told_at_once() -> None:
    said = fault("email,event,date,employees\nx,,31.02.2026,many\n", kind="signals")
    assert "at (column 3) is no day and time of the calendar" in said
    said = fault("email,event,date,employees\nx,?,30.11.2025,many\n", kind="signals")
    assert all(f"(column {number})" in said for number in (1, 2))


@pytest.mark.parametrize(
    ("written", "slashes", "read"),
    [
        ("2026-11-24T09:30:00Z", None, "2026-11-24T09:30:00Z"),
        ("2026-11-24", None, "2026-11-24T00:00:00+00:00"),
        ("2026-11-24 09:30", None, "2026-11-24T09:30:00+00:00"),
        ("2026/11/24 9:30:15", None, "2026-11-24T09:30:15+00:00"),
        ("24.11.2026", None, "2026-11-24T00:00:00+00:00"),
        ("4.1.2026 7:05", None, "2026-01-04T07:05:00+00:00"),
        ("11/24/2026", "MM/DD/YYYY", "2026-11-24T00:00:00+00:00"),
        ("01/02/2026 10:00", "DD/MM/YYYY", "2026-02-01T10:00:00+00:00"),
        ("11/24/2026 9:30 PM", "MM/DD/YYYY", "2026-11-24T21:30:00+00:00"),
        ("11/24/2026, 12:05 a.m.", "MM/DD/YYYY", "2026-11-24T00:05:00+00:00"),
        ("2026-11-24 12:00:00\u202fPM", None, "2026-11-24T12:00:00+00:00"),
        ("last week", None, "last week"),
    ],
)
def test_dates_are_read_in_the_usual_spellings(written: str, slashes: object, read: str) -> None:
    assert read_date_cell(written, slashes, UTC) == read  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "slashes"), [("01/02/2026", None), ("24/11/26", None), ("11/24/2026", "DD/MM/YYYY")]
)
def test_an_ambiguous_or_impossible_date_is_refused(written: str, slashes: object) -> None:
    with pytest.raises(ValueError, match=r"may be of two days|no day"):
        read_date_cell(written, slashes, UTC)  # type: ignore[arg-type]


@pytest.mark.parametrize("written", ["11/24/26", "11/24/2026 half past nine"])
def test_a_date_in_another_format_than_in_the_terms_is_refused_with_that_format(written: str) -> None:
    with pytest.raises(ValueError, match="is not written like MM/DD/YYYY"):
        read_date_cell(written, "MM/DD/YYYY", UTC)


@pytest.mark.parametrize("written", ["2026-11-24 21:30 PM", "2026-11-24 0:30 AM"])
def test_an_impossible_time_of_day_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="no day and time"):
        read_date_cell(written, None, UTC)


@given(st.text(st.sampled_from("""ab=+-@＝ \t\r\n;",1"""), min_size=1, max_size=12))
def test_a_cell_guarded_against_formulas_is_read_without_its_guard(text: str) -> None:
    assume(not text.startswith('="'))
    [[read]] = csv.reader(io.StringIO(csv_row([text]), newline=""))
    assert without_formula_guard(read) == text


@pytest.mark.parametrize("written", ["'+49 30 555 0199", '"=""+49 30 555 0199"""', "+49 30 555 0199"])
def test_a_phone_number_guarded_against_formulas_is_read(written: str) -> None:
    assert message(f"email,phone\na@example.com,{written}\n").signal.profile.phone == "+49 30 555 0199"


@pytest.mark.parametrize(
    ("written", "decimals", "read"),
    [
        ("1200", None, "1200"),
        ("1.200", ",", "1200"),
        ("1,200", ".", "1200"),
        ("1.200,50", None, "1200.50"),
        ("1,200.50", None, "1200.50"),
        ("1.200.000", None, "1200000"),
        ("1 200", None, "1200"),
        ("1'200.00", None, "1200"),
        ("12,5", None, "12.5"),
        ("0,125", None, "0.125"),
        ("about 40k", None, "about 40k"),
        ("12,34,567", ".", "1234567"),
        ("1 234 567,5", ",", "1234567.5"),
        ("1.200.50", None, "1.200.50"),
        ("51-200", ".", "51-200"),
    ],
)
def test_numbers_are_read_with_a_decimal_point_or_a_decimal_comma(written: str, decimals: object, read: str) -> None:
    assert read_number_cell(written, decimals) == read  # type: ignore[arg-type]


def test_an_ambiguous_number_is_refused() -> None:
    with pytest.raises(ValueError, match="say in `decimals`"):
        read_number_cell("1.200", None)


@pytest.mark.parametrize(
    ("written", "decimals"),
    [("2,5", "."), ("2.5", ","), ("1.20.300", "."), ("1,2345", "."), ("1.200,5", "."), ("1,5.5", ",")],
)
def test_a_number_that_is_not_written_as_the_terms_say_is_refused(written: str, decimals: object) -> None:
    with pytest.raises(ValueError, match="as `decimals` says"):
        read_number_cell(written, decimals)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "employees", "as_written"),
    [
        ("1200", 1200, None),
        ('"1,200"', 1200, None),
        ("1.200", 1200, None),
        ("120.0", 120, None),
        ("51-200", 51, "51-200"),
        ('"10,001+"', 10_001, "10,001+"),
        ("<50", None, "<50"),
    ],
)
def test_a_column_of_employees_has_whole_numbers_and_ranges(
    written: str, employees: int | None, as_written: str | None
) -> None:
    company = message(f"email,employees\na@example.com,{written}\n").signal.company
    assert (company.employees, company.employees_written) == (employees, as_written)


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "people"},
        {"kind": "leads", "mapping": {"x": "at"}},
        {"kind": "leads", "mapping": {"x": "properties.has space"}},
        {"kind": "leads", "mapping": {"x": "email", " X ": "company"}},
        {"kind": "leads", "source": "Not a source!"},
        {"kind": "leads", "channel": "sideways"},
        {"kind": "signals", "time_zone": "Mars/Olympus"},
        {"kind": "leads", "dates": "YYYY"},
        {"kind": "leads", "other": 1},
    ],
)
def test_wrong_import_terms_are_refused(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ImportTerms.model_validate(said)


def test_a_value_on_several_lines_is_kept_on_one_line() -> None:
    assert message('email,company\na@example.com,"Acme \r\n GmbH"\n').signal.company.name == "Acme GmbH"
