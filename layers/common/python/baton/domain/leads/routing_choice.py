"""Who got a lead, why, and who was skipped."""

from pydantic import Field

from baton.domain.basics.facts import Fact


class Skipped(Fact):
    """Somebody who could have had the lead, and why they did not get it."""

    rep: str
    why: str


class Preference(Fact):
    """Somebody who gets a lead before anybody else on the team, if they can take it, and why.

    `at_any_hour` is for whom a person names: hours do not matter then.
    """

    rep: str
    because: str
    at_any_hour: bool = False


LineKey = tuple[tuple[str, ...], tuple[str, ...]]
"""What a line is known by: who has had its leads, and who may take them besides those who share the pool's leads."""


class Turn(Fact):
    """What a lead that went to whoever was next changes: what everybody is owed in a pool, read under a number.

    `empty` are the lines of that pool in which nobody waits any more.
    """

    pool: str
    read: int
    owed: dict[str, int]
    empty: tuple[LineKey, ...] = ()


NO_TERRITORY = "*"
"""The pool of the leads that are of no territory; no territory is called like this."""


class Routing(Fact):
    """Who was chosen, why, and who was not; for a lead of a territory, which.

    `preferred` are those who should have had it before anybody else, for when its turn in the line comes; `besides` are
    those of them who do not share the leads of its pool. `turn` is for the table only, and not part of what happened.
    """

    chosen: str | None = None
    why: str
    skipped: tuple[Skipped, ...] = ()
    territory: str | None = None
    preferred: tuple[Preference, ...] = ()
    besides: tuple[str, ...] = ()
    turn: Turn | None = Field(default=None, exclude=True)
