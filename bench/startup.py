"""Measures the cold start of each function, beside a function that does nothing, under Lambda's own runtime loop."""

import re
import subprocess
from collections import defaultdict
from pathlib import Path

from bench import functions, runtime, usual_imports
from bench.lead_factory import SAMPLES, LeadFactory
from bench.report import Section, machine, ms, p50
from bench.runtime import ColdStart
from bench.world import World

ROUNDS = 7
EMPTIES_A_ROUND = 3
LIMIT, AIM = 10, 8
_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+\d+ \| +(\S+)")

Starts = dict[str, list[ColdStart]]


def measure(world: World, rounds: int = ROUNDS, only: tuple[str, ...] = ()) -> Section:
    """Starts every function in turns, so that the machine's other work affects all alike."""
    runtime.prepare()
    names = [name for name in functions.names() if not only or name in only]
    yardstick = usual_imports.prepare()
    starts = _starts(names, yardstick, rounds, LeadFactory(world))
    empty = starts["empty"]
    rows = [_row(name, starts[name], empty, _dearest(runtime.functions_folder(name), world)) for name in names]
    rows.sort(key=lambda row: -float(row[4]))
    if yardstick:
        rows.append(_row("the usual stack, empty handler", starts["usual"], empty, ""))
    rows.append(_row("a handler that returns {}", starts["empty"], empty, ""))
    return Section(
        "Start-up",
        "startup",
        (
            "function",
            "init ms",
            "× empty",
            "processor ms",
            "× empty",
            "first request ms",
            "peak MiB",
            "dearest imports, ms",
        ),
        rows,
        (
            f"Medians of {rounds} cold starts each, in turns; init is the emulator's `INIT REPORT`, by the clock. The "
            f"processor's time is that of the same imports, and steadier on a busy machine. Limit {LIMIT}× the empty "
            f"function, aim {AIM}×. Not included: what Lambda itself does before the runtime starts.",
            "The first request pays for what is built on first use (models, connections, caches); it succeeded where a "
            "figure stands, against AWS on the same machine, in clear text: on AWS each service adds a TLS handshake.",
            "Imports: own time of all modules of a package together (`python -X importtime`, which slows them down).",
            usual_imports.NOTE if yardstick else usual_imports.NOT_MEASURED,
            f"Layer built with `BATON_LAYER_TARGET=local`, compiled; {machine()}.",
        ),
    )


def _starts(names: list[str], yardstick: Path | None, rounds: int, factory: LeadFactory) -> Starts:
    starts: Starts = defaultdict(list)
    settings, layer = factory.world.environment, runtime.LAYER / "python"
    for _ in range(rounds):
        for place, name in enumerate(names):
            event = SAMPLES[name](factory) if name in SAMPLES else {}
            starts[name].append(runtime.cold_start(runtime.functions_folder(name), settings, event, layer))
            if place % max(1, len(names) // EMPTIES_A_ROUND) == 0:
                starts["empty"].append(runtime.cold_start(runtime.EMPTY, settings, {}, layer))
        if yardstick:
            starts["usual"].append(runtime.cold_start(yardstick, settings, {}, yardstick / "python"))
    return starts


def _row(name: str, starts: list[ColdStart], empty: list[ColdStart], dearest: str) -> tuple[str, ...]:
    init, nothing = (p50([start.init for start in those]) for those in (starts, empty))
    processor, idle = (p50([start.processor for start in those]) for those in (starts, empty))
    first = [start.first for start in starts if start.first is not None]
    peak = max(start.peak_mib for start in starts)
    shown = ms(p50(first)) if first and (name in SAMPLES or not dearest) else "not sampled"
    ratios = ms(init), f"{init / nothing:.1f}", ms(processor), f"{processor / idle:.1f}"
    return name, *ratios, shown, f"{peak:.0f}", dearest


def _dearest(function: Path, world: World) -> str:
    """Returns the three packages whose own modules take longest to import, in milliseconds."""
    done = subprocess.run(
        [runtime.python(), "-X", "importtime", "-c", "import app"],
        cwd=function,
        env=runtime.environment(function, world.environment),
        capture_output=True,
        text=True,
        check=True,
    )
    packages: dict[str, int] = defaultdict(int)
    for microseconds, module in _IMPORT.findall(done.stderr):
        packages[module.partition(".")[0]] += int(microseconds)
    packages.pop("app", None)
    dearest = sorted(packages.items(), key=lambda pair: -pair[1])[:3]
    return ", ".join(f"{package} {microseconds / 1000:.0f}" for package, microseconds in dearest)
