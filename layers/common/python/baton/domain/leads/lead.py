"""The lead: one person, what is known of them, how qualified they are, and who holds them."""

from enum import StrEnum
from typing import Any

from pydantic import ConfigDict, Field

from baton.domain.accounts.account import AccountMatch
from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.staff_addresses import StaffAddress
from baton.domain.leads.duty import Duty, Review
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.merged_histories import GivenAway, MergedPart
from baton.domain.leads.person_facts import NO_COMPANY, NO_PROFILE, Answer, AnswerValue, Company, Consent, Need, Profile
from baton.domain.leads.stage_and_status import Channel, Stage, Status
from baton.domain.meetings.meeting import Meetings
from baton.domain.trust.words import Words


class Held(Fact):
    """Somebody holds the lead back from sales until a date, and why; `verdict` is what the rules said to that."""

    by: StaffAddress
    at: Instant
    reason: str
    until: Instant
    verdict: tuple[str, ...] = ()


class Activity(Fact):
    """One thing the lead did, as short as sales needs it."""

    at: Instant
    kind: str
    content: str | None = None


MAX_MESSAGE = 8_000
"""A lead has so many characters of the message of a request; the event has all of them."""


def shown_message(message: str) -> str:
    """Returns the message of a request as the lead has it: one that is too long ends in an ellipsis."""
    return message if len(message) <= MAX_MESSAGE else f"{message[: MAX_MESSAGE - 1]}…"


class EarlierRequest(Fact):
    """A request that came before the latest one, and when."""

    at: Instant
    message: str | None = None


class Request(Fact):
    """The lead asked for a person: when, through which form or tool, in which words, and giving which particulars.

    It is answered once sales was alerted and somebody took it from there. `arrived_at` is given if a tool told late.
    `first` is the first of so many `times` that it was made before anybody in sales took it up.
    """

    at: Instant
    form: str
    kind: str | None = None
    message: str | None = None
    profile: Profile = NO_PROFILE
    answered: bool = False
    arrived_at: Instant | None = None
    first: EarlierRequest | None = None
    times: int = 1


class KeptFromSales(Fact):
    """A trigger would have handed the lead over, and the agreement keeps such leads from sales.

    `rule` is the id of the rule in `never`, or `unless`; `then` is where the lead went. `request_at` is the time of the
    wish for a person that was kept back, if it was one.
    """

    at: Instant
    rule: str
    label: str
    trigger: str
    then: str
    request_at: Instant | None = None


class LeftToReview(Fact):
    """The lead was not handed to sales, because only forms know it: of which account, when, and on which day.

    `asks` tells whether it asked for a person by then; where that was not kept, it counts as if it had.
    `digest_at` is when Baton tells the account's owner how many there were, if that is planned with this lead, too.
    """

    account: str
    at: Instant
    day: str
    asks: bool = True
    digest_at: Instant | None = None


class ChosenBy(StrEnum):
    """Who chose an address; a tool never replaces what staff chose."""

    STAFF = "staff"
    TOOL = "tool"


class ChosenAddress(Fact):
    """The address of a lead that is written to, who chose it, and as of when."""

    email: str
    by: ChosenBy
    at: Instant
    disposable: bool = False


class Lead(Fact):
    """The fold of a lead's events. A field that a newer Baton wrote is kept by an older one, as it is.

    `version` counts them; `timer` is the event whose deadline is being waited for, if any, and `look_at` that deadline
    while nobody in sales has the lead; `duty` is what marketing owes the lead, or last did, and `reviewed` what it last
    said of it; `recent` holds the last few activities only, the timeline has them all. `learned` says of each fact when
    it became known, in milliseconds since 1970, and by which event; `said` has the words on it, the one that stands
    first. `decided_at` is when a person last gave the lead back, closed or reviewed it: what was earned before does not
    hand it over again. `confirmed_at` is when somebody who is trusted first spoke of the person; without one, only
    forms know the lead, which anybody can send.

    `merged_into` is the lead that stands for this one, if it was merged into another; `parts` are the stretches of
    other leads' histories that belong to this one, and `ceded` those of its own that do not any more.

    `attributes` are the facts of an agreement's own, by name; what no agreement names any more stays.

    `email` is the address that the lead's id follows from; `chosen_address` is another that is written to instead.

    `resubscribed_at` is when a tool last said that they want mails: it ends an earlier unsubscription.

    `meetings` are those that tools told of last.

    `suspected_at` is when a form of theirs was last taken for a robot's, until that is released.

    `kept` says by which rule a trigger last did not hand the lead over.

    `tally` is no fact: it follows from the signals and the agreement's version in it.
    """

    model_config = ConfigDict(extra="allow")

    lead_id: str
    email: str
    chosen_address: ChosenAddress | None = None
    profile: Profile = NO_PROFILE
    company: Company = NO_COMPANY
    stage: Stage = Stage.LEAD
    status: Status = Status.NURTURING
    status_since: Instant
    stage_since: Instant | None = None
    channel: Channel = Channel.INBOUND
    source: str
    campaign: str | None = None
    disposable_address: bool = False
    unverified: bool = False
    suspected_at: Instant | None = None
    bant: dict[Need, Answer] = Field(default_factory=dict)
    attributes: dict[str, AnswerValue] = Field(default_factory=dict)
    consents: dict[str, Consent] = Field(default_factory=dict)
    unsubscribed_at: Instant | None = None
    resubscribed_at: Instant | None = None
    learned: dict[str, tuple[int, int]] = Field(default_factory=dict)
    said: dict[str, Words] = Field(default_factory=dict)
    account: AccountMatch | None = None
    engaged_at: Instant | None = None
    engaged_by_form: bool = False
    last_inbound_at: Instant | None = None
    recent: tuple[Activity, ...] = ()
    request: Request | None = None
    meetings: Meetings = ()
    handoff: Handoff | None = None
    duty: Duty | None = None
    reviewed: Review | None = None
    held: Held | None = None
    kept: KeptFromSales | None = None
    decided_at: Instant | None = None
    confirmed_at: Instant | None = None
    left_to_review: LeftToReview | None = None
    review_on: Instant | None = None
    look_at: Instant | None = None
    timer: str | None = None
    merged_into: str | None = None
    parts: tuple[MergedPart, ...] = ()
    ceded: tuple[GivenAway, ...] = ()
    tally: dict[str, Any] | None = None
    agreement_version: int
    version: int
    created_at: Instant
    updated_at: Instant

    @property
    def address(self) -> str:
        """Returns the address that is written to."""
        return self.chosen_address.email if self.chosen_address else self.email

    @property
    def has_disposable_address(self) -> bool:
        """Tells whether the address that is written to is a throw-away one."""
        return self.chosen_address.disposable if self.chosen_address else self.disposable_address

    @property
    def merged_wholly(self) -> tuple[MergedPart, ...]:
        """Returns the leads that are merged into this one.

        A stretch of the history of a lead into which one of them was merged before is none: that is another person, or
        this one.
        """
        return tuple(part for part in self.parts if part.came_with and not part.only)

    @property
    def emails(self) -> tuple[str, ...]:
        """Returns all addresses of the person: that which is written to, the lead's own, and those merged into it."""
        return tuple(dict.fromkeys((self.address, self.email, *(part.email for part in self.parts if part.email))))

    @property
    def is_confirmed(self) -> bool:
        """Tells whether somebody who is trusted has spoken of the person, or a colleague has dealt with them."""
        by_hand = self.account is not None and self.account.matched_by == "link"
        spoken = (self.confirmed_at, self.decided_at, self.resubscribed_at, self.held)
        return by_hand or any(spoken) or (self.handoff is not None and self.handoff.was_taken)
