"""What Baton does for a lead that was forgotten: it is asked for again, or its timer is set anew."""

from collections.abc import Callable
from datetime import datetime

from baton.agreement.terms.agreement import AgreementInForce
from baton.domain.events.lead_events import TimerSet
from baton.domain.events.recorded import Event
from baton.domain.follow_up.forgotten import NextLineCheck, lost_deadline, why_forgotten
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import AWAITS_REVIEW
from baton.domain.qualification.duty_opening import request_review

Agreed = Callable[[], AgreementInForce]


def repair(lead: Lead, agreed: Agreed, line_looks: NextLineCheck, now: datetime) -> list[Event]:
    """What brings a forgotten lead back on its way; nothing, if it is on it, or if only people can help.

    Done twice, it is done once: a lead that was just changed counts as on its way. `agreed` gives the agreement in
    force; it is asked only where a new duty begins.
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
