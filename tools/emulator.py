"""Runs AWS on this machine: one MiniStack process per workspace, reachable from this machine only."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import IO

import boto3
import botocore.session
import httpx

from tools.restart import forget_stream_positions
from tools.workspace import ROOT, Workspace

REGION = "eu-central-1"

# MiniStack takes these for its root user; every other caller is held to the policies of its role.
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}

HANGS_AFTER_SECONDS = 300.0
"""A start or a stop that takes longer hangs: MiniStack reads or writes all that it knows, which may be much history."""


class EmulatorFailed(RuntimeError):
    """MiniStack did not start or did not stop; the message names its log."""


class Emulator:
    """The MiniStack process of one workspace.

    The process holds a lock while it runs, so a process id left in a file when a machine lost power is never taken for
    it.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._lock = workspace.folder / "ministack.lock"
        self._log = workspace.log("ministack")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint_url(self) -> str:
        """Returns the address of this AWS; a start may change it, if another program took the port."""
        return f"http://127.0.0.1:{self.workspace.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Returns the environment variables with which a program talks to this AWS and to no other."""
        return (
            _without_own(os.environ)
            | CREDENTIALS
            | {
                "AWS_ENDPOINT_URL": self.endpoint_url,
                "AWS_DEFAULT_REGION": REGION,
                "AWS_REGION": REGION,
            }
        )

    def session(self) -> boto3.Session:
        """Returns a boto3 session that talks to this AWS and to no other."""
        config = self.workspace.folder / "aws-config"
        config.write_text(f"[profile local]\nendpoint_url = {self.endpoint_url}\n")
        session = botocore.session.Session(profile="local")
        session.set_config_variable("config_file", str(config))
        return boto3.Session("test", "test", region_name=REGION, botocore_session=session)

    def running(self) -> bool:
        """Tells whether the process of this workspace is alive."""
        if not self._lock.exists():
            return False
        with self._lock.open() as lock:
            return not _acquire(lock)

    def start(self) -> None:
        """Starts the process, unless it runs, and waits until it answers.

        Raises:
            EmulatorFailed: it ended, or did not answer in time.
        """
        if not self.running():
            self.workspace.leave_taken_port()
            self._spawn()
        deadline = time.monotonic() + HANGS_AFTER_SECONDS
        while not self._answers():
            if not self.running():
                raise EmulatorFailed(f"MiniStack ended while starting; see {self._log}")
            if time.monotonic() > deadline:
                raise EmulatorFailed(f"MiniStack did not answer within {HANGS_AFTER_SECONDS:.0f} s; see {self._log}")
            time.sleep(0.05)

    def stop(self) -> bool:
        """Ends the process, and waits until it has saved its state.

        Returns:
            False if it was not running.

        Raises:
            EmulatorFailed: it is still there after five minutes.
        """
        if not self.running():
            return False
        os.kill(int(self._lock.read_text()), signal.SIGTERM)
        deadline = time.monotonic() + HANGS_AFTER_SECONDS
        while self.running():
            if time.monotonic() > deadline:
                raise EmulatorFailed(f"MiniStack does not stop; see {self._log}")
            time.sleep(0.05)
        if self._process:
            self._process.wait()
        return True

    def _spawn(self) -> None:
        temporary = self.workspace.folder / "tmp"
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        forget_stream_positions(self.workspace.state)
        settings = {
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.workspace.port),
            "AUTH": "true",
            "MINISTACK_REGION": REGION,
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self.workspace.state),
            "TMPDIR": str(temporary),
            # AWS waits a minute before it invokes a function again that failed; MiniStack would wait a second.
            "LAMBDA_ASYNC_RETRY_BASE_SECONDS": "6",
            # It would listen on two more ports, and look for a Docker that Baton does not need.
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "DOCKER_HOST": f"unix://{temporary}/no-docker",
        }
        with self._lock.open("w") as lock, self._log.open("w") as log:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tools.local_aws"],
                cwd=ROOT,
                env=_without_own(os.environ) | CREDENTIALS | settings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=[lock.fileno()],
            )
            lock.write(str(self._process.pid))

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.endpoint_url}/_ministack/health", timeout=60).is_success
        except httpx.TransportError:
            return False


def _acquire(lock: IO[str]) -> bool:
    """Takes the lock unless another process holds it; closing the file releases it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _without_own(environment: Mapping[str, str]) -> dict[str, str]:
    """Returns the environment without the caller's AWS account, and without a Python path, which could hide a missing
    layer.
    """
    return {name: value for name, value in environment.items() if not name.startswith(("AWS_", "PYTHONPATH"))}
