"""Moves the clocks of a handoff with a booked meeting of its lead, as far as that is agreed."""

from datetime import datetime

from baton.domain.events.handoff_events import ClocksMoved
from baton.domain.leads.clock import Clock, start_clock
from baton.domain.leads.handoff import Handoff, HandoffState
from baton.domain.leads.handoff_clocks import at_meeting, waits_for_contact
from baton.domain.leads.lead import Lead


def follow_meeting(before: Lead, after: Lead, now: datetime) -> list[ClocksMoved]:
    """Returns the event by which clocks follow a meeting that was booked, moved or called off; none if none does.

    The clock of the first contact is due at the meeting, after a contact that of the next action. If the meeting is
    called off before it begins, the agreed time begins now; one that was missed stays missed.
    """
    was, handoff = before.handoff, after.handoff
    if was is None or handoff is None or not handoff.is_open or was.meeting_at == handoff.meeting_at:
        return []
    moved = [_moved(clock, handoff, was.meeting_at, now) for clock in handoff.clocks]
    clocks = tuple(clock for clock in moved if clock)
    if not clocks:
        return []
    due_at = min(deadline.at for clock in clocks for deadline in clock.deadlines)
    return [ClocksMoved(handoff_id=handoff.handoff_id, assignment=handoff.assignment, clocks=clocks, due_at=due_at)]


def _moved(clock: Clock, handoff: Handoff, former: datetime | None, now: datetime) -> Clock | None:
    """Returns the clock as it runs after its lead's meeting changed; None if it stays as it is."""
    agreed = handoff.terms.clocks.get(clock.name)
    waits = waits_for_contact(clock.stops_when) or (
        handoff.state is HandoffState.CONTACTED and clock.stops_when == "acted"
    )
    if clock.stopped_at or agreed is None or not waits:
        return None
    if found := at_meeting(clock.name, handoff.terms, handoff.meeting_at, now):
        return found
    waited = clock.grace_until is not None and clock.due_at == former and clock.due_at > now
    if not waited:
        return None
    return start_clock(clock.name, agreed, clock.stops_when, handoff.terms.calendar, now, handoff.handoff_id)
