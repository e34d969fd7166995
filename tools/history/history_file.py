"""A history as a file: what the program that lives through it hands to the one that deploys the stack."""

import base64
import json
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

Extent = Literal["month", "crowd"]
"""How much there is: thirty days, or besides them 5,000 leads in a queue and a timeline of 2,000 events."""
PEPPER = "the pepper of a history that never was"
"""From it and from their addresses the leads' ids follow; the stack takes it over, so that it knows them again."""


class History(NamedTuple):
    """What a stack has after its past: items of its table, files, and the timers that wait, each with its function."""

    items: list[dict[str, Any]]
    files: dict[str, dict[str, bytes]]
    timers: list[tuple[str, dict[str, Any]]]

    @classmethod
    def read(cls, file: Path) -> Self:
        """Reads what `write` wrote."""
        return cls(**json.loads(file.read_text(), object_hook=_with_bytes))

    def write(self, file: Path) -> None:
        """Writes it as JSON, binary values in base64; whoever reads the file finds all of it or none."""
        part = file.with_suffix(".part")
        part.write_text(json.dumps(self._asdict(), default=_text))
        part.replace(file)


def _text(binary: bytes) -> str:
    return base64.b64encode(binary).decode()


def _with_bytes(value: dict[str, Any]) -> dict[str, Any]:
    return {"B": base64.b64decode(value["B"])} if value.keys() == {"B"} else value
