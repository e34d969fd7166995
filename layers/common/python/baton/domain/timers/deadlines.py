"""When Baton has to look at a lead again, and whether something waits for that already."""

from collections.abc import Iterator

from baton.domain.basics.facts import Instant
from baton.domain.events.lead_events import TimerSet
from baton.domain.history.change import Change
from baton.domain.leads import handoff
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import OPEN_TO_TRIGGERS, Status


def next_deadline(lead: Lead) -> Instant | None:
    """The earliest moment at which Baton has to look at the lead again, if any; it may be past."""
    return min(_deadlines(lead), default=None)


def next_look_at(lead: Lead) -> Instant | None:
    """The moment at which by time alone something may come to hold for the lead, if that is being waited for."""
    return lead.look_at if lead.status in OPEN_TO_TRIGGERS else None


def _deadlines(lead: Lead) -> Iterator[Instant]:
    if lead.status is Status.PARKED and lead.review_on:
        yield lead.review_on
    if lead.status is Status.WITH_SALES and (due := handoff.next_handoff_deadline(lead.handoff)):
        yield due
    if look := next_look_at(lead):
        yield look
    if lead.duty and lead.duty.is_open:
        yield from (deadline.at for deadline in lead.duty.clock.pending_deadlines)


def timer_look_at(lead: Lead | None, timer: str) -> Instant | None:
    """When the timer that the event `timer` started must look again; None when it has nothing left to wait for."""
    if lead is None or lead.timer != timer:
        return None
    return next_deadline(lead)


def timer_events(change: Change) -> list[TimerSet]:
    """A timer for what comes next, unless one that runs looks early enough.

    A timer that runs looks at the lead at the latest when what came next before the change comes, and then learns of
    whatever is due later.
    """
    after = change.after
    due = next_deadline(after) if after and change.events else None
    if after is None or due is None:
        return []
    looks_at = _timer_deadline(change, after)
    return [] if looks_at and looks_at <= due else [TimerSet(due_at=due)]


def _timer_deadline(change: Change, after: Lead) -> Instant | None:
    """When the lead's timer looks at it."""
    for recorded in reversed(change.events):
        if recorded.event_id == after.timer:
            return getattr(recorded.event, "due_at", None)
    before = change.before
    return next_deadline(before) if before and after.timer and before.timer == after.timer else None
