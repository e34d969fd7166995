"""Unit tests reach no network, even by accident."""

import socket
import urllib.request

import pytest


def test_no_socket_opens() -> None:
    with pytest.raises(RuntimeError, match="tried to open a socket"):
        socket.create_connection(("127.0.0.1", 9))


def test_no_page_is_fetched() -> None:
    with pytest.raises(RuntimeError, match="tried to open a socket"):
        urllib.request.urlopen("http://127.0.0.1:9/")
