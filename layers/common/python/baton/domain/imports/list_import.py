"""A list of leads or signals that somebody hands in as a file: how far it has come, and what the bus learns of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Literal

from pydantic import Field

from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.moments import iso
from baton.domain.signals.message_batches import Message

MAX_ROW_BYTES = 131_072
"""What is longer than so many bytes is no row of a list; so many are read of a file at a time."""


class ListFault(ValueError):
    """Nothing can be made of the list as a whole; says why, and the remedy, and repeats nothing of it."""


class ImportState(StrEnum):
    """Where an import stands."""

    AWAITING_UPLOAD = "awaiting_upload"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Reading(Fact):
    """What is known of a file once its first line was read, and where the next row begins."""

    separator: str
    width: int
    columns: dict[str, int]
    left_out: tuple[int, ...] = ()
    line: int
    encoding: str
    inside: bool = False


class Import(Fact):
    """An import; `terms` is what was said of the list, `offset` how many of its bytes are done.

    `accepted`, `repeated`, `refused` and `failed` count lines. What became of them is kept in so many `parts`.
    """

    import_id: str
    terms: dict[str, Any]
    by: str
    created_at: Instant
    state: ImportState = ImportState.AWAITING_UPLOAD
    started_at: Instant | None = None
    finished_at: Instant | None = None
    why: str | None = None
    size: int | None = None
    fingerprint: str | None = None
    offset: int = 0
    reading: Reading | None = None
    accepted: int = 0
    repeated: int = 0
    refused: int = 0
    failed: int = 0
    parts: int = 0
    version: int = 1

    @property
    def has_ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in {ImportState.DONE, ImportState.FAILED}

    @property
    def lines(self) -> int:
        """How many lines were dealt with."""
        return self.accepted + self.repeated + self.refused + self.failed


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A line of a list, by its number in the file: the signal that it is, or why it is none."""

    number: int
    message: Message | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class FileChunk:
    """Some lines of a list, in order, and where the next one begins."""

    lines: Sequence[ReadRow]
    offset: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of a line."""

    number: int
    result: str
    lead_id: str | None = None
    why: str | None = None


class Imported(Fact):
    """Something that happened to an import; `published` names the fields that the bus may carry."""

    published: ClassVar[tuple[str, ...]] = ()


class LinesImported(Imported):
    """So many lines of a list were dealt with; with `next`, more are waiting, from that byte of the file on."""

    published = ("import_id", "state", "lines", "accepted", "repeated", "refused", "failed", "next")
    type: Literal["LinesImported"] = "LinesImported"
    import_id: str
    state: ImportState
    lines: int = Field(ge=0)
    accepted: int = Field(ge=0)
    repeated: int = Field(ge=0)
    refused: int = Field(ge=0)
    failed: int = Field(ge=0)
    next: int | None = None


KINDS: tuple[type[Imported], ...] = (LinesImported,)


def for_the_bus(of: Import, at: Instant) -> dict[str, object]:
    """How far an import has come, as the bus carries it: an id and numbers."""
    counts = {name: getattr(of, name) for name in ("lines", "accepted", "repeated", "refused", "failed")}
    following = None if of.has_ended else of.offset
    event = LinesImported(import_id=of.import_id, state=of.state, next=following, **counts)
    facts = event.model_dump(mode="json", include=set(event.published), exclude_none=True)
    moment = iso(at)
    event_id = f"{of.import_id}-{'end' if of.has_ended else of.version}"
    return {"event_id": event_id, "at": moment, "version": 1, **facts}
