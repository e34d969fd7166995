"""Quiet writes: what the table is filled with before the first start stands in no stream."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from ministack.services import dynamodb

from tools import quiet_writes

TABLE: Any = {
    "TableName": "quiet",
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "BillingMode": "PAY_PER_REQUEST",
    "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
}


@pytest.fixture
def tell(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("handle_request", "_emit_stream_event"):
        monkeypatch.setattr(dynamodb, name, getattr(dynamodb, name))
    quiet_writes.install(dynamodb)
    call("CreateTable", TABLE)
    yield
    call("DeleteTable", {"TableName": "quiet"})


def call(operation: str, request: dict[str, Any], headers: dict[str, str] | None = None) -> None:
    sent = {"x-amz-target": f"DynamoDB_20120810.{operation}", **(headers or {})}
    answering = dynamodb.handle_request("POST", "/", sent, json.dumps(request).encode(), {})
    with pytest.raises(StopIteration) as answered:  # it awaits nothing
        answering.send(None)
    assert answered.value.value[0] == 200


def put(key: str, headers: dict[str, str] | None = None) -> None:
    put_request = {"PutRequest": {"Item": {"pk": {"S": key}}}}
    call("BatchWriteItem", {"RequestItems": {"quiet": [put_request]}}, headers)


def marked() -> dict[str, str]:
    """The headers of a client that is quiet, as MiniStack gets them."""
    sent: dict[str, Any] = {"headers": {}}
    events = SimpleNamespace(register=lambda _name, mark: mark(params=sent))
    quiet_writes.be_quiet(SimpleNamespace(meta=SimpleNamespace(events=events)))  # type: ignore[arg-type]
    return {name.lower(): value for name, value in sent["headers"].items()}


@pytest.mark.usefixtures("tell")
def test_the_stream_has_no_record_of_quiet_writes_and_one_of_each_other() -> None:
    put("before", marked())
    put("now")
    put("before, too", marked())
    told = dynamodb.stream_live_records("quiet")
    assert [record["dynamodb"]["Keys"]["pk"]["S"] for record in told] == ["now"]
