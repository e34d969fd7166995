"""Formats a measurement: a heading, the command that repeats it, a table, and notes."""

import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from textwrap import fill

RESULTS = Path(__file__).with_name("RESULTS.md")
KIB_PER_GIB = 1024 * 1024
_COMMAND = re.compile(r"`\.venv/bin/python -m bench (\w+)`")


@dataclass(frozen=True)
class Section:
    """One measurement; `name` is its name for `python -m bench`."""

    title: str
    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = field(default=())

    def __str__(self) -> str:
        """Returns the section as Markdown."""
        widths = [max(len(row[column]) for row in (self.header, *self.rows)) for column in range(len(self.header))]
        rule = ["-" * width for width in widths]
        table = [_line(row, widths) for row in (self.header, rule, *self.rows)]
        notes = [f"- {note}" for note in self.notes]
        return "\n".join([f"## {self.title}", "", self.command, "", *table, "", *notes])

    @property
    def command(self) -> str:
        """Returns the command that repeats the measurement."""
        return f"`.venv/bin/python -m bench {self.name}`"


def write(sections: Iterable[Section], order: Sequence[str]) -> None:
    """Writes sections into RESULTS.md, each with the day, in the `order` of their names; other sections stay."""
    kept = {_name_of(text): text for text in _kept()}
    for section in sections:
        command = section.command
        kept[section.name] = str(section).replace(command, f"{command}, {datetime.now(UTC):%d %B %Y, %H:%M} UTC", 1)
    head = [
        "# What was measured",
        "",
        f"By `make bench`, on {machine()}.",
        "Absolute times belong to that machine, and to what else it was doing; ratios travel better.",
        "",
    ]
    shown = [kept[name] for name in order if name in kept]
    RESULTS.write_text("\n".join(head) + "\n" + "\n\n".join(shown) + "\n")


def _kept() -> list[str]:
    text = RESULTS.read_text() if RESULTS.exists() else ""
    return [f"## {section.strip()}" for section in text.split("\n## ")[1:]]


def _name_of(section: str) -> str:
    found = _COMMAND.search(section)
    return found[1] if found else section


def machine() -> str:
    """Returns the kind of this machine in general words."""
    cores = os.cpu_count() or 1
    return (
        f"{platform.system()} on {platform.machine()} with {cores} processors and {_memory_gib()} GiB of memory, "
        f"Python {platform.python_version()}"
    )


def filled(paragraph: str) -> str:
    """Returns a paragraph in lines of at most 120 characters, with its blank lines before and after it."""
    return "\n".join(fill(line, 120) for line in paragraph.split("\n"))


def ms(seconds: float) -> str:
    """Returns seconds as milliseconds, for a table."""
    return f"{seconds * 1000:.1f}"


def p50(values: Sequence[float]) -> float:
    """Returns the median."""
    return median(values)


def p99(values: Sequence[float]) -> float:
    """Returns the 99th percentile; of fewer than a hundred values, a value close to the largest."""
    return quantiles(values, n=100, method="inclusive")[98]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"


def _memory_gib() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024 / KIB_PER_GIB)
