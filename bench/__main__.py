"""`python -m bench [startup] …`: measures and prints; all of it, and then into RESULTS.md, where no word is given."""

import sys

from bench import calls, cost, processor, report, startup
from bench.world import running_world

MEASUREMENTS = {
    "startup": startup.measure,
    "calls": calls.measure,
    "cost": cost.measure,
    "processor": processor.measure,  # last, because it fills the table
}


def main(*wanted: str) -> None:
    """Measure what is wanted, or everything."""
    unknown = set(wanted) - MEASUREMENTS.keys()
    if unknown:
        sys.exit(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(MEASUREMENTS)}")
    sections = []
    with running_world() as world:
        for name, measure in MEASUREMENTS.items():
            if not wanted or name in wanted:
                sections.append(measure(world))
                print(f"{sections[-1]}\n", flush=True)
    if not wanted:
        report.write(sections)


if __name__ == "__main__":
    main(*sys.argv[1:])
