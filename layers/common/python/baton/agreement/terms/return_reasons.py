"""The reasons for which sales may return a lead, and where each sends it: park, disqualify, nurture, next rep."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from baton.agreement.terms.clause import Clause, ShortText
from baton.agreement.terms.durations import Duration


class Destination(StrEnum):
    """Where a returned lead goes."""

    PARK = "park"
    DISQUALIFY = "disqualify"
    NURTURE = "nurture"
    NEXT_REP = "next_rep"


class CountsAs(StrEnum):
    """What a return says of the rules that handed the lead over: `lost` counts against them, `nothing` does not."""

    LOST = "lost"
    NOTHING = "nothing"


_USUALLY_NOTHING = frozenset({"unreachable"})


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

    attempts: int | None = Field(default=None, ge=1, le=20, strict=True)
    """So many contacts that did not reach the lead must be logged before it may be given back for this reason."""

    counts_as: CountsAs | None = None
    """lost: such a return counts against the rules in trials, proposals and reports; nothing: it says nothing."""

    @model_validator(mode="after")
    def _parked_has_a_date(self) -> Self:
        if (self.then is Destination.PARK) != (self.review_after is not None):
            raise ValueError("`then: park` needs `review_after`, and nothing else may have it; write both, or neither")
        return self

    def counts_as_lost(self, name: str) -> bool:
        """Tells whether a return for the reason of this name counts against the rules that handed the lead over.

        Unless it is said, no fit and not ready do; a wrong time, another person and `unreachable` do not.
        """
        if self.counts_as:
            return self.counts_as is CountsAs.LOST
        return self.then in (Destination.DISQUALIFY, Destination.NURTURE) and name not in _USUALLY_NOTHING
