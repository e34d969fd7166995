"""Repairs a forgotten lead: asks marketing for a review, or sets its timer again."""

from datetime import datetime

from baton.agreement.terms.agreement import ReadAgreement
from baton.domain.events.lead_events import TimerSet
from baton.domain.events.recorded import Event
from baton.domain.follow_up.forgotten import NextLineCheck, lost_deadline, why_forgotten
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import AWAITS_REVIEW
from baton.domain.qualification.duty_opening import request_review


def repair(lead: Lead, agreed: ReadAgreement, line_looks: NextLineCheck, now: datetime) -> list[Event]:
    """Returns the events that set a forgotten lead going again.

    There are none if it is not forgotten, or if only people can help. Repeated, it does nothing, because a lead that
    was just changed is not forgotten. `agreed` gives the agreement in force; it is called only where a new duty begins.
    """
    why = why_forgotten(lead, now, line_looks)
    if why is None:
        return []
    if due := lost_deadline(lead, now):
        return [TimerSet(due_at=due)]
    if lead.status in AWAITS_REVIEW:
        in_force = agreed()
        return [request_review(lead, f"was {why}", in_force.agreement, in_force.version, now)]
    return []
