"""`python -m baton.trial` on lists as a CRM exports them."""

import csv
import json
from pathlib import Path

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.trial import list_parts
from baton.trial.__main__ import main

LEADS = """\
Email;Title;Country;Outcome;Closed at;Amount;Return reason
anna@acme.example;VP Operations;DE;won;2026-05-01;1.200,50;
ben@beta.example;Student;DE;lost;2026-05-02;;
cleo@gamma.example;Buyer;DE;;;;
"""
SIGNALS = """\
email,at,kind,content
anna@acme.example,2026-03-02T09:00:00Z,page_visited,
ben@beta.example,2026-03-02T09:00:00Z,page_visited,
Cleo@Gamma.example,2026-03-02T09:00:00Z,content_downloaded,guide
cleo@gamma.example,2026-03-09T09:00:00Z,content_downloaded,price-list
nobody,2026-03-09T09:00:00Z,page_visited,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "leads.csv").write_text(LEADS, encoding="utf-8")
    (tmp_path / "signals.csv").write_text(SIGNALS, encoding="utf-8")
    (tmp_path / "draft.yaml").write_text(
        packaged_text().replace("threshold: 100 ", "threshold: 90 ", 1), encoding="utf-8"
    )
    return tmp_path


def run(folder: Path, *more: str) -> int:
    lists = [str(folder / "leads.csv"), str(folder / "signals.csv")]
    return main(["--agreement", str(folder / "draft.yaml"), "--history", *lists, "--as-of", "2026-11-01", *more])


def test_a_trial_of_lists_tells_who_goes_to_sales_and_what_became_of_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "--json", str(folder / "out.json"), "--leads", str(folder / "out.csv"), "--reps", "sales=2") == 0
    said = capsys.readouterr().out
    assert said.startswith("Trial of draft.yaml against the agreement that ships.\n3 leads from 2026-03-02")
    assert "Left out: 1 × line refused: email" in said
    figures = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    assert [cell["leads"] for cell in figures["cells"]] == [1, 1, 0, 1]
    assert figures["cells"][0]["worth"] == 1200.5
    assert figures["load"][0]["reps"] == 2
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {each["email"]: each for each in csv.DictReader(file)}
    assert rows["cleo@gamma.example"]["draft_trigger"] == "score"
    assert rows["cleo@gamma.example"]["draft_at"] == "2026-03-09T09:00:00.000Z"
    assert rows["cleo@gamma.example"]["today_at"] == ""


def test_the_report_is_written_as_a_page_and_for_a_spreadsheet(folder: Path) -> None:
    assert run(folder, "--html", str(folder / "trial.html"), "--csv", str(folder / "trial.csv")) == 0
    page = (folder / "trial.html").read_text(encoding="utf-8")
    assert "<h1>Trial of draft.yaml against the agreement that ships</h1>" in page
    assert "Only the draft: 1" in page
    with (folder / "trial.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {(each["group"], each["name"]): each for each in csv.DictReader(file)}
    assert rows["quadrant", "only_draft"]["leads"] == "1"
    assert rows["leads", "all"]["with_outcome"] == "2"
    assert run(folder, "--html", str(folder / "missing" / "trial.html")) == 2


def test_target_accounts_go_to_sales_as_they_were_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("leads.csv", "signals.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("beta.example", "betaplant.com"), encoding="utf-8")
    (folder / "targets.csv").write_text("domain,since\nbetaplant.com,2026-03-02\n", encoding="utf-8")
    assert run(folder, "--targets", str(folder / "targets.csv"), "--json", str(folder / "out.json")) == 0
    figures = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    assert figures["triggers"]["today"]["target_account"] == 1
    (folder / "targets.csv").write_text("gmail.com\n", encoding="utf-8")
    assert run(folder, "--targets", str(folder / "targets.csv")) == 2
    assert "targets.csv, line 1: is no company's domain" in capsys.readouterr().err


def test_parts_of_any_size_give_the_same_trial(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(folder, "--json", str(folder / "whole.json"))
    monkeypatch.setattr(list_parts, "PART_BYTES", 40)
    run(folder, "--json", str(folder / "parts.json"))
    assert (folder / "whole.json").read_bytes() == (folder / "parts.json").read_bytes()


def test_any_number_of_processes_gives_the_same_trial(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signals = [f"ann{which}@acme.example,2026-03-02T09:00:00Z,webinar_attended,\n" * 9 for which in range(12)]
    (folder / "signals.csv").write_text("email,at,kind,content\n" + "".join(signals), encoding="utf-8")
    monkeypatch.setattr(list_parts, "PART_BYTES", 100)
    told = []
    for workers in ("1", "2"):
        files = [folder / f"{name}-{workers}" for name in ("figures", "leads")]
        run(folder, "--workers", workers, "--json", str(files[0]), "--leads", str(files[1]))
        told.append([file.read_bytes() for file in files])
    assert told[0] == told[1]
    assert told[0][1].count(b"\n") == 1 + 12


def test_a_lot_hands_nobody_over_in_a_trial(folder: Path) -> None:
    run(folder, "--json", str(folder / "without.json"))
    lot = """
audit: {share: 50%, after: 1d}
handoffs:
  audit:
    team: sales
    next_step: Call.
    nobody_available: 1h
    clocks: {first_contact: {within: 5d, stops_when: contacted, ladder: [{at: 100%, do: escalate}]}}
"""
    draft = (folder / "draft.yaml").read_text(encoding="utf-8").replace("\nhandoffs:", lot, 1)
    (folder / "draft.yaml").write_text(draft, encoding="utf-8")
    run(folder, "--json", str(folder / "with.json"))
    with_lot, without = (json.loads((folder / name).read_bytes()) for name in ("with.json", "without.json"))
    assert with_lot["cells"] == without["cells"]


def test_open_leads_that_nobody_contacted_are_forgotten_if_the_list_can_tell(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder)
    assert "not known how many forgotten" in capsys.readouterr().out
    list_of_leads = """\
email,outcome,contacted_at
anna@acme.example,open,2026-03-03
ben@beta.example,open,
cleo@gamma.example,open,
"""
    (folder / "leads.csv").write_text(list_of_leads, encoding="utf-8")
    run(folder)
    assert ", 2 forgotten" in capsys.readouterr().out
    run(folder, "--as-of", "2026-03-10")
    assert ", 0 forgotten" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("leads.csv", "Name;Company\nAnna;Acme\n", "leads.csv: no column was found with e-mail addresses"),
        ("leads.csv", "", "leads.csv: "),
        ("leads.csv", "PK\x03\x04", "leads.csv: "),
        ("draft.yaml", "title: 5\n", "is no valid agreement"),
    ],
)
def test_a_wrong_file_is_named_and_said_what_to_do(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, said: str
) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    assert run(folder) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--as-of", "soon"), "--as-of soon is no time"),
        (("--map", "Email"), "has no `=`"),
        (("--map", "Stage=outcome"), "no list has a column Stage"),
        (("--map", "Title=titel"), "`mapping.Title` leads to no field"),
        (("--reps", "sales=many"), "has no number of reps"),
        (("--reps", "nobody=2"), "no team of the draft: nobody; it has sales"),
        (("--time-zone", "Mars"), "is no time zone"),
        (("--against", "missing.yaml"), "missing.yaml"),
    ],
)
def test_a_wrong_word_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, str], said: str
) -> None:
    assert run(folder, *words) == 2
    assert said in capsys.readouterr().err
