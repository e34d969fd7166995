"""The clock that runs for a lead now, since when it is overdue, and why somebody has to act."""

from datetime import datetime
from typing import NamedTuple

from baton.domain.leads.clock import Clock
from baton.domain.leads.lead import Lead


class OpenClock(NamedTuple):
    """A running clock, and what it is of: `handoff`, `review`, or `return` for an answer that sales is owed."""

    kind: str
    clock: Clock

    def overdue_since(self, now: datetime) -> datetime | None:
        """Returns the moment from which it is late: its due time, or the end of the grace; None if it is not late."""
        return (self.clock.grace_until or self.clock.due_at) if self.clock.is_breached(now) else None


def open_clock(lead: Lead) -> OpenClock | None:
    """Returns the running clock of a lead that is due first; None if none runs."""
    handoff, duty = lead.handoff, lead.duty
    running = [clock for clock in handoff.clocks if not clock.stopped_at] if handoff and handoff.is_open else []
    if running:
        return OpenClock("handoff", min(running, key=lambda clock: clock.due_at))
    return OpenClock(duty.kind, duty.clock) if duty and duty.is_open else None


def overdue_since(lead: Lead, now: datetime) -> datetime | None:
    """Returns since when somebody owes the lead something that is late; None if nothing is."""
    running = open_clock(lead)
    return running.overdue_since(now) if running else None


def why_now(lead: Lead) -> tuple[str, ...]:
    """Returns why somebody has to act now: the reasons of the open handoff, or why marketing owes a review."""
    if lead.handoff and lead.handoff.is_open:
        return lead.handoff.reasons
    return (lead.duty.why,) if lead.duty and lead.duty.is_open else ()
