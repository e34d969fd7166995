"""The header and the rows of an imported list: each row becomes a signal, or a fault that names its column."""

import csv
import io
import random
import time
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from baton.domain.imports.list_import import MAX_ROW_BYTES, ListFault, ReadRow
from baton.domain.leads.stage_and_status import Channel
from baton.domain.signals.message_batches import Message
from baton.intake.imports.cell_values import without_formula_guard
from baton.intake.imports.column_mapping import columns_of
from baton.intake.imports.csv_header import Header, read_header
from baton.intake.imports.csv_rows import CsvRow, RowPlace, rows_in
from baton.intake.imports.import_terms import ImportTerms
from baton.intake.imports.row_signals import RowReader
from baton.outreach.csv.csv_cells import csv_row
from tests.exports import EXPORTS

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PEPPER = b"pepper"


def header(text: str | bytes, **terms: object) -> Header:
    file = text if isinstance(text, bytes) else text.encode()
    return read_header(file, ImportTerms.model_validate({"kind": "leads", **terms}), at_end=True)


def rows(text: str | bytes, **terms: object) -> list[ReadRow]:
    """The rows of a list, each with its message, or why there is none."""
    said = ImportTerms.model_validate({"kind": "leads", **terms})
    file = text if isinstance(text, bytes) else text.encode()
    head = read_header(file, said, at_end=True)
    reading = RowReader(said, head.columns, head.separator, "list")
    found = rows_in(file[head.next.offset :], head.next, head.separator, at_end=True)
    return [reading.read(row, PEPPER, NOW) for row in found if not row.is_empty]


def row(text: str | bytes, **terms: object) -> tuple[Message, str]:
    """The message of the only row, and what was left out of it."""
    [found] = rows(text, **terms)
    assert found.message, found.why
    return found.message, found.why or ""


def message(text: str | bytes, **terms: object) -> Message:
    found, left_out = row(text, **terms)
    assert left_out == ""
    return found


def fault(text: str, **terms: object) -> str:
    [found] = rows(text, **terms)
    assert found.message is None
    assert found.why
    return found.why


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"PK\x03\x04...", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "document or a picture"),
        (b"\x89PNG\r\n\x1a\n\0\0", "document or a picture"),
        (b"Vorname;Nachname\nAnna;Lind\n", r"with e-mail addresses \(`email`\); name it so in the first line"),
        (b"email" + b",x" * MAX_ROW_BYTES, "too long"),
        (b"\n\n", "no first line"),
    ],
    ids=["xlsx", "xls", "pdf", "png", "no address", "wide", "empty"],
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
    assert header(twice).columns.further == {"email": (2,)}
    assert header(twice).columns.left_out == (3, 4)
    mapped = header(twice, mapping={"second e-mail": "email"}).columns
    assert (mapped.fields, mapped.further, mapped.left_out) == ({"email": 3}, {}, (1, 2, 4))


def test_a_column_may_become_a_property_or_be_left_out() -> None:
    columns = header("Email,Hall,Region\n", mapping={"hall": "properties.hall", "Region": None}).columns
    assert (columns.fields, columns.left_out) == ({"email": 1, "properties.hall": 2}, (3,))


@pytest.mark.parametrize(
    ("text", "terms", "why"),
    [
        ("", {}, "no first line"),
        ("\n\n;;\n", {}, "no first line"),
        ("anna@example.com,Anna\nbob@example.com,Bob\n", {}, "no column was found with e-mail addresses"),
        ("Email,At\n", {"kind": "signals"}, r"with what each person did \(`kind`\)"),
        ("Name\n", {"kind": "signals"}, r"addresses \(`email`\) and what each person did \(`kind`\); name"),
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
        pytest.param("nobody,", "email (column 1) is not an address", id="no address"),
        pytest.param(",Anna", "email (column 1) is needed", id="empty"),
        pytest.param('"x"y,Anna', "is no CSV", id="wrong quotes"),
        pytest.param("Anna,anna@example.com,x", "is not an address that mail could reach", id="slipped"),
    ],
)
def test_only_a_missing_or_impossible_address_refuses_a_row_without_quoting_its_values(line: str, why: str) -> None:
    said = fault(f"email,first name\n{line}\n")
    assert why in said
    assert "nobody" not in said
    assert "anna" not in said


@pytest.mark.parametrize(
    ("cells", "left_out"),
    [
        pytest.param("phone,ask me", "phone (column 2) is not a phone number", id="phone"),
        pytest.param("employees,many", "employees (column 2) is neither a whole number nor a range", id="employees"),
        pytest.param("budget,1.200", "budget (column 2) may be thousands or decimals", id="unclear number"),
        pytest.param("channel,sideways", "channel (column 2) is neither inbound nor outbound", id="channel"),
        pytest.param("source,展示会", "source (column 2) has no letter", id="source"),
        pytest.param("at,32.13.2026", "at (column 2) is no day and time", id="no day"),
        pytest.param("at,01/02/2026", "at (column 2) may be of two days", id="two days"),
        pytest.param("at,2030-01-01", "at (column 2) is in the future", id="future"),
        pytest.param("at,1.1.2001", "at (column 2) is more than ten years ago", id="long ago"),
        pytest.param(f"title,{'x' * 200}", "title (column 2) is longer than 150 characters", id="too long"),
        pytest.param("title,a\0b", "title (column 2) holds a character that cannot be seen", id="unprintable"),
        pytest.param("message id,a b", "message_id (column 2) holds a space", id="id"),
        pytest.param("opt out,perhaps", "opt_out (column 2) says neither yes nor no", id="opt-out"),
        pytest.param("newsletter,perhaps", "consents.newsletter (column 2) says neither yes nor no", id="consent"),
        pytest.param("first name,Anna,x", "all but the address; the line has more than 2 values", id="too many values"),
        pytest.param('first name,"x"y', "all but the address; the line is no CSV", id="wrong quotes"),
    ],
)
def test_a_cell_that_cannot_be_read_is_left_out_and_named(cells: str, left_out: str) -> None:
    name, _, value = cells.partition(",")
    found, said = row(f"email,{name}\na@example.com,{value}\n")
    assert said.startswith(f"left out: {left_out}")
    assert (found.signal.email, found.signal.kind) == ("a@example.com", "imported")
    assert value not in said


def test_a_cell_with_broken_letters_is_left_out_and_the_others_stay() -> None:
    file = "email,first name,company\nä@example.com,x,y\n".encode() + b"b@example.com,B\xff,Acme\n"
    broken = rows(file)[-1]
    assert broken.message
    assert "first_name (column 2) holds bytes that are no letters" in (broken.why or "")
    assert (broken.message.signal.profile.first_name, broken.message.signal.company.name) == (None, "Acme")


@pytest.mark.parametrize(
    ("cells", "left_out"),
    [
        pytest.param("?,30.11.2025", "kind (column 2) is not a kind", id="kind"),
        pytest.param(",30.11.2025", "kind is empty", id="no kind"),
        pytest.param("demo_requested,31.02.2026", "at (column 3) is no day and time", id="no day"),
        pytest.param("demo_requested,2030-01-01", "at (column 3) is in the future", id="future"),
        pytest.param("demo_requested,last week", "at (column 3) is no day and time", id="words"),
    ],
)
def test_what_was_done_at_an_unknown_time_or_in_an_unknown_way_is_no_activity(cells: str, left_out: str) -> None:
    found, said = row(f"email,event,date,company,message id\na@example.com,{cells},Acme,m-1\n", kind="signals")
    assert left_out in said
    assert said.endswith("so the line counts as `imported`")
    assert (found.signal.kind, found.signal.occurred_at, found.signal.company.name) == ("imported", None, "Acme")
    assert found.message_id == "list-2", "once it is corrected, the line is no repeat"


def test_all_that_is_left_out_of_a_row_is_told_at_once() -> None:
    _, said = row("email,event,date,employees,phone\na@example.com,?,30.11.2025,many,ask me\n", kind="signals")
    assert all(f"(column {number})" in said for number in (2, 4, 5))


@given(st.text(st.sampled_from("""ab=+-@＝ \t\r\n;",1"""), min_size=1, max_size=12))
def test_a_cell_guarded_against_formulas_is_read_without_its_guard(text: str) -> None:
    assume(not text.startswith('="'))
    [[read]] = csv.reader(io.StringIO(csv_row([text]), newline=""))
    assert without_formula_guard(read) == text


@pytest.mark.parametrize("written", ["'+49 30 555 0199", '"=""+49 30 555 0199"""', "+49 30 555 0199"])
def test_a_phone_number_guarded_against_formulas_is_read(written: str) -> None:
    assert message(f"email,phone\na@example.com,{written}\n").signal.profile.phone == "+49 30 555 0199"


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
        {"kind": "leads", "mapping": {"x": "kind"}},
        {"kind": "leads", "mapping": {"x": "consents.News Letter"}},
        {"kind": "leads", "mapping": {f"x{n}": f"properties.p{n}" for n in range(40)}},
        {"kind": "leads", "constants": {"email": "a@example.com"}},
        {"kind": "leads", "constants": {"kind": "webinar_attended"}},
        {"kind": "signals", "constants": {"kind": "?"}},
        {"kind": "signals", "constants": {"at": "31.02.2026"}},
        {"kind": "leads", "constants": {"opt_out": "perhaps"}},
        {"kind": "leads", "constants": {"employees": "many"}},
        {"kind": "leads", "existing": "overwrite"},
        {"kind": "leads", "skip_lines": 101},
        {"kind": "leads", "skip_lines": -1},
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


def test_a_long_run_of_blanks_takes_little_time() -> None:
    reading = RowReader(ImportTerms(kind="leads"), columns_of(["email", "title"], "leads", {}), ",", "list")
    begun = time.process_time()
    assert reading.read(CsvRow(2, ["a@example.com", f"x{' ' * 30_000}y"], RowPlace()), PEPPER, NOW).message
    assert time.process_time() - begun < 1


def test_a_value_on_several_lines_is_kept_on_one_line() -> None:
    assert message('email,company\na@example.com,"Acme \r\n GmbH"\n').signal.company.name == "Acme GmbH"


@pytest.mark.parametrize(
    ("cell", "address", "others"),
    [
        pytest.param("a@example.com; b@example.org", "a@example.com", True, id="semicolon"),
        pytest.param('"a@example.com, b@example.org"', "a@example.com", True, id="comma"),
        pytest.param("a@example.com / b@example.org", "a@example.com", True, id="slash"),
        pytest.param('"a@example.com\nb@example.org"', "a@example.com", True, id="lines"),
        pytest.param("a@example.com A@Example.com", "a@example.com", False, id="the same twice"),
        pytest.param("Ana <a@example.com>", "a@example.com", False, id="with a name"),
        pytest.param("n/a; b@example.org", "b@example.org", False, id="only one is an address"),
        pytest.param("Ana a@example.com (work)", "a@example.com", False, id="in words"),
        pytest.param("mailto:a@example.com", "a@example.com", False, id="mailto"),
    ],
)
def test_the_first_of_several_addresses_in_a_cell_counts(cell: str, address: str, *, others: bool) -> None:
    found, said = row(f"email\tname\n{cell}\tx\n")
    assert found.signal.email == address
    assert said == ("left out: email (column 1): all of its addresses but the first" if others else "")


def test_another_column_of_addresses_or_phones_is_read_where_the_first_is_empty() -> None:
    text = "Email,Phone,Mobile,Email 2\n,,+49 30 5550199,b@example.org\n"
    found = message(text)
    assert (found.signal.email, found.signal.profile.phone) == ("b@example.org", "+49 30 5550199")


def test_another_column_is_read_where_the_first_cannot_be_read_and_that_one_is_named() -> None:
    found, said = row("Email,Email 2,Phone,Mobile\nnobody,b@example.org,ask me,+49 30 5550199\n")
    assert (found.signal.email, found.signal.profile.phone) == ("b@example.org", "+49 30 5550199")
    assert said.startswith("left out: phone (column 3) is not a phone number")


def test_constants_hold_for_all_lines_that_do_not_say_otherwise() -> None:
    text = "Email,Source\na@example.com,\nb@example.com,Trade Show\n"
    constants = {"kind": "webinar_attended", "source": "Zoom Webinar", "employees": "1.200", "properties.hall": "3"}
    found = [
        each.message.signal for each in rows(text, kind="signals", constants=constants, decimals=",") if each.message
    ]
    assert [each.source for each in found] == ["zoom-webinar", "trade-show"]
    assert {(each.kind, each.company.employees, each.properties["hall"]) for each in found} == {
        ("webinar_attended", 1200, "3")
    }


def test_lines_before_the_header_are_skipped() -> None:
    text = 'sep=;\nReport;x\n"a ""quoted"" line\n\nEmail;Title\na@example.com;CTO\n'
    assert message(text, skip_lines=4).signal.profile.title == "CTO"
    with pytest.raises(ListFault, match="no first line"):
        header("Email\na@example.com\n", skip_lines=5)


def test_a_list_that_begins_with_a_report_is_refused_with_the_lines_to_skip() -> None:
    report = EXPORTS["Zoom attendees"].text.removeprefix("\ufeff")
    with pytest.raises(
        ListFault, match=r"line 6 seems to name the columns: delete what stands above it \(or say `skip_lines`: 5"
    ):
        header(report, kind="signals", constants={"kind": "webinar_attended"})


@pytest.mark.parametrize("nothing", ["NULL", "n/a", "--", "#N/A", "#NV", "(blank)", "(none)", " - ", "\u2014"])
def test_what_programs_write_for_nothing_is_nothing(nothing: str) -> None:
    found = message(f"Email,Title,Employees,Phone,Date\na@example.com,{nothing},{nothing},{nothing},{nothing}\n")
    assert (found.signal.profile.title, found.signal.company.employees, found.signal.message) == (None, None, None)


def test_a_phone_number_that_a_spreadsheet_shortened_is_no_phone_number() -> None:
    found, said = row("Email,Phone\na@example.com,4.93055502E+11\n")
    assert said.startswith("left out: phone (column 2) was shortened by a spreadsheet")
    assert found.signal.profile.phone is None


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("First Name", "0001-05-01"),
        ("Timeline", "0001-04-01"),
        ("Timeline", "0002-01-01T09:00:00"),
        ("Employees", "2001-01-10"),
        ("Budget", "2001-10-20"),
        ("Budget", "2001-10-20 00:00:00"),
    ],
)
def test_a_word_or_range_that_a_program_made_a_date_is_no_fact(column: str, cell: str) -> None:
    found, said = row(f"Email,Title,{column}\na@example.com,CTO,{cell}\n")
    assert f"{column.lower().replace(' ', '_')} (column 3) was made a date by a program" in said
    signal = found.signal
    assert (signal.profile.first_name, signal.company.employees, signal.bant) == (None, None, {})
    assert signal.profile.title == "CTO"


def test_a_date_is_a_timeline() -> None:
    assert message("Email,Timeline\na@example.com,2027-04-01\n").signal.bant == {"timeline": "2027-04-01"}


def test_only_the_lines_that_are_meant_are_taken() -> None:
    text = "Attended,Email\nYes,a@example.com\nno,b@example.com\nYES,c@example.com\n"
    found = rows(text, only={"attended": "yes"})
    assert [each.message is not None for each in found] == [True, False, True]
    assert found[1].why == "is not meant: column 1 has another value than `only` asks for"
    with pytest.raises(ListFault, match="`only` names columns that are not there: Present"):
        header(text, only={"Present": "yes"})


def test_a_list_of_leads_carries_the_time_of_its_facts_and_what_it_does_to_known_ones() -> None:
    found = message("Email,Date\na@example.com,2 Nov 2026\n", existing="replace")
    assert (found.signal.occurred_at, found.signal.existing) == (datetime(2026, 11, 2, tzinfo=UTC), "replace")
    assert message("Email\na@example.com\n").signal.existing == "fill"


def test_a_line_whose_time_cannot_be_read_replaces_nothing() -> None:
    found, _ = row("Email,Date\na@example.com,long ago\n", existing="replace")
    assert found.signal.existing == "fill"


@pytest.mark.parametrize(
    ("head", "cells", "opted_out", "consents"),
    [
        pytest.param("Email opt out", "1", True, {}, id="opt-out"),
        pytest.param("Email opt out", "0", None, {}, id="no opt-out"),
        pytest.param("Do not allow Emails", "Do Not Allow", True, {}, id="Dynamics"),
        pytest.param("Do not allow Emails", "Allow", None, {}, id="Dynamics, allowed"),
        pytest.param("Unsubscribed,Opt out", "no,yes", True, {}, id="one of two"),
        pytest.param("UNSUB_TIME", "2026-11-01 07:15:00", True, {}, id="the day of it"),
        pytest.param("Newsletter", "ja", None, {"newsletter": "imported"}, id="consent"),
        pytest.param("Newsletter", "nein", None, {}, id="no consent"),
        pytest.param("Marketing status", "Unsubscribed", True, {}, id="status"),
        pytest.param("Marketing status", "No consent", None, {}, id="no status"),
        pytest.param("Newsletter,Opt out", "yes,yes", True, {"newsletter": "imported"}, id="both"),
    ],
)
def test_opt_outs_and_consents_of_a_list_are_taken(
    head: str, cells: str, *, opted_out: bool | None, consents: dict[str, str]
) -> None:
    signal = message(f"Email,{head}\na@example.com,{cells}\n").signal
    assert (signal.opted_out, signal.consents) == (opted_out, consents)


def test_a_consent_may_be_for_another_purpose() -> None:
    found = message("Email,Events\na@example.com,yes\n", mapping={"Events": "consents.events"})
    assert found.signal.consents == {"events": "imported"}


def test_a_message_keeps_its_lines_and_what_was_unclear_stands_below_it() -> None:
    found, _ = row('Email,Message,Phone\na@example.com,"Please call.\r\nThanks",ask me\n')
    assert found.signal.message == "Please call.\nThanks\n\nphone: ask me"


@pytest.mark.parametrize(
    ("head", "cell", "revenue"),
    [
        pytest.param("Revenue (in 000s USD)", '"12,500"', 12_500_000, id="thousands"),
        pytest.param("Umsatz (TEUR)", "2500", 2_500_000, id="TEUR"),
        pytest.param("Umsatz in Mio. EUR", "2.5", 2_500_000, id="millions"),
        pytest.param("Annual Revenue", "1.5E7", 15_000_000, id="plain"),
    ],
)
def test_a_column_that_counts_in_thousands_or_millions_is_read_so(head: str, cell: str, revenue: int) -> None:
    terms = {"decimals": ".", "mapping": {"Umsatz in Mio. EUR": "revenue"}} if "Mio" in head else {"decimals": "."}
    assert message(f"Email,{head}\na@example.com,{cell}\n", **terms).signal.company.revenue == revenue


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])
def test_a_list_may_have_any_encoding_and_any_ends_of_lines(encoding: str, ends: str) -> None:
    text = ends.join(["E-Mail\tVorname\tFirma", "a@example.com\tÄnne\tMüller & Söhne", ""])
    found = message(text.encode(encoding))
    assert (found.signal.profile.first_name, found.signal.company.name) == ("Änne", "Müller & Söhne")


def test_any_row_is_taken_or_refused_in_words_and_no_row_raises_anything() -> None:
    draw = random.Random(12)
    head = ["Email", "Email 2", "Name", "Phone", "Employees", "Revenue", "Date", "Event", "Opt out", "Newsletter"]
    nasty = [
        "",
        "a@example.com",
        "b@example.org;c@example.net",
        "@",
        "yes",
        "0",
        "-",
        "1.200",
        "1e99",
        "9" * 400,
        "46328,6",
    ]
    nasty += [
        "31.02.26",
        "2 Nov 2026",
        "0001-01-01",
        "9999-12-31",
        "n/a",
        "\u202e+49 30 5550199",
        "ä" * 300,
        "=1+1",
        "'=1",
    ]
    nasty += ["<b>", "\ud83d", "½", "∞", "٣", "demo_requested", "Ａ", "a\u0301", "24:00", "12:61 PM", "x" * 5000]
    terms = ImportTerms(kind="signals", existing="replace", decimals=".", dates="DD/MM/YYYY")
    columns = read_header(",".join(head).encode() + b"\n", terms, at_end=True).columns
    reading, taken = RowReader(terms, columns, ",", "list"), 0
    for line in range(10_000):
        cells = [draw.choice(nasty) for _ in range(draw.randint(0, 6))]
        if cells and draw.random() < 0.8:
            cells[0] = "a@example.com"
        read = reading.read(CsvRow(line, cells, RowPlace()), PEPPER, NOW)
        assert read.message or read.why
        taken += read.message is not None
        assert len(read.why or "") < 5000
    assert taken > 1_500


@pytest.mark.parametrize(
    ("head", "cells", "first", "last", "title"),
    [
        pytest.param("Full Name", "Dr. Ana Ruiz", "Ana", "Ruiz", None, id="full name"),
        pytest.param("Name", '"Ruiz, Ana"', "Ana", "Ruiz", None, id="last name first"),
        pytest.param("Name,Last Name", "Ana Ruiz,Ruiz Gil", "Ana", "Ruiz Gil", None, id="beside a last name"),
        pytest.param("Full Name,First Name,Last Name", "A. R.,Ana,Ruiz", "Ana", "Ruiz", None, id="beside both"),
        pytest.param("Salutation,First Name,Title", "Ms.,Ana,CTO", "Ana", None, "CTO", id="salutation"),
        pytest.param("Anrede;Vorname;Position", "Frau;Ana;CTO", "Ana", None, "CTO", id="Anrede"),
    ],
)
def test_names_are_read_from_any_columns_and_a_salutation_is_none(
    head: str, cells: str, first: str | None, last: str | None, title: str | None
) -> None:
    separator = ";" if ";" in head else ","
    profile = message(f"Email{separator}{head}\na@example.com{separator}{cells}\n").signal.profile
    assert (profile.first_name, profile.last_name, profile.title) == (first, last, title)


def test_facts_that_were_read_and_written_out_again_are_read_the_same() -> None:
    draw, names = random.Random(16), ["first_name", "title", "phone", "company", "employees", "revenue", "industry"]
    pieces = [
        *"aZ =+-@',.;&09%()ßé漢\t\u00a0",
        "Mr. ",
        "Dr.",
        "+49 30 ",
        "555 0199",
        "1.200",
        "51-200",
        "$5M",
        "Ltd",
        "n/a",
    ]
    terms = ImportTerms(kind="leads")
    reading = RowReader(terms, columns_of(["email", *names], "leads", {}), ",", "list")

    def read(cells: list[object]) -> dict[str, object]:
        [line] = csv.reader(io.StringIO(csv_row(["a@example.com", *cells]), newline=""))
        found = reading.read(CsvRow(2, line, RowPlace()), PEPPER, NOW)
        assert found.message
        signal = found.message.signal
        facts = {**dict(signal.company), **dict(signal.profile), "company": signal.company.name}
        return {name: facts.get(f"{name}_written") or facts[name] for name in names}

    for _ in range(1_000):
        once = read(["".join(draw.choices(pieces, k=draw.randint(0, 5))) for _ in names])
        assert read(list(once.values())) == once
