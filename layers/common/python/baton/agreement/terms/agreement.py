"""The agreement as both departments sign it: typed, complete, and refusing what nobody agreed to."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from baton.agreement.terms.calendars import Calendar
from baton.agreement.terms.clause import Clause, Name, ShortText
from baton.agreement.terms.clock_terms import ClockTerms
from baton.agreement.terms.durations import Duration
from baton.agreement.terms.form_terms import Form
from baton.agreement.terms.marketing_terms import MarketingTerms
from baton.agreement.terms.retention_terms import RetentionTerms

if TYPE_CHECKING:
    from baton.agreement.terms.rules import Condition, Rules
else:  # checked when they are drafted; no function builds models of them when it starts
    Condition = Rules = Any


def watched(clocks: dict[str, ClockTerms]) -> dict[str, ClockTerms]:
    """Clocks of which one runs from the offer, so that a lead that nobody takes is noticed."""
    if all(clock.starts_when != "offered" for clock in clocks.values()):
        raise ValueError("none of the clocks runs from the offer; leave `starts_when` out of one")
    return clocks


class HandingOver(Clause):
    """What is agreed for the leads of one trigger, however its calendar is told."""

    team: Name
    """Who gets the leads: the name of one of the teams."""
    next_step: ShortText
    """What the salesperson does next, as the mail says it."""
    clocks: dict[Name, ClockTerms] = Field(min_length=1, max_length=10)
    """How fast; a clock runs from the moment the lead is offered to a person, unless it says `starts_when`."""
    nobody_available: Duration
    """When nobody can take the lead, the manager is told, and Baton tries again after so long."""

    @field_validator("clocks")
    @classmethod
    def _one_runs_from_the_offer(cls, clocks: dict[str, ClockTerms]) -> dict[str, ClockTerms]:
        return watched(clocks)


class HandoffTerms(HandingOver):
    """What is agreed for one handoff, as it is kept in it: a later agreement does not change a running clock.

    `calendar` counts its business time, with the holidays of the time to come; `calendar_name` is how the agreement
    calls it.
    """

    calendar: Calendar | None = None
    calendar_name: Name | None = None


class Sooner(Clause):
    """Other clocks for some of the leads that a trigger hands over."""

    when: Condition
    clocks: dict[Name, ClockTerms] = Field(min_length=1, max_length=10)


class HandoffClause(HandingOver):
    """A trigger's part of the agreement: its terms, for which leads its clocks are others, and whether a lead goes back
    to whoever had it last.
    """

    calendar: Name | None = None
    sooner: tuple[Sooner, ...] = Field(default=(), max_length=20)
    sticky: bool = False

    def terms(
        self, instead: Sooner | None = None, calendar: Calendar | None = None, name: str | None = None
    ) -> HandoffTerms:
        """The terms that are kept in a handoff: with the clocks agreed for all leads, or with those `instead`.

        `calendar`, with its `name`, is the one whose hours count; it is kept only where a clock needs it.
        """
        clocks = instead.clocks if instead else self.clocks
        needed = calendar is not None and any(clock.within.needs_calendar for clock in clocks.values())
        return HandoffTerms(
            team=self.team,
            next_step=self.next_step,
            clocks=clocks,
            nobody_available=self.nobody_available,
            calendar=calendar if needed else None,
            calendar_name=name if needed else None,
        )


Trigger = Literal["consultation", "target_account", "sql", "score", "manual"]


class RepTerms(Clause):
    """What holds for a salesperson unless the roster says otherwise."""

    weight: int = Field(strict=True, ge=1, le=100)
    """The share of leads a person gets, against the others."""
    capacity: int = Field(strict=True, ge=1, le=1000)
    """Never more open leads than this at once."""


class Team(Clause):
    """A sales team; its people are on the roster, because an address must be confirmed before it gets mail."""

    label: ShortText
    """What people call it."""
    reps: RepTerms
    """What holds for its people."""
    calendar: Name | None = None
    """When its people work and are given leads, unless the roster says otherwise: the name of one of the calendars."""


class Territory(Clause):
    """Leads of some kind that some people work: who they are, and which team has them, if not that of the trigger."""

    id: Name
    when: Condition
    team: Name | None = None


class Destination(StrEnum):
    """Where a returned lead goes."""

    PARK = "park"
    DISQUALIFY = "disqualify"
    NURTURE = "nurture"
    NEXT_REP = "next_rep"


class ReturnReason(Clause):
    """A reason for which sales may give a lead back, and what then becomes of the lead."""

    label: ShortText
    """What people call it."""
    then: Destination
    """Where the lead goes: park (wrong time), disqualify (no fit), nurture (marketing) or next_rep."""
    review_after: Duration | None = None
    """Only for `then: park`: after so long the lead is reviewed again."""
    marketing_answers: bool = Field(default=True, strict=True)
    """false: marketing need not answer a lead that is given back for this reason."""

    @model_validator(mode="after")
    def _parked_has_a_date(self) -> Self:
        if (self.then is Destination.PARK) != (self.review_after is not None):
            raise ValueError("`then: park` needs `review_after`, and nothing else may have it")
        return self


def _nothing_scores() -> Any:
    from baton.agreement.terms.rules import NOTHING_SCORES  # noqa: PLC0415  # only for what was kept before there were rules

    return NOTHING_SCORES


class Agreement(Clause):
    """The whole agreement, ready to be followed. Whoever reads one from text checks that it makes sense as a whole."""

    title: ShortText
    teams: dict[Name, Team] = Field(min_length=1, max_length=50)
    handoffs: dict[Trigger, HandoffClause] = Field(min_length=1)
    return_reasons: dict[Name, ReturnReason] = Field(min_length=1, max_length=30)
    forms: dict[Name, Form] = Field(min_length=1, max_length=50)
    calendars: dict[Name, Calendar] = Field(default={}, max_length=50)
    marketing: MarketingTerms = Field(default_factory=MarketingTerms)
    territories: tuple[Territory, ...] = Field(default=(), max_length=100)
    retention: RetentionTerms = Field(default_factory=RetentionTerms)
    rules: Rules = Field(default_factory=_nothing_scores)

    @property
    def rosters(self) -> dict[str, Team]:
        """Every team with people on a roster: those in sales, and marketing's, which need not be written down."""
        usual = Team(label=self.marketing.team, reps=RepTerms(weight=1, capacity=25))
        return {**self.teams, self.marketing.team: self.teams.get(self.marketing.team, usual)}

    def gives_leads_to(self, team: str) -> bool:
        """Whether a team is agreed, and there for leads: marketing's is only if a handoff or a territory names it."""
        places: tuple[HandoffClause | Territory, ...] = (*self.handoffs.values(), *self.territories)
        named = any(place.team == team for place in places)
        return team in self.teams and (named or team != self.marketing.team)


class AgreementInForce(Clause):
    """An agreement with the number of its version and the moment since which it holds (ISO 8601, UTC)."""

    version: int = Field(ge=1)
    in_force_since: str
    agreement: Agreement
