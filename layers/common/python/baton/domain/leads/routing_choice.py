"""The result of routing: the rep chosen for a lead, the reason, and the reps skipped."""

from pydantic import Field

from baton.domain.basics.facts import Fact


class Skipped(Fact):
    """Somebody who could have had the lead, and why they did not get it."""

    rep: str
    why: str


class Preference(Fact):
    """Somebody who gets a lead before anybody else on the team, if they can take it, and why.

    `at_any_hour` is for whom a person names: hours, absences and capacity do not matter then.
    """

    rep: str
    because: str
    at_any_hour: bool = False


LineKey = tuple[tuple[str, ...], tuple[str, ...], bool]
"""The key of a waiting line: the reps who had its leads before, reps outside the pool who may take them, and whether
only forms know its leads."""

SHARED_LINE = "*"
"""The only candidate of a line that leads with different former owners share."""

Counted = tuple[int, int, int]
"""A rep's counts as they were read: open handoffs, those of them by forms that nobody accepted, and the capacity."""


class Turn(Fact):
    """The new counts of a pool after the rep next in turn got a lead: what each rep is owed, under a version number.

    `empty` are the waiting lines of the pool that have no lead any more.
    """

    pool: str
    read: int
    owed: dict[str, int]
    empty: tuple[LineKey, ...] = ()


class CompanyTurn(Fact):
    """The rep who has a company's leads on a team, as it was read: under a key and a version number."""

    key: str
    read: int = 0
    owner: str | None = None


NO_TERRITORY = "*"
"""The name of the pool for leads without a territory; no territory can have this name."""


class Routing(Fact):
    """Who was chosen, why, and who was not; for a lead of a territory, which.

    `preferred` are those who should have had it before anybody else, for when its turn in the line comes; `besides` are
    those of them who do not share the leads of its pool, or `SHARED_LINE`, if the pool has no room for one more line.
    `warnings` say what speaks against whom a person named, such as a leave. `time_zone` is that of who was chosen, if
    it is known. `turn`, `company` and `counted`, the counts by which there is room, are for the table only, and not
    part of what happened.
    """

    chosen: str | None = None
    why: str
    skipped: tuple[Skipped, ...] = ()
    territory: str | None = None
    preferred: tuple[Preference, ...] = ()
    besides: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    time_zone: str | None = None
    turn: Turn | None = Field(default=None, exclude=True)
    company: CompanyTurn | None = Field(default=None, exclude=True)
    counted: Counted | None = Field(default=None, exclude=True)
