"""Passes a lead on: because somebody wants it, nobody acted in time, it asked again, or its owner left."""

from datetime import datetime, timedelta

from baton.domain.basics.facts import Fact, Staff
from baton.domain.basics.refusals import NotOnRoster
from baton.domain.events.recorded import Event
from baton.domain.handoffs.handoff_owner import REPEAT_WINDOW, open_handoff
from baton.domain.handoffs.offering import choose_next_owner, escalate_unassigned, reassign_to
from baton.domain.leads.handoff import Handoff, HandoffState, pending_deadlines, retry_count
from baton.domain.leads.lead import Lead
from baton.domain.leads.routing_choice import Routing
from baton.domain.teams.roster import Roster
from baton.domain.teams.routing import everybody_had_it

A_DAY = timedelta(days=1)
"""The longest that Baton waits when nobody can take a lead again and again, unless more was agreed."""
ASKED_AGAIN = "the lead asked for a person again"


class ReassignRequest(Fact):
    """To whom a lead is to be passed on, if to anybody in particular, and why."""

    owner: str | None = None
    reason: str


def reassign(
    lead: Lead, handoff_id: str, passed: ReassignRequest, by: Staff, roster: Roster, now: datetime
) -> list[Event]:
    """Pass the lead on, to somebody or to whoever is next; all clocks start anew for the new owner.

    `roster` is that of the team that it is passed on in, or to.

    The same wish of the same person, told twice within ten minutes, is one.

    Raises:
        HandoffRefused: it is not open.
        NotOnRoster: the new owner cannot take it, or nobody can.
    """
    handoff = open_handoff(lead, handoff_id)
    told_before = (handoff.assigned_by, handoff.assigned_because) == (by.email, passed.reason)
    repeated = told_before and now - handoff.assigned_at < REPEAT_WINDOW
    if passed.owner == handoff.owner if passed.owner else repeated:
        return []
    routing = _named(roster, passed.owner, now) if passed.owner else choose_next_owner(handoff, roster, now)
    if routing.chosen is None:
        raise NotOnRoster(f"{routing.why}; name an `owner`, or ask an administrator to add one to the roster")
    return [reassign_to(handoff, routing, passed.reason, now, roster.anew)]


def reassign_overdue(
    handoff: Handoff, clock: str, deadline: datetime, reason: str, roster: Roster, now: datetime
) -> Event:
    """Nobody acted in time: give the lead to the next who has not had it.

    If there is nobody, it stays where it is, the manager is told, and Baton tries again: after the agreed time, then
    twice as long each time, up to a day. One clock does the trying for all. A lead in a line waits for its turn
    nevertheless.
    """
    routing = choose_next_owner(handoff, roster, now)
    if routing.chosen and handoff.owner:
        return reassign_to(handoff, routing, reason, now, roster.anew)
    planned = any(
        d.tries and not d.done and d.at > now for other in handoff.clocks for d in pending_deadlines(handoff, other)
    )
    again_at = None if planned else now + _retry_delay(handoff.terms.retry_after, retry_count(handoff.clocks))
    return escalate_unassigned(handoff.handoff_id, handoff.assignment, (clock, deadline), again_at, routing)


def _retry_delay(agreed: timedelta, tried: int) -> timedelta:
    """How long Baton waits before it tries again, after so many attempts: twice as long each time, up to a day."""
    if agreed >= A_DAY:
        return agreed
    doublings = min(tried, (A_DAY // agreed).bit_length())
    return min(agreed * (1 << doublings), A_DAY)


def reopen(lead: Lead, now: datetime) -> list[Event]:
    """The lead asks for a person again after sales has reached out: the owner gets it anew, with fresh clocks."""
    handoff = lead.handoff
    if handoff is None or handoff.owner is None or handoff.state is not HandoffState.CONTACTED:
        return []
    routing = Routing(chosen=handoff.owner, why="has the lead already")
    return [reassign_to(handoff, routing, ASKED_AGAIN, now)]


def reassign_from_leaver(
    lead: Lead, handoff_id: str, team: str, rep: str, roster: Roster, now: datetime
) -> list[Event]:
    """A rep leaves the team: what they hold goes to whoever is next, or waits for somebody, and the manager is told.

    `roster` is the team without them, or the one that its leads go to. A handoff that is theirs no longer, or another
    team's, stays as it is.
    """
    handoff = lead.handoff
    if handoff is None or not handoff.is_open:
        return []
    if (handoff.handoff_id, handoff.team, handoff.owner) != (handoff_id, team, rep):
        return []
    return reassign_or_queue(handoff, "the former owner left the team", roster, now)


def reassign_or_queue(
    handoff: Handoff, reason: str, roster: Roster, now: datetime, returned_for: str | None = None
) -> list[Event]:
    """The owner will not act on it any more: to whoever is next, or into a line, and the manager is told.

    `returned_for` is the agreed reason, if the owner gave it back for one. If everybody has had it, Baton tells the
    manager again and again: only somebody new, or the manager, can help.
    """
    routing = choose_next_owner(handoff, roster, now)
    passed = reassign_to(handoff, routing, reason, now, roster.anew).model_copy(update={"returned_for": returned_for})
    if routing.chosen:
        return [passed]
    late, again_at = (passed.clocks[0].name, now), None
    if everybody_had_it(roster, routing.territory, handoff.had_it):
        again_at = now + handoff.terms.retry_after
        passed = passed.model_copy(update={"due_at": min(passed.due_at, again_at)})
    return [passed, escalate_unassigned(handoff.handoff_id, passed.assignment, late, again_at, routing)]


def _named(roster: Roster, owner: str, now: datetime) -> Routing:
    if why := roster.why_not_by_hand(owner, now):
        raise NotOnRoster(f"{owner} {why}; choose somebody else on a team of the agreement, or leave `owner` out")
    territory = roster.anew.territory if roster.anew else None
    return Routing(chosen=owner, why="named by a person", territory=territory)
