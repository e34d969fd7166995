"""Unit tests have no network."""

import socket
import urllib.request

import pytest


def test_a_unit_test_cannot_open_a_socket() -> None:
    with pytest.raises(RuntimeError, match="tried to open a socket"):
        socket.create_connection(("127.0.0.1", 9))


def test_a_unit_test_cannot_fetch_a_page() -> None:
    with pytest.raises(RuntimeError, match="tried to open a socket"):
        urllib.request.urlopen("http://127.0.0.1:9/")
