"""Brings template.yaml onto the local AWS as onto the real one: `sam build`, `sam deploy`."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from tools.workspace import ROOT, SHARED, Workspace

if TYPE_CHECKING:
    import boto3
    from types_boto3_s3.literals import BucketLocationConstraintType

STACK_NAME = "baton"
ARTIFACTS = "baton-artifacts"
SAM = ROOT / ".venv-sam" / "bin" / "sam"
SAM_ENVIRONMENT = {
    "SAM_CLI_TELEMETRY": "0",
    "SAM_CLI_POLL_DELAY": "0.2",
    "__SAM_CLI_APP_DIR": str(SHARED / "sam"),
}
SOURCES = ("template.yaml", "functions", "layers")


class DeploymentFailed(RuntimeError):
    """`sam build` or `sam deploy` refused; the message ends with what it said last."""


def deploy(
    workspace: Workspace,
    session: "boto3.Session",
    environment: Mapping[str, str],
    parameters: Mapping[str, str],
) -> bool:
    """Build and deploy, unless what is deployed is what is on disk.

    Args:
        workspace: Where to build, and where the last deployment's fingerprint is kept.
        session: For the local AWS.
        environment: The same for the programs that are started.
        parameters: The template's parameters that differ from their defaults.

    Returns:
        Whether anything had to be done.

    Raises:
        DeploymentFailed: sam refused.
    """
    now = fingerprint(parameters)
    if stack_outputs(session) is not None and _last(workspace) == now:
        return False
    sam_environment = dict(environment) | {
        **SAM_ENVIRONMENT,
        "PYTHON": sys.executable,
        "BATON_LAYER_TARGET": "local",
        "BATON_LAYER_CACHE": str(SHARED / "layer-cache"),
    }
    _sam(
        workspace,
        sam_environment,
        "build",
        "--template",
        str(ROOT / "template.yaml"),
        "--build-dir",
        str(workspace.build),
    )
    _make_bucket(session)
    overrides = [f"{name}={value}" for name, value in parameters.items()]
    _sam(
        workspace,
        sam_environment,
        "deploy",
        "--config-env",
        "local",  # samconfig.toml is for your own account
        "--template",
        str(workspace.build / "template.yaml"),
        "--stack-name",
        STACK_NAME,
        "--s3-bucket",
        ARTIFACTS,
        "--capabilities",
        "CAPABILITY_IAM",
        "--no-confirm-changeset",
        "--no-fail-on-empty-changeset",
        "--no-progressbar",
        *(["--parameter-overrides", *overrides] if overrides else []),
    )
    workspace.deployed.write_text(now)
    return True


def stack_outputs(session: "boto3.Session") -> dict[str, str] | None:
    """The deployed stack's outputs by name, or None without a stack that is whole."""
    try:
        stack = session.client("cloudformation").describe_stacks(StackName=STACK_NAME)["Stacks"][0]
    except ClientError:
        return None
    if not stack["StackStatus"].endswith("_COMPLETE") or "ROLLBACK" in stack["StackStatus"]:
        return None
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def fingerprint(parameters: Mapping[str, str]) -> str:
    """A digest of everything that a deployment is made of."""
    digest = hashlib.sha256(repr((sys.version, sorted(parameters.items()))).encode())
    for path in _sources():
        digest.update(f"{path.relative_to(ROOT)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _make_bucket(session: "boto3.Session") -> None:
    s3 = session.client("s3")
    place: BucketLocationConstraintType = "eu-central-1"
    with suppress(s3.exceptions.BucketAlreadyOwnedByYou):
        s3.create_bucket(Bucket=ARTIFACTS, CreateBucketConfiguration={"LocationConstraint": place})


def _sources() -> Iterator[Path]:
    for source in SOURCES:
        path = ROOT / source
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        yield from (file for file in files if file.is_file() and "__pycache__" not in file.parts)


def _last(workspace: Workspace) -> str | None:
    return workspace.deployed.read_text() if workspace.deployed.exists() else None


def _sam(workspace: Workspace, environment: Mapping[str, str], verb: str, *options: str) -> None:
    log = workspace.log(f"sam-{verb}")
    with log.open("w") as output:
        done = subprocess.run(
            [SAM, verb, *options],
            env={**environment, "PATH": os.environ.get("PATH", os.defpath)},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        last = "\n".join(log.read_text().splitlines()[-15:])
        raise DeploymentFailed(f"sam {verb} failed; all it said is in {log}. It ended with:\n{last}")
