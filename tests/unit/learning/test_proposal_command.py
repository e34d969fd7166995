"""`python -m baton.proposal`: what it prints, its status, and what it says where it refuses."""

from pathlib import Path

import pytest

from baton.agreement.reading.agreement_reader import read_agreement
from baton.proposal.__main__ import MISUSED, OK, REFUSED, main
from tools.sample_history import sample_history


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made, folder = sample_history(400, 2), tmp_path_factory.mktemp("history")
    for name, text in (("agreement.yaml", made.agreement), ("leads.csv", made.leads), ("signals.csv", made.signals)):
        (folder / name).write_text(text)
    return folder


def _run(folder: Path, *more: str) -> int:
    lists = [str(folder / name) for name in ("leads.csv", "signals.csv")]
    return main(["--agreement", str(folder / "agreement.yaml"), "--history", *lists, "--leads-per-day", "1", *more])


def test_it_prints_a_draft_below_its_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(folder, "--strike", "visit") == OK
    printed = capsys.readouterr().out
    assert read_agreement(printed).rules["fit"][0]["id"] == "base"
    assert printed.startswith("# Proposal of points (re-point, seed 1), learned from 400 leads")
    assert "visit" not in {rule["id"] for rule in read_agreement(printed).rules["engagement"]}


def test_the_draft_keeps_the_agreements_comments_and_has_its_trial_above(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (folder / "agreement.yaml").read_text()
    (folder / "commented.yaml").write_text(text.replace("threshold: 70", "# Signed in March.\nthreshold: 70  # by all"))
    assert _run(folder, "--agreement", str(folder / "commented.yaml")) == OK
    report, _, draft = capsys.readouterr().out.partition("\n\n")
    assert "# Its trial against today:\n# - Trial of the proposal against commented.yaml.\n# - 400 leads from" in report
    assert max(map(len, report.splitlines())) <= 120
    assert "\n# Signed in March.\nthreshold: " in draft
    assert "  # by all\n" in draft


def test_too_small_a_history_is_refused_with_the_remedy(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few = "".join((folder / "leads.csv").read_text().splitlines(keepends=True)[:40])
    (folder / "few.csv").write_text(few)
    assert _run(folder, "--history", str(folder / "few.csv")) == REFUSED
    assert "more leads that were won" in capsys.readouterr().err


def test_a_list_that_cannot_be_read_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(folder, "--history", str(folder / "nothing.csv")) == MISUSED
    assert "nothing.csv" in capsys.readouterr().err


def test_a_faulty_agreement_is_left_to_its_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "faulty.yaml").write_text("title: only\n")
    assert _run(folder, "--agreement", str(folder / "faulty.yaml")) == MISUSED
    assert "python -m baton.agreement check" in capsys.readouterr().err
