"""The tables of the tests: what came out of their stream, and how they are brought back to what they were.

They are in moto, in this process. With BATON_DYNAMODB set to the path of a program that answers as DynamoDB does, such
as dynoxide, they are in that: a second opinion on every request, condition, index and stream record.
"""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from typing import Any

import boto3
from moto.dynamodb.models import dynamodb_backends

SECOND = os.environ.get("BATON_DYNAMODB")
REGION = "eu-central-1"
ACCOUNT = "123456789012"
AT_ONCE = 25
"""Items in one BatchWriteItem."""

Item = dict[str, Any]
Restore = Callable[[], None]


class MotoTables:
    """Tables that moto holds in this process; they are read and copied where moto keeps them, because that is fast."""

    def __init__(self, table: str) -> None:
        self._table = table

    def stream(self, after: int) -> list[Item]:
        """The records after the first `after`; moto's iterators stay at a table that a refused transaction replaced."""
        shard = dynamodb_backends[ACCOUNT][REGION].tables[self._table].stream_shard
        return [item.to_json() for item in shard.items[after:]]

    def items(self) -> list[Item]:
        """All items, as a scan gives them."""
        table = dynamodb_backends[ACCOUNT][REGION].tables[self._table]
        return [item.to_json()["Attributes"] for item in table.all_items()]

    def keep(self) -> Restore:
        """Remember everything as it is now."""
        backend = dynamodb_backends[ACCOUNT][REGION]
        kept = _copy(backend, backend.__dict__)
        return lambda: backend.__dict__.update(_copy(backend, kept))


class ServedTables:
    """Tables of a program that answers as DynamoDB does; only its API is used."""

    def __init__(self, session: boto3.Session, table: str) -> None:
        self._table = table
        self._dynamodb, self._streams = session.client("dynamodb"), session.client("dynamodbstreams")
        self._records: list[Item] = []
        self._iterator: str | None = None

    def stream(self, after: int) -> list[Item]:
        """The records after the first `after`."""
        self._read()
        return deepcopy(self._records[after:])

    def _read(self) -> None:
        iterator = self._iterator or self._first_iterator()
        while (answer := self._streams.get_records(ShardIterator=iterator))["Records"]:
            self._records += answer["Records"]
            iterator = answer["NextShardIterator"]
        self._iterator = iterator

    def _first_iterator(self) -> str:
        arn = self._dynamodb.describe_table(TableName=self._table)["Table"]["LatestStreamArn"]
        [shard] = self._streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
        begin = {"StreamArn": arn, "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"}
        iterator: str = self._streams.get_shard_iterator(**begin)["ShardIterator"]
        return iterator

    def items(self) -> list[Item]:
        """All items, as a scan gives them."""
        return self._items(self._table)

    def keep(self) -> Restore:
        """Remember everything as it is now; what brings it back leaves no records."""
        kept = {name: self._items(name) for name in self._dynamodb.list_tables()["TableNames"]}
        records = len(self.stream(0))

        def bring_back() -> None:
            for name, items in kept.items():
                self._replace(name, items)
            self._read()
            del self._records[records:]

        return bring_back

    def _items(self, name: str) -> list[Item]:
        pages = self._dynamodb.get_paginator("scan").paginate(TableName=name, ConsistentRead=True)
        return [item for page in pages for item in page["Items"]]

    def _replace(self, name: str, items: list[Item]) -> None:
        keys = [each["AttributeName"] for each in self._dynamodb.describe_table(TableName=name)["Table"]["KeySchema"]]
        now = self._items(name)
        wanted = {_key(item, keys): item for item in items}
        gone = [item for item in now if _key(item, keys) not in wanted]
        there = {_key(item, keys): item for item in now}
        writes: list[Item] = [{"DeleteRequest": {"Key": {key: item[key] for key in keys}}} for item in gone]
        writes += [{"PutRequest": {"Item": item}} for key, item in wanted.items() if there.get(key) != item]
        for begin in range(0, len(writes), AT_ONCE):
            left: Any = {name: writes[begin : begin + AT_ONCE]}
            while left:
                left = self._dynamodb.batch_write_item(RequestItems=left)["UnprocessedItems"]


@contextmanager
def served() -> Iterator[dict[str, str]]:
    """Runs the second DynamoDB, if one is wanted; gives the variables with which clients find it."""
    if SECOND is None:
        yield {}
        return
    port = _free_port()
    program = subprocess.Popen([SECOND, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        url = f"http://127.0.0.1:{port}"
        yield {"AWS_ENDPOINT_URL_DYNAMODB": url, "AWS_ENDPOINT_URL_DYNAMODB_STREAMS": url}
    finally:
        program.kill()
        program.wait()


def tables(session: boto3.Session, dynamodb: Any, table: str) -> MotoTables | ServedTables:
    """The tables of these tests, wherever this client finds them."""
    in_moto = dynamodb.meta.endpoint_url.endswith(".amazonaws.com")
    return MotoTables(table) if in_moto else ServedTables(session, table)


def _wait(port: int) -> None:
    end = time.perf_counter() + 60
    while time.perf_counter() < end:
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.02)
    raise RuntimeError(f"{SECOND} does not answer on port {port}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _key(item: Item, keys: list[str]) -> tuple[str, ...]:
    return tuple(item[key]["S"] for key in keys)


def _copy(backend: Any, state: Item) -> Item:
    """A copy whose parts still belong to the same backend."""
    return deepcopy(state, {id(backend): backend})
