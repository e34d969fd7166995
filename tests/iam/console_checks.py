"""Checks that make the console's functions use every permission of theirs."""

from typing import TYPE_CHECKING

from tests.e2e.console_sessions import Visitor

if TYPE_CHECKING:
    from tests.iam.checks import RunningStack


def serve_console(running: "RunningStack") -> None:
    assert "<base href=" in running.baton.stranger.get("/console").text


def console_session(running: "RunningStack") -> None:
    """Mona signs in on two devices, and out of both."""
    desk, phone = Visitor(running.baton.stack), Visitor(running.baton.stack)
    for each in (desk, phone):
        each.signs_in("mona@baton.example")
        assert each.asks("refresh").status_code == 200
    assert desk.asks("end", everywhere=True).status_code == 200
