"""What is known around a draft: the agreement in force, who is on its teams, and which signals have come."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from baton.agreement.terms.agreement import Agreement


class Seen(NamedTuple):
    """How often each kind, content, topic and form of signals came, and in how many signals they were counted."""

    signals: int
    counts: Mapping[str, Mapping[str, int]]
    """By aspect: `{"kind": {"page_visited": 80}}`."""


class Surroundings(NamedTuple):
    """What a check may know besides the draft; None where it knows nothing."""

    in_force: Agreement | None = None
    people: Callable[[str], int] | None = None
    """Returns how many of a team may get leads."""
    seen: Seen | None = None
