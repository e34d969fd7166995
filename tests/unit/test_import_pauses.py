"""An import pauses only before it tries failed rows again."""

import time
from types import SimpleNamespace
from typing import Any, cast

import pytest

from baton.aws.imports.import_job import ImportJob
from baton.aws.signals.signal_batches import Result
from baton.domain.signals.message_batches import Message

ROWS = [cast("Message", row) for row in ("first row", "second row")]


@pytest.mark.parametrize(
    ("rounds", "pauses"),
    [
        pytest.param([[Result.ACCEPTED, Result.ACCEPTED]], 0, id="saved at once"),
        pytest.param([[Result.ACCEPTED, Result.FAILED], [Result.ACCEPTED]], 1, id="one failed row"),
    ],
)
def test_an_import_pauses_only_before_it_tries_failed_rows_again(
    monkeypatch: pytest.MonkeyPatch, rounds: list[list[Result]], pauses: int
) -> None:
    paused: list[float] = []
    monkeypatch.setattr(time, "sleep", paused.append)
    answers = iter(rounds)
    batches = SimpleNamespace(receive_with_cause=lambda _messages, _now: next(answers))
    job = cast("Any", SimpleNamespace(batches=batches, _own_repeat_accepted=lambda _message, result: result))

    assert ImportJob._received(job, ROWS, cast("Any", None)) == [Result.ACCEPTED] * 2
    assert len(paused) == pauses
    assert ImportJob._received(job, [], cast("Any", None)) == []
