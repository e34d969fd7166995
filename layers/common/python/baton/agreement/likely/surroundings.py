"""What is known around a draft: the agreement in force, who is on its teams, and which signals have come."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from baton.agreement.terms.agreement import Agreement

MOST_NAMES = 20


class Seen(NamedTuple):
    """How often each kind, content, topic and form of signals came, and in how many signals they were counted."""

    signals: int
    counts: Mapping[str, Mapping[str, int]]
    """By aspect: `{"kind": {"page_visited": 80}}`."""

    def lines(self) -> Iterator[str]:
        """Yields a line for each aspect, with how often its names came: `39 signals by kind: page_visited 30, …`."""
        for aspect, counts in self.counts.items():
            often = sorted(counts.items(), key=lambda count: (-count[1], count[0]))
            said = ", ".join(f"{name} {times}" for name, times in often[:MOST_NAMES])
            more = f", and {len(often) - MOST_NAMES} more" if len(often) > MOST_NAMES else ""
            yield f"{self.signals} signals by {aspect}: {said}{more}"


class Surroundings(NamedTuple):
    """What a check may know besides the draft; None where it knows nothing."""

    in_force: Agreement | None = None
    people: Callable[[str], int] | None = None
    """Returns how many of a team may get leads."""
    seen: Seen | None = None
    often: Callable[[str], str | None] | None = None
    """Tells in words how often a kind of signals has counted; None if nobody counted that."""
