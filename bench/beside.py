"""Compares the start of every function with another checkout's: `python -m bench beside DIR`, such as a worktree."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench import functions, runtime
from bench.report import Section, machine, ms
from bench.world import World
from tools.workspace import ROOT

ROUNDS = 9
LIMIT = 1.03
_COUNTED = re.compile(r"Collected : (\d+)")


def measure(world: World, other: Path, only: tuple[str, ...] = ()) -> Section:
    """Starts each function here and there in turns; functions that the other checkout lacks are left out."""
    runtime.prepare()
    beside = runtime.FOLDER / "layer-beside"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    runtime.build_layer(other, beside)
    layers = {other: beside / "python", ROOT: runtime.LAYER / "python"}
    names = [name for name in functions.names() if not only or name in only]
    rows = [_row(name, layers, world) for name in names if (other / "functions" / name).is_dir()]
    rows.sort(key=lambda row: -float(row[3]))
    return Section(
        "Start-up beside another checkout",
        "beside",
        ("function", "processor ms there", "here", "ratio", "instructions there, millions", "here", "ratio"),
        rows,
        (
            f"Medians of {ROUNDS} starts each, in turns. A function must not start slower by more than "
            f"{LIMIT - 1:.0%}. Instructions are those of its imports, counted by valgrind if that is installed: they "
            "do not depend on what else the machine does.",
            f"Both layers built with `BATON_LAYER_TARGET=local`, compiled; {machine()}.",
        ),
    )


def _row(name: str, layers: dict[Path, Path], world: World) -> tuple[str, ...]:
    there, here = (list(each) for each in zip(*_processor_times(name, layers, world), strict=True))
    counts = [_instructions(root / "functions" / name, layer, world) for root, layer in layers.items()]
    before, now = median(there), median(here)
    counted = [f"{count / 1e6:.0f}" if count else "" for count in counts]
    ratio = f"{counts[1] / counts[0]:.3f}" if all(counts) else ""
    return name, ms(before), ms(now), f"{now / before:.3f}", *counted, ratio


def _processor_times(name: str, layers: dict[Path, Path], world: World) -> Iterator[list[float]]:
    for _ in range(ROUNDS):
        yield [_start(root / "functions" / name, layer, world) for root, layer in layers.items()]


def _start(function: Path, layer: Path, world: World) -> float:
    return runtime.processor(function, runtime.environment(function, world.environment, layer=layer))


def _instructions(function: Path, layer: Path, world: World) -> int:
    """Returns how many instructions the imports of a function take; 0 if valgrind is not installed."""
    if not (valgrind := shutil.which("valgrind")):
        return 0
    done = subprocess.run(
        [valgrind, "--tool=callgrind", "--callgrind-out-file=/dev/null", runtime.python(), "-c", "import app"],
        cwd=function,
        env=runtime.environment(function, world.environment, layer=layer) | {"PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(_COUNTED.findall(done.stderr)[-1])
