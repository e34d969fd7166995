"""The local stack: the address of its API, and the file with its tokens."""

import stat
from pathlib import Path

import pytest

from tools.deployment import DeploymentFailed
from tools.stack import Stack, local_api_url
from tools.workspace import Workspace

AWS_URL = "https://d9f12f11.execute-api.eu-central-1.amazonaws.com/prod"
LOCAL_URL = "http://127.0.0.1:4566/_aws/execute-api/d9f12f11/prod"
STACK = Stack(LOCAL_URL, "http://127.0.0.1:4566", "eu-central-1", "baton", {}, {"sales": "secret"}, "queue", {}, "")


def test_the_address_of_the_local_api_is_made_from_the_deployed_one() -> None:
    assert local_api_url("http://127.0.0.1:4566", AWS_URL) == LOCAL_URL


def test_an_address_that_is_no_rest_api_is_refused() -> None:
    with pytest.raises(DeploymentFailed, match=r"https://baton\.example"):
        local_api_url("http://127.0.0.1:4566", "https://baton.example")


def test_the_file_with_the_tokens_is_readable_only_by_its_owner(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    STACK.save(workspace)
    STACK.save(workspace)
    assert stat.S_IMODE(workspace.local_json.stat().st_mode) == 0o600
    assert Stack.load(workspace) == STACK
