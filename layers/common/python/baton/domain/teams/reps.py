"""The people on a team's roster: share, limit, hours, and whether mail reaches them."""

from enum import StrEnum

from pydantic import Field

from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.staff_addresses import StaffAddress
from baton.domain.teams.absences import AbsencePeriod


class Role(StrEnum):
    """What a person on the roster is there for."""

    REP = "rep"
    MANAGER = "manager"


class Subscription(StrEnum):
    """Whether mail reaches a person.

    `unprotected` means that the address was confirmed by a click in the mail: mail arrives, but anybody who opens
    the unsubscribe link in it, a mail scanner included, would silently end it. Only `confirmed` is good for leads.
    """

    PENDING = "pending"
    UNPROTECTED = "unprotected"
    CONFIRMED = "confirmed"
    ENDED = "ended"
    REMOVED = "removed"


class Rep(Fact):
    """A person on a team's roster: the agreed share and limit, and how many open handoffs they hold.

    Without `territories` they work all of them. They work the hours of the agreement's `calendar` that is named, or
    else of their team's; `hours` and `time_zone` of their own take the place of those in it. `unread_terms` are stored
    terms that cannot be read; whoever has them gets no leads until they are entered again. Of the open handoffs,
    `unaccepted_forms` are of leads whom only forms know, and keep no other lead from the rep until they are accepted.
    """

    email: StaffAddress
    role: Role = Role.REP
    weight: int = 1
    capacity: int = 25
    territories: tuple[str, ...] = ()
    calendar: str | None = None
    hours: dict[str, tuple[str, ...]] | None = None
    time_zone: str | None = None
    away: tuple[AbsencePeriod, ...] = ()
    subscription: Subscription = Subscription.PENDING
    subscription_arn: str | None = None
    open_handoffs: int = 0
    last_offered_at: Instant | None = None
    unaccepted_forms: int = Field(default=0, exclude=True)
    unread_terms: str | None = Field(default=None, exclude=True)

    @property
    def is_here(self) -> bool:
        """Tells whether this person is a rep who was not removed, available now or later."""
        return self.role is Role.REP and self.subscription is not Subscription.REMOVED
