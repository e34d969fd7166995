"""The clock that runs for a lead, since when it is overdue, when managers were told, and why somebody has to act."""

from datetime import datetime
from typing import NamedTuple

from baton.domain.leads.clock import Clock
from baton.domain.leads.handoff_clocks import managers_told_at
from baton.domain.leads.lead import Lead


class OpenClock(NamedTuple):
    """A running clock, and what it is of: `handoff`, `review`, or `return` for an answer that sales is owed."""

    kind: str
    clock: Clock


def open_clock(lead: Lead) -> OpenClock | None:
    """Returns the running clock of a lead that is due first; None if none runs."""
    return min(_open_clocks(lead), key=lambda running: running.clock.due_at, default=None)


def overdue_since(lead: Lead, now: datetime) -> datetime | None:
    """Returns since when somebody owes the lead something that is late; None if nothing is.

    After an appointment that is the end of its grace. While one clock has its grace, another one may be late.
    """
    late_after = min((running.clock.late_after for running in _open_clocks(lead)), default=None)
    return late_after if late_after and late_after < now else None


def _open_clocks(lead: Lead) -> list[OpenClock]:
    """Returns the running clocks of the open handoff; if none runs there, that of marketing's open duty."""
    handoff, duty = lead.handoff, lead.duty
    running = [clock for clock in handoff.clocks if not clock.stopped_at] if handoff and handoff.is_open else []
    if running:
        return [OpenClock("handoff", clock) for clock in running]
    return [OpenClock(duty.kind, duty.clock)] if duty and duty.is_open else []


def escalated_at(lead: Lead) -> datetime | None:
    """Returns when managers were told last that a lead lies too long, or that nobody can take it; None if never.

    It is of the open handoff, since its owner has it, or of marketing's open duty. Who could not be replaced at a
    deadline keeps the lead, and managers are told then, too.
    """
    handoff, duty = lead.handoff, lead.duty
    if handoff and handoff.is_open:
        into_line = [] if handoff.owner else [handoff.assigned_at]
        return max([*into_line, *managers_told_at(handoff.clocks, handoff.terms.retry_after)], default=None)
    return max(managers_told_at([duty.clock]), default=None) if duty and duty.is_open else None


def why_now(lead: Lead) -> tuple[str, ...]:
    """Returns why somebody has to act now: the reasons of the open handoff, or why marketing owes a review."""
    if lead.handoff and lead.handoff.is_open:
        return lead.handoff.reasons
    return (lead.duty.why,) if lead.duty and lead.duty.is_open else ()
