"""What a replay finds: when and why an agreement first hands a lead over, and its points."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from baton.domain.leads.lead import Lead
from baton.domain.qualification.triggers import TargetAccount

Listed = Callable[[Lead, datetime], TargetAccount | None]
"""Gives the target account that a lead belonged to at a moment, by the list as it was then."""


def nothing_listed(_lead: Lead, _at: datetime) -> TargetAccount | None:
    """Lists no target account."""
    return None


class Crossing(NamedTuple):
    """The first handover of a lead under an agreement.

    `at` is in milliseconds since 1970, and `uncut` the sum of all points then, in hundredths, before any limit.
    """

    at: int
    trigger: str
    team: str
    uncut: int


class Replayed(NamedTuple):
    """What an agreement makes of a lead: its first handover, if any, and its points.

    `highest` is the highest sum of points that it reached, in hundredths, before any limit; `score` the highest score,
    within the limits. `rules` are those that gave it points, at the end. `by_hand`: a person handed it over before
    any rule did.
    """

    crossing: Crossing | None
    highest: int
    score: int
    rules: tuple[str, ...]
    by_hand: bool = False
    absorbed: bool = False
