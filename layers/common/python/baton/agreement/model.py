"""The agreement as both departments sign it: typed, complete, and refusing what nobody agreed to."""

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from baton.agreement.calendars import Calendar
from baton.agreement.clause import Clause, Line, Name
from baton.agreement.durations import Duration
from baton.agreement.forms import Form

if TYPE_CHECKING:
    from baton.agreement.rules import Condition, Rules
else:  # checked when they are drafted; no function builds models of them when it starts
    Condition = Rules = Any


_PERCENT = re.compile(r"[0-9]{1,5}%")


def _percent(value: object) -> float:
    if isinstance(value, str) and _PERCENT.fullmatch(value):
        return int(value[:-1]) / 100
    if isinstance(value, float) and value == round(value, 2):
        return value
    raise ValueError(f"{value!r} is not a share of the clock's time; write it in whole percent, like 50%")


_WRITTEN_SHARE = {"type": ["string", "number"], "pattern": "^[0-9]{1,5}%$", "examples": ["50%"]}
Share = Annotated[
    float,
    BeforeValidator(_percent),
    PlainSerializer(lambda share: f"{round(share * 100)}%", return_type=str),
    Field(gt=0, le=100),
    WithJsonSchema(_WRITTEN_SHARE, mode="validation"),
]


class Act(StrEnum):
    """What Baton does when nobody has acted in time."""

    REMIND = "remind"
    ESCALATE = "escalate"
    REASSIGN = "reassign"


class Step(Clause):
    """One rung of a clock's ladder: at which share of its time, what is done."""

    at: Share
    """After this share of the clock's time, such as 50%."""
    do: Act
    """What Baton does then: remind the owner, tell the manager (escalate), or pass the lead on (reassign)."""


class ClockTerms(Clause):
    """How fast something must happen after the offer, and what happens if it does not."""

    within: Duration
    """How long it may take after the offer, such as 30m."""
    stops_when: Literal["accepted", "contacted"]
    """What stops the clock: sales took the lead, or spoke with them."""
    ladder: tuple[Step, ...] = Field(min_length=1, max_length=10)
    """What is done when, each step later than the one before."""

    @model_validator(mode="after")
    def _rungs_go_up(self) -> Self:
        shares = [step.at for step in self.ladder]
        if sorted(set(shares)) != shares:
            raise ValueError("each step of the ladder must come later than the one before it")
        return self


class HandoffTerms(Clause):
    """What is agreed for the leads of one trigger: who gets them, what to do next, and how fast."""

    team: Name
    """Who gets the leads: the name of one of the teams."""
    next_step: Line
    """What the salesperson does next, as the mail says it."""
    clocks: dict[Name, ClockTerms] = Field(min_length=1, max_length=10)
    """How fast; all clocks run from the moment the lead is offered to a person."""
    nobody_available: Duration
    """When nobody can take the lead, the manager is told, and Baton tries again after so long."""


class Sooner(Clause):
    """Other clocks for some of the leads that a trigger hands over."""

    when: Condition
    clocks: dict[Name, ClockTerms] = Field(min_length=1, max_length=10)


class HandoffClause(HandoffTerms):
    """A trigger's part of the agreement: its terms, and for which leads its clocks are others."""

    sooner: tuple[Sooner, ...] = Field(default=(), max_length=20)

    def terms(self, instead: Sooner | None = None) -> HandoffTerms:
        """The terms that are kept in a handoff: with the clocks agreed for all leads, or with those `instead`."""
        clocks = instead.clocks if instead else self.clocks
        return HandoffTerms(
            team=self.team, next_step=self.next_step, clocks=clocks, nobody_available=self.nobody_available
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

    label: Line
    """What people call it."""
    reps: RepTerms
    """What holds for its people."""


class Destination(StrEnum):
    """Where a returned lead goes."""

    PARK = "park"
    DISQUALIFY = "disqualify"
    NURTURE = "nurture"
    NEXT_REP = "next_rep"


class ReturnReason(Clause):
    """A reason for which sales may give a lead back, and what then becomes of the lead."""

    label: Line
    """What people call it."""
    then: Destination
    """Where the lead goes: park (wrong time), disqualify (no fit), nurture (marketing) or next_rep."""
    review_after: Duration | None = None
    """Only for `then: park`: after so long the lead is reviewed again."""

    @model_validator(mode="after")
    def _parked_has_a_date(self) -> Self:
        if (self.then is Destination.PARK) != (self.review_after is not None):
            raise ValueError("`then: park` needs `review_after`, and nothing else may have it")
        return self


def _nothing_scores() -> Any:
    from baton.agreement.rules import NOTHING_SCORES  # noqa: PLC0415  # only for what was kept before there were rules

    return NOTHING_SCORES


class Agreement(Clause):
    """The whole agreement, ready to be followed. Whoever reads one from text checks that it makes sense as a whole."""

    title: Line
    teams: dict[Name, Team] = Field(min_length=1, max_length=50)
    handoffs: dict[Trigger, HandoffClause] = Field(min_length=1)
    return_reasons: dict[Name, ReturnReason] = Field(min_length=1, max_length=30)
    forms: dict[Name, Form] = Field(min_length=1, max_length=50)
    calendars: dict[Name, Calendar] = Field(default={}, max_length=50)
    rules: Rules = Field(default_factory=_nothing_scores)


class AgreementInForce(Clause):
    """An agreement with the number of its version and the moment since which it holds (ISO 8601, UTC)."""

    version: int = Field(ge=1)
    in_force_since: str
    agreement: Agreement
