"""Decides what a change of a lead does to its timer: it is set anew, ends, or stays."""

from datetime import datetime

from baton.domain.basics.facts import Instant
from baton.domain.events.lead_events import TimerSet
from baton.domain.history.change import Change, TimerChange
from baton.domain.leads.lead import Lead
from baton.domain.timers.deadlines import next_deadline


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
