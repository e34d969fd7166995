"""The command `python -m baton.agreement`: checks a draft, prints public holidays, prints the JSON schema."""

import io
import json
import re
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from baton.agreement.__main__ import main
from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from baton.agreement.reading.public_holidays import public_holidays
from tests.unit.agreement.drafts import GONE, shipped_text_with


def test_check_sums_up_a_valid_agreement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text("\ufeff" + packaged_text(), encoding="utf-8")
    assert main(["check", str(draft)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(
        "ok: “Who passes from marketing to sales, and when”; from 100 points out of 100; 4 fit rules"
    )
    assert "hands over by consultation, target account, sql, score" in said


def test_check_prints_one_line_for_each_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.yaml"
    text = shipped_text_with(("threshold", 0), ("mql", {"country": False}))
    draft.write_text(text, encoding="utf-8")
    line = text.splitlines().index("mql:") + 2
    assert main(["check", str(draft)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{draft}:2:1: fault: threshold: 0 is too low; write 1 or more",
        f"{draft}:{line}:3: fault: mql.country: is yes or no to YAML, not a text; "
        'write it in quotes, like "NO" for Norway',
    ]


def test_check_reads_a_draft_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"title: [")))
    assert main(["check", "-"]) == 1
    assert capsys.readouterr().out.startswith("-:1:9: fault: document: is not the YAML that an agreement is written in")


@pytest.mark.parametrize("arguments", [[], ["check"], ["check", "a", "b"], ["write"], ["check", "/nowhere/at/all"]])
def test_wrong_arguments_print_an_error_and_return_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert (said.out, bool(said.err)) == ("", True)


def test_the_holidays_of_a_region_are_printed_as_lines_for_a_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["holidays", "de", "--years", "2026-2028", "--subdivision", "BY"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {"- 2026-01-06 Epiphany", "- 2026-12-25 Christmas Day", "- 2028-12-25 Christmas Day"} <= {*lines}
    assert lines == sorted(lines)
    berlin = "calendars:\n  berlin:\n    time_zone: Europe/Berlin\n    hours: {mon-fri: 09:00-17:00}\n    holidays:\n"
    text = f"{packaged_text()}\n{berlin}" + "\n".join(f"      {line}" for line in lines)
    assert len(read_agreement(text).calendars["berlin"].holidays) == len(lines)


def test_the_holidays_of_a_country_for_one_year_leave_out_regional_holidays(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["holidays", "DE", "--years", "2026"]) == 0
    said = capsys.readouterr().out
    assert "- 2026-10-03 German Unity Day\n" in said
    assert "Epiphany" not in said


def test_a_holiday_with_a_colon_in_its_name_is_printed_in_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    class Known(dict[date, str]):
        subdivisions = weekend_workdays = supported_categories = ()

    known = Known({date(2026, 1, 2): "Bank holiday: banks only", date(2026, 1, 1): "New Year"})
    monkeypatch.setitem(sys.modules, "holidays", SimpleNamespace(country_holidays=lambda *_, **__: known))
    lines = ["- 2026-01-01 New Year", '- "2026-01-02 Bank holiday: banks only"']
    assert public_holidays("XX", "2026") == (lines, [])


@pytest.mark.parametrize(
    ("country", "parts"),
    {
        "GB": "ENG (England), NIR (Northern Ireland), SCT (Scotland), WLS (Wales). ",
        "DE": "BB (Brandenburg), BE (Berlin), BW (Baden-Württemberg), BY (Bayern), ",
    }.items(),
)
def test_parts_of_a_country_with_holidays_of_their_own_are_named(
    country: str, parts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["holidays", country, "--years", "2027"]) == 0
    said = capsys.readouterr()
    assert f"These are the holidays of all of {country}. Parts of it have others besides: {parts}" in said.err
    assert "Easter Monday" not in said.out or country == "DE"


def test_whoever_asks_for_a_part_is_asked_for_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["holidays", "GB", "--years", "2027", "--subdivision", "ENG"]) == 0
    said = capsys.readouterr()
    assert ("- 2027-03-29 Easter Monday" in said.out, said.err) == (True, "")


@pytest.mark.parametrize(
    ("country", "free", "worked"),
    [
        pytest.param("CY", ["2026-04-10", "2026-04-13"], ["2026-04-03", "2026-04-06"], id="Easter of the East"),
        pytest.param("DK", [], ["2026-05-01"], id="Great Prayer Day is abolished"),
        pytest.param("PL", ["2026-12-24"], [], id="Christmas Eve since 2025"),
        pytest.param("IE", ["2026-02-02"], [], id="Saint Brigid's Day since 2023"),
        pytest.param("US", ["2026-06-19"], [], id="Juneteenth since 2021"),
    ],
)
def test_the_holidays_of_a_country_are_those_of_its_church_and_its_newest_laws(
    country: str, free: list[str], worked: list[str]
) -> None:
    listed = {line[2:12] for line in public_holidays(country, "2026").lines}
    assert sorted(listed & {*free, *worked}) == free


def test_days_off_on_which_a_country_works_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["holidays", "CN", "--years", "2026"]) == 0
    said = capsys.readouterr().err
    assert "On these days off there is work: 2026-01-04, 2026-02-14, " in said
    assert "2011" not in said


@pytest.mark.parametrize(
    ("country", "said"),
    {
        "SE": "Hardly anybody works on 2026-06-19, 2027-06-25 (Midsummer Eve); 2026-12-24, 2027-12-24 (Ch",
        "DK": "Some people are off on 2026-05-01 (Workers' Day); 2026-06-05 (Constitution Day); ",
        "AT": "Banks are closed on 2026-04-03, 2027-03-26 (Good Friday); 2026-12-24, 2027-12-24 (Christmas Eve); ",
        "IS": "Half of these days is off: 2026-12-24, 2027-12-24 (Christmas Eve (from 1pm)); ",
    }.items(),
)
def test_days_on_which_people_are_off_without_a_public_holiday_are_named(
    country: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["holidays", country, "--years", "2026-2027"]) == 0
    shown = capsys.readouterr()
    assert said in shown.err
    assert "Eve" not in shown.out


def test_a_day_off_is_told_in_one_remark_alone_and_never_if_it_is_a_public_holiday() -> None:
    for country in ("SE", "CA", "IL", "IN", "US"):
        found = public_holidays(country, "2026")
        told = [day for remark in found.remarks for day in re.findall(r"2026-\d\d-\d\d", remark)]
        assert len(told) == len(set(told)), country
        assert not set(told) & {line[2:12] for line in found.lines}, country


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["holidays", "XX", "--years", "2026"], "Country XX not available; write codes like DE and BY"),
        (["holidays", "DE", "--years", "2026", "--subdivision", "ZZ"], "does not have subdivision ZZ; write codes"),
        (["holidays", "DE", "--years", "next"], "next are no years; write them like 2026 or 2026-2028"),
        (["holidays", "DE", "--years", "2028-2026"], "no years"),
        (["holidays", "DE", "--years", "1900-2026"], "at most 30"),
        (["holidays", "DE"], "holidays DE --years 2026-2028"),
    ],
)
def test_holidays_of_an_unknown_country_region_or_year_are_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


def test_the_holidays_command_without_its_package_names_the_package_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    assert main(["holidays", "DE", "--years", "2026"]) == 2
    assert "pip install holidays" in capsys.readouterr().err


def test_check_refuses_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "draft.yaml").write_bytes(b"\xff\xfe\x00")
    assert main(["check", str(tmp_path / "draft.yaml")]) == 2


def test_the_schema_command_prints_the_json_schema_for_editors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["required"][:2] == ["title", "threshold"]


@pytest.mark.parametrize("forms", [pytest.param({}, id="empty"), pytest.param(GONE, id="left out")])
def test_an_agreement_without_forms_is_right_and_the_check_says_what_follows(
    forms: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(shipped_text_with(("forms", forms), ("webhooks", GONE)), encoding="utf-8")
    assert main(["check", str(draft)]) == 0
    assert "; no forms, so each form's address answers 404" in capsys.readouterr().out
    assert read_agreement(draft.read_text(encoding="utf-8")).forms == {}
