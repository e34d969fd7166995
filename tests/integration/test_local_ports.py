"""The ports of a local stack: free ones at first, the same ever after, unless another program takes them."""

import socket
from pathlib import Path

from tools.emulator import Emulator
from tools.workspace import Workspace


def test_a_stack_keeps_its_port(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    first = workspace.port
    workspace.leave_taken_port()
    assert (workspace.port, Workspace(tmp_path).port) == (first, first)


def test_a_port_on_which_another_program_answers_is_not_taken_for_ours(tmp_path: Path) -> None:
    emulator = Emulator(Workspace(tmp_path))
    with socket.create_server(("127.0.0.1", emulator.workspace.port)):
        taken = emulator.endpoint_url
        emulator.workspace.leave_taken_port()
        assert emulator.endpoint_url != taken


def test_the_connections_of_a_program_that_stopped_hinder_no_start(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    port = workspace.port
    with socket.create_server(("127.0.0.1", port)) as server, socket.create_connection(("127.0.0.1", port)):
        connection, _ = server.accept()
        connection.close()
    workspace.leave_taken_port()
    assert workspace.port == port
