"""The next step that a lead is owed: by sales, marketing or Baton, and by when; or why none is owed."""

from datetime import datetime
from typing import Literal

from baton.domain.basics.facts import Fact, Instant
from baton.domain.leads.handoff import Handoff, HandoffState, next_handoff_deadline
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status

TO_DO = {
    "accepted": "accept",
    "contacted": "reach out",
    "reached": "reach them",
    "acted": "reach out again or say how it ends",
    "closed": "say how it ends",
}
"""The owner's act that stops a clock, for each `stops_when` of a clock."""
_NOTHING_IS_OWED = {
    Status.NURTURING: "is nurtured",
    Status.DISQUALIFIED: "is on the list of those whom we cannot help",
    Status.WON: "is a customer",
    Status.LOST: "was lost",
    Status.SPAM: "was taken for a robot's",
}


def act_in_words(stops_when: str) -> str:
    """Returns what the owner does to stop a clock; several outcomes of a contact are one thing, to reach them."""
    return TO_DO.get(stops_when, TO_DO["reached"])


class NextStep(Fact):
    """Who has to do what for a lead, and by when; of nobody, why nothing is owed. `whose` is a person, or a team.

    It is overdue after `late_after`: what is due at an appointment has a grace until then.
    """

    who: Literal["sales", "marketing", "baton", "nobody"]
    whose: str | None = None
    what: str
    by: Instant | None = None
    late_after: Instant | None = None


def next_step(lead: Lead) -> NextStep:
    """Returns the next step that a lead is owed."""
    if lead.status is Status.WITH_SALES and lead.handoff:
        return _of_sales(lead.handoff)
    if lead.duty and lead.duty.is_open:
        what = "review it" if lead.status is Status.IN_REVIEW else "answer why sales gave it back"
        clock = lead.duty.clock
        return NextStep(who="marketing", whose=lead.duty.team, what=what, by=clock.due_at, late_after=clock.late_after)
    if lead.status is Status.IN_REVIEW:
        return NextStep(who="marketing", what="review it")
    if lead.status is Status.PARKED:
        return NextStep(who="baton", what="put it up for review", by=lead.review_on, late_after=lead.review_on)
    return NextStep(who="nobody", what=_NOTHING_IS_OWED.get(lead.status, "is nowhere"))


def is_overdue(lead: Lead, now: datetime) -> bool:
    """Tells whether the next step that a lead is owed is overdue; after an appointment it is once its grace is over."""
    late_after = next_step(lead).late_after
    return late_after is not None and late_after < now


def _of_sales(handoff: Handoff) -> NextStep:
    if handoff.owner is None:
        what, again = "give it to somebody", next_handoff_deadline(handoff)
        return NextStep(who="sales", whose=handoff.team, what=what, by=again, late_after=again)
    running = sorted((clock for clock in handoff.clocks if not clock.stopped_at), key=lambda clock: clock.due_at)
    if running:
        what, late_after = act_in_words(running[0].stops_when), min(clock.late_after for clock in running)
        return NextStep(who="sales", whose=handoff.owner, what=what, by=running[0].due_at, late_after=late_after)
    left = TO_DO["closed"] if handoff.state is HandoffState.CONTACTED else TO_DO["contacted"]
    return NextStep(who="sales", whose=handoff.owner, what=left)
