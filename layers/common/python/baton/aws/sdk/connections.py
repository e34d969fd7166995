"""Connections to one address that are kept open from one call to the next; threads may share them."""

import os
import select
import socket
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from baton.aws.sdk.faults import AwsSilent
from baton.aws.sdk.http_messages import Answer, NotHttp, read_answer, written_request

CONNECT_SECONDS, READ_SECONDS = 1.0, 3.0


@cache
def _trusted() -> ssl.SSLContext:
    """Returns the certificates that are trusted; reading them takes long, so all connections share them."""
    return ssl.create_default_context(cafile=os.environ.get("AWS_CA_BUNDLE"))


class Connections:
    """The open connections to one address, such as `https://dynamodb.eu-central-1.amazonaws.com`."""

    def __init__(self, address: str) -> None:
        self.address = address
        parts = urlsplit(address)
        self._is_secret, self._host = parts.scheme == "https", parts.netloc
        # As bytes, or Python would import what spells international names.
        self._name = (parts.hostname or "").encode("ascii")
        self._port = parts.port or (443 if self._is_secret else 80)
        self._idle: list[socket.socket] = []

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Sends one request, and returns its answer.

        Raises:
            AwsSilent: there was no connection, or no whole answer in time.
        """
        connection = self._open()
        try:
            connection.sendall(written_request(method, path, self._host, headers, body))
            answer, stays = read_answer(connection)
        except (OSError, NotHttp) as fault:
            connection.close()
            raise AwsSilent(f"no answer from {self.address}: {type(fault).__name__}") from fault
        if stays:
            self._idle.append(connection)
        else:
            connection.close()
        return answer

    def close(self) -> None:
        """Closes what is idle; the next call opens a new connection."""
        while self._idle:
            self._idle.pop().close()

    def _open(self) -> socket.socket:
        """Returns an open connection: an idle one that the other side has not closed, or a new one."""
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:  # another thread was faster
                break
            if not _is_closed(connection):
                return connection
            connection.close()
        try:
            return self._connected()
        except OSError as fault:
            raise AwsSilent(f"no connection to {self.address}: {type(fault).__name__}") from fault

    def _connected(self) -> socket.socket:
        place: tuple[Any, int] = (self._name, self._port)
        connection = socket.create_connection(place, CONNECT_SECONDS)
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            if self._is_secret:
                connection = _trusted().wrap_socket(connection, server_hostname=self._name)
            connection.settimeout(READ_SECONDS)
        except OSError:
            connection.close()
            raise
        return connection


def _is_closed(sock: socket.socket) -> bool:
    """Tells whether the other side has closed an idle connection: there is something to read, its end."""
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))
