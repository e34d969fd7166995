"""Clocks: how fast something must happen, and the ladder of what Baton does when it has not."""

import re
from enum import StrEnum
from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from baton.agreement.terms.clause import Clause
from baton.agreement.terms.durations import PeriodText

_PERCENT = r"[0-9]{1,5}%"


def _percent(value: object) -> float:
    if isinstance(value, str) and re.fullmatch(_PERCENT, value):
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


Ladder = Annotated[tuple[Step, ...], Field(min_length=1, max_length=10)]
StartsWhen = Literal["offered", "accepted", "contacted"]
StopsWhen = Literal["accepted", "contacted", "acted", "closed"]
_ORDER = ("offered", *get_args(StopsWhen))


class _Clock(Clause):
    """The fields of every clock."""

    within: PeriodText
    """How long it may take, such as 30m, or in working hours: 2 business hours."""
    ladder: Ladder
    """What is done when, each step later than the one before."""

    @model_validator(mode="after")
    def _rungs_go_up(self) -> Self:
        shares = [step.at for step in self.ladder]
        if sorted(set(shares)) != shares:
            raise ValueError("each step of the ladder must come later than the one before it; sort them by `at`")
        return self


class ClockTerms(_Clock):
    """How fast something must happen once a lead is offered, accepted or contacted."""

    starts_when: StartsWhen = "offered"
    """What starts the clock: the lead was offered to a person, taken by them, or spoken with."""
    stops_when: StopsWhen
    """What stops it: sales took the lead, spoke with them, did the next thing (acted), or said how it ended."""

    @model_validator(mode="after")
    def _stops_after_it_starts(self) -> Self:
        if _ORDER.index(self.stops_when) <= _ORDER.index(self.starts_when):
            raise ValueError(
                f"starts when {self.starts_when}, so it cannot stop when {self.stops_when}; "
                "name something that comes later"
            )
        if self.stops_when == "acted" and self.starts_when != "contacted":
            raise ValueError("`stops_when: acted` is for what follows a contact; write `starts_when: contacted`")
        return self


class DutyTerms(_Clock):
    """How fast marketing must do something, and what happens if it does not."""

    @model_validator(mode="after")
    def _nobody_else_has_it(self) -> Self:
        if any(step.do is Act.REASSIGN for step in self.ladder):
            raise ValueError("marketing shares its queue, so there is nobody to reassign to; write remind or escalate")
        return self
