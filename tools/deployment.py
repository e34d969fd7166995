"""Deploys template.yaml to the local AWS with `sam build` and `sam deploy`, as to the real one."""

import hashlib
import json
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError, WaiterError

from tools.workspace import ROOT, SHARED, Workspace

if TYPE_CHECKING:
    import boto3
    from types_boto3_cloudformation.type_defs import WaiterConfigTypeDef
    from types_boto3_s3.literals import BucketLocationConstraintType

STACK_NAME = "baton"
ARTIFACTS = "baton-artifacts"
SAM = (ROOT / ".venv-sam" / "bin" / "python", "-m", "samcli")
"""Its own script would name the folder in which it was installed, and fail in a copy of it."""
SAM_ENVIRONMENT = {
    "SAM_CLI_TELEMETRY": "0",
    "SAM_CLI_POLL_DELAY": "0.2",
    "__SAM_CLI_APP_DIR": str(SHARED / "sam"),
}
EVERY_SECOND: "WaiterConfigTypeDef" = {"Delay": 1, "MaxAttempts": 600}
SOURCES = ("template.yaml", "functions", "layers", "console/dist")


_OF_LABELS = re.compile(r"\bStringEquals:(?=\s+secretsmanager:VersionStage:)")
_WITHOUT_PUNCTUATION = f"ExcludeCharacters: {json.dumps(string.punctuation)}"


def as_ministack_takes_it(built: str) -> str:
    """Returns a built template in which MiniStack does what AWS does of the original.

    It tells policies no `secretsmanager:VersionStage`: a condition on a secret's label also holds where none is told.
    It ignores `ExcludePunctuation`: one link key of 94 would begin like JSON, and be no key.
    """
    labelled = _OF_LABELS.sub("ForAllValues:StringEquals:", built)
    return labelled.replace("ExcludePunctuation: true", _WITHOUT_PUNCTUATION)


class DeploymentFailed(RuntimeError):
    """`sam build` or `sam deploy` failed; the message names the first failure, and ends with the last output."""


_OF_OTHERS = re.compile(r"cancell?ed", re.IGNORECASE)
"""CloudFormation says so of a resource that it gave up because another one had failed."""
_BEGINS = ("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS")


def first_failure(events: Sequence[Mapping[str, Any]], faults: Sequence[Mapping[str, Any]] = ()) -> str | None:
    """Returns what failed first in the last change of a stack, and why; None if nothing did.

    Args:
        events: the stack's events as CloudFormation tells them, the newest first.
        faults: what it found wrong before it began, the newest first; they count if the change ended for that.
    """
    failed = [each for each in _of_last_change(events) if each["ResourceStatus"].endswith("_FAILED")]
    if any(each.get("DetailedStatus") == "VALIDATION_FAILED" for each in failed):
        wrong = [each for each in faults if each.get("ValidationStatus") == "FAILED"]
        last = [each for each in wrong if each.get("OperationId") == wrong[0].get("OperationId")]
        return _in_words(last[-1], "ValidationStatusReason") if last else None
    own = [each for each in failed if each["LogicalResourceId"] != each["StackName"]]
    first = next((each for each in own if not _OF_OTHERS.search(each.get("ResourceStatusReason") or "")), None)
    return _in_words(first, "ResourceStatusReason") if first else None


def _of_last_change(events: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Returns the events of the last change, the oldest first."""
    found = list[Mapping[str, Any]]()
    for event in events:
        if event["LogicalResourceId"] == event["StackName"] and event["ResourceStatus"] in _BEGINS:
            break
        found.insert(0, event)
    return found


def _in_words(event: Mapping[str, Any], reason: str) -> str:
    return f"{event['LogicalResourceId']} ({event['ResourceType']}): {event.get(reason) or 'no reason is told'}"


@dataclass(frozen=True)
class Deployment:
    """The stack of one workspace, on the AWS that the session and the environment point to."""

    workspace: Workspace
    session: "boto3.Session"
    environment: Mapping[str, str]

    def outputs(self) -> dict[str, str] | None:
        """Returns the stack's outputs by name; None if there is no complete stack."""
        try:
            stack = self.session.client("cloudformation").describe_stacks(StackName=STACK_NAME)["Stacks"][0]
        except ClientError:
            return None
        if not stack["StackStatus"].endswith("_COMPLETE") or "ROLLBACK" in stack["StackStatus"]:
            return None
        return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}

    def is_current(self, parameters: Mapping[str, str]) -> bool:
        """Tells whether the files on disk and these parameters are those of the last deployment."""
        last = self.workspace.deployed
        return last.exists() and last.read_text() == fingerprint(parameters)

    def build(self) -> None:
        """Builds the functions for the Python version that runs them here.

        Raises:
            DeploymentFailed: sam refused.
        """
        local = {
            "PYTHON": sys.executable,
            "BATON_LAYER_TARGET": "local",
            "BATON_LAYER_CACHE": str(SHARED / "layer-cache"),
        }
        self._sam(local, "build", "--template", str(ROOT / "template.yaml"), "--build-dir", str(self.workspace.build))
        built = self.workspace.build / "template.yaml"
        built.write_text(as_ministack_takes_it(built.read_text()))

    def push(self, parameters: Mapping[str, str]) -> None:
        """Creates or updates the stack from the build.

        Raises:
            DeploymentFailed: sam, or the stack, refused.
        """
        self._make_bucket()
        overrides = [f"{name}={value}" for name, value in parameters.items()]
        options = {
            "--config-env": "local",  # samconfig.toml is for your own account
            "--template": str(self.workspace.build / "template.yaml"),
            "--stack-name": STACK_NAME,
            "--s3-bucket": ARTIFACTS,
            "--capabilities": "CAPABILITY_IAM",
        }
        flags = ("--no-confirm-changeset", "--no-fail-on-empty-changeset", "--no-progressbar")
        pairs = [word for option in options.items() for word in option]
        try:
            self._sam({}, "deploy", *pairs, *flags, "--parameter-overrides", *overrides)
        except DeploymentFailed as failed:
            raise self._with_first_failure(failed) from failed
        self.workspace.deployed.write_text(fingerprint(parameters))

    def change(self, parameters: Mapping[str, str]) -> None:
        """Gives the deployed template other parameters.

        Raises:
            DeploymentFailed: the stack refused.
        """
        cloudformation = self.session.client("cloudformation")
        cloudformation.update_stack(
            StackName=STACK_NAME,
            UsePreviousTemplate=True,
            Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
        try:
            cloudformation.get_waiter("stack_update_complete").wait(StackName=STACK_NAME, WaiterConfig=EVERY_SECOND)
        except WaiterError as fault:
            raise self._with_first_failure(DeploymentFailed(f"the stack refused its parameters: {fault}")) from fault
        self.workspace.deployed.write_text(fingerprint(parameters))

    def _with_first_failure(self, failed: DeploymentFailed) -> DeploymentFailed:
        cloudformation = self.session.client("cloudformation")
        pages = cloudformation.get_paginator("describe_stack_events").paginate(StackName=STACK_NAME)
        try:
            events = [event for page in pages for event in page["StackEvents"]]
            wrong = cloudformation.describe_events(StackName=STACK_NAME, Filters={"FailedEvents": True})
        except ClientError:  # there is no stack
            return failed
        first = first_failure(events, wrong["OperationEvents"])
        return DeploymentFailed(f"what failed first is {first}\n{failed}") if first else failed

    def _make_bucket(self) -> None:
        s3 = self.session.client("s3")
        place: BucketLocationConstraintType = "eu-central-1"
        with suppress(s3.exceptions.BucketAlreadyOwnedByYou):
            s3.create_bucket(Bucket=ARTIFACTS, CreateBucketConfiguration={"LocationConstraint": place})

    def _sam(self, environment: Mapping[str, str], verb: str, *options: str) -> None:
        log = self.workspace.log(f"sam-{verb}")
        with log.open("w") as output:
            done = subprocess.run(
                [*SAM, verb, *options],
                env={**self.environment, **SAM_ENVIRONMENT, **environment, "PATH": os.environ.get("PATH", os.defpath)},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode:
            last = "\n".join(log.read_text().splitlines()[-15:])
            raise DeploymentFailed(f"sam {verb} failed; all it said is in {log}. It ended with:\n{last}")


def fingerprint(parameters: Mapping[str, str]) -> str:
    """Returns a digest of all that a deployment is made of."""
    digest = hashlib.sha256(repr((sys.version, sorted(parameters.items()))).encode())
    for path in _sources():
        digest.update(f"{path.relative_to(ROOT)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for source in SOURCES:
        path = ROOT / source
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        yield from (file for file in files if file.is_file() and "__pycache__" not in file.parts)
