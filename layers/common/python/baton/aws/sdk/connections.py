"""Connections to one address that are kept open from one call to the next; threads may share them."""

import os
import select
import socket
from collections.abc import Mapping
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from baton.aws.sdk.faults import AwsSilent

if TYPE_CHECKING:
    import ssl

CONNECT_SECONDS, READ_SECONDS = 1.0, 3.0


class Headers(Protocol):
    """The headers of an answer, by their names in any case."""

    def get(self, name: str, /) -> str | None:
        """Returns a header; None if it is missing."""


Answer = tuple[int, Headers, bytes]
"""Status, headers and body."""


@cache
def _trusted() -> "ssl.SSLContext":
    """Returns the certificates that are trusted; reading them takes long, so all connections share them."""
    import ssl  # the connections on one machine need none  # noqa: PLC0415

    return ssl.create_default_context(cafile=os.environ.get("AWS_CA_BUNDLE"))


class Connections:
    """The open connections to one address, such as `https://dynamodb.eu-central-1.amazonaws.com`."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._parts = urlsplit(address)
        self._idle: list[HTTPConnection] = []

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Sends one request, and returns its answer.

        Raises:
            AwsSilent: there was no connection, or no whole answer in time.
        """
        connection = self._open()
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            content = response.read()
        except (OSError, HTTPException) as fault:
            connection.close()
            raise AwsSilent(f"no answer from {self.address}: {type(fault).__name__}") from fault
        if response.will_close:
            connection.close()
        else:
            self._idle.append(connection)
        return response.status, response.headers, content

    def close(self) -> None:
        """Closes what is idle; the next call opens a new connection."""
        while self._idle:
            self._idle.pop().close()

    def _open(self) -> HTTPConnection:
        """Returns an open connection: an idle one that the other side has not closed, or a new one."""
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:  # another thread was faster
                break
            if not _is_closed(connection.sock):
                return connection
            connection.close()
        try:
            return self._connected()
        except OSError as fault:
            raise AwsSilent(f"no connection to {self.address}: {type(fault).__name__}") from fault

    def _connected(self) -> HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        connection = (
            HTTPSConnection(host, port, timeout=CONNECT_SECONDS, context=_trusted())
            if self._parts.scheme == "https"
            else HTTPConnection(host, port, timeout=CONNECT_SECONDS)
        )
        connection.connect()
        connection.sock.settimeout(READ_SECONDS)
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return connection


def _is_closed(sock: socket.socket) -> bool:
    """Tells whether the other side has closed an idle connection: there is something to read, its end."""
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))
