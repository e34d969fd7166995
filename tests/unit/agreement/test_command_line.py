"""`python -m baton.agreement`, as somebody with a draft on a laptop uses it."""

import io
import json
from pathlib import Path

import pytest

from baton.agreement.__main__ import main
from baton.agreement.reading import packaged_text
from tests.unit.agreement.drafts import shipped_but


def test_an_agreement_that_is_right_is_summed_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text("\ufeff" + packaged_text(), encoding="utf-8")
    assert main(["check", str(draft)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(
        "ok: “Who passes from marketing to sales, and when”; from 100 points out of 100; 3 fit rules"
    )
    assert "hands over by consultation, target account, sql, score" in said


def test_every_fault_has_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(shipped_but(("threshold", 0), ("mql", {"country": False})), encoding="utf-8")
    assert main(["check", str(draft)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "threshold: 0 is too low; write 1 or more",
        'mql.country: is yes or no to YAML, not a text; write it in quotes, like "NO" for Norway',
    ]


def test_a_draft_may_come_through_a_pipe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"title: [")))
    assert main(["check", "-"]) == 1
    assert capsys.readouterr().out.startswith("document: is not the YAML that an agreement is written in")


@pytest.mark.parametrize("arguments", [[], ["check"], ["check", "a", "b"], ["write"], ["check", "/nowhere/at/all"]])
def test_a_command_that_makes_no_sense_says_what_would(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert (said.out, bool(said.err)) == ("", True)


def test_what_is_no_text_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "draft.yaml").write_bytes(b"\xff\xfe\x00")
    assert main(["check", str(tmp_path / "draft.yaml")]) == 2


def test_the_schema_is_printed_for_editors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["required"][:2] == ["title", "threshold"]
