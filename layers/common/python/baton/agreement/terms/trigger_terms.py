"""The agreement's terms for the handoffs of one trigger: team, next step, clocks, calendar."""

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, field_validator

from baton.agreement.terms.clause import Clause, Name, ShortText
from baton.agreement.terms.clock_terms import ClockTerms
from baton.agreement.terms.durations import Duration

if TYPE_CHECKING:
    from baton.agreement.terms.rules import Condition
else:  # checked when they are drafted; no function builds models of them when it starts
    Condition = Any

Sticky = Literal[False, True, "company"]
"""Whether a lead goes back to its last owner; `company`: or else to the rep who has its company's leads."""
Trigger = Literal["consultation", "target_account", "sql", "score", "manual", "audit"]

TRIGGER_LABELS = {
    "consultation": "Consultation request",
    "target_account": "Target account lead",
    "sql": "Sales qualified lead",
    "score": "High-scoring lead",
    "manual": "Lead handed over by hand",
    "audit": "Lead drawn by lot",
}
"""What people call a lead that a trigger hands over."""


def require_offer_clock(clocks: dict[str, ClockTerms]) -> dict[str, ClockTerms]:
    """Returns the clocks if one of them starts at the offer, which notices a lead that nobody takes.

    Raises:
        ValueError: none of them does.
    """
    if all(clock.starts_when != "offered" for clock in clocks.values()):
        raise ValueError("none of the clocks runs from the offer; leave `starts_when` out of one")
    return clocks


class HandoffBase(Clause):
    """The terms of one trigger without its calendar, which the document names and a handoff stores."""

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
        return require_offer_clock(clocks)


class ConditionalClocks(Clause):
    """Other clocks for the leads of a trigger for which `when` holds."""

    when: Condition
    clocks: dict[Name, ClockTerms] = Field(min_length=1, max_length=10)


class TriggerTerms(HandoffBase):
    """The agreed terms of one trigger; `sticky` gives a lead back to its last owner, or its company's.

    The trigger hands nobody over for whom `unless` holds.
    """

    calendar: Name | None = None
    sooner: tuple[ConditionalClocks, ...] = Field(default=(), max_length=20)
    sticky: Sticky = False
    unless: Condition | None = None
