"""A start of this machine's AWS after a stop: each timer that waited goes on once, however late it is by then."""

import json
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tools.emulator import Emulator
from tools.restart import start_lost_timers
from tools.workspace import Workspace

OVERDUE, LATER = 30, 2
WAITS = {
    "QueryLanguage": "JSONata",
    "StartAt": "Wait",
    "States": {
        "Wait": {"Type": "Wait", "Timestamp": "{% $states.input.due_at %}", "Next": "Look"},
        "Look": {"Type": "Pass", "Output": "{% $states.input.lead_id %}", "End": True},
    },
}
"""A machine that waits as Baton's timers do, and tells whom it waited for."""

ASSUMED = {
    "Version": "2012-10-17",
    "Statement": {
        "Effect": "Allow",
        "Principal": {"Service": "states.amazonaws.com"},
        "Action": "sts:AssumeRole",
    },
}


def arns(machine: Any, arn: str, status: str) -> list[str]:
    pages = machine.get_paginator("list_executions").paginate(stateMachineArn=arn, statusFilter=status)
    return [each["executionArn"] for page in pages for each in page["executions"]]


def start(machine: Any, arn: str, lead_id: str, due_at: datetime) -> None:
    waits = {"lead_id": lead_id, "due_at": f"{due_at:%Y-%m-%dT%H:%M:%SZ}"}
    machine.start_execution(stateMachineArn=arn, name=lead_id, input=json.dumps(waits))


def until(holds: Any) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come about within a minute")


def test_thirty_overdue_timers_each_end_once_after_a_restart_and_later_ones_wait_on(tmp_path: Path) -> None:
    emulator = Emulator(Workspace(tmp_path))
    emulator.start()
    try:
        session = emulator.session()
        machine = session.client("stepfunctions")
        role = session.client("iam").create_role(RoleName="timer", AssumeRolePolicyDocument=json.dumps(ASSUMED))["Role"]
        made = machine.create_state_machine(name="timer", definition=json.dumps(WAITS), roleArn=role["Arn"])
        arn = made["stateMachineArn"]
        begun = datetime.now(UTC)
        for number in range(LATER):
            start(machine, arn, f"later-{number}", begun + timedelta(days=1))
        soon = datetime.now(UTC) + max(timedelta(seconds=8), 3 * OVERDUE * (datetime.now(UTC) - begun) / LATER)
        for number in range(OVERDUE):
            start(machine, arn, f"overdue-{number}", soon)
        assert len(arns(machine, arn, "RUNNING")) == OVERDUE + LATER, "this machine was too slow to stop in time"
        emulator.stop()
        until(lambda: datetime.now(UTC) > soon)
        emulator.start()
        machine = emulator.session().client("stepfunctions")
        assert arns(machine, arn, "SUCCEEDED") == []
        assert start_lost_timers(emulator.session(), arn) == OVERDUE + LATER
        until(lambda: len(arns(machine, arn, "SUCCEEDED")) >= OVERDUE)
        assert start_lost_timers(emulator.session(), arn) == 0
        ended = [machine.describe_execution(executionArn=each) for each in arns(machine, arn, "SUCCEEDED")]
        looked = Counter(json.loads(each["output"]) for each in ended)
        assert looked == Counter(f"overdue-{number}" for number in range(OVERDUE))
        assert len(arns(machine, arn, "RUNNING")) == LATER
        emulator.stop()
        emulator.start()
        assert start_lost_timers(emulator.session(), arn) == LATER
    finally:
        emulator.stop()
