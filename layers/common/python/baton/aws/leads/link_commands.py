"""Saves the answer that a rep gives on a link's page; `domain/handoffs/link_actions.py` decides what follows."""

from datetime import datetime

from baton.aws.leads.commands import Commands
from baton.aws.leads.reassignment_roster import roster_for
from baton.domain.events.recorded import Event
from baton.domain.handoffs.handoff_owner import link_recipient
from baton.domain.handoffs.link_actions import LinkAnswer, apply_link_answer
from baton.domain.leads.lead import Lead
from baton.domain.teams.roster import Roster


def save_link_answer(
    commands: Commands, lead_id: str, handoff_id: str, assignment: int, link_answer: LinkAnswer, now: datetime
) -> Lead:
    """Saves an answer on behalf of the rep to whom the link of this assignment was mailed; returns the lead after it.

    Raises:
        NotFound: the lead was erased.
        Refused: the lead was passed on, or the answer is no longer possible.
        WrongField: the date or the amount is wrong.
        Contended: the lead changed at every attempt.
    """

    def rosters(lead: Lead) -> Roster:
        return roster_for(commands, lead, now)

    def decide(lead: Lead) -> list[Event]:
        by = link_recipient(lead, handoff_id, assignment)
        return apply_link_answer(lead, handoff_id, link_answer, by, commands.agreements.in_force, rosters, now)

    return commands.change(lead_id, decide, by=lambda lead: link_recipient(lead, handoff_id, assignment).email, now=now)
