"""Fills a stack that was just deployed with a history: its table, its files, and the timers of what is open."""

import json
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tools.deployment import STACK_NAME
from tools.history.cast.people import ROSTERS
from tools.history.history_file import PEPPER, Extent, History
from tools.quiet_writes import be_quiet
from tools.workspace import ROOT, Workspace

if TYPE_CHECKING:
    import boto3

BEGUN, LOADED = "begun", "loaded"
MACHINES = {"follow_up": "FollowUpTimerArn", "serve_waiting": "WaitingTimerArn"}
"""The outputs that name the state machines which call these functions."""
AT_ONCE = 25
"""DynamoDB takes so many items in one call."""


class HistoryFailed(RuntimeError):
    """The history was not written; the message ends with what the program said."""


@dataclass(frozen=True)
class HistoryToCome:
    """A history that is being written by another program while the stack is deployed.

    Its moment stands in a file of the workspace until all of it is in the stack: whoever was interrupted begins anew,
    and puts the same items in the same places.
    """

    workspace: Workspace
    moment: str
    writing: subprocess.Popen[bytes]

    @classmethod
    def begin(cls, workspace: Workspace, extent: Extent, *, is_new: bool) -> Self | None:
        """Begins to write one if the stack is new, or if the last one was not loaded; else returns None."""
        marker = _marker(workspace)
        state, _, moment = marker.read_text().partition(" ") if marker.exists() else ("", "", "")
        if not is_new and state != BEGUN:
            return None
        if is_new or not moment:
            moment = datetime.now(UTC).isoformat(timespec="seconds")
        marker.write_text(f"{BEGUN} {moment}")
        _file(workspace).unlink(missing_ok=True)
        command = [sys.executable, "-m", "tools.history.written", str(_file(workspace)), moment, extent]
        with workspace.log("history").open("w") as log:
            return cls(workspace, moment, subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log))

    rosters = ROSTERS

    def load(self, session: "boto3.Session", outputs: Mapping[str, str]) -> None:
        """Waits for it, and puts its items and files into the stack, before that has given an id to any lead.

        Raises:
            HistoryFailed: it could not be written.
        """
        if self.writing.wait():
            log = self.workspace.log("history")
            raise HistoryFailed(f"the history could not be written: {log.read_text()[-2000:]}")
        _set_pepper(session)
        history = History.read(_file(self.workspace))
        _put_items(session, outputs["TableName"], history)
        files = session.client("s3")
        for name, content in history.files.items():
            files.put_object(Bucket=outputs["ImportFilesName"], Key=name, Body=content["B"])

    def start_timers(self, session: "boto3.Session", outputs: Mapping[str, str]) -> None:
        """Starts what waits; then all is there."""
        machines = session.client("stepfunctions")
        for function, timer in History.read(_file(self.workspace)).timers:
            with suppress(machines.exceptions.ExecutionAlreadyExists):
                machines.start_execution(
                    stateMachineArn=outputs[MACHINES[function]], name=timer["event_id"], input=json.dumps(timer)
                )
        _file(self.workspace).unlink()
        _marker(self.workspace).write_text(f"{LOADED} {self.moment}")

    def give_up(self) -> None:
        """Ends the program that writes, if it runs."""
        self.writing.kill()
        self.writing.wait()


def _set_pepper(session: "boto3.Session") -> None:
    """Has the stack give leads the ids that they have in the history."""
    found = session.client("cloudformation").describe_stack_resource(StackName=STACK_NAME, LogicalResourceId="Pepper")
    arn = found["StackResourceDetail"]["PhysicalResourceId"]
    session.client("secretsmanager").put_secret_value(SecretId=arn, SecretString=PEPPER)


def _marker(workspace: Workspace) -> Path:
    return workspace.folder / "history"


def _file(workspace: Workspace) -> Path:
    return workspace.folder / "history.json"


def _put_items(session: "boto3.Session", table: str, history: History) -> None:
    dynamodb = session.client("dynamodb")
    be_quiet(dynamodb)
    for begin in range(0, len(history.items), AT_ONCE):
        items = history.items[begin : begin + AT_ONCE]
        left: Mapping[str, Any] = {table: [{"PutRequest": {"Item": item}} for item in items]}
        while left:
            left = dynamodb.batch_write_item(RequestItems=left)["UnprocessedItems"]
