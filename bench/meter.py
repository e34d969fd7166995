"""Records the AWS calls of a handler, with their parameters and the processor time that the SDK took."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from botocore.client import BaseClient

from baton.aws.sdk.json_client import JsonClient

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
    kinds: tuple[Any, ...] = (BaseClient, JsonClient)
    originals = {kind: kind._make_api_call for kind in kinds}

    def watched(client: Any, operation: str, sent: dict[str, Any]) -> Any:
        call = Call(client.meta.service_model.service_name, operation, sent, {})
        if before:
            _set(originals)
            before(call)
            _set(dict.fromkeys(kinds, watched))
        original = originals[JsonClient if isinstance(client, JsonClient) else BaseClient]
        processor, clock = time.thread_time(), time.perf_counter()
        try:
            call.answer = original(client, operation, sent)
        finally:
            call.processor, call.clock = time.thread_time() - processor, time.perf_counter() - clock
            calls.append(call)
        return call.answer

    _set(dict.fromkeys(kinds, watched))
    try:
        yield calls
    finally:
        _set(originals)


def _set(made_by: Mapping[Any, Callable[..., Any]]) -> None:
    """Has each kind of client make its calls in this way."""
    for kind, make in made_by.items():
        kind._make_api_call = make
