"""The CSV file of a report: readable by spreadsheets, and without formulas."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.reports.handoffs_report import handoffs_report
from baton.domain.reports.rows.report_groups import FigureRow, Group, Report
from baton.outreach.csv.csv_cells import csv_cell
from baton.outreach.reports.report_csv import filename, report_csv
from tests.unit.reports.given import LATER, SAM, WEEK, handoff, stint


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


def test_a_table_has_a_header_and_a_line_for_each_name_in_each_group() -> None:
    figures = {"n": 1, "share": None, "stayed": {"n": 2, "p90": 3.5}}
    report = Report(
        "x", WEEK, LATER, (Group("total", (FigureRow("all", figures),)), Group("rep", (FigureRow(SAM, {"n": 4}),)))
    )
    assert report_csv(report) == f"group,name,n,share,stayed_n,stayed_p90\r\ntotal,all,1,,2,3.5\r\nrep,{SAM},4,,,\r\n"
    assert filename(report) == "baton-x-2026-11-23-to-2026-11-30.csv"
    by_current_calendar = report._replace(basis={"calendar": "current"})
    assert filename(by_current_calendar) == "baton-x-2026-11-23-to-2026-11-30-by-current-calendar.csv"


def test_a_whole_report_is_read_back_from_its_csv() -> None:
    report = handoffs_report([handoff(stint(SAM, 0), campaign='a "big", fair', rules=("visit",))], WEEK, LATER)
    rows = read(report_csv(report))
    assert {row["group"] for row in rows} == {group.name for group in report.groups}
    assert [row["name"] for row in rows if row["group"] == "campaign"] == ['a "big", fair']
    assert all(None not in row.values() for row in rows)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "\"'\t'=1\""),
        ("\r=1", "\"'\r'=1\""),
        ('=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'),
        ("＝1+1", "'＝1+1"),
        ("autumn;=1+1;", '"autumn;\'=1+1;"'),
        ('autumn; "=1+1', '"autumn; ""\'=1+1"'),
        ("autumn\t@SUM(A1)", '"autumn\t\'@SUM(A1)"'),
        ("autumn; winter", '"autumn; winter"'),
        (-5, "-5"),
        ("-5.25", "-5.25"),
        ("+3e2", "+3e2"),
        ("autumn", "autumn"),
        (None, ""),
        (0, "0"),
    ],
    ids=repr,
)
def test_a_cell_with_a_formula_is_marked_as_text(value: object, shown: str) -> None:
    assert csv_cell(value) == shown


def without_marks(name: str) -> str:
    return name.replace("'", "")


@given(st.text())
def test_any_name_is_read_back_unchanged_or_marked_as_text(name: str) -> None:
    report = Report("x", WEEK, LATER, (Group("campaign", (FigureRow(name, {"n": 1}),)),))
    [row] = read(report_csv(report))
    assert without_marks(row["name"]) == without_marks(name)
    assert row["name"][:1] not in set("=@\t\r\n")
    assert row["n"] == "1"


@given(st.text(alphabet="a;=+-@\t \"',"))
def test_no_cell_is_a_formula_where_a_semicolon_separates_cells(name: str) -> None:
    report = Report("x", WEEK, LATER, (Group("campaign", (FigureRow(name, {"n": 1}),)),))
    for cells in csv.reader(StringIO(report_csv(report), newline=""), delimiter=";"):
        assert not any(each.lstrip().startswith(("=", "+", "-", "@")) for each in cells), cells
