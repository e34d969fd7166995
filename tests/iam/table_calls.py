"""Records the partitions of the table that a function asks for, because AWS on this machine does not check them."""

import http.client
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

_PARTITION = re.compile(r"(?:gsi1)?pk = (:\w+)")
_IN_TRANSACTIONS = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


@dataclass(frozen=True)
class Call:
    """One action on the table or its index, with the partition that it is about."""

    action: str
    partition: str
    index: str | None = None

    def __str__(self) -> str:
        return f"{self.action} {self.partition.partition('#')[0]}{f' of {self.index}' if self.index else ''}"

    def allowed_by(self, said: dict[str, Any]) -> list[str]:
        """The patterns of a statement that this call needs; `*` where it names no partitions."""
        resource = said["Resource"]
        if said["Action"] != self.action or resource.endswith(f"/index/{self.index}") != bool(self.index):
            return []
        patterns = said.get("Condition", {}).get("ForAllValues:StringLike", {}).get("dynamodb:LeadingKeys", ["*"])
        return [pattern for pattern in patterns if fnmatchcase(self.partition, pattern)]


def calls_in(operation: str, body: dict[str, Any]) -> Iterator[Call]:
    """The single actions, as IAM sees them, of one request to DynamoDB."""
    match operation:
        case "TransactWriteItems":
            for item in body["TransactItems"]:
                for kind, content in item.items():
                    yield from calls_in(_IN_TRANSACTIONS[kind], content)
        case "BatchGetItem":
            for table in body["RequestItems"].values():
                yield from (Call("dynamodb:BatchGetItem", key["pk"]["S"]) for key in table["Keys"])
        case "BatchWriteItem":
            for write in (write for writes in body["RequestItems"].values() for write in writes):
                key = write["PutRequest"]["Item"] if "PutRequest" in write else write["DeleteRequest"]["Key"]
                yield Call("dynamodb:BatchWriteItem", key["pk"]["S"])
        case "Query":
            condition = _PARTITION.search(body["KeyConditionExpression"])
            assert condition, body["KeyConditionExpression"]
            value = body["ExpressionAttributeValues"][condition[1]]["S"]
            yield Call("dynamodb:Query", value, body.get("IndexName"))
        case _:
            key = body.get("Key") or body.get("Item") or {}
            if "pk" in key:  # the table's; statements about another one name no partitions
                yield Call(f"dynamodb:{operation}", key["pk"]["S"])


def _without_waiting(headers: Message) -> dict[str, str]:
    """The headers to pass on; whoever asks whether to send the body has sent it already."""
    return {name: value for name, value in headers.items() if name.lower() != "expect"}


@contextmanager
def recorded_table_calls(endpoint_url: str) -> Iterator[tuple[str, set[Call]]]:
    """An address that passes everything on to AWS here, and the calls to the table that went through."""
    recorded: set[Call] = set()
    aws = urlsplit(endpoint_url)

    class Between(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:  # as http.server calls it
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            target = self.headers.get("X-Amz-Target", "")
            if target.startswith("DynamoDB_"):
                recorded.update(calls_in(target.rsplit(".", 1)[1], json.loads(body)))
            passing_on = http.client.HTTPConnection(str(aws.hostname), aws.port, timeout=30)
            passing_on.request(self.command, self.path, body, _without_waiting(self.headers))
            answer = passing_on.getresponse()
            content = answer.read()
            passing_on.close()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_PUT = do_DELETE = do_POST

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Between)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", recorded
    finally:
        server.shutdown()
        server.server_close()
