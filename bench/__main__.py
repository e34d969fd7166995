"""`python -m bench [startup] …` measures and prints; `keep` before the names, or no names, updates RESULTS.md."""

import sys
from collections.abc import Callable
from pathlib import Path

from bench import (
    account_trial,
    beside,
    calls,
    cost,
    idle,
    imports,
    memory,
    processor,
    quick_trial,
    report,
    reports,
    rescoring,
    startup,
    waiting_line,
)
from bench.lean import comparison
from bench.report import Section
from bench.scale import table as scale
from bench.world import World, running_world


def _scoring() -> Section:
    from bench import scoring  # beside another engine, which `make bench` installs  # noqa: PLC0415

    return scoring.measure()


def _growth() -> Section:
    from bench import growth  # noqa: PLC0415

    return growth.measure()


ALONE: dict[str, Callable[[], Section]] = {"scoring": _scoring, "growth": _growth, "idle": idle.measure}
IN_A_WORLD: dict[str, Callable[[World], Section]] = {
    "startup": startup.measure,
    "calls": calls.measure,
    "rescoring": rescoring.measure,
    "reports": reports.measure,
    "line": waiting_line.measure,
    "tried": account_trial.measure,
    "typed": quick_trial.measure,
    "import": imports.measure,
    "memory": memory.measure,
    "processor": processor.measure,  # last, because it fills the table
}
MEASUREMENTS = [*ALONE, *IN_A_WORLD]


def main(*words: str) -> None:
    """Runs the named measurements, or all; `beside DIR` compares the start of functions with another checkout's.

    `lean --against COMMIT` holds an earlier build's cost and starts beside this one's, and ends with status 1 if a
    target is missed; so do `proposal --data DIR`, which holds proposals of points against boosted trees, `trial`,
    `console`, which tells how soon the inbox is seen on a slow phone, and `search`: how soon a lead is found.
    `cost` writes docs/cost.md anew, `scale` docs/scale.md.
    """
    if words[:2] == ("lean", "--against"):
        section, held = comparison.measure(words[2])
        _shown(section)
        sys.exit(not held)
    if words == ("cost",):
        cost.write()
        return
    if words == ("scale",):
        sys.exit(not scale.measure())
    if words[:2] == ("proposal", "--data"):
        from bench.proposal import bars  # beside boosted trees, which `make bench` installs  # noqa: PLC0415

        section, held = bars.measure(Path(words[2]))
        _shown(section)
        sys.exit(not held)
    if words == ("console",):
        from bench import console  # beside a browser  # noqa: PLC0415

        section, held = console.measure()
        _shown(section)
        sys.exit(not held)
    if words == ("search",):
        from bench import search  # noqa: PLC0415

        section, held = search.measure()
        _shown(section)
        sys.exit(not held)
    if words == ("trial",):
        from bench import trial  # noqa: PLC0415

        section, held = trial.measure()
        _shown(section)
        sys.exit(not held)
    if words[:1] == ("beside",):
        with running_world() as world:
            _shown(beside.measure(world, Path(words[1]).resolve(), words[2:]))
        return
    keep, wanted = words[:1] in ((), ("keep",)), set(words) - {"keep"} or set(MEASUREMENTS)
    if unknown := wanted - set(MEASUREMENTS):
        sys.exit(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(MEASUREMENTS)}")
    sections = [_shown(measure()) for name, measure in ALONE.items() if name in wanted]
    if wanted & IN_A_WORLD.keys():
        with running_world() as world:
            sections += [_shown(measure(world)) for name, measure in IN_A_WORLD.items() if name in wanted]
    if keep:
        report.write(sections, MEASUREMENTS)


def _shown(section: Section) -> Section:
    print(f"{section}\n", flush=True)
    return section


if __name__ == "__main__":
    main(*sys.argv[1:])
