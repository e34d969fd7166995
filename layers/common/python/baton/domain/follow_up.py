"""What Baton does when a deadline comes: looks at the lead as it is now, and reminds, escalates, passes on, or nothing.

Fired twice, late, or after the fact, it changes nothing more: a deadline that was acted on is marked in the lead.
"""

from datetime import datetime

from baton.agreement.model import Act
from baton.domain import events as e
from baton.domain.handoff import Clock, Deadline, Handoff, next_deadline, waiting
from baton.domain.lead import Lead, Status
from baton.domain.model import Instant
from baton.domain.routing import Roster
from baton.domain.sales import pass_on

_FURTHER = (Act.REMIND, Act.ESCALATE, Act.REASSIGN)


def next_look(lead: Lead | None, timer: str, now: datetime) -> Instant | None:
    """When the timer that the event `timer` started must look again; None when it has nothing left to wait for."""
    if lead is None or lead.timer != timer:
        return None
    if lead.status in (Status.NURTURING, Status.IN_REVIEW, Status.WON, Status.LOST):
        return lead.look_at if lead.look_at and lead.look_at > now else None
    if lead.status is Status.PARKED:
        return lead.review_on
    return next_deadline(lead.handoff)


def needs_roster(lead: Lead, timer: str, now: datetime) -> str | None:
    """The team whose roster has to be read, because somebody else may have to get the lead."""
    if lead.timer != timer or lead.handoff is None:
        return None
    passing = any(deadline.do is Act.REASSIGN for _, deadline in overdue(lead.handoff, now))
    return lead.handoff.team if passing else None


def follow_up(lead: Lead, timer: str, roster: Roster, now: datetime) -> list[e.Event]:
    """Act on whatever is overdue, in the order of its time; passing the lead on ends what is left."""
    if lead.timer != timer:
        return []
    if lead.status is Status.PARKED:
        is_due = lead.review_on is not None and lead.review_on <= now
        return [e.ReviewRequested(why="the agreed time has passed")] if is_due else []
    handoff, happened = lead.handoff, list[e.Event]()
    if handoff is None:
        return []
    for clock, deadline in overdue(handoff, now):
        happened.append(_act(handoff, clock, deadline, roster, now))
        if isinstance(happened[-1], e.HandoffReassigned):
            break
    return happened


def overdue(handoff: Handoff, now: datetime) -> list[tuple[Clock, Deadline]]:
    """For each running clock with deadlines that are past and not done, one that stands for them all.

    It comes at the time of the last, so that all are over with it, and does what goes furthest among them: a lead that
    is to be passed on is passed on, even if a reminder fell due since.
    """
    past = ((clock, [d for d in waiting(handoff, clock) if d.at <= now]) for clock in handoff.clocks)
    return sorted(((clock, _all_in_one(late)) for clock, late in past if late), key=lambda pair: pair[1].at)


def _all_in_one(late: list[Deadline]) -> Deadline:
    return Deadline(at=max(d.at for d in late), do=max((d.do for d in late), key=_FURTHER.index))


def _act(handoff: Handoff, clock: Clock, deadline: Deadline, roster: Roster, now: datetime) -> e.Event:
    match deadline.do:
        case Act.REMIND:
            return e.HandoffReminded(
                handoff_id=handoff.handoff_id, assignment=handoff.assignment, clock=clock.name, deadline=deadline.at
            )
        case Act.ESCALATE:
            return e.HandoffEscalated(
                handoff_id=handoff.handoff_id,
                assignment=handoff.assignment,
                clock=clock.name,
                deadline=deadline.at,
                why=f"not {clock.stops_when} in time",
            )
        case Act.REASSIGN:
            return pass_on(handoff, clock.name, deadline.at, f"not {clock.stops_when} in time", roster, now)
