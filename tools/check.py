"""Runs checks and tests for `make test`, `make unit` and others, some of them in parallel, and prints how long
each took.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tools import read_lag
from tools.deployment import SAM_ENVIRONMENT
from tools.workspace import ROOT

BIN, SAM_BIN, CHECKS_BIN = (ROOT / name / "bin" for name in (".venv", ".venv-sam", ".venv-checks"))


@dataclass(frozen=True)
class Check:
    """One command that must succeed; the output of a loud one is printed even then."""

    name: str
    command: Sequence[str | Path]
    loud: bool = False


@dataclass(frozen=True)
class Result:
    """The result of a check, and how many seconds it took."""

    check: Check
    passed: bool
    seconds: float


@dataclass
class Report:
    """Prints results as they come, one at a time even if checks run in parallel."""

    results: list[Result] = field(default_factory=list)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def add(self, result: Result, output: str) -> None:
        """Keeps a result and prints it, with the command's output if the check is loud or failed."""
        with self._one_at_a_time:
            self.results.append(result)
            if result.check.loud or not result.passed:
                print(f"\n── {result.check.name} ──\n{output.rstrip()}\n")
            print(_line(result), flush=True)


STYLE = [
    Check("ruff: style, errors, security", [BIN / "ruff", "check", "."]),
    Check("ruff: format", [BIN / "ruff", "format", "--check", "."]),
    Check("mypy: types", [BIN / "mypy"]),
]
TEMPLATE = [
    Check("sam validate", [SAM_BIN / "sam", "validate", "--lint"]),
    Check(
        "cfn-lint: serverless rules",
        [CHECKS_BIN / "cfn-lint", "--config-file", ".cfn-lint.yaml"],
    ),
    Check("checkov: security of the template", [CHECKS_BIN / "checkov", "--config-file", ".checkov.yaml"]),
]
QUICKLY: list[str | Path] = [BIN / "pytest", "-q", "-m", "not slow", "--hypothesis-profile=quick"]
HALF = ["tests/unit/domain", "tests/unit/outreach", "tests/unit/reports"]
"""About half of the unit tests, by the time that they take."""
UNIT = [Check("tests: units of domain, outreach and reports", [*QUICKLY, *HALF], loud=True)]
OTHER_UNIT = [
    Check("tests: other units", [*QUICKLY, "tests/unit", *(f"--ignore={folder}" for folder in HALF)], loud=True)
]
"""Unit tests without the few that take several seconds, and with few examples each; `make test` has them all."""
CODE = [Check("tests: units, the template", [BIN / "pytest", "-q", "tests/unit", "tests/template"], loud=True)]
STORED = [Check("tests: what is stored", [BIN / "pytest", "-q", "tests/stored"], loud=True)]
SIMULATED = [Check("tests: simulated years", [BIN / "pytest", "-q", "tests/simulation"], loud=True)]
TOGETHER = [Check("tests: functions together", [BIN / "pytest", "-q", "tests/integration"], loud=True)]
NPM = ROOT / ".venv-npm" / "node_modules"


def _deployed(milliseconds: int) -> Check:
    """Returns the tests of the deployed stack, whose indexes are so late."""
    name, lag = f"tests: the deployed stack, indexes {milliseconds} ms late", f"{read_lag.INDEX_LAG}={milliseconds}"
    return Check(name, ["env", lag, BIN / "pytest", "-q", "tests/e2e"], loud=True)


def _elsewhere(name: str, setting: str, *tests: str) -> Check:
    """Returns tests that run with a second implementation of something, which a variable names."""
    return Check(f"tests: {name}", ["env", setting, BIN / "pytest", "-q", *tests], loud=True)


DEPLOYED = [_deployed(500)]
SECOND_DYNAMODB = f"BATON_DYNAMODB={NPM / '@dynoxide' / 'linux-x64' / 'dynoxide'}"
SECOND_JSONATA = f"BATON_JSONATA={NPM / 'jsonata'}"
SECOND_OPINIONS = [
    _elsewhere("machines, reference JSONata", SECOND_JSONATA, "tests/integration/test_second_interpreter.py"),
    _elsewhere("functions on a second DynamoDB", SECOND_DYNAMODB, "tests/integration"),
]

LANES = {
    "all": [STYLE + TEMPLATE + CODE + STORED + SIMULATED, TOGETHER, DEPLOYED],
    "unit": [STYLE, UNIT, OTHER_UNIT],
    "lint": [STYLE + TEMPLATE],
    "lag": [[_deployed(3_000)]],
    "second-opinion": [SECOND_OPINIONS],
}
"""The checks by what they are asked for; lanes run side by side. The deployed stack, which often waits, has its own."""


def main(only: str = "all") -> None:
    """Runs all lanes of checks, and prints how long each part took; returns status 1 if anything failed."""
    lanes = LANES[only]
    report, begun = Report(), time.monotonic()
    with ThreadPoolExecutor(len(lanes)) as side_by_side:
        list(side_by_side.map(lambda lane: _run(lane, report), lanes))
    print(f"\n── all, in {time.monotonic() - begun:.0f} s ──")
    for result in report.results:
        print(_line(result))
    if not all(result.passed for result in report.results):
        sys.exit(1)


def _run(lane: Sequence[Check], report: Report) -> None:
    for check in lane:
        begun = time.monotonic()
        done = subprocess.run(
            check.command,
            cwd=ROOT,
            env=os.environ | SAM_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        report.add(Result(check, done.returncode == 0, time.monotonic() - begun), done.stdout)


def _line(result: Result) -> str:
    return f"{'ok    ' if result.passed else 'FAILED'} {result.check.name:<40} {result.seconds:6.1f} s"


if __name__ == "__main__":
    main(*sys.argv[1:])
