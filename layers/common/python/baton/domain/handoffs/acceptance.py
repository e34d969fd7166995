"""The owner's first steps with a lead: the mail was sent, they accept, they make contact."""

from datetime import datetime

from baton.domain.basics.facts import Staff
from baton.domain.events.handoff_events import ContactLogged, HandoffAccepted, OwnerNotified
from baton.domain.events.recorded import Event
from baton.domain.handoffs.handoff_owner import REPEAT_WINDOW, owned_handoff
from baton.domain.leads.handoff import HandoffState
from baton.domain.leads.handoff_clocks import start_clocks
from baton.domain.leads.lead import Lead


def record_notification(lead: Lead, handoff_id: str, assignment: int) -> list[Event]:
    """Records that the owner's alert mail was sent, once, and only while the lead is still theirs."""
    handoff = lead.handoff
    if handoff is None or not handoff.is_open or not handoff.owner or not handoff.stints:
        return []
    if (handoff.handoff_id, handoff.assignment) != (handoff_id, assignment) or handoff.stints[-1].notified_at:
        return []
    return [OwnerNotified(handoff_id=handoff_id, assignment=assignment)]


def accept(lead: Lead, handoff_id: str, by: Staff, now: datetime) -> list[Event]:
    """Accepts the offered lead for its owner, and stops the acceptance clock.

    Raises:
        HandoffRefused: it is not open, or belongs to another rep.
    """
    handoff = owned_handoff(lead, handoff_id, by)
    if handoff.state is not HandoffState.OFFERED:
        return []
    clocks = start_clocks(handoff.terms, "accepted", now)
    return [HandoffAccepted(handoff_id=handoff_id, assignment=handoff.assignment, clocks=clocks)]


def log_contact(lead: Lead, handoff_id: str, channel: str, note: str | None, by: Staff, now: datetime) -> list[Event]:
    """Logs that the owner reached out, which accepts the lead too.

    The contact clock stops, and that of the next action starts.

    The same contact logged again within ten minutes is ignored.

    Raises:
        HandoffRefused: it is not open, or belongs to another rep.
    """
    handoff = owned_handoff(lead, handoff_id, by)
    last = handoff.contact if handoff.state is HandoffState.CONTACTED else None
    if last and (last.channel, last.note) == (channel, note) and now - last.at < REPEAT_WINDOW:
        return []
    logged = ContactLogged(
        handoff_id=handoff_id,
        assignment=handoff.assignment,
        channel=channel,
        note=note,
        clocks=start_clocks(handoff.terms, "contacted", now),
    )
    return [*accept(lead, handoff_id, by, now), logged]
