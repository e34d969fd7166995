"""How long the checks wait for what happens by itself: as long as it takes on this machine, several times over.

Whether a permission is missing may show only in something that never happens, so that a check cannot always wait for
minutes. As deployed it can: there the checks learn how long each thing takes.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.e2e.at_work import Seen, until
from tools.http_retries import HANGS_AFTER_SECONDS

LEAST_SECONDS, TIMES = 6.0, 5


@dataclass
class Patience:
    """What the checks wait for, and how many seconds each has taken at most; `learned` once that is known."""

    taken: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    learned: bool = False

    @contextmanager
    def wait(self, what: str, planned: float = 0.0) -> Iterator[float]:
        """Gives how many seconds to wait for this at most; so many as are `planned` pass on every machine."""
        began = time.monotonic()
        yield planned + (max(LEAST_SECONDS, TIMES * self.taken[what]) if self.learned else HANGS_AFTER_SECONDS)
        if not self.learned:
            self.taken[what] = max(self.taken[what], time.monotonic() - began - planned)

    def until(self, look: Callable[[], Seen], what: str, planned: float = 0.0) -> Seen:
        """What `look` sees once that is something."""
        with self.wait(what, planned) as seconds:
            return until(look, seconds, what)


def soon(work: Callable[[], object]) -> float:
    """In how many seconds something may begin that ten times this work must precede, and at least six."""
    began = time.monotonic()
    work()
    return LEAST_SECONDS + 10 * (time.monotonic() - began)
