"""Finds forgotten leads: a next step is due for them, and no timer or person will bring them up again."""

from collections.abc import Callable
from datetime import datetime, timedelta

from baton.domain.basics.facts import Instant
from baton.domain.basics.moments import moment_text
from baton.domain.leads.handoff import Handoff, HandoffState
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.terms.kept_terms import OR
from baton.domain.timers.deadlines import next_deadline

NextLineCheck = Callable[[str], datetime | None]
"""Gives the time at which a team's timer checks its waiting lines again; None if no timer is set."""
LONG_WAIT_IN_LINE = timedelta(days=1)
"""A lead that waits in a line for less than this is not checked."""
TIMER_GRACE = timedelta(minutes=15)
"""A timer that is late by less than this is still expected to fire."""


def why_forgotten(lead: Lead, now: datetime, line_looks: NextLineCheck) -> str | None:
    """Returns why nothing will happen to the lead by itself, although somebody owes it something; None if all is well.

    `line_looks` is called only for a lead that has waited long in a line and has no deadline left.
    """
    if why := _without_a_next_step(lead) or _left_in_line(lead, now, line_looks):
        return why
    due = lost_deadline(lead, now)
    return f"something was due by {moment_text(due)}, and nothing came of it: its timer was lost" if due else None


def lost_deadline(lead: Lead, now: datetime) -> Instant | None:
    """Returns a deadline that passed so long ago that its timer must be lost; None if there is none."""
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
        case Status.WITH_SALES if lead.handoff and lead.handoff.owner and _stands_still(lead.handoff):
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


def _stands_still(handoff: Handoff) -> bool:
    """Tells whether no clock of the handoff runs, although one is agreed that nothing sales has done has stopped."""
    if any(clock.stopped_at is None for clock in handoff.clocks):
        return False
    done = _DONE.get(handoff.state, frozenset())
    if handoff.contact and handoff.contact.outcome:
        done |= {handoff.contact.outcome}
    if handoff.reached_after:
        done |= {"reached"}
    agreed = handoff.terms.clocks.values()
    return any(each.starts_when in done and done.isdisjoint(each.stops_when.split(OR)) for each in agreed)


_DONE = {
    HandoffState.OFFERED: frozenset({"offered"}),
    HandoffState.ACCEPTED: frozenset({"offered", "accepted"}),
    HandoffState.CONTACTED: frozenset({"offered", "accepted", "contacted"}),
}
"""What has happened to a handoff in each state, in the agreement's words. A clock that stops when sales `acted` begins
anew with each contact."""
