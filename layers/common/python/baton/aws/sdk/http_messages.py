"""Writes requests and reads answers of HTTP/1.1 (RFC 9112), as far as AWS's services need it.

The standard library's client brings its reader of e-mails, at each start and for the head of each answer.
"""

import socket
from collections.abc import Mapping
from typing import NamedTuple

LONGEST_HEAD = 65_536
_AT_ONCE = 65_536


class NotHttp(ValueError):
    """What came is no whole answer in HTTP/1.1, or what was to be sent is no request."""


class Answer(NamedTuple):
    """Status, headers by their names in small letters, and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def written_request(method: str, path: str, host: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """Returns the bytes of a request.

    Raises:
        NotHttp: a header has the end of a line in it.
    """
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Accept-Encoding: identity"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    head = "\r\n".join(lines)
    if head.count("\r") != len(lines) - 1 or head.count("\n") != len(lines) - 1:
        raise NotHttp("a header has more than one line")
    return f"{head}\r\n\r\n".encode("latin-1") + body


def read_answer(sock: socket.socket) -> tuple[Answer, bool]:
    """Reads the answer to a request, and tells whether the connection can be used again.

    Raises:
        NotHttp: it is none, or it is cut off.
        OSError: the connection broke, or the answer took too long.
    """
    reader = _Reader(sock)
    version, status = "", 100
    while 100 <= status < 200:  # what comes before the answer, which nobody asked for
        version, status, headers = _read_head(reader.until(b"\r\n\r\n"))
    if status in (204, 304):
        body = b""
    elif "chunked" in headers.get("transfer-encoding", "").lower():
        body = _chunks(reader)
    elif length := headers.get("content-length"):
        body = reader.exactly(_number(length, 10))
    else:
        return Answer(status, headers, reader.rest()), False
    told = headers.get("connection", "").lower()
    stays = told == "keep-alive" if version == "HTTP/1.0" else told != "close"
    return Answer(status, headers, body), stays and reader.is_empty


class _Reader:
    """Reads from a connection, and keeps what came too early."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._kept = b""

    @property
    def is_empty(self) -> bool:
        """Tells whether nothing came too early."""
        return not self._kept

    def until(self, end: bytes) -> bytes:
        """Returns all before the next `end`."""
        while (place := self._kept.find(end)) < 0:
            if len(self._kept) > LONGEST_HEAD:
                raise NotHttp("the head of the answer has no end")
            self._kept += self._more()
        found, self._kept = self._kept[:place], self._kept[place + len(end) :]
        return found

    def exactly(self, length: int) -> bytes:
        """Returns so many bytes."""
        parts, missing = [self._kept], length - len(self._kept)
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        came = b"".join(parts) if len(parts) > 1 else self._kept
        self._kept = came[length:]
        return came[:length]

    def rest(self) -> bytes:
        """Returns all until the other side closes."""
        parts = [self._kept]
        while part := self._sock.recv(_AT_ONCE):
            parts.append(part)
        return b"".join(parts)

    def _more(self) -> bytes:
        if part := self._sock.recv(_AT_ONCE):
            return part
        raise NotHttp("the answer is cut off")


def _read_head(head: bytes) -> tuple[str, int, dict[str, str]]:
    """Returns version, status and headers."""
    first, *lines = head.decode("latin-1").split("\r\n")
    version, _, told = first.partition(" ")
    if version not in ("HTTP/1.1", "HTTP/1.0"):
        raise NotHttp("the answer is not in HTTP/1.1")
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            raise NotHttp("a line of the head is no header")
        headers[name.lower()] = value.strip(" \t")
    return version, _number(told[:3], 10), headers


def _chunks(reader: _Reader) -> bytes:
    """Returns a body that comes in parts, each after its length; what follows the last one is read and left out."""
    parts = []
    while length := _number(reader.until(b"\r\n").partition(b";")[0].decode("latin-1").strip(), 16):
        parts.append(reader.exactly(length))
        if reader.exactly(2) != b"\r\n":
            raise NotHttp("a part of the body is longer than it says")
    while reader.until(b"\r\n"):
        continue
    return b"".join(parts)


def _number(text: str, base: int) -> int:
    if not text.isascii() or not text.isalnum():
        raise NotHttp("a number of the answer is none")
    try:
        return int(text, base)
    except ValueError as fault:
        raise NotHttp("a number of the answer is none") from fault
