"""`make run` tells what failed first."""

import signal

import pytest

from tools import run
from tools.deployment import DeploymentFailed
from tools.emulator import Emulator, EmulatorFailed


def fails(fault: Exception) -> object:
    def fail(*_: object, **__: object) -> None:
        raise fault

    return fail


def test_a_deployment_that_failed_is_told_and_not_that_the_stop_after_it_failed_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(run, "bring_up", fails(DeploymentFailed("sam refused")))
    monkeypatch.setattr(Emulator, "stop", fails(EmulatorFailed("it does not stop")))
    with pytest.raises(SystemExit, match="sam refused"):
        run.main()


def test_a_stop_that_fails_alone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(run, "bring_up", fails(run.Stopped()))  # type: ignore[arg-type]
    monkeypatch.setattr(Emulator, "stop", fails(EmulatorFailed("it does not stop")))
    with pytest.raises(SystemExit, match="it does not stop"):
        run.main()
