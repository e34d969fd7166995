"""Checks who may act on a handoff: its owner, or an administrator for them."""

from datetime import timedelta

from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import HandoffRefused
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.staff.permissions import may_act_for

REPEAT_WINDOW = timedelta(minutes=10)
"""The same request of the same person within this time is a repeat, and changes nothing."""
_PASSED_ON = "the lead has been passed on to somebody else since this mail was sent"


def owned_handoff(lead: Lead, handoff_id: str, by: Staff) -> Handoff:
    """Returns the lead's open handoff, if this person may act on it.

    Raises:
        HandoffRefused: it is not open, or belongs to another rep.
    """
    handoff = open_handoff(lead, handoff_id)
    if handoff.owner is None:
        raise HandoffRefused("it belongs to nobody yet; reassign it to somebody first")
    if not may_act_for(by, handoff.owner):
        raise HandoffRefused(f"it belongs to {handoff.owner}; reassign it to yourself first, if that is agreed")
    return handoff


def link_recipient(lead: Lead, handoff_id: str, assignment: int) -> Staff:
    """Returns the person to whom a one-click link was mailed, if it is still valid for them.

    It is while the lead is theirs, and after they returned it to the next rep or passed it on, so that they may repeat
    that.

    Raises:
        HandoffRefused: the lead was reassigned since, or came to them again with a newer mail.
    """
    handoff = lead.handoff
    if handoff is None or handoff.handoff_id != handoff_id:
        raise HandoffRefused(_PASSED_ON)
    if handoff.assignment == assignment and handoff.owner:
        return Staff(email=handoff.owner)
    theirs = handoff.ownership_period(assignment)
    if theirs is None or theirs.owner is None:
        raise HandoffRefused(_PASSED_ON)
    if theirs.owner == handoff.owner:
        raise HandoffRefused("the lead has come to you anew since this mail was sent; use the newest one about it")
    if theirs.returned_for is None and not was_passed_on(handoff, assignment):
        raise HandoffRefused(_PASSED_ON)
    return Staff(email=theirs.owner)


def was_passed_on(handoff: Handoff, assignment: int) -> bool:
    """Tells whether the owner of an assignment gave the lead to its present owner themselves."""
    theirs = handoff.ownership_period(assignment)
    is_last = handoff.assignment == assignment + 1
    return is_last and theirs is not None and theirs.owner is not None and handoff.assigned_by == theirs.owner


def present_owner(lead: Lead, handoff_id: str, assignment: int) -> Staff:
    """Returns the person to whom a one-click link was mailed, while the lead is theirs, also after its handoff ended.

    Raises:
        HandoffRefused: the lead is somebody else's by now.
    """
    by = link_recipient(lead, handoff_id, assignment)
    if lead.handoff is None or lead.handoff.owner != by.email:
        raise HandoffRefused(_PASSED_ON)
    return by


def open_handoff(lead: Lead, handoff_id: str) -> Handoff:
    """Returns the lead's handoff, if it is open.

    Raises:
        HandoffRefused: it is not.
    """
    handoff = lead.handoff
    if handoff is None or handoff.handoff_id != handoff_id:
        raise HandoffRefused("it is not the lead's current handoff; look at the lead for the one that is")
    if not handoff.is_open:
        raise HandoffRefused(f"it is closed ({handoff.state}); nothing more can be done with it")
    return handoff
