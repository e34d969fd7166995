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
from dataclasses import dataclass, field, replace
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


TYPES = Check("mypy: types", [BIN / "mypy"])
STYLE = [
    Check("ruff: style, errors, security", [BIN / "ruff", "check", "."]),
    Check("ruff: format", [BIN / "ruff", "format", "--check", "."]),
]
CONSOLE = [
    Check("console: types", [BIN / "python", "-m", "tools.console", "types"]),
    Check("console: units", [BIN / "python", "-m", "tools.console", "units"]),
]
"""What the set-up has built is checked: `make console` comes first."""
TEMPLATE = [
    Check("sam validate", [SAM_BIN / "sam", "validate", "--lint"]),
    Check("checkov: security of the template", [CHECKS_BIN / "checkov", "--config-file", ".checkov.yaml"]),
    Check(
        "cfn-lint: serverless rules",
        [CHECKS_BIN / "cfn-lint", "--config-file", ".cfn-lint.yaml"],
    ),
]
QUICKLY: list[str | Path] = [BIN / "pytest", "-q", "-m", "not slow", "--hypothesis-profile=quick"]
HALF = ["tests/unit/domain", "tests/unit/outreach", "tests/unit/reports"]
"""About half of the unit tests, by the time that they take."""
UNIT = Check("tests: units of domain, outreach and reports", [*QUICKLY, *HALF], loud=True)
OTHER_UNIT = Check(
    "tests: other units", [*QUICKLY, "tests/unit", *(f"--ignore={folder}" for folder in HALF)], loud=True
)
"""Unit tests without the few that take several seconds, and with few examples each; `make test` has them all."""


def _tests(name: str, *paths: str) -> Check:
    return Check(f"tests: {name}", [BIN / "pytest", "-q", *paths], loud=True)


CODE = _tests("units, the template", "tests/unit", "tests/template")
STORED = _tests("what is stored", "tests/stored")
SIMULATED = _tests("simulated years", "tests/simulation")
CRASHES = "tests/integration/test_crashes.py"
CRASHING = _tests("functions that crash", CRASHES)
TOGETHER = [
    _tests("functions together, a to r", "tests/integration", f"--ignore={CRASHES}", "--ignore-glob=*/test_[s-z]*.py"),
    _tests("functions together, s to z", "tests/integration", "--ignore-glob=*/test_[a-r]*.py"),
]
"""Two halves, by the time that they take and the names of their files, so that no processor waits for a last one."""
NO_CONSOLE = ["--ignore-glob=*/test_console_*.py", "--ignore-glob=*/test_screen_reads.py"]
"""Leaves out the stories and reads of screens, and nothing of the API: to see how long they take."""
NPM = ROOT / ".venv-npm" / "node_modules"


def _deployed(milliseconds: int, *options: str) -> Check:
    """Returns the tests of the deployed stack, whose indexes are so late."""
    name, lag = f"tests: the deployed stack, indexes {milliseconds} ms late", f"{read_lag.INDEX_LAG}={milliseconds}"
    return Check(name, ["env", lag, BIN / "pytest", "-q", "--durations=25", "tests/e2e", *options], loud=True)


def _elsewhere(name: str, setting: str, *tests: str) -> Check:
    """Returns tests that run with a second implementation of something, which a variable names."""
    return Check(f"tests: {name}", ["env", setting, BIN / "pytest", "-q", *tests], loud=True)


DEPLOYED = _deployed(500)
SECOND_DYNAMODB = f"BATON_DYNAMODB={NPM / '@dynoxide' / 'linux-x64' / 'dynoxide'}"
SECOND_JSONATA = f"BATON_JSONATA={NPM / 'jsonata'}"
SECOND_OPINIONS = [
    _elsewhere("machines, reference JSONata", SECOND_JSONATA, "tests/integration/test_second_interpreter.py"),
    _elsewhere("functions on a second DynamoDB", SECOND_DYNAMODB, "tests/integration"),
]

BESIDES = [CODE, SIMULATED, CRASHING, STORED, TYPES, *TEMPLATE, *STYLE]
"""All that runs neither the deployed stack nor the functions together."""

CHECKS = {
    "all": (3, [DEPLOYED, *TOGETHER, *BESIDES, *CONSOLE]),
    "without-console": (
        3,
        [
            _deployed(500, *NO_CONSOLE),
            *(replace(half, command=[*half.command, *NO_CONSOLE]) for half in TOGETHER),
            *BESIDES,
        ],
    ),
    "unit": (3, [OTHER_UNIT, UNIT, TYPES, *CONSOLE, *STYLE]),
    "lint": (1, [*STYLE, TYPES, *CONSOLE, *TEMPLATE]),
    "lag": (1, [_deployed(3_000)]),
    "second-opinion": (1, SECOND_OPINIONS),
}
"""The checks by what they are asked for, with how many run side by side. Where several do, the longest begin first:
the deployed stack often waits, so that two processors have time for a third."""


def main(only: str = "all") -> None:
    """Runs all checks, and prints how long each part took; returns status 1 if anything failed."""
    at_once, checks = CHECKS[only]
    report, begun = Report(), time.monotonic()
    with ThreadPoolExecutor(at_once) as side_by_side:
        list(side_by_side.map(lambda check: _run(check, report), checks))
    print(f"\n── all, in {time.monotonic() - begun:.0f} s ──")
    for result in report.results:
        print(_line(result))
    if not all(result.passed for result in report.results):
        sys.exit(1)


def _run(check: Check, report: Report) -> None:
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
