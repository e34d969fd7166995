"""A history is made for a new stack once, and again if loading it was interrupted."""

from pathlib import Path
from typing import Any

import pytest

from tools.history import loaded
from tools.history.history_file import History
from tools.history.loaded import HistoryFailed, HistoryToCome
from tools.workspace import Workspace


class Writing:
    """A program that ends as it is told to."""

    status = 0

    def __init__(self, command: list[str], **_: Any) -> None:
        self.file, self.moment, self.extent = command[-3:]

    def wait(self) -> int:
        return self.status


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(loaded.subprocess, "Popen", Writing)
    return Workspace(tmp_path)


def test_an_old_stack_gets_none(workspace: Workspace) -> None:
    assert HistoryToCome.begin(workspace, "month", is_new=False) is None


def test_one_that_was_interrupted_begins_anew_with_the_same_moment(workspace: Workspace) -> None:
    first = HistoryToCome.begin(workspace, "month", is_new=True)
    again = HistoryToCome.begin(workspace, "month", is_new=False)
    assert first
    assert again
    assert again.moment == first.moment


def test_one_that_is_there_is_not_made_again(workspace: Workspace) -> None:
    first = HistoryToCome.begin(workspace, "month", is_new=True)
    assert first
    History([], {}, []).write(workspace.folder / "history.json")
    first.start_timers(Session(), {})  # type: ignore[arg-type]
    assert HistoryToCome.begin(workspace, "month", is_new=False) is None


def test_a_failure_tells_what_the_program_said(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Writing, "status", 1)
    to_come = HistoryToCome.begin(workspace, "month", is_new=True)
    assert to_come
    workspace.log("history").write_text("no memory left")
    with pytest.raises(HistoryFailed, match="no memory left"):
        to_come.load(Session(), {})  # type: ignore[arg-type]


class Session:
    """A session of whose clients nothing is asked."""

    def client(self, _name: str) -> "Session":
        return self

    exceptions = type("Exceptions", (), {"ExecutionAlreadyExists": KeyError})


def test_a_history_is_read_as_it_was_written(tmp_path: Path) -> None:
    history = History([{"pk": {"S": "a"}, "body": {"B": b"\x00\xff"}}], {"results/1": {"B": b"x"}}, [["f", {"a": "b"}]])  # type: ignore[list-item]
    history.write(tmp_path / "history.json")
    assert History.read(tmp_path / "history.json") == history
