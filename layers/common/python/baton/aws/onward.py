"""To whom a lead can be passed on: its own team, or another one, as is agreed now or as a person wants it."""

from dataclasses import replace
from datetime import datetime

from baton.aws import keys
from baton.aws.desk import Desk
from baton.aws.ruling import standing_and_target
from baton.aws.team_items import rep_from
from baton.domain.handing_over import Handover, anew
from baton.domain.handoff import Handoff
from baton.domain.lead import Lead
from baton.domain.roster import Roster
from baton.domain.triggers import owner_first


def onward(desk: Desk, lead: Lead, now: datetime) -> Roster:
    """The people of the lead's team; if that gets no leads any more, of the one that is agreed for its trigger."""
    handoff = lead.handoff
    if handoff is None or desk.agreement.gives_leads_to(handoff.team):
        return desk.roster(handoff.team if handoff else None)
    return _elsewhere(desk, lead, handoff, now)


def onward_to(desk: Desk, lead: Lead, owner: str, now: datetime) -> Roster:
    """The people of the lead's team if the owner wanted is one of them; or else of another team that has them."""
    handoff = lead.handoff
    roster = desk.roster(handoff.team if handoff else None)
    here = roster.rep(owner)
    if handoff is None or (here and here.is_here and not roster.no_leads):
        return roster
    team = _team_of(desk, owner, besides=handoff.team)
    return _elsewhere(desk, lead, handoff, now, team) if team else roster


def _elsewhere(desk: Desk, lead: Lead, handoff: Handoff, now: datetime, team: str | None = None) -> Roster:
    terms = _agreed(desk, lead, handoff, now, team)
    return replace(desk.roster(terms.terms.team), anew=terms)


def _agreed(desk: Desk, lead: Lead, handoff: Handoff, now: datetime, team: str | None) -> Handover:
    standing, target = standing_and_target(desk, lead, now)
    owner = owner_first(target.account) if target and handoff.trigger == "target_account" else []
    return anew(handoff, standing, owner, team)


def _team_of(desk: Desk, email: str, besides: str) -> str | None:
    """The first team with leads of its own, in the agreement's order, on which somebody is."""
    agreement = desk.agreement
    teams = [team for team in agreement.teams if team != besides and agreement.gives_leads_to(team)]
    items = desk.store.items([keys.rep(team, email) for team in teams]) if teams else []
    on = {keys.team_of(item) for item in items if rep_from(item).is_here}
    return next((team for team in teams if team in on), None)
