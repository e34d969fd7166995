"""An import of an uploaded list: its progress, its rows, and the event on the bus."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Literal

from pydantic import Field

from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.moments import iso
from baton.domain.signals.message_batches import Message

MAX_ROW_BYTES = 131_072
"""A row longer than this is refused; a file is read in pieces of this size."""


class ListFault(ValueError):
    """The file cannot be read as a list; the text gives the reason and the remedy, and quotes nothing of the file."""


class ImportState(StrEnum):
    """Where an import stands."""

    AWAITING_UPLOAD = "awaiting_upload"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Reading(Fact):
    """The format of a file, known from its header: separator, columns, encoding, and where the next row begins.

    `further` are the columns to read where that of a field is empty, and `units` those that count in thousands or
    millions; `only` has the values that the lines meant have.
    """

    separator: str
    width: int
    columns: dict[str, int]
    left_out: tuple[int, ...] = ()
    further: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    units: dict[int, int] = Field(default_factory=dict)
    only: dict[int, str] = Field(default_factory=dict)
    line: int
    encoding: str
    inside: bool = False


class Import(Fact):
    """An import; `terms` are its settings, and `offset` is how many bytes of the file are done.

    `accepted`, `repeated`, `refused` and `failed` count rows. Their results are stored in `parts` pieces.
    `stalled` counts attempts in a row that saved nothing though nothing was busy.
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
    stalled: int = 0
    version: int = 1

    @property
    def has_ended(self) -> bool:
        """Tells whether the import is done or has failed."""
        return self.state in {ImportState.DONE, ImportState.FAILED}

    @property
    def lines(self) -> int:
        """Returns the number of rows that were read."""
        return self.accepted + self.repeated + self.refused + self.failed


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a list by its number in the file, with the message in it, or why there is none.

    With a message, `why` names what is left out of it, and `left_out` has each of these apart.
    """

    number: int
    message: Message | None
    why: str | None = None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileChunk:
    """A part of a list: rows in order, and the offset of the next row."""

    lines: Sequence[ReadRow]
    offset: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class RowResult:
    """The result of a row: accepted, repeated, refused or failed."""

    number: int
    result: str
    lead_id: str | None = None
    why: str | None = None


class Imported(Fact):
    """An event of an import; `published` names the fields that the bus may carry."""

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
    """Returns an import's progress as the bus carries it: its id and counts, no personal data."""
    counts = {name: getattr(of, name) for name in ("lines", "accepted", "repeated", "refused", "failed")}
    following = None if of.has_ended else of.offset
    event = LinesImported(import_id=of.import_id, state=of.state, next=following, **counts)
    facts = event.model_dump(mode="json", include=set(event.published), exclude_none=True)
    moment = iso(at)
    event_id = f"{of.import_id}-{'end' if of.has_ended else of.version}"
    return {"event_id": event_id, "at": moment, "version": 1, **facts}
