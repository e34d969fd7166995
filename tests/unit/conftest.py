"""Unit tests reach no network and give the same verdict every time.

`--hypothesis-profile=explore` tries more examples, `quick` tries fewer.
"""

import socket
from collections.abc import Iterator
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

SLOW_IS_NO_FAULT = [HealthCheck.too_slow]
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, database=None, suppress_health_check=SLOW_IS_NO_FAULT
)
settings.register_profile("quick", settings.get_profile("repeatable"), max_examples=20)
settings.register_profile("explore", max_examples=1_000, deadline=None, suppress_health_check=SLOW_IS_NO_FAULT)
if settings.get_current_profile_name() not in ("quick", "explore"):
    settings.load_profile("repeatable")


class NoSocket(socket.socket):
    """Stands in for a socket, and refuses to become one."""

    def __init__(self, *_: object, **__: object) -> NoReturn:
        raise RuntimeError("a unit test tried to open a socket; pass in what it would have fetched")


@pytest.fixture(autouse=True, scope="module")
def no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(socket, "socket", NoSocket)
        yield
