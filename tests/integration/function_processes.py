"""Many instances of functions at once, each in a process of its own, as Lambda runs them.

Threads would not do: an instance of a function has one request at a time. The instances are forked, so that sixteen of
them start in no time, and they meet at a barrier.
"""

import gc
import multiprocessing
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import BrokenBarrierError
from types import ModuleType
from typing import Any

from botocore.config import Config

from baton.aws.runtime import botocore_clients, clients, utc_clock
from baton.aws.sdk import connections
from baton.aws.table.write_outcomes import Contended
from tests.integration import template
from tests.integration.functions import new_instance
from tests.integration.gateway import Event

INSTANCES = 16
HANGS_AFTER_SECONDS = 600
"""An instance that has not started by then, or a call that was not answered, hangs; less is only a slow machine."""
MAX_TIMES = 20
"""How often whatever was too busy is invoked again."""
NOT_AHEAD = timedelta()

_barrier: Any = None


def _start_process(barrier: Any) -> None:
    global _barrier  # noqa: PLW0603  # the one thing that a process is given when it starts
    _barrier = barrier
    gc.disable()  # a collection would touch, and so copy, all the memory that the processes share
    botocore_clients._session.cache_clear()
    clients.client.cache_clear()
    connections.CONNECT_SECONDS = connections.READ_SECONDS = HANGS_AFTER_SECONDS
    botocore_clients._CONFIG = botocore_clients._CONFIG.merge(
        Config(connect_timeout=HANGS_AFTER_SECONDS, read_timeout=HANGS_AFTER_SECONDS)
    )
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # the functions' logs


@dataclass(frozen=True)
class _ClockAhead:
    """A clock that is ahead of this machine's."""

    by: timedelta

    def now(self, zone: Any) -> datetime:
        return datetime.now(zone) + self.by


def _run_share(requests: Sequence[tuple[str, Event]], environment: Mapping[str, str], ahead: timedelta) -> list[Any]:
    """One instance's share: its functions start, wait for all others, and answer one request after the other."""
    os.environ.update(environment)
    utc_clock.datetime = _ClockAhead(ahead)  # type: ignore[assignment, misc]
    instances = {function: new_instance(function) for function in dict(requests)}
    try:
        _barrier.wait(HANGS_AFTER_SECONDS)
    except BrokenBarrierError:
        raise RuntimeError("the other instances did not start") from None
    return [_returned(instances[function], event) for function, event in requests]


def _returned(instance: ModuleType, event: Event) -> Any:
    """What a function returns; the same as to a caller who is to come again, where AWS would invoke it again."""
    try:
        return instance.lambda_handler(event, None)
    except Exception as fault:
        if isinstance(fault, Contended) or clients.is_busy(fault):
            return {"statusCode": 503}
        raise


def _is_busy(returned: Any) -> bool:
    return isinstance(returned, dict) and returned.get("statusCode") in (429, 503)


@dataclass(frozen=True)
class FunctionProcesses:
    """Sixteen instances that wait for requests."""

    instances: ProcessPoolExecutor
    environment: Mapping[str, str]

    def run(
        self, requests: Sequence[tuple[str, Event]], physical: Mapping[str, str], *, ahead: timedelta = NOT_AHEAD
    ) -> list[Any]:
        """Have functions invoked, all at once, and give what they returned in the requests' order.

        Their clock is `ahead` of this machine's. Whatever was too busy is invoked again, as its callers and AWS do.
        """
        returned = self._run(requests, physical, ahead)
        for _ in range(MAX_TIMES):
            again = [place for place, one in enumerate(returned) if _is_busy(one)]
            if not again:
                break
            for place, one in zip(again, self._run([requests[each] for each in again], physical, ahead), strict=True):
                returned[place] = one
        return returned

    def _run(self, requests: Sequence[tuple[str, Event]], physical: Mapping[str, str], ahead: timedelta) -> list[Any]:
        environment = dict(self.environment)
        for function in dict(requests):
            environment |= template.environment(function, physical)
        shares = [requests[number::INSTANCES] for number in range(INSTANCES)]
        returned = list(self.instances.map(_run_share, shares, [environment] * INSTANCES, [ahead] * INSTANCES))
        return [returned[number % INSTANCES][number // INSTANCES] for number in range(len(requests))]


@contextmanager
def function_processes(environment: Mapping[str, str]) -> Iterator[FunctionProcesses]:
    """Instances whose AWS is where this environment says."""
    processes = multiprocessing.get_context("fork")
    barrier = processes.Barrier(INSTANCES)
    with ProcessPoolExecutor(INSTANCES, processes, initializer=_start_process, initargs=(barrier,)) as instances:
        yield FunctionProcesses(instances, environment)
