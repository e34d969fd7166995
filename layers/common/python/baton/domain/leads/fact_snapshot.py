"""A copy of the facts known of a lead, without its handoff and duties, for merging it into another lead."""

from typing import Self

from pydantic import Field

from baton.domain.accounts.account import AccountMatch
from baton.domain.basics.facts import Fact, Instant
from baton.domain.leads.lead import Activity, Lead, LeftToReview, Request
from baton.domain.leads.person_facts import NO_COMPANY, NO_PROFILE, Answer, AnswerValue, Company, Consent, Need, Profile
from baton.domain.leads.stage_and_status import Stage
from baton.domain.meetings.meeting import Meetings
from baton.domain.trust.words import Words


class FactSnapshot(Fact):
    """The facts of a lead, under the names of the lead's own fields."""

    profile: Profile = NO_PROFILE
    company: Company = NO_COMPANY
    bant: dict[Need, Answer] = Field(default_factory=dict)
    attributes: dict[str, AnswerValue] = Field(default_factory=dict)
    learned: dict[str, tuple[int, int]] = Field(default_factory=dict)
    said: dict[str, Words] = Field(default_factory=dict)
    stage: Stage = Stage.LEAD
    unverified: bool = False
    suspected_at: Instant | None = None
    consents: dict[str, Consent] = Field(default_factory=dict)
    unsubscribed_at: Instant | None = None
    resubscribed_at: Instant | None = None
    account: AccountMatch | None = None
    engaged_at: Instant | None = None
    last_inbound_at: Instant | None = None
    recent: tuple[Activity, ...] = ()
    request: Request | None = None
    meetings: Meetings = ()
    decided_at: Instant | None = None
    confirmed_at: Instant | None = None
    left_to_review: LeftToReview | None = None

    @classmethod
    def of(cls, lead: Lead) -> Self:
        """Copies the facts of a lead."""
        return cls(**{name: getattr(lead, name) for name in cls.model_fields})
