"""Links between the histories of merged leads: replaced by, contains, given back."""

from pydantic import Field

from baton.domain.basics.facts import Fact


class GivenAway(Fact):
    """Signals of a lead's own history that count no longer: they were sent to leads that are somebody else after all.

    They are those after the event with the number `after`, up to that with the number `until`.
    """

    sent_to: tuple[str, ...]
    after: int
    until: int


class MergedPart(Fact):
    """A stretch of another lead's history that belongs to this one.

    Args:
        lead_id: whose history it is.
        email: by which address that lead was known; None of one that is not merged into this one.
        after: the number of the event after which the stretch begins.
        until: that of its last event.
        only: if anything, only the signals that were sent to these leads are meant.
        ceded: what of the stretch counts no longer.
        since: the number of the event in this lead's own history by which the stretch came to it.
        came_with: the lead whose merge brought it; None if no merge did.
    """

    lead_id: str
    email: str | None = None
    after: int = 0
    until: int
    only: tuple[str, ...] = ()
    ceded: tuple[GivenAway, ...] = ()
    since: int = 0
    came_with: str | None = None


class MergedHistories(Fact):
    """The links of a lead that its own events do not have: replaced by, contains, given back."""

    into: str | None = None
    parts: tuple[MergedPart, ...] = Field(default=())
    ceded: tuple[GivenAway, ...] = Field(default=())
