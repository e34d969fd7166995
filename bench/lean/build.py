"""A build that is measured: its folder, its layer, and a process inside it that answers questions."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import runtime
from tools.workspace import ROOT, SHARED

PROBE = Path(__file__).with_name("probe.py")
_START = "import awslambdaric.bootstrap, awslambdaric.__main__, app, json, sys, time; "
_FIRST = "event = json.load(sys.stdin); assert app.lambda_handler(event, None).get('statusCode', 200) < 400; "
_WITH_TLS = "import ssl; "  # which AWS needs and the AWS on this machine does not
_SPENT = "print(time.process_time(), file=sys.stderr)"


@dataclass(frozen=True)
class Build:
    """One checkout with its layer, and the process that plays in it."""

    root: Path
    layer: Path
    process: "subprocess.Popen[str]"

    def ask(self, question: str, *arguments: Any) -> Any:
        """Returns the answer of the process; see `bench.lean.answers`.

        Raises:
            RuntimeError: it has ended.
        """
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin and stdout  # noqa: S101  # opened below
        stdin.write(json.dumps({"ask": question, "with": arguments}) + "\n")
        stdin.flush()
        if not (line := stdout.readline()):
            raise RuntimeError(f"{self.root} cannot say its {question}")
        return json.loads(line)

    def start(self, function: str, settings: dict[str, str]) -> float:
        """Returns the processor seconds of a function's start."""
        return self._spent(self.root / "functions" / function, settings, _START + _SPENT)

    def start_and_answer(self, function: str) -> float:
        """Returns the processor seconds of a function's start and its first request, which succeeds."""
        ready = self.ask("started", function)
        code, event = _START + _FIRST + _WITH_TLS + _SPENT, json.dumps(ready["event"])
        return self._spent(self.root / "functions" / function, ready["environment"], code, event)

    def _spent(self, function: Path, settings: dict[str, str], code: str, sent: str = "") -> float:
        return spent(function, runtime.environment(function, settings, layer=self.layer), code, sent)


def start_empty() -> float:
    """Returns the processor seconds of the start of a function that does nothing."""
    return spent(runtime.EMPTY, runtime.environment(runtime.EMPTY, {}, layer=None), _START + _SPENT)


def spent(function: Path, environment: dict[str, str], code: str, sent: str = "") -> float:
    """Returns the processor seconds of a program in a function's folder, which prints them last."""
    command = [runtime.python(), "-c", code]
    done = subprocess.run(
        command, cwd=function, env=environment, input=sent, capture_output=True, text=True, check=True
    )
    return float(done.stderr.split()[-1])


@contextmanager
def builds(against: str) -> Iterator[tuple[Build, Build]]:
    """Yields an earlier commit's build and this one, each with its process; the checkout is kept for the next time."""
    other = _checkout(against)
    runtime.prepare()
    layers = {ROOT: runtime.LAYER, other: runtime.FOLDER / f"layer-{against}"}
    if not layers[other].exists():
        layers[other].mkdir(parents=True)
        runtime.build_layer(other, layers[other])
    with playing(other, layers[other]) as before, playing(ROOT, layers[ROOT]) as now:
        yield before, now


@contextmanager
def playing(root: Path, layer: Path = runtime.LAYER) -> Iterator[Build]:
    """Yields a checkout's build with its process, which ends afterwards."""
    build = Build(root, layer / "python", _probe(root))
    try:
        yield build
    finally:
        assert build.process.stdin  # noqa: S101  # opened below
        build.process.stdin.close()
        build.process.wait(60)


def _checkout(commit: str) -> Path:
    folder = SHARED / "against" / commit
    if not folder.exists():
        command = ["git", "-C", str(ROOT), "worktree", "add", "--detach", "--force", str(folder), commit]
        subprocess.run(command, check=True, capture_output=True)
    return folder


def _probe(root: Path) -> "subprocess.Popen[str]":
    path = f"{root}:{root / 'layers' / 'common' / 'python'}"
    runtime.FOLDER.mkdir(parents=True, exist_ok=True)
    log = (runtime.FOLDER / f"probe-{root.name}.log").open("w")
    return subprocess.Popen(
        [sys.executable, "-P", PROBE],
        cwd=root,
        env=runtime.environment(root, {}, layer=None) | {"PYTHONPATH": path, "PYTHONHASHSEED": "0"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
