"""Sales teams, the usual weight and capacity of their reps, and territories in their normal form."""

from typing import TYPE_CHECKING, Any

from pydantic import Field

from baton.agreement.terms.clause import Clause, Name, ShortText

if TYPE_CHECKING:
    from baton.agreement.terms.rules import Condition
else:  # checked when they are drafted; no function builds models of them when it starts
    Condition = Any


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
    """The leads for which `when` holds; reps who work this territory get them, in `team` or else the trigger's team."""

    id: Name
    when: Condition
    team: Name | None = None
