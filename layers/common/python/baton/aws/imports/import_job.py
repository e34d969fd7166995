"""Imports a list of leads part by part, for a minute at a time; the table keeps the progress.

Each row is a message with a repeat key, so a part that was interrupted is simply imported again, with the same results.
The upload is deleted at the end of the import.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from baton.aws.imports.import_files import KEPT_FOR, FileGone, FileReplaced, ImportFiles, Window
from baton.aws.imports.import_items import Imports, Overtaken
from baton.aws.runtime import log
from baton.aws.signals.signal_batches import BROKEN, Outcome, Result, SignalBatches
from baton.aws.table.retries import retries
from baton.domain.imports.list_import import (
    MAX_ROW_BYTES,
    FileChunk,
    Import,
    ImportState,
    ListFault,
    ReadRow,
    RowResult,
)
from baton.domain.signals.message_batches import Message

BUDGET_SECONDS = 60.0
REFUSED = "refused"
_NOT_SAVED = frozenset({Result.FAILED, BROKEN})
_FAILED = "it could not be saved; send it once more, in another list"
MAX_STALLED = 3
"""An import ends when so many attempts in a row saved nothing though nothing was busy."""
_STALLED = (
    "none of the lines from line {line} on could be saved, in {attempts} attempts; hand in what is left once more"
)
_FORGOTTEN = (
    "the file is not there any more, because somebody whom it names was erased; take that person out, and hand in the"
    " lines from {line} on once more"
)
_TOO_OLD = "the file is not there any more: it is kept for seven days; hand in the lines from {line} on once more"
_REPLACED = "another file was put in its place while it was being read; hand it in again"


class NothingTaken(RuntimeError):
    """No row of a part could be saved, so the rows are not the cause; try again."""


class AllBroken(NothingTaken):
    """No row of a part could be saved, though nothing was busy."""


class ReadsLists(Protocol):
    """Parses the next part of a list."""

    def __call__(self, of: Import, window: bytes, now: datetime, *, at_end: bool) -> FileChunk:
        """Returns some rows from the import's offset on, and the offset of the next ones."""


@dataclass(frozen=True, slots=True)
class ImportJob:
    """Imports lists in steps of a minute."""

    imports: Imports
    files: ImportFiles
    batches: SignalBatches
    read: ReadsLists
    written: Callable[[Sequence[RowResult]], bytes]
    header: bytes

    def go_on(self, import_id: str, now: datetime) -> Import | None:
        """Continues an import for a minute, and returns it with its progress.

        Returns None if another invocation continues it. An import that has ended does not change.

        Raises:
            NotFound: there is no such import.
            NothingTaken: no row could be saved; the next attempt continues from there.
        """
        end, import_ = time.monotonic() + BUDGET_SECONDS, self.imports.get(import_id)
        try:
            while not import_.has_ended:
                import_ = self._next_step(import_, now)
                if time.monotonic() > end:
                    break
        except Overtaken:
            log.info("another one goes on with the import", import_id=import_id)
            self._delete_leftovers(import_id)
            return None
        if import_.has_ended:
            self.files.forget(import_id, import_.parts)
        return import_

    def _delete_leftovers(self, import_id: str) -> None:
        """Deletes the results of a part that were written after another invocation ended the import."""
        import_ = self.imports.get(import_id)
        if import_.has_ended:
            self.files.forget(import_id, import_.parts)

    def _next_step(self, import_: Import, now: datetime) -> Import:
        if import_.size is not None and import_.offset >= import_.size:
            return self._ended(import_, ImportState.DONE, None, now)
        try:
            window = self.files.read(import_.import_id, import_.offset, MAX_ROW_BYTES, import_.fingerprint)
            at_end = import_.offset + len(window.content) >= window.size
            part = self.read(import_, window.content, now, at_end=at_end)
        except FileGone:
            return self._ended(import_, ImportState.FAILED, _why_gone(import_, now), now)
        except FileReplaced:
            return self._ended(import_, ImportState.FAILED, _REPLACED, now)
        except ListFault as fault:
            return self._ended(import_, ImportState.FAILED, str(fault), now)
        try:
            return self._with_results(import_, window, part, now)
        except AllBroken:
            return self._stalled(import_, part, now)

    def _stalled(self, import_: Import, part: FileChunk, now: datetime) -> Import:
        """Ends an import that has stalled too often; otherwise counts the attempt, and leaves it to the next one.

        Raises:
            NothingTaken: the next attempt continues from there.
        """
        attempts = import_.stalled + 1
        if attempts >= MAX_STALLED:
            why = _STALLED.format(line=part.lines[0].number, attempts=attempts)
            return self._ended(import_, ImportState.FAILED, why, now)
        self.imports.save(import_, stalled=attempts)
        raise AllBroken(f"no line could be saved, in {attempts} of {MAX_STALLED} attempts")

    def _with_results(self, import_: Import, window: Window, part: FileChunk, now: datetime) -> Import:
        results = self._results(part.lines, now)
        if results:
            self.files.put_results(import_.import_id, import_.parts, self.written(results))
        counts = {
            name: getattr(import_, name) + sum(each.result == name for each in results) for name in (*Result, REFUSED)
        }
        return self.imports.save(
            import_,
            state=ImportState.RUNNING,
            started_at=import_.started_at or now,
            size=window.size,
            fingerprint=window.fingerprint,
            offset=part.offset,
            reading=part.reading,
            parts=import_.parts + bool(results),
            stalled=0,
            **counts,
        )

    def _ended(self, import_: Import, state: ImportState, why: str | None, now: datetime) -> Import:
        if import_.parts:
            self._joined(import_)
        return self.imports.save(import_, state=state, why=why, finished_at=now)

    def _joined(self, import_: Import) -> None:
        try:
            self.files.join_results(import_.import_id, import_.parts, self.header)
        except FileGone:
            if self.imports.get(import_.import_id).has_ended:
                raise Overtaken from None
            raise

    def _results(self, lines: Sequence[ReadRow], now: datetime) -> list[RowResult]:
        became = iter(self._received([line.message for line in lines if line.message], now))
        return [_result(line, next(became) if line.message else None) for line in lines]

    def _received(self, messages: Sequence[Message], now: datetime) -> list[Result]:
        became: list[Outcome] = [Result.FAILED] * len(messages)
        for _ in retries():
            failed = [place for place, result in enumerate(became) if result in _NOT_SAVED]
            results = self.batches.receive_with_cause([messages[place] for place in failed], now) if failed else []
            for place, result in zip(failed, results, strict=True):
                became[place] = result
            if _NOT_SAVED.isdisjoint(became):
                break  # another round, even an empty one, would pause first
        if messages and _NOT_SAVED.issuperset(became):
            kind = NothingTaken if Result.FAILED in became else AllBroken
            raise kind(f"none of {len(messages)} lines could be saved")
        saved = [each or Result.FAILED for each in became]
        return [self._own_repeat_accepted(*each) for each in zip(messages, saved, strict=True)]

    def _own_repeat_accepted(self, message: Message, result: Result) -> Result:
        """Returns `accepted` instead of `repeated` for a row that an interrupted attempt of this import saved."""
        if result is not Result.REPEATED:
            return result
        attempt = self.batches.commands.store.attempt_of(message.lead_id, message.sender, message.message_id)
        return Result.ACCEPTED if attempt == message.attempt else result


def _result(line: ReadRow, became: Result | None) -> RowResult:
    if line.message is None or became is None:
        return RowResult(line.number, REFUSED, why=line.why)
    why = {Result.FAILED: _FAILED, Result.ACCEPTED: line.why}.get(became)
    return RowResult(line.number, became, line.message.lead_id, why)


def _why_gone(import_: Import, now: datetime) -> str:
    """Tells why a file is gone: within its seven days only an erasure deletes the file of an import that goes on."""
    line = import_.reading.line if import_.reading else 1
    return (_FORGOTTEN if now - import_.created_at < KEPT_FOR else _TOO_OLD).format(line=line)


def import_of(event: Any) -> str:
    """Returns the id of the import of an event: of S3 about an upload, or of the bus about the next step."""
    detail = event["detail"]
    return str(detail["import_id"] if "import_id" in detail else detail["object"]["key"].rpartition("/")[2])
