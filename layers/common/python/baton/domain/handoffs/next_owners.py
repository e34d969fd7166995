"""Lists to whom a manager can give a lead: who is free, who is not and why, and who cannot get it at all."""

from datetime import datetime
from typing import NamedTuple

from baton.domain.leads.handoff import Handoff
from baton.domain.teams.roster import Roster
from baton.domain.teams.routing import reasons_against


class NextOwner(NamedTuple):
    """A rep to whom a lead may be given; `why_not` says what speaks against it, such as `is away until 4 January 2027`.

    Without `can_be_named` they cannot get it, whoever gives it.
    """

    email: str
    why_not: str | None
    can_be_named: bool

    @property
    def is_free(self) -> bool:
        """Tells whether the lead could be theirs next without anybody's word."""
        return self.why_not is None


def next_owners(handoff: Handoff, roster: Roster, now: datetime) -> tuple[NextOwner, ...]:
    """Returns the reps of the roster to reassign a lead from, without its present owner: who is free comes first."""
    territory = roster.new_terms.territory if roster.new_terms else handoff.territory
    against = reasons_against(roster, territory, handoff.had_it, now, by_form=handoff.needs_room_beside_all)
    found = [
        NextOwner(rep.email, why, roster.why_no_lead_by_hand(rep.email) is None)
        for rep, why in against
        if rep.email != handoff.owner
    ]
    return tuple(sorted(found, key=lambda each: (not each.is_free, not each.can_be_named, each.email)))
