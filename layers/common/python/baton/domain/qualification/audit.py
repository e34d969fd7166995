"""The audit share: a few leads that no other trigger hands over, drawn by lot, to learn whether the points are right.

Points learned only from the leads that points had chosen repeat what they chose. A lot that does not look at the lead
mends that: a drawn lead's outcome stands for `1 / probability` leads.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from baton.domain.history.lead_facts import milliseconds
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.qualification.handover_terms import Handover, handover
from baton.domain.scoring.standing import Standing

AUDIT: Final = "audit"
MAY_WAIT = timedelta(days=30)
"""For so long a drawn lead waits for a rep who has time for it; then sales does not get it."""
_MILLISECOND = timedelta(milliseconds=1)
_MAY_WAIT = MAY_WAIT // _MILLISECOND
_LOTS = 1 << 64


def is_drawn(lead_id: str, share: int, seed: int) -> bool:
    """Tells whether a lead is among those drawn: `share` percent of all, the same ones whenever it is asked.

    Whoever is drawn at a share is drawn at any greater one. Nobody can choose their lot: an id does not show which
    address it is of.
    """
    lot = int.from_bytes(hashlib.sha256(f"{seed}/{lead_id}".encode()).digest()[:8])
    return lot * 100 < share * _LOTS


def audit_handover(lead: Lead, standing: Standing, *, of_target: bool) -> Handover | None:
    """Returns the handover of a drawn lead that nothing else hands over; `of_target`: it is of a target account."""
    due = audit_due(lead, standing)
    if due is None or not due <= standing.at <= due + _MAY_WAIT:
        return None
    if of_target and not lead.is_confirmed:  # as many of a target account's people as forms may hand over, and no more
        return None
    unless, agreed = standing.card.unless.get(AUDIT), standing.card.rules["audit"]
    if unless and unless(standing.moment):
        return None
    share = agreed["share"]
    why = f"drawn by lot, with {share} % of the leads below the threshold, to learn whether the points are right"
    return handover(AUDIT, (why,), standing).model_copy(update={"probability": share / 100})


def audit_due(lead: Lead, standing: Standing) -> int | None:
    """Returns since when a drawn lead is due for sales, in milliseconds since 1970; None if it is not, nor will be.

    Only whom nobody in sales has had, and no person has judged, tells something new. Whoever was old enough before the
    agreement came into force is left alone, so that no crowd comes on its first day.
    """
    card = standing.card
    agreed = card.rules.get("audit")
    if not agreed or lead.status is not Status.NURTURING or lead.handoff or lead.decided_at or lead.unsubscribed_at:
        return None
    due = milliseconds(lead.created_at) + agreed["after"] * 1000
    is_new = due >= milliseconds(datetime.fromisoformat(card.in_force_since))
    return due if is_new and is_drawn(lead.lead_id, agreed["share"], agreed["seed"]) else None


def next_audit_moment(lead: Lead, standing: Standing) -> int | None:
    """Returns when a drawn lead is to be looked at: once it is due, and then until a rep has time for it."""
    due = audit_due(lead, standing)
    if due is None or standing.at >= due + _MAY_WAIT:
        return None
    if due > standing.at:
        return due
    return standing.at + standing.card.agreement.handoffs[AUDIT].nobody_available // _MILLISECOND
