"""How a measurement is shown: a heading, the command that repeats it, a table, and what one has to know to read it."""

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

RESULTS = Path(__file__).with_name("RESULTS.md")
KIB_PER_GIB = 1024 * 1024


@dataclass(frozen=True)
class Section:
    """One measurement; `name` is what `python -m bench` calls it."""

    title: str
    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = field(default=())

    def __str__(self) -> str:
        """The section as Markdown, which reads well at a terminal too."""
        widths = [max(len(row[column]) for row in (self.header, *self.rows)) for column in range(len(self.header))]
        rule = ["-" * width for width in widths]
        table = [_line(row, widths) for row in (self.header, rule, *self.rows)]
        notes = [f"- {note}" for note in self.notes]
        return "\n".join([f"## {self.title}", "", f"`.venv/bin/python -m bench {self.name}`", "", *table, "", *notes])


def write(sections: Iterable[Section]) -> None:
    """Write all sections to RESULTS.md, with the day and the kind of machine."""
    head = [
        "# What was measured",
        "",
        f"By `make bench`, on {datetime.now(UTC):%d %B %Y, %H:%M} UTC, on {machine()}.",
        "Absolute times belong to that machine, and to what else it was doing; ratios travel better.",
        "",
    ]
    RESULTS.write_text("\n".join(head) + "\n" + "\n\n".join(map(str, sections)) + "\n")


def machine() -> str:
    """What kind of machine this is, in general words."""
    cores = os.cpu_count() or 1
    return (
        f"{platform.system()} on {platform.machine()} with {cores} processors and {_memory_gib()} GiB of memory, "
        f"Python {platform.python_version()}"
    )


def ms(seconds: float) -> str:
    """Seconds as milliseconds, for a table."""
    return f"{seconds * 1000:.1f}"


def p50(values: Sequence[float]) -> float:
    """The median."""
    return median(values)


def p99(values: Sequence[float]) -> float:
    """The 99th percentile; of fewer than a hundred values, close to the largest."""
    return quantiles(values, n=100, method="inclusive")[98]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"


def _memory_gib() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024 / KIB_PER_GIB)
