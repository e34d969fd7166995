"""What both departments want to reach, as people write it: shares of clocks kept in time, and leads a month."""

from typing import Annotated

from pydantic import Field

from baton.agreement.document.buyer_clauses import Percent
from baton.agreement.terms import rules
from baton.agreement.terms.clause import Clause, Name

MonthlyCount = Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
OF_MARKETING = ("review", "answer_returns")
"""The names of marketing's clocks."""


class MonthlyTargets(Clause):
    """How many leads get so far in a month."""

    new: MonthlyCount | None = None
    """So many become known."""
    mql: MonthlyCount | None = None
    """So many become marketing qualified."""
    sql: MonthlyCount | None = None
    """So many become sales qualified."""
    sql_accepted: MonthlyCount | None = None
    """So many that are sales qualified are accepted by sales."""
    handed_over: MonthlyCount | None = None
    """So many are handed over to sales."""
    won: MonthlyCount | None = None
    """So many are won."""


class TargetsClause(Clause):
    """What reports compare with what was reached."""

    in_time: dict[Name, Percent] = Field(default={}, max_length=20)
    """For each clock, by its name, and for marketing's `review` and `answer_returns`: what share of them is kept, such
    as 90%."""
    per_month: MonthlyTargets = Field(default_factory=MonthlyTargets)
    """How many leads a month become known, qualify, are handed over, or are won: `mql: 200`."""

    def normal(self) -> rules.Targets:
        """Returns the targets as they are stored, shares in percent."""
        per_month = {name: count for name, count in self.per_month if count is not None}
        return {"in_time": dict(self.in_time), "per_month": per_month}
