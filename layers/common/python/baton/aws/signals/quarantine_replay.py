"""Goes through what was not understood, for as long as an invocation has time."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from baton.aws.signals.quarantine import Quarantine, QuarantinedDelivery

SECONDS = 60.0

Understand = Callable[[QuarantinedDelivery], bool]
"""Takes a delivery, and says whether all of it is saved now."""


class NoSuchSource(ValueError):
    """There is no webhook of that name."""


@dataclass(slots=True)
class Replayed:
    """How many deliveries were understood now, and how many still are not; `next` is where to go on, if anywhere."""

    replayed: int = 0
    still_quarantined: int = 0
    next: dict[str, str] | None = None

    def said(self) -> dict[str, Any]:
        """It as an answer."""
        said: dict[str, Any] = {"replayed": self.replayed, "still_quarantined": self.still_quarantined}
        return said | ({"next": self.next} if self.next else {})


def replay(
    quarantine: Quarantine, sources: Sequence[str], asked: Mapping[str, Any], understand: Understand
) -> Replayed:
    """Go through one `source` or all; what is understood is deleted after it was saved, so that it may crash anywhere.

    Raises:
        NoSuchSource: the one that is asked for is none.
    """
    result, until = Replayed(), time.monotonic() + SECONDS
    for kept in _waiting(quarantine, sources, asked):
        if understand(kept):
            quarantine.let_go(kept)
            result.replayed += 1
        else:
            result.still_quarantined += 1
        if time.monotonic() > until:
            only = {"source": kept.source} if asked.get("source") else {}
            result.next = {**only, "from": kept.source, "after": kept.fingerprint}
            break
    return result


def _waiting(quarantine: Quarantine, sources: Sequence[str], asked: Mapping[str, Any]) -> Iterator[QuarantinedDelivery]:
    named = [asked[name] for name in ("source", "from") if asked.get(name)]
    for each in named:
        if each not in sources:
            raise NoSuchSource(f"there is no webhook {each}; there are {', '.join(sources)}")
    wanted = [asked["source"]] if asked.get("source") else sources
    first = asked.get("from") or wanted[0]
    for source in wanted[wanted.index(first) :]:
        yield from quarantine.of(source, asked.get("after") if source == first else None)
