"""Reassigns a handoff: on request, on a missed deadline, on a new request of the lead, or when its owner leaves."""

from collections.abc import Callable
from datetime import datetime

from baton.domain.basics.facts import Fact, Staff
from baton.domain.basics.refusals import NotOnRoster
from baton.domain.basics.staff_addresses import GivenAddress
from baton.domain.events.recorded import Event
from baton.domain.handoffs.handoff_owner import REPEAT_WINDOW, open_handoff, owned_handoff
from baton.domain.handoffs.offering import choose_next_owner, escalate_unassigned, reassign_to
from baton.domain.leads.handoff import Handoff, HandoffState, pending_deadlines, retry_count
from baton.domain.leads.handoff_clocks import retry_delay
from baton.domain.leads.lead import Lead
from baton.domain.leads.routing_choice import Routing
from baton.domain.teams.roster import Roster
from baton.domain.teams.routing import everybody_had_it

ASKED_AGAIN = "the lead asked for a person again"
PASSED_ON = "passed on by its owner"
KEPT = "has the lead already"


class ReassignRequest(Fact):
    """A request to reassign a lead, with its reason, and the new owner if one is named."""

    owner: GivenAddress | None = None
    reason: str


class PassOnRequest(Fact):
    """An owner's request to give the lead to a colleague, and why."""

    owner: GivenAddress
    reason: str | None = None


def pass_on(
    lead: Lead, handoff_id: str, wanted: PassOnRequest, by: Staff, roster: Roster, now: datetime
) -> list[Event]:
    """Gives the lead to a colleague of its owner, with new clocks; a repeat changes nothing.

    `roster` is that of the team on which the colleague is.

    Raises:
        HandoffRefused: it is not open, or somebody else's by now.
        NotOnRoster: the colleague cannot take it, or is the owner.
    """
    handoff = open_handoff(lead, handoff_id)
    if (handoff.owner, handoff.assigned_by) == (wanted.owner, by.email):
        return []
    owned_handoff(lead, handoff_id, by)
    if wanted.owner == handoff.owner:
        raise NotOnRoster(f"{wanted.owner} {KEPT}; choose a colleague")
    passed = ReassignRequest(owner=wanted.owner, reason=wanted.reason or PASSED_ON)
    return reassign(lead, handoff_id, passed, by, roster, now)


def reassign(
    lead: Lead, handoff_id: str, passed: ReassignRequest, by: Staff, roster: Roster, now: datetime
) -> list[Event]:
    """Reassigns the lead to the person named, or to the next rep, with new clocks.

    `roster` is that of the team that it is reassigned in, or to. A manager may take it themselves. The same request
    of the same person within ten minutes is ignored.

    Raises:
        HandoffRefused: it is not open.
        NotOnRoster: the new owner cannot take it, or no rep can.
    """
    handoff = open_handoff(lead, handoff_id)
    told_before = (handoff.assigned_by, handoff.assigned_because) == (by.email, passed.reason)
    repeated = told_before and now - handoff.assigned_at < REPEAT_WINDOW
    if passed.owner == handoff.owner if passed.owner else repeated:
        return []
    routing = (
        _named(handoff, roster, passed.owner, by, now) if passed.owner else choose_next_owner(handoff, roster, now)
    )
    if routing.chosen is None:
        raise NotOnRoster(f"{routing.why}; name an `owner`, or ask an administrator to add one to the roster")
    return [reassign_to(handoff, routing, passed.reason, now, roster.new_terms)]


def reassign_overdue(
    handoff: Handoff, clock: str, deadline: datetime, reason: str, roster: Roster, now: datetime
) -> Event:
    """Reassigns a lead whose owner missed a deadline to the next rep who has not had it.

    If there is none, the owner keeps it, the managers are told, and Baton tries again: after the agreed time, then
    twice as long each time, up to a day. One clock tries for all. A lead in a line keeps its place.
    """
    routing = choose_next_owner(handoff, roster, now)
    if routing.chosen and handoff.owner:
        return reassign_to(handoff, routing, reason, now, roster.new_terms)
    planned = any(
        d.tries and not d.done and d.at > now for other in handoff.clocks for d in pending_deadlines(handoff, other)
    )
    again_at = None if planned else now + retry_delay(handoff.terms.retry_after, retry_count(handoff.clocks))
    return escalate_unassigned(handoff.handoff_id, handoff.assignment, (clock, deadline), again_at, routing)


def contacted_handoff(lead: Lead | None) -> Handoff | None:
    """Returns the handoff that is reopened if the lead asks for a person: its owner has reached out already."""
    handoff = lead.handoff if lead else None
    if handoff is None or handoff.owner is None or handoff.state is not HandoffState.CONTACTED:
        return None
    return handoff


def reopen(handoff: Handoff, own: Roster, elsewhere: Callable[[], Roster], now: datetime) -> list[Event]:
    """Gives the lead anew, with new clocks, because it asked for a person after contact was made.

    It goes to its owner if they can take it, else to the next rep. If nobody can, an owner who is only closed or full
    keeps it; without one who is there, it waits in a line. `own` is the roster of its team, and `elsewhere` gives the
    one to reassign it from.
    """
    owner = str(handoff.owner)
    kept = reassign_to(handoff, Routing(chosen=owner, why=KEPT, time_zone=own.time_zone_of(owner)), ASKED_AGAIN, now)
    if own.why_not_kept(owner, now) is None:
        return [kept]
    roster = elsewhere()
    if own.is_gone(owner, now) or choose_next_owner(handoff, roster, now).chosen:
        return reassign_or_queue(handoff, ASKED_AGAIN, roster, now)
    return [kept]


def reassign_from_leaver(
    lead: Lead, handoff_id: str, team: str, rep: str, roster: Roster, now: datetime
) -> list[Event]:
    """Reassigns the lead of a rep who leaves the team to the next rep, or puts it into a line.

    `roster` is the team without them, or the team that their leads move to. A handoff that is no longer theirs, or of
    another team, stays as it is.
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
    """Reassigns the lead to the next rep; without one, it waits in a line, and the managers get a mail.

    `returned_for` is the agreed reason if its owner returned it. If every rep has had the lead, Baton tells the
    managers again and again, because only they, or a new rep, can help.
    """
    routing = choose_next_owner(handoff, roster, now)
    passed = reassign_to(handoff, routing, reason, now, roster.new_terms).model_copy(
        update={"returned_for": returned_for}
    )
    if routing.chosen:
        return [passed]
    late, again_at = (passed.clocks[0].name, now), None
    if everybody_had_it(roster, routing.territory, handoff.had_it):
        again_at = now + handoff.terms.retry_after
        passed = passed.model_copy(update={"due_at": min(passed.due_at, again_at)})
    return [passed, escalate_unassigned(handoff.handoff_id, passed.assignment, late, again_at, routing)]


def _named(handoff: Handoff, roster: Roster, owner: str, by: Staff, now: datetime) -> Routing:
    if why := roster.why_no_lead_by_hand(owner, by.email):
        raise NotOnRoster(f"{owner} {why}; choose somebody else on a team of the agreement, or leave `owner` out")
    territory = roster.new_terms.territory if roster.new_terms else None
    return Routing(
        chosen=owner,
        why="named by a person",
        territory=territory,
        warnings=roster.warnings_by_hand(owner, now, by_form=handoff.needs_room_beside_all),
        time_zone=roster.time_zone_of(owner),
        counted=roster.counted(owner),
    )
