"""What both departments want to reach, as people write it: shares of clocks kept in time, and leads a month."""

from typing import Annotated, Literal

from pydantic import Field

from baton.agreement.document.buyer_clauses import Percent
from baton.agreement.terms import rules
from baton.agreement.terms.clause import Clause, Name

MonthlyCount = Literal["new", "mql", "sql", "handed_over", "won"]
OF_MARKETING = ("review", "answer_returns")
"""The names of marketing's clocks."""


class TargetsClause(Clause):
    """What reports compare with what was reached."""

    in_time: dict[Name, Percent] = Field(default={}, max_length=20)
    """For each clock, by its name, and for marketing's `review` and `answer_returns`: what share of them is kept, such
    as 90%."""
    per_month: dict[MonthlyCount, Annotated[int, Field(strict=True, ge=1, le=1_000_000)]] = Field(default={})
    """How many leads a month become known, qualify, are handed over, or are won: `mql: 200`."""

    def normal(self) -> rules.Targets:
        """Returns the targets as they are stored, shares in percent."""
        return {"in_time": dict(self.in_time), "per_month": dict(self.per_month.items())}
