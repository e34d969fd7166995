"""Baton's own AWS client over a real connection: what is kept open, what is sent again, what is raised."""

import json
import select
import ssl
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from baton.aws.sdk import connections, retried, role_credentials
from baton.aws.sdk.faults import AwsRefused, AwsSilent
from baton.aws.sdk.json_client import JsonClient
from baton.aws.sdk.query_client import QueryClient
from baton.aws.sdk.services import SERVICES
from baton.aws.sdk.signature import Credentials

OF_DYNAMODB = SERVICES["dynamodb"]


class Answering(ThreadingHTTPServer):
    """A service that gives its answers one after the other: status, headers, and body; None hangs up."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[tuple[int, dict[str, str], bytes] | None] = []
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.connections = 0


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Answering

    def setup(self) -> None:
        super().setup()
        self.server.connections += 1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        if (answer := self.server.answers.pop(0)) is None:
            self.close_connection = True
            return
        status, headers, content = answer
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = "X-Then" in headers

    do_GET = do_POST  # the name that the base class asks for

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answering]:
    server = Answering()
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    place = f"http://127.0.0.1:{server.server_address[1]}"
    for name, value in {"AWS_ENDPOINT_URL": place, "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "key"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setattr(retried, "LONGEST_PAUSE_SECONDS", 0.0)
    yield server
    while _made:
        _made.pop()._connections.close()
    server.shutdown()
    serving.join()
    server.server_close()


_made: list[JsonClient] = []


def made() -> JsonClient:
    """A client that is closed at the end of the test."""
    _made.append(JsonClient(OF_DYNAMODB))
    return _made[-1]


def refused(code: str, status: int = 400, **more: Any) -> tuple[int, dict[str, str], bytes]:
    return status, {}, json.dumps({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", **more}).encode()


FINE = (200, {}, b'{"Item": {"a": {"S": "b"}}}')


def test_calls_share_a_connection(server: Answering) -> None:
    client = made()
    server.answers = [FINE, FINE]
    for _ in range(2):
        assert client.get_item(TableName="t", Key={}) == {"Item": {"a": {"S": "b"}}}
    assert server.connections == 1
    assert server.asked[0][1]["x-amz-target"] == "DynamoDB_20120810.GetItem"


def test_a_connection_that_was_closed_meanwhile_is_not_used(server: Answering) -> None:
    client = made()
    server.answers = [(200, {"X-Then": "close"}, b"{}"), FINE]
    client.get_item()
    (idle,) = client._connections._idle
    assert select.select([idle], [], [], 10)[0], "the server has not hung up"
    assert client.get_item()["Item"]
    assert server.connections == 2


@pytest.mark.parametrize(
    "first",
    [
        None,
        refused("ThrottlingException"),
        (500, {}, b"<html>"),
        refused("InternalServerError", 500),
        (200, {"x-amz-crc32": str(zlib.crc32(b"{}") + 1)}, b"{}"),
    ],
)
def test_a_call_is_sent_up_to_three_times(server: Answering, first: Any) -> None:
    server.answers = [first, first, FINE]
    assert made().get_item()["Item"]
    assert len(server.asked) == 3


def test_a_transaction_that_is_sent_again_has_the_same_token(server: Answering) -> None:
    server.answers = [None, (200, {}, b"{}"), (200, {}, b"{}")]
    client = made()
    client.transact_write_items(TransactItems=[])
    client.transact_write_items(TransactItems=[])
    first, again, other = (json.loads(body)["ClientRequestToken"] for _, _, body in server.asked)
    assert first == again != other
    assert 1 <= len(first) <= 36


def test_a_refusal_has_the_code_and_all_that_was_said(server: Answering) -> None:
    client = made()
    reasons = [{"Code": "None"}, {"Code": "ConditionalCheckFailed", "Item": {"v": {"N": "2"}}}]
    server.answers = [refused("TransactionCanceledException", Message="no", CancellationReasons=reasons)]
    with pytest.raises(client.exceptions.TransactionCanceledException) as caught:
        client.transact_write_items(TransactItems=[])
    told = caught.value.response
    assert told["Error"] == {"Code": "TransactionCanceledException", "Message": "no"}
    assert told["CancellationReasons"] == reasons
    assert isinstance(caught.value, AwsRefused)


def test_a_call_that_is_refused_three_times_is_refused(server: Answering) -> None:
    server.answers = [refused("ThrottlingException")] * 3
    with pytest.raises(JsonClient.exceptions.ThrottlingException):
        made().query()
    assert server.answers == []


def test_nobody_who_answers_is_silence(server: Answering, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers = [None] * 3
    with pytest.raises(AwsSilent):
        made().query()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(AwsSilent):
        made().query()


def test_credentials_of_the_container_are_asked_for_and_renewed_in_time(
    server: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.setattr(role_credentials, "_of_container", None)
    monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"http://127.0.0.1:{server.server_address[1]}/creds")
    monkeypatch.setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "let me")
    told = {"AccessKeyId": "a", "SecretAccessKey": "s", "Token": "t"}
    server.answers = [(200, {}, json.dumps({**told, "Expiration": "2026-01-01T00:00:00Z"}).encode())]
    server.answers += [(200, {}, json.dumps({**told, "Expiration": "2999-01-01T00:00:00Z"}).encode())]
    for _ in range(3):
        assert role_credentials.credentials() == Credentials("a", "s", "t")
    assert [(path, headers["authorization"]) for path, headers, _ in server.asked] == [("/creds", "let me")] * 2


def test_a_service_must_prove_its_name(server: Answering, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    certificate = tmp_path / "server.pem"
    certificate.write_bytes(_certificate_for("localhost"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    connections._trusted.cache_clear()
    monkeypatch.setenv("AWS_CA_BUNDLE", str(certificate))
    port = server.server_address[1]
    try:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"https://localhost:{port}")
        server.answers = [FINE, FINE]
        client = made()
        assert client.get_item()["Item"] == client.get_item()["Item"]
        assert server.connections == 1
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"https://127.0.0.1:{port}")
        with pytest.raises(AwsSilent, match="SSLCertVerificationError"):
            made().get_item()
    finally:
        connections._trusted.cache_clear()


def _certificate_for(name: str) -> bytes:
    """A key, and the certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begun = datetime.now(UTC) - timedelta(hours=1)
    certificate = (
        x509.CertificateBuilder(named, named, key.public_key(), x509.random_serial_number())
        .not_valid_before(begun)
        .not_valid_after(begun + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret + certificate.public_bytes(Encoding.PEM)


def test_mail_goes_out_as_a_form_and_a_refusal_is_read(server: Answering) -> None:
    sns = QueryClient(SERVICES["sns"])
    _made.append(sns)
    error = "<ErrorResponse><Error><Code>{}</Code><Message>no</Message></Error></ErrorResponse>"
    result = "<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>"
    server.answers = [(400, {}, error.format("Throttling").encode()), (200, {}, result.encode())]
    assert sns.publish(TopicArn="arn", Message="ä & b") == {"MessageId": "m"}
    form = {"Action": "Publish", "Version": "2010-03-31", "TopicArn": "arn", "Message": "ä & b"}
    assert [dict(parse_qsl(body.decode())) for _, _, body in server.asked] == [form] * 2
    server.answers = [(404, {}, error.format("NotFound").encode())]
    with pytest.raises(sns.exceptions.NotFoundException) as caught:
        sns.publish(TopicArn="arn", Message="a")
    assert caught.value.response["Error"] == {"Code": "NotFound", "Message": "no"}
