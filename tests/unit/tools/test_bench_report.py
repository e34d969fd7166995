"""The results of the bench, kept section by section."""

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


def test_a_section_measured_again_replaces_its_former_text_and_keeps_the_other_sections(results: Path) -> None:
    report.write([section("calls", "2"), section("startup", "9")], ["startup", "calls"])
    before = results.read_text()
    report.write([section("calls", "3")], ["startup", "calls"])
    after = results.read_text()
    assert before.count("## ") == after.count("## ") == 2
    assert "| all  | 9      |" in after
    assert "| all  | 3      |" in after
    assert "| all  | 2      |" not in after
    assert after.index("startup") < after.index("calls")


def test_each_section_has_its_command_and_the_time_of_its_measurement(results: Path) -> None:
    report.write([section("calls", "2")], ["calls"])
    assert "`.venv/bin/python -m bench calls`, " in results.read_text()
    assert " UTC\n" in results.read_text()
