"""seed_agreement puts the packaged agreement into force and tells CloudFormation how that ended."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.table.keys import agreement_keys
from tests.integration.calls import refuse
from tests.integration.world import World

NEVER_FIRES = packaged_text().replace("company_domain: [rival.example]", "company_domain: [www.rival.example]")


@dataclass
class CloudFormation:
    """What a deployment was told."""

    url: str = ""
    told: list[dict[str, Any]] = field(default_factory=list)

    def event(self, kind: str) -> dict[str, Any]:
        return {
            "RequestType": kind,
            "ResponseURL": self.url,
            "StackId": "arn:aws:cloudformation:eu-central-1:123456789012:stack/baton/1",
            "RequestId": "1",
            "LogicalResourceId": "SeededAgreement",
        }


@pytest.fixture(scope="module")
def listener() -> Iterator[CloudFormation]:
    heard = CloudFormation()

    class Listener(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            heard.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        heard.url = f"http://127.0.0.1:{server.server_port}/"
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield heard
        server.shutdown()


@pytest.fixture
def deployment(listener: CloudFormation) -> CloudFormation:
    listener.told.clear()
    return listener


def in_force(world: World) -> dict[str, Any] | None:
    found = world.stack.dynamodb.get_item(TableName=world.stack.table, Key=agreement_keys.AGREEMENT_IN_FORCE)
    return found.get("Item")


def forget(world: World) -> None:
    for item in world.stack.items():
        if item["pk"]["S"] == agreement_keys.AGREEMENT:
            key = {"pk": item["pk"], "sk": item["sk"]}
            world.stack.dynamodb.delete_item(TableName=world.stack.table, Key=key)


def test_the_first_deployment_puts_the_packaged_agreement_into_force(
    empty_world: World, deployment: CloudFormation
) -> None:
    forget(empty_world)
    assert empty_world.send_form().status == 500
    empty_world.invoke("seed_agreement", deployment.event("Create"))
    assert [(told["Status"], told["Data"]) for told in deployment.told] == [("SUCCESS", {"Version": 1})]
    assert (in_force(empty_world) or {})["yaml"]["S"] == packaged_text()
    assert empty_world.send_form().status == 202


def test_a_deployment_of_the_same_agreement_changes_nothing(empty_world: World, deployment: CloudFormation) -> None:
    before = empty_world.stack.items()
    empty_world.invoke("seed_agreement", deployment.event("Update"))
    assert deployment.told[0]["Status"] == "SUCCESS"
    assert empty_world.stack.items() == before


def test_a_deployment_leaves_a_signed_agreement_alone(empty_world: World, deployment: CloudFormation) -> None:
    item = {**(in_force(empty_world) or {}), "origin": {"S": "signed"}, "yaml": {"S": "title: Ours"}}
    empty_world.stack.dynamodb.put_item(TableName=empty_world.stack.table, Item=item)
    empty_world.invoke("seed_agreement", deployment.event("Update"))
    assert deployment.told[0]["Status"] == "SUCCESS"
    assert in_force(empty_world) == item


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param(NEVER_FIRES, "SUCCESS", id="the one in force"),
        pytest.param(NEVER_FIRES.replace("within: 30m", "within: 31m", 1), "FAILED", id="another one"),
    ],
)
def test_a_release_that_checks_more_does_not_stop_at_the_agreement_in_force(
    empty_world: World, deployment: CloudFormation, monkeypatch: pytest.MonkeyPatch, text: str, status: str
) -> None:
    item = {**(in_force(empty_world) or {}), "yaml": {"S": NEVER_FIRES}}
    empty_world.stack.dynamodb.put_item(TableName=empty_world.stack.table, Item=item)
    monkeypatch.setattr("baton.agreement.reading.agreement_reader.packaged_text", lambda: text)
    empty_world.invoke("seed_agreement", deployment.event("Update"))
    assert deployment.told[0]["Status"] == status
    assert in_force(empty_world) == item


def test_a_deletion_of_the_stack_leaves_the_agreement_in_the_table(
    empty_world: World, deployment: CloudFormation
) -> None:
    empty_world.invoke("seed_agreement", deployment.event("Delete"))
    assert deployment.told[0]["Status"] == "SUCCESS"
    assert in_force(empty_world)


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses take no time, but the deployment's clock goes on."""
    paused: list[float] = []
    monkeypatch.setattr(
        "baton.aws.runtime.deployment.time", SimpleNamespace(sleep=paused.append, monotonic=lambda: sum(paused))
    )
    return paused


@pytest.mark.parametrize("operation", ["GetItem", "TransactWriteItems"])
def test_the_first_deployment_waits_until_aws_knows_the_new_roles_permissions(
    empty_world: World, deployment: CloudFormation, seconds: list[float], operation: str
) -> None:
    forget(empty_world)
    with empty_world.calls.by(refuse(operation, "AccessDeniedException", times=7)):
        empty_world.invoke("seed_agreement", deployment.event("Create"))
    assert [told["Status"] for told in deployment.told] == ["SUCCESS"]
    assert in_force(empty_world)
    assert len(seconds) == 7


def test_a_role_that_stays_without_permission_is_reported_before_cloudformation_gives_up(
    empty_world: World, deployment: CloudFormation, seconds: list[float]
) -> None:
    forget(empty_world)
    with empty_world.calls.by(refuse("TransactWriteItems", "AccessDeniedException")):
        empty_world.invoke("seed_agreement", deployment.event("Create"))
    assert [told["Status"] for told in deployment.told] == ["FAILED"]
    assert "AccessDenied" in deployment.told[0]["Reason"]
    assert sum(seconds) <= 16


def test_a_seeding_that_fails_is_reported_to_cloudformation_at_once(
    empty_world: World, deployment: CloudFormation, seconds: list[float]
) -> None:
    forget(empty_world)
    with empty_world.calls.by(refuse("TransactWriteItems", "ResourceNotFoundException")):
        empty_world.invoke("seed_agreement", deployment.event("Create"))
    assert [told["Status"] for told in deployment.told] == ["FAILED"]
    assert "ResourceNotFound" in deployment.told[0]["Reason"]
    assert seconds == []
