"""Who never goes to sales, as people write it: own staff, competitors, agencies, students."""

from typing import Literal, Self

from pydantic import model_validator

from baton.agreement.conditions.condition_clauses import ConditionClause
from baton.agreement.terms import rules
from baton.agreement.terms.clause import Clause, Name, ShortText


class NeverClause(Clause):
    """Leads that sales never gets by any rule, whatever they ask, and where they go instead."""

    id: Name
    """What reports call it."""
    label: ShortText | None = None
    """What people call it; left out: the id."""
    when: ConditionClause
    """Which leads it is for. Own staff is best told by `email_domain`."""
    then: Literal["nurture", "disqualify", "review"] | None = None
    """Where a lead goes that would have been handed over: it stays where it is, on the list of leads that we cannot
    help, or to marketing's review. Left out without a `team`: nurture."""
    team: Name | None = None
    """Another team that gets such a lead instead of sales, by the same reasons and clocks; instead of `then`."""

    @model_validator(mode="after")
    def _goes_to_one_place(self) -> Self:
        if self.then and self.team:
            raise ValueError("says two places; write either `then` or `team`")
        return self

    def normal(self) -> rules.NeverRule:
        """Returns the clause as it is stored."""
        then = "team" if self.team else self.then or "nurture"
        label = self.label or self.id.replace("-", " ").replace("_", " ")
        return {"id": self.id, "label": label, "when": self.when.normal(), "then": then, "team": self.team}
