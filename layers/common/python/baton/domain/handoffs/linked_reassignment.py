"""Reassigns a handoff as its manager answers from a mail about it."""

from datetime import datetime

from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import HandoffRefused
from baton.domain.events.recorded import Event
from baton.domain.handoffs.handoff_owner import open_handoff
from baton.domain.handoffs.reassignment import ReassignRequest, reassign
from baton.domain.leads.lead import Lead
from baton.domain.teams.roster import Roster


def reassign_by_link(
    lead: Lead, handoff_id: str, assignment: int, wanted: ReassignRequest, by: Staff, roster: Roster, now: datetime
) -> list[Event]:
    """Reassigns the lead as `reassignment.reassign` does, while it is as the mail says: in this assignment.

    The answer by which the manager ended that assignment changes nothing when it comes again, however late.

    Raises:
        HandoffRefused: it is closed, or was given to somebody since the mail.
        NotOnRoster: the new owner cannot take it, or no rep can.
    """
    handoff = open_handoff(lead, handoff_id)
    if handoff.assignment == assignment:
        return reassign(lead, handoff_id, wanted, by, roster, now)
    is_theirs = handoff.assignment == assignment + 1 and handoff.assigned_by == by.email
    if is_theirs and wanted.owner in (None, handoff.owner):
        return []
    raise HandoffRefused(f"it was given to {handoff.owner or 'nobody yet, and waits,'} since this mail was sent")
