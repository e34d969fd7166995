"""Events of target accounts, apart from those of leads; the bus carries the domain, and no person's name."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.moments import iso


class AccountHappened(Fact):
    """The base of all events of accounts; `published` names the fields that the bus may carry."""

    published: ClassVar[tuple[str, ...]] = ("account",)
    account: str


class TargetAccountListed(AccountHappened):
    """A company became a target account, or got a further domain or another name: leads known already may be its."""

    type: Literal["TargetAccountListed"] = "TargetAccountListed"


class TargetAccountDelisted(AccountHappened):
    """A company is no target account any more."""

    type: Literal["TargetAccountDelisted"] = "TargetAccountDelisted"


class Place(Fact):
    """How far the leads known of an account were gone through: a company of it, and the last lead's id."""

    company: str
    after: str


class TargetAccountLookedAt(AccountHappened):
    """So many leads that were known already were looked at since the event `listed`; with `next`, more are waiting."""

    published = ("account", "listed", "looked", "next")
    type: Literal["TargetAccountLookedAt"] = "TargetAccountLookedAt"
    listed: str
    looked: int
    next: Place | None = None


KINDS: tuple[type[AccountHappened], ...] = (TargetAccountListed, TargetAccountDelisted, TargetAccountLookedAt)


class RecordedOfAccount(Fact):
    """An event of an account with its id, time and author."""

    event_id: str
    at: Instant
    by: str
    event: Annotated[
        TargetAccountListed | TargetAccountDelisted | TargetAccountLookedAt,
        Field(discriminator="type"),
    ]

    def for_the_bus(self) -> dict[str, object]:
        """Returns the fields that the bus may carry: ids and facts, no names, no addresses."""
        facts = self.event.model_dump(mode="json", include=set(self.event.published), exclude_none=True)
        at = iso(self.at)
        return {"event_id": self.event_id, "at": at, "version": 1, **facts}
