"""Replays quarantined webhook deliveries, for a quarter of a minute at a time: an administrator may wait for it."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from baton.aws.signals.quarantine import Quarantine, QuarantinedDelivery
from baton.aws.table.write_outcomes import NotFound

SECONDS = 15.0

Process = Callable[[QuarantinedDelivery], bool]
"""Processes a delivery, and returns whether all of it was saved."""


class NoSuchSource(ValueError):
    """There is no webhook source with that name."""


@dataclass(slots=True)
class Replayed:
    """The result of a replay: how many deliveries were processed, how many stay quarantined, and where to continue."""

    replayed: int = 0
    still_quarantined: int = 0
    next: dict[str, str] | None = None

    def answer(self) -> dict[str, Any]:
        """Returns the result as JSON."""
        result: dict[str, Any] = {"replayed": self.replayed, "still_quarantined": self.still_quarantined}
        return result | ({"next": self.next} if self.next else {})


def replay(quarantine: Quarantine, sources: Sequence[str], request: Mapping[str, Any], process: Process) -> Replayed:
    """Replays the deliveries of one `source`, or of all; each is deleted after it was saved, so a crash loses none.

    Raises:
        NoSuchSource: there is no source with that name.
    """
    result, until = Replayed(), time.monotonic() + SECONDS
    for kept in _waiting(quarantine, sources, request):
        if process(kept):
            quarantine.delete(kept)
            result.replayed += 1
        else:
            result.still_quarantined += 1
        if time.monotonic() > until:
            only = {"source": kept.source} if request.get("source") else {}
            result.next = {**only, "from": kept.source, "after": kept.fingerprint}
            break
    return result


def replay_one(quarantine: Quarantine, source: str, delivery_id: str, process: Process) -> bool:
    """Replays one delivery, and returns whether it was processed, and so deleted.

    Raises:
        NotFound: there is no such delivery.
    """
    found = quarantine.one(source, delivery_id)
    if found is None:
        raise NotFound("there is no such delivery; it was understood since, or ninety days are over")
    is_processed = process(found[1])
    if is_processed:
        quarantine.delete(found[1])
    return is_processed


def _waiting(
    quarantine: Quarantine, sources: Sequence[str], request: Mapping[str, Any]
) -> Iterator[QuarantinedDelivery]:
    named = [request[name] for name in ("source", "from") if request.get(name)]
    for each in named:
        if each not in sources:
            raise NoSuchSource(f"there is no webhook {each}; there are {', '.join(sources)}")
    wanted = [request["source"]] if request.get("source") else sources
    first = request.get("from") or wanted[0]
    for source in wanted[wanted.index(first) :]:
        yield from quarantine.of(source, request.get("after") if source == first else None)
