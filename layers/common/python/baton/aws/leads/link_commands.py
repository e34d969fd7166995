"""Saves the answer that a rep gives on a link's page; `domain/handoffs/link_actions.py` decides what follows."""

from datetime import datetime

from baton.aws.leads.commands import Commands
from baton.aws.leads.reassignment_roster import roster_for
from baton.domain.events.recorded import Event
from baton.domain.handoffs.handoff_owner import link_recipient, present_owner
from baton.domain.handoffs.link_actions import (
    FACTS_ALONE,
    CallRequest,
    LearnRequest,
    LinkAnswer,
    apply_link_answer,
)
from baton.domain.handoffs.reassignment import PassOnRequest
from baton.domain.lead_changes.fact_updates import FactUpdate, depends_on_account, update_facts
from baton.domain.leads.lead import Lead
from baton.domain.teams.roster import Roster


def save_link_answer(
    commands: Commands,
    lead_id: str,
    handoff_id: str,
    assignment: int,
    link_answer: LinkAnswer,
    now: datetime,
    word: str | None = None,
) -> Lead:
    """Saves an answer on behalf of the rep to whom the link of this assignment was mailed; returns the lead after it.

    `word` is the id of what is taken over, if that is the answer.

    Raises:
        NotFound: the lead was erased.
        Refused: the lead was passed on, or the answer is no longer possible.
        WrongField: the date or the amount is wrong.
        Contended: the lead changed at every attempt.
    """

    def rosters(lead: Lead) -> Roster:
        return roster_for(commands, lead, now, colleague)

    def decide(lead: Lead) -> list[Event]:
        facts = update_facts(lead, update)
        if isinstance(link_answer, FACTS_ALONE):
            present_owner(lead, handoff_id, assignment)
            return facts
        by = link_recipient(lead, handoff_id, assignment)
        agreed = commands.agreements.in_force
        return [*apply_link_answer(lead, handoff_id, link_answer, by, agreed, rosters, now), *facts]

    colleague = link_answer.owner if isinstance(link_answer, PassOnRequest) else None
    learned = link_answer.bant if isinstance(link_answer, LearnRequest | CallRequest) else {}
    update = FactUpdate(take_over=(word,) if word else (), bant=learned)
    return commands.change(
        lead_id,
        decide,
        by=lambda lead: link_recipient(lead, handoff_id, assignment).email,
        now=now,
        find_account=bool(word or learned) and depends_on_account(update, commands.agreement),
    )
