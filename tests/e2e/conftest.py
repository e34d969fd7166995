"""The stack as deployed from template.yaml, in AWS on this machine, on a port and with a state of its own."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import boto3
import httpx
import pytest

from tools.emulator import Emulator
from tools.mailbox import Mailbox
from tools.stack import Stack, bring_up
from tools.workspace import END_TO_END


@dataclass(frozen=True)
class Deployed:
    """What the tests use of the running stack."""

    stack: Stack
    session: boto3.Session
    mailbox: Mailbox

    @property
    def api_url(self) -> str:
        return self.stack.api_url

    @property
    def outputs(self) -> dict[str, str]:
        return self.stack.outputs

    @property
    def tokens(self) -> dict[str, str]:
        return self.stack.tokens

    def api(self, group: str | None = None) -> httpx.Client:
        return self.stack.api(group)


@pytest.fixture(scope="session")
def stack() -> Iterator[Deployed]:
    emulator = Emulator(END_TO_END)
    emulator.stop()
    shutil.rmtree(END_TO_END.state, ignore_errors=True)
    try:
        deployed = bring_up(emulator, print)
        session = emulator.session()
        yield Deployed(deployed, session, Mailbox(session.client("sqs"), deployed.mailbox_queue_url))
    finally:
        emulator.stop()
