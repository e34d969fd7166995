"""HTTP/1.1 as Baton's AWS client speaks it, held against the standard library's own client."""

import io
import random
from collections.abc import Iterable
from http.client import HTTPMessage, HTTPResponse, parse_headers
from typing import Any

import pytest

from baton.aws.sdk.http_messages import Answer, NotHttp, read_answer, written_request


class Came:
    """A connection on which something came, in pieces."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces = list(pieces)

    def recv(self, most: int) -> bytes:
        if not self.pieces:
            return b""
        piece = self.pieces.pop(0)
        if len(piece) > most:
            self.pieces.insert(0, piece[most:])
        return piece[:most]

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(b"".join(self.pieces))


def read(*pieces: bytes) -> tuple[Answer, bool]:
    came: Any = Came(pieces)
    return read_answer(came)


def theirs(content: bytes) -> tuple[int, HTTPMessage, bytes, bool]:
    connection: Any = Came([content])
    response = HTTPResponse(connection)
    response.begin()
    stays = not response.will_close
    return response.status, response.headers, response.read(), stays


HEADS = [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 400 Bad Request\r\n", b"HTTP/1.1 503\r\n", b"HTTP/1.0 200 OK\r\n"]
CONNECTION = [b"", b"Connection: close\r\n", b"connection: keep-alive\r\n"]
BODIES = [
    b"Content-Length: 0\r\n\r\n",
    b'content-length:  15 \r\nx-amzn-ErrorType: A\r\n\r\n{"__type": "A"}',
    b"x-amz-crc32: 12\r\nContent-Length: 70000\r\n\r\n" + b"0123456789" * 7000,
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"Transfer-Encoding: Chunked\r\n\r\n4\r\n\r\n\r\n\r\n1A; a=b\r\n" + b"ab" * 13 + b"\r\n0\r\nT: 1\r\n\r\n",
    b"\r\nuntil the end",
]
ANSWERS = [head + connection + body for head in HEADS for connection in CONNECTION for body in BODIES]
ANSWERS += [b"HTTP/1.1 100 Continue\r\n\r\n" + ANSWERS[1], b"HTTP/1.1 204 No Content\r\n\r\n"]
ANSWERS += [b"HTTP/1.1 304 Not Modified\r\nContent-Length: 12\r\n\r\n"]


def test_an_answer_reads_as_the_standard_library_reads_it_however_it_is_cut() -> None:
    chance = random.Random(3)
    for content in ANSWERS:
        status, headers, body, stays = theirs(content)
        for cuts in (0, 1, 3, 12):
            places = sorted(chance.sample(range(1, len(content)), cuts))
            pieces = [content[begin:end] for begin, end in zip([0, *places], [*places, len(content)], strict=True)]
            answer, ours_stays = read(*pieces)
            assert (answer.status, answer.body, ours_stays) == (status, body, stays), content[:80]
            assert answer.headers == {name.lower(): value.strip() for name, value in headers.items()}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1_0\r\n\r\n0123456789",
        b"HTTP/1.1 200 OK\r\nContent-Length: \xb2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nno header\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/2 200\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000,
    ],
)
def test_what_is_no_whole_answer_is_refused(content: bytes) -> None:
    with pytest.raises(NotHttp):
        read(content)


def test_a_connection_that_says_more_than_was_asked_is_not_used_again() -> None:
    answer, stays = read(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n")
    assert (answer.body, stays) == (b"ok", False)


def test_a_request_reads_as_it_was_meant() -> None:
    sent = written_request("POST", "/", "a.example:8000", {"X-Amz-Target": "A.B", "Authorization": "c d"}, b"\x00\r\n")
    line, _, rest = sent.partition(b"\r\n")
    assert line == b"POST / HTTP/1.1"
    read_from = io.BytesIO(rest)
    assert dict(parse_headers(read_from)) == {
        "Host": "a.example:8000",
        "Accept-Encoding": "identity",
        "X-Amz-Target": "A.B",
        "Authorization": "c d",
        "Content-Length": "3",
    }
    assert read_from.read() == b"\x00\r\n"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_header_of_two_lines_is_not_sent(end: str) -> None:
    with pytest.raises(NotHttp):
        written_request("POST", "/", "a.example", {"X-Amzn-Trace-Id": f"Root=1{end}X-Amz-Target: A.B"}, b"")
