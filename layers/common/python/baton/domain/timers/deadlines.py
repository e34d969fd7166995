"""Computes when a lead is next due, and when its timer looks at it again."""

from collections.abc import Iterator

from baton.domain.basics.facts import Instant
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
