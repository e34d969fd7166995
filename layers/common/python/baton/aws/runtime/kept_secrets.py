"""Keeps a secret in a warm function: read again in time, and never replaced by what is not understood."""

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from baton.aws.runtime import log

FRESH_SECONDS = 10.0
"""So long a secret is not read again because a signature is wrong; and so long is the longest pause after failures."""

Understood = TypeVar("Understood")
Used = TypeVar("Used")
Clock = Callable[[], float]


class Malformed(Exception):
    """A secret does not have the documented format; its administrator has to correct it."""


class Gone(Exception):
    """A secret was deleted; what was kept of it is no longer good."""


class Reading(NamedTuple, Generic[Understood]):
    """What a secret was understood as, and what of it was not understood, in words that tell nothing of it."""

    value: Understood
    faults: tuple[str, ...] = ()


class KeptSecret(Generic[Understood]):
    """One secret: what it is understood as, when that was read, and how often in a row reading it failed since.

    A text that is not understood is never kept: the former value stays good, the log says so, and the next request
    reads again. From the second failure in a row there is a pause between two calls, a second longer each time, so that
    strangers cannot cause a call with each request.
    """

    def __init__(
        self, name: str, read: Callable[[Understood | None], Reading[Understood]], for_seconds: float, clock: Clock
    ) -> None:
        """`read` gets the former value, and raises if there is nothing that could be used."""
        self.name, self._read, self._for_seconds, self._clock = name, read, for_seconds, clock
        self._kept: Understood | None = None
        self._fault: Exception | None = None
        self._failures, self._tried_at, self._is_doubted = 0, 0.0, False

    def value(self) -> Understood:
        """Returns what the secret is understood as: as of now, or as of before if it cannot be read now.

        Raises:
            Malformed: it is not understood, and was not before.
            Exception: whatever Secrets Manager answered, if the secret was never read.
        """
        if self._is_due():
            self._read_again()
        if self._kept is None:
            raise self._why_not()
        return self._kept

    def used(self, use: Callable[[Understood], Used], refused: type[Exception]) -> Used:
        """Calls `use` with the secret; if it raises `refused`, calls it again with a fresh one, in case of a rotation.

        Raises:
            Exception: why the secret cannot be read anew, so that who signed with the new one comes again.
        """
        try:
            return use(self.value())
        except refused:
            if self._fault is None and self._clock() - self._tried_at >= FRESH_SECONDS:
                self._read_again()
            elif self._fault is None:
                raise
        if self._fault is not None:
            raise self._why_not()
        return use(self.value())

    def doubt(self) -> None:
        """Has the secret read again at its next use, unless that was just done."""
        self._is_doubted = self._clock() - self._tried_at >= FRESH_SECONDS

    def _is_due(self) -> bool:
        since = self._clock() - self._tried_at
        if self._failures:
            return since >= min(self._failures - 1.0, FRESH_SECONDS)
        return self._kept is None or self._is_doubted or since >= self._for_seconds

    def _read_again(self) -> None:
        self._tried_at, self._is_doubted = self._clock(), False
        try:
            reading = self._read(self._kept)
        except Exception as fault:  # whatever it is, the former value stays good, or the fault is raised
            self._kept = None if isinstance(fault, Gone) else self._kept
            self._fault = fault
            self._has_failed(str(fault) if isinstance(fault, Malformed | Gone) else type(fault).__name__)
            return
        self._kept, self._fault = reading.value, None
        if reading.faults:
            self._has_failed("; ".join(reading.faults))
        else:
            self._failures = 0

    def _why_not(self) -> Exception:
        return (self._fault or Gone("it was never read")).with_traceback(None)

    def _has_failed(self, why: str) -> None:
        self._failures += 1
        log.error("a secret cannot be read", secret=self.name, why=why, former_is_used=self._kept is not None)
