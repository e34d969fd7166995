"""Runs Lambda's own runtime loop on this machine: `aws-lambda-rie` starts `awslambdaric`, one process per start."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tools.workspace import ROOT, SHARED

FOLDER = SHARED / "bench"
LAYER, RUNTIME, EMPTY, INTERPRETER = (FOLDER / name for name in ("layer", "runtime", "empty", "python"))
# What Lambda's runtime brings, besides the standard library.
BROUGHT = ("awslambdaric", "runtime_client*", "snapshot_restore_py", "simplejson", "boto3", "botocore", "s3transfer")
BROUGHT_TOO = ("jmespath", "dateutil", "six.py", "urllib3")
_INIT = re.compile(r"INIT REPORT\(durationMs: ([0-9.]+)\)")
_INVOKED = re.compile(r"INVOKE RTDONE\(status: (\w+), .*duration: ([0-9.]+)ms\)")


@dataclass(frozen=True)
class ColdStart:
    """A cold start: seconds by the clock and of the processor until ready and of the first request; peak memory."""

    init: float
    processor: float
    first: float | None
    peak_mib: float


def prepare() -> None:
    """Builds the layer as the local stack does, collects what the runtime brings, and writes an empty function."""
    for folder in (LAYER, RUNTIME, EMPTY):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    # Not this interpreter, whose own packages, and what they run at every start, Lambda does not have.
    subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", INTERPRETER], check=True)
    build_layer(ROOT, LAYER)
    packages = Path(httpx.__file__).parent.parent
    for pattern in (*BROUGHT, *BROUGHT_TOO):
        for package in packages.glob(pattern):
            if package.suffix != ".dist-info":
                (RUNTIME / package.name).symlink_to(package)
    (EMPTY / "app.py").write_text("def lambda_handler(event, context):\n    return {}\n")


def build_layer(root: Path, folder: Path) -> None:
    """Builds the layer of a checkout into a folder, as the local stack does."""
    options = {
        "ARTIFACTS_DIR": folder,
        "PYTHON": sys.executable,
        "BATON_LAYER_TARGET": "local",
        "BATON_LAYER_CACHE": SHARED / "layer-cache",
    }
    words = [f"{name}={value}" for name, value in options.items()]
    subprocess.run(["make", "-s", "-C", root / "layers" / "common", "build-CommonLayer", *words], check=True)


def environment(function: Path, extra: dict[str, str], *, layer: Path | None = LAYER / "python") -> dict[str, str]:
    """Returns a function's environment variables, with its settings, and a path with the layer before the runtime's
    packages.
    """
    path = ":".join(map(str, filter(None, (layer, RUNTIME))))
    own = {"PATH": os.defpath, "HOME": tempfile.gettempdir(), "LANG": "en_US.UTF-8", "TZ": ":UTC", "PYTHONPATH": path}
    of_lambda = {
        "LAMBDA_TASK_ROOT": str(function),
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_TIMEOUT": "15",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
    }
    return own | of_lambda | extra


def functions_folder(name: str) -> Path:
    """Returns the folder of a function's code."""
    return ROOT / "functions" / name


def python() -> str:
    """Returns the path of an interpreter that finds only the standard library, the layer and the runtime's packages."""
    return str(INTERPRETER / "bin" / "python")


def cold_start(function: Path, settings: dict[str, str], event: dict[str, Any], layer: Path | None) -> ColdStart:
    """Starts a function in a new process, sends it one event, and ends it."""
    with tempfile.TemporaryFile("w+") as log:
        process = _start(function, environment(function, settings, layer=layer), log.fileno())
        try:
            _invoke(event)
            peak = _peak_mib(process.pid)
        finally:
            process.terminate()
            process.wait(10)
        log.seek(0)
        output = log.read()
    return _read(output, processor(function, environment(function, settings, layer=layer)), peak)


def processor(function: Path, environment: dict[str, str]) -> float:
    """Returns the processor seconds of a start, which depend less on the machine's other work than the clock's."""
    code = "import awslambdaric.bootstrap, awslambdaric.__main__, app, time; print(time.process_time())"
    command = [python(), "-c", code]
    return float(subprocess.run(command, cwd=function, env=environment, capture_output=True, check=True).stdout)


def _start(function: Path, environment: dict[str, str], log: int) -> "subprocess.Popen[bytes]":
    kind = "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
    emulator = next((ROOT / ".venv-sam").glob(f"lib/python3*/site-packages/samcli/local/rapid/aws-lambda-rie-{kind}"))
    addresses = ("--runtime-interface-emulator-address", "127.0.0.1:9980", "--runtime-api-address", "127.0.0.1:9981")
    return subprocess.Popen(
        [emulator, *addresses, python(), "-m", "awslambdaric", "app.lambda_handler"],
        cwd=function,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )


def _invoke(event: dict[str, Any]) -> None:
    url, deadline = "http://127.0.0.1:9980/2015-03-31/functions/function/invocations", time.monotonic() + 10
    while True:
        try:
            httpx.post(url, content=json.dumps(event), timeout=30)
        except httpx.ConnectError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _peak_mib(emulator: int) -> float:
    """Returns the peak resident memory of the runtime's process, which the emulator has started."""
    try:
        child = Path(f"/proc/{emulator}/task/{emulator}/children").read_text().split()
        children = child or [pid for task in Path(f"/proc/{emulator}/task").iterdir() for pid in _children(task)]
        status = Path(f"/proc/{children[0]}/status").read_text()
    except (OSError, IndexError):
        return 0.0
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def _children(task: Path) -> list[str]:
    return (task / "children").read_text().split()


def _read(output: str, processor: float, peak: float) -> ColdStart:
    init, invoked = _INIT.search(output), _INVOKED.search(output)
    if init is None:
        raise RuntimeError(f"the runtime did not start:\n{output[-2000:]}")
    works = invoked is not None and invoked[1] == "success"
    return ColdStart(float(init[1]) / 1000, processor, float(invoked[2]) / 1000 if invoked and works else None, peak)
