"""Forks this process at each call of a scene, so that each copy ends the scene in another way.

A story that is to be disturbed at each of its calls need not be told again from the beginning for each: the process is
forked at the call, and its copy goes on to another end, while the story itself waits, and goes on undisturbed.
"""

import gc
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.integration.tables import SECOND

in_one_process = pytest.mark.skipif(
    SECOND is not None, reason="a crashed run goes on in a copy of this process, which copies no other"
)
"""Marks tests whose AWS must be in this process, because they copy it."""


@dataclass(frozen=True)
class ForkFailed:
    """A copy did not come to its end."""

    why: str


@dataclass
class Forks:
    """The forks that were made of this process, by where, with how they ended; in a copy: where it tells that."""

    endings: dict[Any, Any] = field(default_factory=dict)
    _tell: int | None = None

    def forked(self, where: Any) -> bool:
        """Make a copy, which gets True. The others get False, once it has ended; a copy is not copied again."""
        if self._tell is not None:
            return False
        assert threading.current_thread() is threading.main_thread(), "a copy would have lost its main thread"
        hear, tell = os.pipe()
        copy = os.fork()
        if not copy:
            self._tell = tell  # first of all: a copy that did not know what it is would go on with the other tests
            gc.disable()  # a collection would touch, and so copy, all the memory that this copy shares
            os.close(hear)
            return True
        os.close(tell)
        self.endings[where] = _read_ending(copy, hear)
        return False

    def tell(self, ending: Any) -> None:
        """If this is a copy, say how it ended, and be gone, though nobody listens any more."""
        if self._tell is None:
            return
        try:
            with os.fdopen(self._tell, "wb") as told:
                pickle.dump(ending, told)
        finally:
            os._exit(0)


def _read_ending(copy: int, hear: int) -> Any:
    try:
        with os.fdopen(hear, "rb") as told:
            said = told.read()
    except BaseException:  # the test's time is up
        os.kill(copy, signal.SIGKILL)
        raise
    finally:
        os.waitpid(copy, 0)
    return pickle.loads(said) if said else ForkFailed("it was gone without a word")


def run_with_forks(story: Callable[[Forks], Any]) -> tuple[Any, dict[Any, Any]]:
    """How a story ends, and how each copy ends that it makes on its way."""
    forks = Forks()
    try:
        ending = story(forks)
        forks.tell(ending)
    except BaseException:
        forks.tell(ForkFailed(traceback.format_exc()))
        raise
    return ending, forks.endings
