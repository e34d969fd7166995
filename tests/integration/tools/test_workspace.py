"""A local stack keeps its port and does not reach the caller's AWS account."""

from pathlib import Path

from tools.deployment import fingerprint
from tools.emulator import Emulator
from tools.workspace import Workspace


def test_a_workspace_keeps_its_port(tmp_path: Path) -> None:
    assert Workspace(tmp_path).port == Workspace(tmp_path).port


def test_an_emulator_that_never_started_does_not_run_and_needs_no_stop(tmp_path: Path) -> None:
    emulator = Emulator(Workspace(tmp_path))
    assert not emulator.running()
    assert not emulator.stop()


def test_other_parameters_give_a_deployment_another_fingerprint() -> None:
    assert fingerprint({}) == fingerprint({})
    assert fingerprint({}) != fingerprint({"Name": "value"})


def test_the_emulators_environment_does_not_reach_the_callers_aws_account(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    environment = Emulator(Workspace(tmp_path)).environment
    assert "AWS_PROFILE" not in environment
    assert environment["AWS_ENDPOINT_URL"].startswith("http://127.0.0.1:")
