"""Restores what MiniStack loses at a restart and AWS never does: positions in a stream, and waiting timers."""

import json
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import boto3


def forget_stream_positions(state: Path) -> None:
    """Makes MiniStack read streams from their beginning, as they are empty after a restart.

    It keeps the position of a function's reader, but not the stream: so many new records would be skipped.
    """
    file = state / "lambda.json"
    if file.exists():
        kept = json.loads(file.read_text())
        kept["payload"].pop("dynamodb_stream_positions", None)
        file.write_text(json.dumps(kept))


def start_lost_timers(session: "boto3.Session", state_machine_arn: str) -> int:
    """Starts the timers again that were waiting when MiniStack stopped, which it marks as failed.

    A timer asks what is due before it acts, so its start time does not matter. Its new name follows from the lost
    one's, so the next restart does not start it once more.

    Returns:
        How many.
    """
    machine = session.client("stepfunctions")
    started = 0
    pages = machine.get_paginator("list_executions").paginate(stateMachineArn=state_machine_arn, statusFilter="FAILED")
    for execution in (execution for page in pages for execution in page["executions"]):
        lost = machine.describe_execution(executionArn=execution["executionArn"])
        if lost.get("error") != "States.ServiceRestart":
            continue
        try:
            machine.start_execution(
                stateMachineArn=state_machine_arn,
                name=str(uuid.uuid5(uuid.NAMESPACE_URL, lost["executionArn"])),
                input=lost["input"],
            )
            started += 1
        except machine.exceptions.ExecutionAlreadyExists:
            pass
    return started
