"""Records the AWS calls of a handler, with their parameters and the processor time that the SDK took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from botocore.client import BaseClient

Watch = Callable[["Call"], None]


@dataclass(slots=True)
class Call:
    """One AWS call, with seconds of the processor in the SDK, and seconds by the clock."""

    service: str
    operation: str
    sent: dict[str, Any]
    answer: dict[str, Any]
    processor: float = 0.0
    clock: float = 0.0


@contextmanager
def metered(before: Watch | None = None) -> Iterator[list[Call]]:
    """Yields a list that collects the AWS calls made inside; `before` gets each call before it is sent."""
    calls: list[Call] = []
    original = BaseClient._make_api_call  # type: ignore[attr-defined]

    def watched(client: Any, operation: str, sent: dict[str, Any]) -> Any:
        call = Call(client.meta.service_model.service_name, operation, sent, {})
        if before:
            BaseClient._make_api_call = original  # type: ignore[attr-defined]
            before(call)
            BaseClient._make_api_call = watched  # type: ignore[attr-defined]
        processor, clock = time.thread_time(), time.perf_counter()
        try:
            call.answer = original(client, operation, sent)
        finally:
            call.processor, call.clock = time.thread_time() - processor, time.perf_counter() - clock
            calls.append(call)
        return call.answer

    BaseClient._make_api_call = watched  # type: ignore[attr-defined]
    try:
        yield calls
    finally:
        BaseClient._make_api_call = original  # type: ignore[attr-defined]
