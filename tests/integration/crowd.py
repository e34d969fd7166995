"""Many instances of functions at once, each in a process of its own, as Lambda has them.

Threads would not do: Powertools keeps the event of the request in a class, because an instance of a function has one
request at a time. The instances are forked, so that sixteen of them start in no time, and they meet at a barrier.
"""

import multiprocessing
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BrokenBarrierError
from typing import Any

from baton.aws import clients
from tests.integration import template
from tests.integration.functions import new_instance
from tests.integration.gateway import Event

INSTANCES = 16
START_SECONDS = 30

_meeting: Any = None


def _join(meeting: Any) -> None:
    global _meeting  # noqa: PLW0603  # the one thing that a process is given when it starts
    _meeting = meeting
    clients._session.cache_clear()
    clients.client.cache_clear()
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # the functions' logs


def _work(requests: Sequence[tuple[str, Event]], environment: Mapping[str, str]) -> list[Any]:
    """One instance's share: its functions start, wait for all others, and answer one request after the other."""
    os.environ.update(environment)
    instances = {function: new_instance(function) for function in dict(requests)}
    try:
        _meeting.wait(START_SECONDS)
    except BrokenBarrierError:
        raise RuntimeError("the other instances did not start") from None
    return [instances[function].lambda_handler(event, None) for function, event in requests]


@dataclass(frozen=True)
class Crowd:
    """Sixteen instances that wait for requests."""

    instances: ProcessPoolExecutor
    environment: Mapping[str, str]

    def run(self, requests: Sequence[tuple[str, Event]], physical: Mapping[str, str]) -> list[Any]:
        """Have functions invoked, all at once, and give what they returned in the requests' order."""
        environment = dict(self.environment)
        for function in dict(requests):
            environment |= template.environment(function, physical)
        shares = [requests[number::INSTANCES] for number in range(INSTANCES)]
        returned = list(self.instances.map(_work, shares, [environment] * INSTANCES))
        return [returned[number % INSTANCES][number // INSTANCES] for number in range(len(requests))]


@contextmanager
def crowd(environment: Mapping[str, str]) -> Iterator[Crowd]:
    """Instances whose AWS is where this environment says."""
    processes = multiprocessing.get_context("fork")
    meeting = processes.Barrier(INSTANCES)
    with ProcessPoolExecutor(INSTANCES, processes, initializer=_join, initargs=(meeting,)) as instances:
        yield Crowd(instances, environment)
