"""The history that `make run` starts over is the same for the same moment, on a Sunday night as well."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.history.history_file import History
from tools.history.month import beginning_of, live_through
from tools.history.past import past
from tools.history.written import history_of

NOW, DAYS = datetime(2027, 2, 28, 2, 15, tzinfo=UTC), 2
"""So few days that it begins with most of what happens once."""


def written(file: Path) -> History:
    """Lives through it, and reads what was written of it."""
    with past(beginning_of(NOW, DAYS), NOW) as opened:
        live_through(opened)
        history_of(opened).write(file)
        assert opened.invoke("find_forgotten", {})["forgotten"] == []
    return History.read(file)


def by_key(history: History) -> dict[tuple[str, str], dict[str, Any]]:
    return {(item["pk"]["S"], item["sk"]["S"]): item for item in history.items}


def test_the_same_moment_has_the_same_history(tmp_path: Path) -> None:
    first, second = written(tmp_path / "first"), written(tmp_path / "second")
    assert first.timers == second.timers
    assert by_key(first) == by_key(second)
    assert first.files == second.files
