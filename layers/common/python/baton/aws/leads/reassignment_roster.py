"""Reads the roster to reassign a lead from, of the team that `domain/handoffs/reassignment_team.py` chooses."""

from collections.abc import Sequence
from datetime import datetime

from baton.aws.leads.commands import Commands
from baton.aws.leads.lead_context import standing_and_target
from baton.aws.table.keys import team_keys
from baton.aws.table.store import Store
from baton.aws.table.team_items import rep_from
from baton.domain.handoffs.reassignment_team import RosterReads, reassignment_roster, reassignment_roster_with
from baton.domain.leads.lead import Lead
from baton.domain.teams.roster import Roster


def roster_for(commands: Commands, lead: Lead, now: datetime, owner: str | None = None) -> Roster:
    """Reads the roster to reassign a lead from; that of another team if the `owner` whom a person named is there."""
    reads = RosterReads(
        roster=commands.roster,
        standing=lambda: standing_and_target(commands, lead, now),
        teams_of=lambda email, teams: teams_of(commands.store, email, teams),
    )
    if owner:
        return reassignment_roster_with(owner, lead, commands.agreement, reads)
    return reassignment_roster(lead, commands.agreement, reads)


def teams_of(store: Store, email: str, teams: Sequence[str]) -> set[str]:
    """Reads on which of these teams' rosters an address is to get leads, now or later."""
    items = store.items([team_keys.rep(team, email) for team in teams]) if teams else []
    return {team_keys.team_of(item) for item in items if rep_from(item).is_here}
