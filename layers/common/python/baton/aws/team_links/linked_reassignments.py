"""Reads and reassigns the lead of a link in a mail to a manager, for the person to whom it was mailed."""

from datetime import datetime
from typing import NamedTuple

from baton.aws.leads.commands import Commands
from baton.aws.leads.reassignment_roster import roster_for
from baton.aws.table.write_outcomes import NotFound
from baton.aws.team_links.mailed_link import MailedLink
from baton.domain.basics.facts import Staff
from baton.domain.events.recorded import Event
from baton.domain.handoffs.linked_reassignment import reassign_by_link
from baton.domain.handoffs.next_owners import NextOwner, next_owners
from baton.domain.handoffs.reassignment import ReassignRequest
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.notifications.link_readers import manager

GONE = "the lead was erased since this mail was sent"


class LinkedReassignment(NamedTuple):
    """A handoff as its manager sees it: who that is, who may get it next, and why the manager could not take it."""

    lead: Lead
    handoff: Handoff
    by: Staff
    next_owners: tuple[NextOwner, ...] = ()
    why_not_by: str | None = None


def linked_reassignment(commands: Commands, link: MailedLink, now: datetime) -> LinkedReassignment:
    """Reads a lead for the manager to whom the link was mailed; of one that sales has no more, nobody comes next.

    Raises:
        NotFound: the lead was erased.
        NotAllowed: the person manages the team no more.
    """
    lead = commands.store.lead(link.lead_id)
    if lead is None or lead.handoff is None:
        raise NotFound(GONE)
    by = manager(lead.handoff, commands.agreement, commands.roster, link.is_for)
    if not lead.handoff.is_open:
        return LinkedReassignment(lead, lead.handoff, by)
    why_not_by = commands.roster(lead.handoff.team).why_no_lead_by_hand(by.email, by.email)
    return LinkedReassignment(
        lead, lead.handoff, by, next_owners(lead.handoff, roster_for(commands, lead, now), now), why_not_by
    )


def reassign_linked(commands: Commands, link: MailedLink, wanted: ReassignRequest, now: datetime) -> Lead:
    """Saves a manager's answer, and returns the lead after it; the roster is asked again at every attempt.

    Raises:
        NotFound: the lead was erased.
        NotAllowed: the person manages the team no more.
        Refused: the lead was reassigned since, or cannot be given to this person.
        Contended: the lead changed at every attempt.
    """

    def by(lead: Lead) -> Staff:
        if lead.handoff is None:
            raise NotFound(GONE)
        return manager(lead.handoff, commands.agreement, commands.roster, link.is_for)

    def decide(lead: Lead) -> list[Event]:
        roster = roster_for(commands, lead, now, wanted.owner)
        return reassign_by_link(lead, link.about, link.assignment, wanted, by(lead), roster, now)

    return commands.change(link.lead_id, decide, by=lambda lead: by(lead).email, now=now)
