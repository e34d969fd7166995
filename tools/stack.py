"""Starts the local stack, and keeps its addresses, tokens and secrets in a file."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import httpx

from tools import console, gateway, http_retries, mailbox, plain_http, roster, staff, webhook_secrets, website
from tools.deployment import STACK_NAME, Deployment, DeploymentFailed
from tools.emulator import Emulator
from tools.restart import start_lost_timers
from tools.workspace import Say, Workspace

if TYPE_CHECKING:
    import boto3

    from tools.history.history_file import Extent
    from tools.history.loaded import HistoryToCome

MAILBOX = "mailbox"
LONGEST_TIMEOUT_SECONDS = 900
API_HOST = re.compile(r"https://(?P<id>[a-z0-9]+)\.execute-api\.[^/]+/(?P<stage>[^/]+)")


@dataclass(frozen=True)
class Stack:
    """The addresses, tokens and secrets that a client of the local stack needs; kept in local.json."""

    api_url: str
    aws_endpoint_url: str
    region: str
    stack_name: str
    outputs: dict[str, str]
    tokens: dict[str, str]
    mailbox_queue_url: str
    webhook_secrets: dict[str, str]
    allowed_origin: str

    @classmethod
    def load(cls, workspace: Workspace) -> Self:
        """Reads the stack that started last in this workspace."""
        return cls(**json.loads(workspace.local_json.read_text()))

    @property
    def mail_topics(self) -> list[str]:
        """Returns the topics that carry mail."""
        return mail_topics(self.outputs)

    def save(self, workspace: Workspace) -> None:
        """Writes local.json so that only its owner can read it, because of the tokens in it."""
        _write_private(workspace.local_json, json.dumps(asdict(self), indent=2) + "\n")

    def api(self, group: str | None = None) -> httpx.Client:
        """Returns a client for Baton's API, signed in as this one of `staff.STAFF` or not at all."""
        return http_retries.client(self.api_url, self.tokens[group] if group else None)


def bring_up(emulator: Emulator, say: Say, history: "Extent | None" = None) -> Stack:
    """Starts AWS here, deploys what changed, and sets up staff, roster and mailbox.

    Args:
        emulator: the AWS of this machine.
        say: tells the person at the terminal how far it is.
        history: how much history a stack gets that is new; None for none.

    Returns:
        The stack, also written to local.json.
    """
    say("Starting AWS on this machine (MiniStack)")
    emulator.start()
    say(f"  it answers at {emulator.endpoint_url}")
    session = emulator.session()
    deployment = Deployment(emulator.workspace, session, emulator.environment)
    with _coming(deployment, history) as to_come:
        say("Building and deploying template.yaml")
        if not _deploy(deployment, emulator.endpoint_url):
            say("  nothing changed since the last deployment")
        if to_come:
            say("Filling it with thirty days of history")
            to_come.load(session, _outputs(deployment))
        say("Adding staff, a roster and a mailbox")
        stack = _describe(deployment, emulator)
        stack.save(emulator.workspace)
        plain_http.allow(session, stack.outputs["ImportFilesName"])
        with stack.api("admin") as api:
            roster.fill(api, to_come.rosters if to_come else roster.ROSTERS)
        if to_come:
            to_come.start_timers(session, stack.outputs)
    timers = (stack.outputs[name] for name in ("FollowUpTimerArn", "WaitingTimerArn"))
    if waiting := sum(start_lost_timers(session, timer) for timer in timers):
        say(f"Waiting again for {waiting} deadlines from before the restart")
    return stack


@contextmanager
def _coming(deployment: Deployment, extent: "Extent | None") -> Iterator["HistoryToCome | None"]:
    """Has a history written meanwhile, if one is wanted and the stack has none yet."""
    if extent is None:
        yield None
        return
    from tools.history.loaded import HistoryToCome  # tests start stacks without  # noqa: PLC0415

    to_come = HistoryToCome.begin(deployment.workspace, extent, is_new=deployment.outputs() is None)
    try:
        yield to_come
    finally:
        if to_come:
            to_come.give_up()


def renew_tokens(emulator: Emulator) -> Stack:
    """Returns the running stack with fresh tokens, also written to local.json."""
    deployment = Deployment(emulator.workspace, emulator.session(), emulator.environment)
    stack = _describe(deployment, emulator)
    stack.save(emulator.workspace)
    return stack


def _deploy(deployment: Deployment, endpoint_url: str) -> bool:
    """Builds and deploys, unless the stack is current.

    The links in mails must lead to this machine, and the API's address is known only once it is deployed: so the first
    deployment is followed by another. So is one that changes a route, because MiniStack then makes the API anew, with
    another id.
    """
    outputs = deployment.outputs()
    fixed = _parameters(deployment.workspace)
    console.build()
    if outputs and deployment.is_current(fixed | _where(endpoint_url, outputs)):
        return False
    deployment.build()
    parameters = fixed | _where(endpoint_url, outputs) if outputs else fixed
    deployment.push(parameters)
    found = fixed | _where(endpoint_url, _outputs(deployment))
    if found != parameters:
        deployment.change(found)
    gateway.complete(deployment.session, _outputs(deployment)["ApiId"])
    _lengthen_timeouts(deployment.session)
    return True


def _lengthen_timeouts(session: "boto3.Session") -> None:
    """Let functions take as long as Lambda allows: the template's timeouts are for AWS's machines, not for this one."""
    lambdas = session.client("lambda")
    for function in (each for page in lambdas.get_paginator("list_functions").paginate() for each in page["Functions"]):
        lambdas.update_function_configuration(FunctionName=function["FunctionName"], Timeout=LONGEST_TIMEOUT_SECONDS)


def _parameters(workspace: Workspace) -> dict[str, str]:
    """Returns the template's parameters for this machine: nobody waits for agreements and mails; others call."""
    known = website.origin(workspace.website_port)
    at_once = {"AgreementCacheSeconds": "0", "MailPauseSeconds": "0"}
    return {**at_once, "AllowedOrigins": known, "ConsoleOrigins": known, "MachineClient": "yes"}


def _where(endpoint_url: str, outputs: Mapping[str, str]) -> dict[str, str]:
    return {"PublicUrl": local_api_url(endpoint_url, outputs["ApiUrl"]), "SignInUrl": endpoint_url}


def _outputs(deployment: Deployment) -> dict[str, str]:
    outputs = deployment.outputs()
    if outputs is None:
        raise DeploymentFailed("no stack is deployed on this machine; `make run` does it")
    return outputs


def _describe(deployment: Deployment, emulator: Emulator) -> Stack:
    outputs, session, endpoint_url = _outputs(deployment), deployment.session, emulator.endpoint_url
    return Stack(
        api_url=local_api_url(endpoint_url, outputs["ApiUrl"]),
        aws_endpoint_url=endpoint_url,
        region=session.region_name,
        stack_name=STACK_NAME,
        outputs=outputs,
        tokens=staff.sign_in(session, outputs["UserPoolId"], outputs["UserPoolClientId"]),
        mailbox_queue_url=mailbox.open_mailbox(session, MAILBOX, mail_topics(outputs)).queue_url,
        webhook_secrets=webhook_secrets.seed(session, outputs["SecretsArn"]),
        allowed_origin=website.origin(emulator.workspace.website_port),
    )


def mail_topics(outputs: Mapping[str, str]) -> list[str]:
    """Returns the mail topics in a stack's outputs."""
    return sorted(value for name, value in outputs.items() if name.endswith("TopicArn"))


def local_api_url(endpoint_url: str, output: str) -> str:
    """Returns the API's address at MiniStack: a path of its own, as names below localhost are not known everywhere."""
    found = API_HOST.match(output)
    if not found:
        raise DeploymentFailed(f"the output ApiUrl is no address of a REST API: {output}")
    return f"{endpoint_url}/_aws/execute-api/{found['id']}/{found['stage']}"


def _write_private(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    part.replace(path)
