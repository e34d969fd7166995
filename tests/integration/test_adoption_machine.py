"""The state machine that adopts an agreement runs as deployed, with functions that give prepared answers."""

import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from tests.integration.template import ROOT
from tools.emulator import Emulator
from tools.workspace import Workspace

DEFINITION = ROOT / "functions" / "enact_agreement" / "adopt_agreement.asl.json"
ANYBODY = {"Effect": "Allow", "Action": "*", "Resource": "*"}
ENACTS = 'def handler(event, _):\n    return {"agreement_version": event["agreement_version"], "in_force": True}\n'
SCORES = """
pages = []
def handler(event, _):
    version = event["agreement_version"]
    pages.append(version)
    if version == 9:
        raise ValueError("out of order")
    state = {7: "finished", 8: "failed", 10: "superseded"}[version] if pages.count(version) % 3 == 0 else "running"
    return {"version": version, "state": state, "leads_seen": pages.count(version), "done": state != "running"}
"""
Run = Callable[[dict[str, Any]], dict[str, Any]]
SECONDS = 600
"""After so many seconds it hangs; how long it takes says nothing."""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[boto3.Session]:
    emulator = Emulator(Workspace(tmp_path_factory.mktemp("ministack")))
    emulator.start()
    try:
        yield emulator.session()
    finally:
        emulator.stop()


def role(session: boto3.Session, service: str) -> str:
    trusts = {"Effect": "Allow", "Principal": {"Service": f"{service}.amazonaws.com"}, "Action": "sts:AssumeRole"}
    iam, name = session.client("iam"), f"any-{service}"
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(_policy(trusts)))
    iam.put_role_policy(RoleName=name, PolicyName="all", PolicyDocument=json.dumps(_policy(ANYBODY)))
    return made["Role"]["Arn"]


def _policy(statement: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [statement]}


def function(session: boto3.Session, name: str, code: str, arn: str) -> str:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("app.py", code)
    made = session.client("lambda").create_function(
        FunctionName=name, Runtime="python3.13", Role=arn, Handler="app.handler", Code={"ZipFile": packed.getvalue()}
    )
    return made["FunctionArn"]


@pytest.fixture(scope="module")
def queue(session: boto3.Session) -> str:
    return session.client("sqs").create_queue(QueueName="lost")["QueueUrl"]


@pytest.fixture(scope="module")
def run(session: boto3.Session, queue: str) -> Run:
    """Run the machine to its end; what fails is not tried again here, which would take hours."""
    lambdas, machines = role(session, "lambda"), session.client("stepfunctions")
    text = DEFINITION.read_text()
    for name, value in {
        "AgreementCacheSeconds": "-4",
        "EnactAgreementFunctionArn": function(session, "enacts", ENACTS, lambdas),
        "RescoreLeadsFunctionArn": function(session, "scores", SCORES, lambdas),
        "LostAdoptionsQueueUrl": queue,
    }.items():
        text = text.replace(f"${{{name}}}", value)
    definition = json.loads(text)
    for state in definition["States"].values():
        state.pop("Retry", None)
    arn = machines.create_state_machine(
        name="adopt", definition=json.dumps(definition), roleArn=role(session, "states")
    )["stateMachineArn"]

    def to_its_end(told: dict[str, Any]) -> dict[str, Any]:
        execution = machines.start_execution(stateMachineArn=arn, input=json.dumps(told))["executionArn"]
        deadline = time.monotonic() + SECONDS
        while (seen := machines.describe_execution(executionArn=execution))["status"] == "RUNNING":
            assert time.monotonic() < deadline, "it does not end"
            time.sleep(0.05)
        return dict(seen)

    return to_its_end


def enacted(version: int) -> dict[str, Any]:
    facts = {"event_id": f"agreement-{version:06d}-enacted", "at": "2026-11-24T09:30:00.000Z", "version": 1}
    return {**facts, "agreement_version": version, "origin": "signed"}


def kept(session: boto3.Session, queue: str) -> list[Any]:
    messages = session.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
    for message in messages:
        session.client("sqs").delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return [json.loads(message["Body"]) for message in messages]


def test_an_adoption_scores_page_by_page_and_ends_with_the_number_of_leads(run: Run) -> None:
    ended = run(enacted(7))
    assert ended["status"] == "SUCCEEDED"
    progress = json.loads(ended["output"])["progress"]
    assert (progress["state"], progress["leads_seen"]) == ("finished", 3)


def test_the_adoption_of_a_superseded_version_ends_in_success(run: Run) -> None:
    assert run(enacted(10))["status"] == "SUCCEEDED"


@pytest.mark.parametrize("version", [8, 9], ids=["some leads cannot be scored", "the function fails"])
def test_a_failed_adoption_leaves_a_message_that_starts_the_adoption_again(
    run: Run, session: boto3.Session, queue: str, version: int
) -> None:
    ended = run(enacted(version))
    assert (ended["status"], ended["error"]) == ("FAILED", "AdoptionLost")
    [message] = kept(session, queue)
    assert message == {
        "event_id": enacted(version)["event_id"],
        "agreement_version": version,
        "in_force_from": None,
    }
    run(message)
    assert kept(session, queue) == [message], "a message is an input that starts the same again"


def test_the_adoption_of_a_scheduled_version_waits_for_its_date_and_puts_the_version_into_force(run: Run) -> None:
    when = datetime.now(UTC) + timedelta(seconds=1)
    told = {**enacted(7), "in_force_from": when.isoformat().replace("+00:00", "Z")}
    ended = run(told)
    assert datetime.now(UTC) >= when
    assert (ended["status"], json.loads(ended["output"])) == ("SUCCEEDED", {"agreement_version": 7, "in_force": True})
