"""Clocks: how fast something must happen, the ladder of what Baton does when it has not, and agreed times."""

import re
from enum import StrEnum
from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from baton.agreement.terms.clause import Clause
from baton.agreement.terms.durations import Duration, PeriodText

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
StopsWhen = Literal["accepted", "contacted", "reached", "acted", "closed"]
ContactOutcome = Literal["reached", "left_message", "no_answer", "wrong_number"]
"""What came of a contact: they spoke, or wrote back; a message was left; nobody answered; it is somebody else's."""
OUTCOMES: tuple[str, ...] = get_args(ContactOutcome)
OR = " or "
"""Stands between several outcomes of which one stops a clock, as they are stored."""
_ORDER = ("offered", *get_args(StopsWhen))


def _what_stops_it(value: object) -> str:
    """Returns an act, or several outcomes of a contact as one text: `reached or left_message`."""
    if value in get_args(StopsWhen):
        return str(value)
    several = value.split(OR) if isinstance(value, str) else value
    if not isinstance(several, list | tuple) or not several or any(each not in OUTCOMES for each in several):
        acts, outcomes = ", ".join(get_args(StopsWhen)), ", ".join(OUTCOMES)
        raise ValueError(f"does not stop a clock; write one of {acts}, or a list of outcomes of a contact: {outcomes}")
    return OR.join(each for each in OUTCOMES if each in several)


_WRITTEN_STOP = {
    "anyOf": [
        {"type": "string", "enum": list(get_args(StopsWhen))},
        {"type": "array", "items": {"type": "string", "enum": list(OUTCOMES)}, "minItems": 1},
    ]
}
WhatStops = Annotated[str, BeforeValidator(_what_stops_it), WithJsonSchema(_WRITTEN_STOP, mode="validation")]


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
    stops_when: WhatStops
    """What stops it: sales took the lead, tried to reach them (contacted), reached them, did the next thing (acted), or
    said how it ended. A list of outcomes of a contact, such as [reached, left_message]: one of these.
    """

    @model_validator(mode="after")
    def _stops_after_it_starts(self) -> Self:
        stops_when = self.stops_when if self.stops_when in _ORDER else "contacted"
        if _ORDER.index(stops_when) <= _ORDER.index(self.starts_when) or (
            self.starts_when == "contacted" and stops_when == "reached"
        ):
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


class AppointmentTerms(Clause):
    """What holds once a time is agreed with a lead."""

    at_most: Duration = Field(default="30d", validate_default=True)
    """How far ahead the next step after a contact may be."""
    grace: Duration = Field(default="1h", validate_default=True)
    """So long after the agreed time nothing is late yet: a call takes a while, and then it is logged."""
    first_contact_at_meeting: bool = Field(default=False, strict=True)
    """true: the first contact with a lead that has booked a meeting is due at its start, not after the clock's time."""
