"""Territories as people write them: reps who work one country, industry, company size or product get its leads."""

from baton.agreement.conditions.condition_clauses import ConditionClause
from baton.agreement.terms.clause import Clause, Name
from baton.agreement.terms.teams_and_territories import Territory


class TerritoryClause(Clause):
    """Leads that only some people get: those who work this territory, by the roster, and those who work all of them."""

    id: Name
    """What the roster calls it."""
    when: ConditionClause
    """Which leads belong to it, when they are handed over."""
    team: Name | None = None
    """Which team has them, if not the one that the reason to hand them over names."""

    def normal(self) -> Territory:
        """Returns the territory as it is stored."""
        return Territory(id=self.id, when=self.when.normal(), team=self.team)
