"""Computes when a lead is next due, and whether its timer has to be set anew."""

from collections.abc import Iterator
from datetime import datetime

from baton.domain.basics.facts import Instant
from baton.domain.events.lead_events import TimerSet
from baton.domain.history.change import Change, TimerChange
from baton.domain.leads import handoff
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import OPEN_TO_TRIGGERS, Status


def next_deadline(lead: Lead) -> Instant | None:
    """Returns the earliest deadline of a lead, of any kind; it may be past. None if there is none."""
    return min(_deadlines(lead), default=None)


def next_look_at(lead: Lead) -> Instant | None:
    """Returns when a rule may come to hold for the lead by time alone, if that look is scheduled."""
    return lead.look_at if lead.status in OPEN_TO_TRIGGERS else None


def _deadlines(lead: Lead) -> Iterator[Instant]:
    if lead.status is Status.PARKED and lead.review_on:
        yield lead.review_on
    if lead.status is Status.WITH_SALES and (due := handoff.next_handoff_deadline(lead.handoff)):
        yield due
    if lead.left_to_review and lead.left_to_review.digest_at:
        yield lead.left_to_review.digest_at
    if look := next_look_at(lead):
        yield look
    if lead.duty and lead.duty.is_open:
        yield from (deadline.at for deadline in lead.duty.clock.pending_deadlines)


def timer_look_at(lead: Lead | None, timer: str) -> Instant | None:
    """Returns when the timer set by the event `timer` must look again; None if that timer is over or was replaced."""
    if lead is None or lead.timer != timer:
        return None
    return next_deadline(lead)


def timer_events(change: Change) -> list[TimerSet]:
    """Returns a `TimerSet` for the next deadline, unless the running timer looks at the lead early enough.

    The running timer looks at the lead by the deadline that was next before the change, and then learns of later ones.
    """
    after = change.after
    due = next_deadline(after) if after and change.events else None
    if after is None or due is None:
        return []
    looks_at = _timer_deadline(change, after)
    return [] if looks_at and looks_at <= due else [TimerSet(due_at=due)]


def timer_change(change: Change, now: datetime) -> TimerChange | None:
    """Returns what becomes of a timer that waits: it ends if nothing is due any more or another one was set, and gives
    way to one for a later deadline where that is cheaper. None if it stays as it is.

    To wait anew is one transition of a state machine, to look and to go on waiting are two. So a timer gives way if it
    waits for at most half of the time to the later deadline: who calls every day does not set one every day. A timer
    whose time has come goes on or ends by itself.
    """
    before, after = change.before, change.after
    if not change.events or before is None or after is None or before.timer is None:
        return None
    waits_until, due = next_deadline(before), next_deadline(after)
    if waits_until is None or waits_until <= now:
        return None
    if after.timer != before.timer or due is None:
        return TimerChange(before.timer)
    if due > waits_until and 2 * (waits_until - now) <= due - now:
        return TimerChange(before.timer, due)
    return None


def _timer_deadline(change: Change, after: Lead) -> Instant | None:
    """Returns when the lead's present timer looks at it; None without one."""
    for recorded in reversed(change.events):
        if recorded.event_id == after.timer:
            return getattr(recorded.event, "due_at", None)
    before = change.before
    return next_deadline(before) if before and after.timer and before.timer == after.timer else None
