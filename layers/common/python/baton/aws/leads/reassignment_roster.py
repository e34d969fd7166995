"""To whom a lead can be passed on: its own team, or another one, as is agreed now or as a person wants it."""

from dataclasses import replace
from datetime import datetime

from baton.aws.leads.commands import Commands
from baton.aws.leads.lead_context import standing_and_target
from baton.aws.table.keys import team_keys
from baton.aws.table.team_items import rep_from
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.qualification.handover_terms import Handover, handover_to_other_team
from baton.domain.qualification.triggers import account_owner_preference
from baton.domain.teams.roster import Roster


def roster_for(commands: Commands, lead: Lead, now: datetime) -> Roster:
    """The people of the lead's team; if that gets no leads any more, of the one that is agreed for its trigger."""
    handoff = lead.handoff
    if handoff is None or commands.agreement.gives_leads_to(handoff.team):
        return commands.roster(handoff.team if handoff else None)
    return _elsewhere(commands, lead, handoff, now)


def roster_for_owner(commands: Commands, lead: Lead, owner: str, now: datetime) -> Roster:
    """The people of the lead's team if the owner wanted is one of them; or else of another team that has them."""
    handoff = lead.handoff
    roster = commands.roster(handoff.team if handoff else None)
    here = roster.rep(owner)
    if handoff is None or (here and here.is_here and not roster.no_leads):
        return roster
    team = _team_of(commands, owner, besides=handoff.team)
    return _elsewhere(commands, lead, handoff, now, team) if team else roster


def _elsewhere(commands: Commands, lead: Lead, handoff: Handoff, now: datetime, team: str | None = None) -> Roster:
    terms = _agreed(commands, lead, handoff, now, team)
    return replace(commands.roster(terms.terms.team), anew=terms)


def _agreed(commands: Commands, lead: Lead, handoff: Handoff, now: datetime, team: str | None) -> Handover:
    standing, target = standing_and_target(commands, lead, now)
    owner = account_owner_preference(target.account) if target and handoff.trigger == "target_account" else []
    return handover_to_other_team(handoff, standing, owner, team)


def _team_of(commands: Commands, email: str, besides: str) -> str | None:
    """The first team with leads of its own, in the agreement's order, on which somebody is."""
    agreement = commands.agreement
    teams = [team for team in agreement.teams if team != besides and agreement.gives_leads_to(team)]
    items = commands.store.items([team_keys.rep(team, email) for team in teams]) if teams else []
    on = {team_keys.team_of(item) for item in items if rep_from(item).is_here}
    return next((team for team in teams if team in on), None)
