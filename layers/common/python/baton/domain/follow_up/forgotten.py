"""Leads that were forgotten: nothing will ever come of them by themselves."""

from collections.abc import Callable
from datetime import datetime, timedelta

from baton.domain.basics.facts import Instant
from baton.domain.basics.moments import moment_text
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.timers.deadlines import next_deadline

NextLineCheck = Callable[[str], datetime | None]
"""Gives when a team's timer looks again whether somebody can take the leads in its lines; None if there is none."""
LONG_WAIT_IN_LINE = timedelta(days=1)
"""So long a lead may wait for somebody before it is asked whether anything will ever come of that."""
TIMER_GRACE = timedelta(minutes=15)
"""So long after a deadline its timer is still on its way, or a step of the lead's was just taken."""


def why_forgotten(lead: Lead, now: datetime, line_looks: NextLineCheck) -> str | None:
    """Why nothing will ever come of the lead by itself, although somebody owes it something; None if all is well.

    `line_looks` is asked only of a lead that has waited long in line, and that no deadline will bring up any more.
    """
    if why := _without_a_next_step(lead) or _left_in_line(lead, now, line_looks):
        return why
    due = lost_deadline(lead, now)
    return f"something was due by {moment_text(due)}, and nothing came of it: its timer was lost" if due else None


def lost_deadline(lead: Lead, now: datetime) -> Instant | None:
    """A deadline that has passed without Baton having acted, long enough ago for its timer to be lost."""
    due = next_deadline(lead)
    return due if due and max(due, lead.updated_at) < now - TIMER_GRACE else None


def _without_a_next_step(lead: Lead) -> str | None:
    match lead.status:
        case Status.IN_REVIEW if not (lead.duty and lead.duty.is_open):
            return "in review, and nobody is asked to review it"
        case Status.PARKED if lead.review_on is None:
            return "parked without a date"
        case Status.WITH_SALES if lead.handoff is None or not lead.handoff.is_open:
            return "with sales without an open handoff"
        case Status.WITH_SALES if lead.handoff and lead.handoff.owner and not _running(lead.handoff):
            return "with sales, and no clock of its handoff runs"
        case _:
            return None


def _left_in_line(lead: Lead, now: datetime, line_looks: NextLineCheck) -> str | None:
    handoff = lead.handoff
    if handoff is None or lead.status is not Status.WITH_SALES or not handoff.is_waiting:
        return None
    if now - handoff.assigned_at < LONG_WAIT_IN_LINE or next_deadline(lead):
        return None
    looks = line_looks(handoff.team)
    if looks and looks > now - TIMER_GRACE:
        return None
    return (
        f"in line for somebody of team {handoff.team} since {moment_text(handoff.assigned_at)}, and nobody is to come"
    )


def _running(handoff: Handoff) -> bool:
    return any(clock.stopped_at is None for clock in handoff.clocks)
