"""What each of the console's screens reads, as docs/access-patterns.md has it."""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FRAME = "around each"
_ROW = re.compile(r"^\| (?P<screen>around each|`/[^`]*`) \| (?:`GET (?P<read>[^`]+)`)? ?\| (?P<calls>.*?) ?\|$", re.M)
_CALLS = re.compile(r"`(\w+)`(?: × (\d+))?")


class Reads(NamedTuple):
    """A screen's path, the path of the API that it reads, if any, and the calls to DynamoDB of that."""

    screen: str
    read: str | None
    calls: Counter[str]


def screen_reads() -> dict[str, Reads]:
    """Returns the table's rows by the screen's path, and the frame's under its name."""
    text = (ROOT / "docs" / "access-patterns.md").read_text().partition("## What the console reads")[2]
    rows = (
        Reads(
            each["screen"].strip("`"),
            each["read"],
            Counter({name: int(times or 1) for name, times in _CALLS.findall(each["calls"])}),
        )
        for each in _ROW.finditer(text)
    )
    return {row.screen: row for row in rows}


def screens() -> list[str]:
    """Returns the path of every screen of the console."""
    source = (ROOT / "console" / "src" / "shell" / "screens.ts").read_text()
    return re.findall(r"\{ path: '([^']+)'", source)
