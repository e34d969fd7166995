"""How long, and how often, a change is tried again that somebody else was faster with."""

import random
import time
from collections.abc import Callable, Iterator

FIRST_PAUSE_SECONDS = 0.02
LONGEST_PAUSE_SECONDS = 0.5


def attempts(patience_seconds: float) -> Iterator[int]:
    """Attempts with full jitter between them, until patience ends; at least one."""
    started, pause, attempt = time.monotonic(), FIRST_PAUSE_SECONDS, 0
    while True:
        yield attempt
        attempt += 1
        if time.monotonic() - started > patience_seconds:
            return
        time.sleep(random.uniform(0, pause))  # noqa: S311  # spreads writers, hides nothing
        pause = min(LONGEST_PAUSE_SECONDS, pause * 2)


def over_after(seconds: float) -> Callable[[], bool]:
    """Tells, whenever it is asked, whether so many seconds have passed since now."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end
