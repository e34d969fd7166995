"""What was measured is kept section by section, so that one can be measured anew without the others."""

from pathlib import Path

import pytest

from bench import report
from bench.report import Section


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(report, "RESULTS", tmp_path / "RESULTS.md")
    return tmp_path / "RESULTS.md"


def section(name: str, figure: str) -> Section:
    return Section(f"About {name}", name, ("what", "figure"), [("all", figure)], ("a note",))


def test_a_section_that_is_measured_anew_replaces_the_one_before_and_others_stay(results: Path) -> None:
    report.write([section("calls", "2"), section("startup", "9")], ["startup", "calls"])
    before = results.read_text()
    report.write([section("calls", "3")], ["startup", "calls"])
    after = results.read_text()
    assert before.count("## ") == after.count("## ") == 2
    assert "| all  | 9      |" in after
    assert "| all  | 3      |" in after
    assert "| all  | 2      |" not in after
    assert after.index("startup") < after.index("calls")


def test_each_section_says_how_to_repeat_it_and_when_it_was_measured(results: Path) -> None:
    report.write([section("calls", "2")], ["calls"])
    assert "`.venv/bin/python -m bench calls`, " in results.read_text()
    assert " UTC\n" in results.read_text()
