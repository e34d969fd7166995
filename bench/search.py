"""How soon the search finds what was saved: the stack as deployed on this machine, over its own API.

A lead is found by the words of its company once the stream has carried it to the index of words, which the index of
the table on AWS follows too. So this is what Baton adds: the delivery from the stream, the writing, and the search.
"""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

import httpx

from bench.report import Section, machine
from tools.baton import Baton, checked
from tools.emulator import Emulator
from tools.stack import Stack, bring_up
from tools.workspace import SHARED, Workspace

WORKSPACE = Workspace(SHARED / "bench-search")
LEADS = 20
MOST_SECONDS = 1.0
LOOKS_APART = 0.01


def measure() -> tuple[Section, bool]:
    """Returns after how many seconds each of twenty leads is found, and whether all of them are within the target."""
    with _stack() as stack, stack.api("admin") as staff:
        baton = Baton(stack, staff)
        _found_after(baton)  # so that every function that is asked is warm
        runs = sorted(_found_after(baton) for _ in range(LEADS))
    rows = [[what, f"{seconds:.2f}"] for what, seconds in (("middle", median(runs)), ("latest", runs[-1]))]
    notes = [
        f"From the answer to the form to the first search that finds the lead, {LEADS} times one after another; the "
        f"target is {MOST_SECONDS:g} s for each.",
        "How long a record is on its way in AWS's own stream is not in it: this machine's is another.",
        machine(),
    ]
    return Section("A lead is found", "search", ["of the times", "seconds"], rows, notes), runs[-1] < MOST_SECONDS


def _found_after(baton: Baton) -> float:
    company = f"Works{uuid.uuid4().hex[:8]}"
    baton.ask_for_a_person({"email": f"anna@{company}.example".lower(), "company": f"{company} GmbH"})
    begun = time.monotonic()
    while not _found(baton.staff, company):
        time.sleep(LOOKS_APART)
    return time.monotonic() - begun


def _found(staff: httpx.Client, company: str) -> bool:
    return bool(checked(staff.get("/leads", params={"q": company})).json()["leads"])


@contextmanager
def _stack() -> Iterator[Stack]:
    emulator = Emulator(WORKSPACE)
    try:
        yield bring_up(emulator, print)
    finally:
        emulator.stop()
