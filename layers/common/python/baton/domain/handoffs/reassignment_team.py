"""Chooses the roster to reassign a lead from: its own team's, or another team's under the terms agreed now.

A lead leaves its team if the agreement gives that team no leads any more, or if a person names an owner on another one.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from typing import NamedTuple

from baton.agreement.terms.agreement import Agreement
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.qualification.handover_terms import Handover, handover_to_other_team
from baton.domain.qualification.triggers import TargetAccount, account_owner_preference
from baton.domain.scoring.standing import Standing
from baton.domain.teams.roster import Roster


class RosterReads(NamedTuple):
    """The reads that the choice of a team may need; nothing is read without need.

    `roster` gives a team's roster, or an empty one for None. `standing` gives the lead's standing, and its target
    account if it has one. `teams_of` gives those of the named teams on whose roster an address is to get leads.
    """

    roster: Callable[[str | None], Roster]
    standing: Callable[[], tuple[Standing, TargetAccount | None]]
    teams_of: Callable[[str, Sequence[str]], Container[str]]


def reassignment_roster(lead: Lead, agreement: Agreement, reads: RosterReads) -> Roster:
    """Returns the roster to reassign a lead from: of its own team, as long as the agreement gives that team leads.

    After that it is the roster of the team that is agreed now for the handoff's trigger and the lead's territory.
    """
    handoff = lead.handoff
    if handoff is None or agreement.gives_leads_to(handoff.team):
        return reads.roster(handoff.team if handoff else None)
    return _roster_of_other_team(handoff, reads)


def reassignment_roster_with(owner: str, lead: Lead, agreement: Agreement, reads: RosterReads) -> Roster:
    """Returns the roster to reassign a lead from if a person names its new owner, such as `sam@example.com`.

    It is the lead's own team's if the owner gets leads there; else that of the first other team in the agreement where
    they do. An owner who is on none is looked for in the lead's own team, which says why they cannot take it.
    """
    handoff = lead.handoff
    roster = reads.roster(handoff.team if handoff else None)
    rep = roster.rep(owner)
    if handoff is None or (rep and rep.is_here and not roster.no_leads):
        return roster
    others = [team for team in agreement.teams if team != handoff.team and agreement.gives_leads_to(team)]
    on_roster = reads.teams_of(owner, others)
    team = next((team for team in others if team in on_roster), None)
    return _roster_of_other_team(handoff, reads, team) if team else roster


def _roster_of_other_team(handoff: Handoff, reads: RosterReads, team: str | None = None) -> Roster:
    """Returns the roster of the team that a person chose or that is agreed, with the terms of the lead there."""
    terms = _terms_in_other_team(handoff, *reads.standing(), team)
    return replace(reads.roster(terms.terms.team), new_terms=terms)


def _terms_in_other_team(
    handoff: Handoff, standing: Standing, target: TargetAccount | None, team: str | None
) -> Handover:
    """Returns the terms in another team; the account's owner comes first only if the account caused the handover."""
    by_account = handoff.trigger == "target_account"
    preferred = account_owner_preference(target.account) if target and by_account else []
    return handover_to_other_team(handoff, standing, preferred, team)
