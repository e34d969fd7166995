"""The lag of eventual reads: what is read late is what the same table answered that long ago, in every respect."""

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from ministack.services import dynamodb

from tools.read_lag import READS, Lag

LAG = 0.5
PATCHED = (*READS, "_set_item", "_remove_item", "_items_replaced")
TABLE: Any = {
    "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk", "gpk", "gsk")],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    "BillingMode": "PAY_PER_REQUEST",
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "gsi",
            "KeySchema": [{"AttributeName": "gpk", "KeyType": "HASH"}, {"AttributeName": "gsk", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["figures"]},
        }
    ],
}


class Clock:
    """A clock that goes when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def call(operation: str, **request: Any) -> Any:
    headers = {"x-amz-target": f"DynamoDB_20120810.{operation}"}
    answering = dynamodb.handle_request("POST", "/", headers, json.dumps(request).encode(), {})
    with pytest.raises(StopIteration) as answered:  # it awaits nothing
        answering.send(None)
    status, _, body = answered.value.value
    assert status == 200, body
    return json.loads(body)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    for name in PATCHED:
        monkeypatch.setattr(dynamodb, name, getattr(dynamodb, name))
    Lag(dynamodb, LAG, LAG, clock).install()
    call("CreateTable", TableName="late", **TABLE)
    yield clock
    call("DeleteTable", TableName="late")


def item(number: int, **more: str) -> dict[str, dict[str, str]]:
    return {name: {"S": value} for name, value in {"pk": f"p{number % 3}", "sk": f"s{number}", **more}.items()}


def in_index(**more: Any) -> Any:
    values = {":gpk": {"S": "q"}}
    return call(
        "Query",
        TableName="late",
        IndexName="gsi",
        KeyConditionExpression="gpk = :gpk",
        ExpressionAttributeValues=values,
        **more,
    )


def put(number: int, **more: str) -> None:
    call("PutItem", TableName="late", Item=item(number, **more))


def read(number: int, **how: Any) -> Any:
    return call("GetItem", TableName="late", Key=item(number), **how).get("Item")


def test_an_index_shows_a_new_item_after_the_lag_and_not_before(clock: Clock) -> None:
    put(1, gpk="q", gsk="1")
    assert in_index()["Items"] == []
    clock.now += LAG - 0.001
    assert in_index()["Items"] == []
    clock.now += 0.001
    assert in_index()["Items"] == [item(1, gpk="q", gsk="1")]


def test_an_index_shows_a_deleted_item_until_the_lag_is_over(clock: Clock) -> None:
    put(1, gpk="q", gsk="1")
    clock.now += LAG
    call("DeleteItem", TableName="late", Key=item(1))
    assert in_index()["Items"] == [item(1, gpk="q", gsk="1")]
    clock.now += LAG
    assert in_index()["Items"] == []


def test_a_changed_item_stays_where_it_was_with_what_the_index_holds_of_it(clock: Clock) -> None:
    put(1, gpk="q", gsk="1", figures="old", body="long")
    clock.now += LAG
    put(1, gpk="elsewhere", gsk="1", figures="new")
    assert in_index()["Items"] == [item(1, gpk="q", gsk="1", figures="old")]
    clock.now += LAG
    assert in_index()["Items"] == []


def test_a_consistent_read_of_the_table_is_never_late(clock: Clock) -> None:
    put(1)
    assert read(1, ConsistentRead=True) == item(1)
    assert read(1) is None
    clock.now += LAG
    assert read(1) == item(1)


def test_each_table_of_a_batch_is_read_as_the_batch_says(clock: Clock) -> None:
    put(1)
    wanted = {"Keys": [item(1)]}
    late = call("BatchGetItem", RequestItems={"late": wanted})["Responses"]["late"]
    at_once = call("BatchGetItem", RequestItems={"late": wanted | {"ConsistentRead": True}})["Responses"]["late"]
    assert (late, at_once) == ([], [item(1)])


def test_a_transaction_is_seen_late_as_a_whole(clock: Clock) -> None:
    put(1, gpk="q", gsk="1")
    clock.now += LAG
    update = {"UpdateExpression": "SET gsk = :new", "ExpressionAttributeValues": {":new": {"S": "9"}}}
    writes = [
        {"Update": {"TableName": "late", "Key": item(1), **update}},
        {"Put": {"TableName": "late", "Item": item(2, gpk="q", gsk="2")}},
    ]
    call("TransactWriteItems", TransactItems=writes)
    assert in_index()["Items"] == [item(1, gpk="q", gsk="1")]
    clock.now += LAG
    assert in_index()["Items"] == [item(2, gpk="q", gsk="2"), item(1, gpk="q", gsk="9")]


def test_a_table_made_anew_under_the_same_name_has_no_past(clock: Clock) -> None:
    put(1, gpk="q", gsk="1")
    clock.now += LAG
    assert in_index()["Count"] == 1
    call("DeleteTable", TableName="late")
    call("CreateTable", TableName="late", **TABLE)
    assert in_index()["Count"] == 0


def test_whatever_is_written_an_index_answers_as_the_table_without_lag_did_that_long_ago(clock: Clock) -> None:
    chance = random.Random(20261201)
    call("CreateTable", TableName="present", **TABLE)
    asked = [
        {"ScanIndexForward": forward, **limit, **after}
        for forward in (True, False)
        for limit in ({}, {"Limit": 2})
        for after in ({}, {"ExclusiveStartKey": item(4, gpk="q", gsk="3")})
    ]
    answers: list[tuple[float, list[Any]]] = []
    try:
        for _ in range(150):
            number = chance.randrange(9)
            written = item(number, gpk=chance.choice("qqqr"), gsk=str(chance.randrange(6)), figures=str(number))
            if chance.random() < 0.3:
                call("DeleteItem", TableName="late", Key=item(number))
                dynamodb._remove_item.now(dynamodb._tables["present"], f"p{number % 3}", f"s{number}")
            else:
                call("PutItem", TableName="late", Item=written)
                dynamodb._set_item.now(dynamodb._tables["present"], f"p{number % 3}", f"s{number}", written)
            answers.append((clock.now, [_now(how) for how in asked]))
            clock.now += chance.choice((0.0, 0.01, 0.1, 0.7))
            then = [seen for at, seen in answers if at <= clock.now - LAG]
            assert [in_index(**how) for how in asked] == (then[-1] if then else [_empty()] * len(asked))
    finally:
        call("DeleteTable", TableName="present")


def _now(how: Any) -> Any:
    """What the table without lag answers: its own query, of its own items."""
    request = {
        "TableName": "present",
        "IndexName": "gsi",
        "KeyConditionExpression": "gpk = :gpk",
        "ExpressionAttributeValues": {":gpk": {"S": "q"}},
        **how,
    }
    status, _, body = dynamodb._query.now(request)
    assert status == 200, body
    return json.loads(body)


def _empty() -> Any:
    return {"Items": [], "Count": 0, "ScannedCount": 0}
