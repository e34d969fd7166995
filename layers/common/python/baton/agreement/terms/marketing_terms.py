"""Marketing's terms: its team and calendar, how fast it reviews an MQL and answers a returned lead."""

from typing import Any

from pydantic import Field

from baton.agreement.terms.clause import Clause, Name
from baton.agreement.terms.clock_terms import DutyTerms
from baton.agreement.terms.durations import Duration

_IN_TWO_DAYS: Any = {"within": "2d", "ladder": [{"at": "50%", "do": "remind"}, {"at": "100%", "do": "escalate"}]}


class MarketingTerms(Clause):
    """Marketing's side of the agreement."""

    team: Name = "marketing"
    """Whose roster gets marketing's reminders; its managers hear of what is late. It gets no leads."""
    calendar: Name | None = None
    """The calendar whose working hours count for marketing's clocks."""
    review: DutyTerms = Field(default=_IN_TWO_DAYS, validate_default=True)
    """How fast a lead in the review queue is reviewed."""
    answer_returns: DutyTerms = Field(default=_IN_TWO_DAYS, validate_default=True)
    """How fast marketing answers a lead that sales gave back."""
    bad_timing: Duration = Field(default="90d", validate_default=True)
    """After so long a lead is reviewed again whose timing is bad, unless the reviewer names a date."""
