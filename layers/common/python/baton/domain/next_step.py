"""What comes next for a lead: who owes it what, and by when, or why nobody owes it anything; and who was forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from baton.domain import handoff as handoffs
from baton.domain.deadlines import next_deadline
from baton.domain.handoff import Handoff, HandoffState
from baton.domain.lead import Lead, Status
from baton.domain.model import Fact, Instant
from baton.domain.wording import when

TO_DO = {
    "accepted": "accept",
    "contacted": "reach out",
    "acted": "reach out again or say how it ends",
    "closed": "say how it ends",
}
"""What its owner has to do so that a clock stops, by what the clock waits for."""

LineLooks = Callable[[str], datetime | None]
"""Gives when a team's timer looks again whether somebody can take the leads in its lines; None if there is none."""
LONG_IN_LINE = timedelta(days=1)
"""So long a lead may wait for somebody before it is asked whether anything will ever come of that."""

A_TIMER_IS_LATE = timedelta(minutes=15)
"""So long after a deadline its timer is still on its way, or a step of the lead's was just taken."""

_NOTHING_IS_OWED = {
    Status.NURTURING: "is nurtured",
    Status.DISQUALIFIED: "is on the list of those whom we cannot help",
    Status.WON: "is a customer",
    Status.LOST: "was lost",
    Status.SPAM: "was taken for a robot's",
}


class NextStep(Fact):
    """Who has to do what for a lead, and by when; of nobody, why nothing is owed. `whose` is a person, or a team."""

    who: Literal["sales", "marketing", "baton", "nobody"]
    whose: str | None = None
    what: str
    by: Instant | None = None

    def overdue(self, now: datetime) -> bool:
        """Whether it should have been done by now."""
        return self.by is not None and self.by < now


def next_step(lead: Lead) -> NextStep:
    """What comes next for the lead."""
    if lead.status is Status.WITH_SALES and lead.handoff:
        return _of_sales(lead.handoff)
    if lead.duty and lead.duty.is_open:
        what = "review it" if lead.status is Status.IN_REVIEW else "answer why sales gave it back"
        return NextStep(who="marketing", whose=lead.duty.team, what=what, by=lead.duty.clock.due_at)
    if lead.status is Status.IN_REVIEW:
        return NextStep(who="marketing", what="review it")
    if lead.status is Status.PARKED:
        return NextStep(who="baton", what="put it up for review", by=lead.review_on)
    return NextStep(who="nobody", what=_NOTHING_IS_OWED.get(lead.status, "is nowhere"))


def _of_sales(handoff: Handoff) -> NextStep:
    if handoff.owner is None:
        what, again = "give it to somebody", handoffs.next_deadline(handoff)
        return NextStep(who="sales", whose=handoff.team, what=what, by=again)
    running = sorted((clock for clock in handoff.clocks if not clock.stopped_at), key=lambda clock: clock.due_at)
    if running:
        what = TO_DO.get(running[0].stops_when, running[0].name)
        return NextStep(who="sales", whose=handoff.owner, what=what, by=running[0].due_at)
    left = TO_DO["closed"] if handoff.state is HandoffState.CONTACTED else TO_DO["contacted"]
    return NextStep(who="sales", whose=handoff.owner, what=left)


def forgotten(lead: Lead, now: datetime, line_looks: LineLooks) -> str | None:
    """Why nothing will ever come of the lead by itself, although somebody owes it something; None if all is well.

    `line_looks` is asked only of a lead that has waited long in line, and that no deadline will bring up any more.
    """
    if why := _without_a_next_step(lead) or _left_in_line(lead, now, line_looks):
        return why
    due = missed(lead, now)
    return f"something was due by {when(due)}, and nothing came of it: its timer was lost" if due else None


def missed(lead: Lead, now: datetime) -> Instant | None:
    """A deadline that has passed without Baton having acted, long enough ago for its timer to be lost."""
    due = next_deadline(lead)
    return due if due and max(due, lead.updated_at) < now - A_TIMER_IS_LATE else None


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


def _left_in_line(lead: Lead, now: datetime, line_looks: LineLooks) -> str | None:
    handoff = lead.handoff
    if handoff is None or lead.status is not Status.WITH_SALES or not handoff.waits:
        return None
    if now - handoff.assigned_at < LONG_IN_LINE or next_deadline(lead):
        return None
    looks = line_looks(handoff.team)
    if looks and looks > now - A_TIMER_IS_LATE:
        return None
    return f"in line for somebody of team {handoff.team} since {when(handoff.assigned_at)}, and nobody is to come"


def _running(handoff: Handoff) -> bool:
    return any(clock.stopped_at is None for clock in handoff.clocks)
