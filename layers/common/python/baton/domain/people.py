"""The people on a team's roster: what is agreed for them, whether mail reaches them, and when they are away."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Any

from pydantic import ConfigDict, Field, PlainSerializer, PlainValidator, WithJsonSchema

from baton.domain.model import Fact, Instant

MOST_ABSENCES = 50
A_DAY = timedelta(days=1)


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


def _day_or_moment(written: Any) -> date | datetime:
    """Read a date, or a moment with its time zone.

    Raises:
        ValueError: it is neither.
    """
    if isinstance(written, date):
        return written
    try:
        if len(text := str(written)) == len("2026-12-24"):
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError("must be a date, such as 2026-12-24, or a moment, such as 2026-12-24T12:00:00Z")
    return moment.astimezone(UTC)


def _as_written(day: date | datetime) -> str:
    return day.isoformat().replace("+00:00", "Z")


_WRITTEN = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
DayOrMoment = Annotated[
    date | datetime,
    PlainValidator(_day_or_moment),
    PlainSerializer(_as_written, return_type=str, when_used="json"),
    WithJsonSchema(_WRITTEN),
]


class Away(Fact):
    """A person's absence: from a moment until another; dates are whole days where the person works, the last included.

    `why` is for the people on the staff, and stays on the roster.
    """

    model_config = ConfigDict(populate_by_name=True)

    since: DayOrMoment = Field(alias="from")
    until: DayOrMoment = Field(alias="to")
    why: Annotated[str, Field(max_length=200)] | None = None

    def begins(self, zone: str) -> datetime:
        """The first moment of it, in UTC, for somebody who works in a time zone."""
        return self.since if isinstance(self.since, datetime) else _midnight(self.since, zone)

    def ends(self, zone: str) -> datetime:
        """The first moment after it, in UTC."""
        return self.until if isinstance(self.until, datetime) else _midnight(self.until + A_DAY, zone)


def _midnight(day: date, zone: str) -> datetime:
    from zoneinfo import ZoneInfo  # nobody needs a zone's file who is not away for a day  # noqa: PLC0415

    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


class Rep(Fact):
    """A person on a team's roster: the agreed share and limit, and how many open handoffs they hold.

    Without `territories` they work all of them. They work the hours of the agreement's `calendar` that is named, or
    else of their team's; `hours` and `time_zone` of their own take the place of those in it.
    """

    email: str
    role: Role = Role.REP
    weight: int = 1
    capacity: int = 25
    territories: tuple[str, ...] = ()
    calendar: str | None = None
    hours: dict[str, tuple[str, ...]] | None = None
    time_zone: str | None = None
    away: tuple[Away, ...] = ()
    subscription: Subscription = Subscription.PENDING
    subscription_arn: str | None = None
    open_handoffs: int = 0
    last_offered_at: Instant | None = None

    @property
    def is_here(self) -> bool:
        """Whether they are on the team to get leads, be it now or later."""
        return self.role is Role.REP and self.subscription is not Subscription.REMOVED
