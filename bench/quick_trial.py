"""Bills a text that is tried while somebody writes it, over the thirty days with which `make run` begins."""

import json
import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from baton.aws.agreement.agreement_versions import Versions
from baton.aws.table.store import Store
from bench.copied_leads import put_all
from bench.dynamodb_units import read_units
from bench.functions import handler
from bench.lead_factory import rest
from bench.meter import Call, metered
from bench.prices import MILLION, PRICES
from bench.report import Section
from bench.world import REPS, World
from tools.history.history_file import History
from tools.workspace import ROOT

REGION, GB_OF_THE_FUNCTION = "us-east-1", 1.769
THRESHOLD = re.compile(r"^threshold: +\d+", re.MULTILINE)


class Tried(NamedTuple):
    """What a call answered, the AWS calls that it made, and its seconds by the clock."""

    answer: Any
    made: list[Call]
    seconds: float

    def row(self, what: str) -> tuple[str, ...]:
        """Shows the call in a table."""
        units: dict[str, float] = defaultdict(float)
        for call in self.made:
            units[_what(call)] += read_units(call)
        prices, whole = PRICES[REGION], sum(units.values())
        dollars = whole * prices["DynamoDB, read units"] / MILLION
        dollars += self.seconds * GB_OF_THE_FUNCTION * prices["Lambda, GB-seconds (arm64)"]
        of = ", ".join(f"{name} {number:g}" for name, number in sorted(units.items()))
        leads = str(json.loads(self.answer["body"])["leads"])
        return what, leads, str(len(self.made)), f"{whole:g}", of, f"{self.seconds:.2f}", f"{dollars:.6f}"


def measure(world: World) -> Section:
    """Fills the table, and tries three texts one after the other: only the first reads histories."""
    put_all(world, _items(world))
    current = Versions(Store.from_environment()).now().current
    if current is None:
        raise RuntimeError("no agreement is in force")
    rows = [
        _tried(THRESHOLD.sub("threshold: 60", current.yaml)).row("the first text of a warm function"),
        _tried(THRESHOLD.sub("threshold: 70", current.yaml)).row("the next one"),
        _tried(current.yaml).row("a text that hands over the same leads"),
    ]
    return Section(
        "A text that is tried while somebody writes it",
        "typed",
        ("what", "leads", "calls", "read units", "of what", "seconds", f"$, {REGION}"),
        rows,
        (
            "Over the thirty days with which `make run` begins. Every five minutes, and in each further "
            "instance of the function, a text is the first one.",
            "Units follow from the items that were read, by AWS's rule (`bench/dynamodb_units.py`); seconds are those "
            "of this machine, on which DynamoDB runs, too.",
        ),
    )


def _items(world: World) -> Iterator[Any]:
    """Returns the items of the history, as `make run` puts them into a stack."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "history.json"
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        command = [sys.executable, "-m", "tools.history.written", str(file), moment]
        without_world = {name: value for name, value in os.environ.items() if name not in world.environment}
        subprocess.run(command, cwd=ROOT, env=without_world, stdout=subprocess.DEVNULL, check=True)
        return iter(History.read(file).items)


def _tried(text: str) -> Tried:
    asked, begun = rest("POST", "/agreement/trial", {"yaml": text}, by=REPS[0]), time.perf_counter()
    with metered() as made:
        answer = handler("try_agreement")(asked, None)
    return Tried(answer, made, time.perf_counter() - begun)


def _what(call: Call) -> str:
    """Returns what a call reads, in a word."""
    if call.sent.get("IndexName"):
        return "moves"
    if call.operation == "BatchGetItem":
        return "names"
    found = re.search(r"'(LEAD#|ACCOUNT#|AGREEMENT)", str(call.sent))
    return {"LEAD#": "histories", "ACCOUNT#": "accounts"}.get(found[1] if found else "", "versions of the agreement")
