"""Watches every call that a function makes to AWS, from inside the SDK, so that a test can count or break it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from botocore.client import BaseClient

from baton.aws.sdk.json_client import JsonClient


class Crash(BaseException):
    """The function's process ends here and now; no handler of its own may notice."""


@dataclass(frozen=True)
class Call:
    """One call of a function to AWS, and in which of all invocations it was made."""

    function: str
    service: str
    operation: str
    invocation: int = field(compare=False)
    parameters: dict[str, Any] = field(compare=False, repr=False)
    client: Any = field(compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.function} → {self.service}:{self.operation}"


READS = ("Get", "BatchGet", "TransactGet", "Query", "Scan", "List", "Head", "Describe")
"""How the operations begin that change nothing at AWS."""

Carry = Callable[[], Any]
Watcher = Callable[[Call, Carry], Any]


class Calls:
    """The calls of whatever function runs; every watcher sees them, and decides what becomes of them."""

    def __init__(self) -> None:
        self.running: str | None = None
        self.invocation = 0
        self._watchers: list[Watcher] = []
        self._one_at_a_time = threading.RLock()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Watch the SDK's clients, whichever function made them."""
        made_by = {kind: kind._make_api_call for kind in (BaseClient, JsonClient)}

        def seen(client: Any, operation: str, parameters: dict[str, Any]) -> Any:
            make = made_by[JsonClient if isinstance(client, JsonClient) else BaseClient]
            carry: Carry = partial(make, client, operation, parameters)
            if self.running is None:
                return carry()
            service = client.meta.service_model.service_name
            call = Call(self.running, service, operation, self.invocation, parameters, client)
            for watcher in self._watchers:
                carry = partial(watcher, call, carry)
            with self._one_at_a_time:  # a function's own threads; moto would lose what they write
                return carry()

        with pytest.MonkeyPatch.context() as patch:
            for kind in made_by:
                patch.setattr(kind, "_make_api_call", seen)
            yield

    @contextmanager
    def of(self, function: str) -> Iterator[None]:
        """What is called while this lasts is called by one invocation of this function."""
        self.running, self.invocation = function, self.invocation + 1
        try:
            yield
        finally:
            self.running = None

    @contextmanager
    def by(self, watcher: Watcher) -> Iterator[None]:
        """Let a watcher decide about each call."""
        self._watchers.append(watcher)
        try:
            yield
        finally:
            self._watchers.remove(watcher)

    @contextmanager
    def recorded(self) -> Iterator[list[Call]]:
        """Collect the calls."""
        made: list[Call] = []

        def record(call: Call, carry: Carry) -> Any:
            made.append(call)
            return carry()

        with self.by(record):
            yield made


def crash_at(place: int, *, after: bool) -> Watcher:
    """End the function at its `place`th call: before it reaches AWS, or after AWS has done it and nobody heard."""
    made = 0

    def watch(_: Call, carry: Carry) -> Any:
        nonlocal made
        made += 1
        if made - 1 != place:
            return carry()
        try:
            if after:
                carry()
        finally:
            raise Crash

    return watch


def crash_everywhere(copied: Callable[[tuple[int, bool]], bool]) -> Watcher:
    """End the function at every call, each time in a copy of the process, and let it go on in this one.

    `copied` makes the copy, given the place and whether AWS has done it, and says whether this is it. Only memory is
    lost between two writes, so the ends before, between and after reads are one: the end before an invocation's first
    call, or the end after its last write. These are tried.
    """
    place, invocation = -1, 0

    def watch(call: Call, carry: Carry) -> Any:
        nonlocal place, invocation
        place, before, invocation = place + 1, invocation, call.invocation
        if invocation != before and copied((place, False)):
            raise Crash
        try:
            return carry()
        finally:
            if not call.operation.startswith(READS) and copied((place, True)):
                raise Crash

    return watch


def refuse(operation: str, code: str, *, times: int = 1_000_000, **more: Any) -> Watcher:
    """Answer an operation with an error, as AWS does once the SDK has given up, so many times."""
    left = times

    def watch(call: Call, carry: Carry) -> Any:
        nonlocal left
        if call.operation != operation or left == 0:
            return carry()
        left -= 1
        error: type[Exception] = call.client.exceptions.from_code(code)
        raise error({"Error": {"Code": code, "Message": code}, **more}, operation)

    return watch


@contextmanager
def slowly(calls: Calls, seconds: float) -> Iterator[Callable[[], float]]:
    """Has each call take so long by the monotonic clock, and nothing else; gives what tells how long it took so far."""
    passed = 0.0

    def wait(_: Call, carry: Carry) -> Any:
        nonlocal passed
        passed += seconds
        return carry()

    with pytest.MonkeyPatch.context() as patch, calls.by(wait):
        patch.setattr("time.monotonic", lambda: passed)
        yield lambda: passed


def index_behind(*, times: int = 1_000_000) -> Watcher:
    """Answer so many queries of an index as one that has not followed the table yet: there is nothing in it."""
    left = times

    def watch(call: Call, carry: Carry) -> Any:
        nonlocal left
        if call.operation != "Query" or "IndexName" not in call.parameters or left == 0:
            return carry()
        left -= 1
        return {"Items": [], "Count": 0, "ScannedCount": 0}

    return watch


def index_stands_still() -> Watcher:
    """Answer each query of an index again and again as the first time, whatever is written."""
    answers: dict[str, Any] = {}

    def watch(call: Call, carry: Carry) -> Any:
        if call.operation != "Query" or "IndexName" not in call.parameters:
            return carry()
        asked = repr(sorted(call.parameters.items()))
        if asked not in answers:
            answers[asked] = carry()
        return deepcopy(answers[asked])

    return watch
