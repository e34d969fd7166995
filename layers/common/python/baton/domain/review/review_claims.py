"""Claims of reviews: somebody says that they are on one, so that nobody else begins it too."""

from datetime import datetime, timedelta

from baton.domain.basics.facts import Fact, Staff
from baton.domain.events.recorded import Event
from baton.domain.events.review_events import ReviewClaimed
from baton.domain.handoffs.handoff_owner import REPEAT_WINDOW
from baton.domain.leads.lead import Lead
from baton.domain.review.verdict import ReviewRefused

CLAIMED_FOR = timedelta(hours=4)
"""A claim ends by itself, so that who went home holds up nobody."""


class ClaimRequest(Fact):
    """A reviewer's word that they are on it; whether they take it over from somebody who is."""

    take_over: bool = False


def claim_review(lead: Lead, asked: ClaimRequest, by: Staff, now: datetime) -> list[Event]:
    """Claims what marketing owes the lead for four hours; a later claim of the same person begins them anew.

    A claim is no lock: a verdict is taken from anybody. The same claim within ten minutes is ignored.

    Raises:
        ReviewRefused: marketing owes the lead nothing, or somebody else is on it and is not to be taken over from.
    """
    duty = lead.duty
    if duty is None or not duty.is_open:
        raise ReviewRefused("marketing owes this lead no review now")
    held = duty.claim_at(now)
    if held and held.by == by.email and now - held.at < REPEAT_WINDOW:
        return []
    others = held if held and held.by != by.email else None
    if others and not asked.take_over:
        raise ReviewRefused(f"{others.by} is on it; send `take_over`: true to take it over, which they can see")
    return [ReviewClaimed(duty_id=duty.duty_id, until=now + CLAIMED_FOR, taken_from=others.by if others else None)]
