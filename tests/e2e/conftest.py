"""The stack as deployed from template.yaml, in AWS on this machine, on a port and with a state of its own.

With BATON_E2E_KEEP set, the stack that is up is used and left running, so that one test can be run again in seconds.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import boto3
import httpx
import pytest
from playwright.sync_api import Browser

from tests.e2e.at_work import MANAGER, RITA, SAM, TEAM, AtWork, read
from tests.e2e.console import Console
from tools.browser import browser
from tools.emulator import Emulator
from tools.mailbox import Mailbox, open_mailbox
from tools.stack import Stack, bring_up, renew_tokens
from tools.workspace import END_TO_END, SHARED, Workspace

HERE = Path(__file__).parent
KEEP = os.environ.get("BATON_E2E_KEEP")
LEFT_RUNNING: list[Emulator] = []
"""What goes on after the tests: Python warns of a process that runs when nobody holds it any more."""
ROOM = 1000
"""How many open handoffs a rep of the tests may hold, so that no test fails because of those before it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first test restarts the stack, while few functions have started yet; the last changes what it may."""
    items.sort(key=lambda item: (item.path != HERE / "test_restart.py", item.path == HERE / "test_contract.py"))


@dataclass(frozen=True)
class Deployed:
    """What the tests use of the running stack."""

    workspace: Workspace
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


def lengthen_tokens(session: boto3.Session, outputs: dict[str, str]) -> None:
    """Let tokens hold for a day instead of two hours: all these tests may take longer on a slow machine."""
    session.client("cognito-idp").update_user_pool_client(
        UserPoolId=outputs["UserPoolId"],
        ClientId=outputs["UserPoolClientId"],
        IdTokenValidity=24,
        TokenValidityUnits={"IdToken": "hours", "AccessToken": "hours", "RefreshToken": "hours"},
    )


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    """AWS on this machine, in which nothing is deployed yet unless it is kept."""
    emulator = Emulator(Workspace(SHARED / KEEP) if KEEP else END_TO_END)
    if not KEEP:
        emulator.stop()
        shutil.rmtree(END_TO_END.state, ignore_errors=True)
    try:
        yield emulator
    finally:
        if KEEP:
            LEFT_RUNNING.append(emulator)
        else:
            emulator.stop()


@pytest.fixture(scope="session")
def stack(emulator: Emulator) -> Deployed:
    session = emulator.session()
    lengthen_tokens(session, bring_up(emulator, print).outputs)
    deployed = renew_tokens(emulator)
    return Deployed(emulator.workspace, deployed, session, open_mailbox(session, "end-to-end", deployed.mail_topics))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests: Playwright runs one at a time in a process."""
    with browser() as running:
        yield running


@pytest.fixture(scope="session")
def console(stack: Deployed, chromium: Browser) -> Console:
    """The console in a browser: `with console.signed_in("sam", width=390, scheme="dark", at="/inbox") as page`."""
    return Console(stack.stack, chromium)


@pytest.fixture
def fair() -> str:
    """Where the leads of one test come from; the others stay out of its list."""
    return f"fair-{uuid.uuid4().hex[:8]}"


@pytest.fixture(scope="session")
def baton(stack: Deployed) -> Iterator[AtWork]:
    at_work = AtWork(stack.stack, stack.session, stack.mailbox)
    reps = f"/teams/{TEAM}/reps"
    for email in (SAM, RITA):
        read(at_work.admin.put(f"{reps}/{email}", json={"capacity": ROOM}))
    for member in read(at_work.admin.get(reps))["reps"]:
        if member["email"] not in (SAM, RITA, MANAGER):
            read(at_work.admin.delete(f"{reps}/{member['email']}"))
    yield at_work
    at_work.close()
