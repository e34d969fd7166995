"""Which share of the leads that nothing hands over is drawn by lot for sales, as people write it."""

from typing import Annotated

from pydantic import Field

from baton.agreement.conditions.signal_tests import seconds
from baton.agreement.document.buyer_clauses import Percent
from baton.agreement.terms import rules
from baton.agreement.terms.clause import Clause
from baton.agreement.terms.durations import Duration

Share = Annotated[Percent, Field(ge=1, le=50)]


class AuditClause(Clause):
    """A lot among the leads that nothing else hands over; who gets them stands in `handoffs.audit`."""

    share: Share
    """So many of them go to sales, from 1% to 50%, such as 5%."""
    after: Duration = Field(default="7d", validate_default=True)
    """A lead takes part once Baton has known it for so long, unless sales or a person has dealt with it."""
    seed: int = Field(default=1, strict=True, ge=0, le=1_000_000)
    """Another number draws others."""

    def normal(self) -> rules.Audit:
        """Returns the clause as it is stored."""
        return {"share": self.share, "after": seconds(self.after), "seed": self.seed}
