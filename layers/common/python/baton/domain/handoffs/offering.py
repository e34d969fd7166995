"""Hands a lead to whoever is next in sales, or into the line of those who wait for somebody."""

from datetime import datetime

from baton.domain.events.handoff_events import HandoffEscalated, HandoffOffered, HandoffReassigned
from baton.domain.events.recorded import Event
from baton.domain.leads.handoff import Handoff, handoff_id_of, handoff_number, start_clocks
from baton.domain.leads.lead import Lead
from baton.domain.leads.routing_choice import Routing
from baton.domain.qualification.handover_terms import Handover
from baton.domain.teams.roster import Roster
from baton.domain.teams.routing import choose_rep

ITS_TURN = "its turn in the line"
NOT_AGREED_ANY_MORE = "the agreement does not have its team any more"


def offer(lead: Lead, handover: Handover, agreement_version: int, roster: Roster, now: datetime) -> list[Event]:
    """Hand the lead to whoever is next on the roster, but not before those who wait already.

    If nobody can take it, it waits in a line, and the manager is told.
    """
    routing = choose_rep(roster, now, territory=handover.territory, preferred=handover.preferred, is_new=True)
    clocks = start_clocks(handover.terms, "offered", now)
    offered = HandoffOffered(
        handoff_id=handoff_id_of(lead.lead_id, handoff_number(lead.handoff) + 1),
        trigger=handover.trigger,
        reasons=handover.reasons,
        evidence=handover.evidence,
        score=handover.score,
        verdict=handover.verdict,
        persona=handover.persona,
        agreement_version=agreement_version,
        team=handover.terms.team,
        owner=routing.chosen,
        clocks=clocks,
        routing=routing,
        terms=handover.terms,
        due_at=min(deadline.at for clock in clocks for deadline in clock.deadlines),
        moves_line=routing.chosen is None,
    )
    if routing.chosen:
        return [offered]
    return [offered, escalate_unassigned(offered.handoff_id, 1, (clocks[0].name, now), None, routing)]


def serve_waiting_lead(lead: Lead, handoff_id: str, roster: Roster, now: datetime) -> list[Event]:
    """It is the lead's turn in the line: give it to whoever can take it; it stays where it is if nobody can.

    If it comes to another team, because its own is not agreed any more, and nobody there can take it, it waits there:
    before those who came after it, wherever they waited.
    """
    handoff = lead.handoff
    if handoff is None or handoff.handoff_id != handoff_id or not handoff.is_waiting:
        return []
    if roster.anew:
        return [reassign_to(handoff, _choose_in_new_team(handoff, roster, now), NOT_AGREED_ANY_MORE, now, roster.anew)]
    routing = choose_rep(
        roster, now, territory=handoff.territory, had_it=handoff.had_it, preferred=handoff.routing.preferred
    )
    return [reassign_to(handoff, routing, ITS_TURN, now)] if routing.chosen else []


def choose_next_owner(handoff: Handoff, roster: Roster, now: datetime) -> Routing:
    """Whoever is next for a lead that sales has already; it came before those who wait in the line."""
    if roster.anew:
        return _choose_in_new_team(handoff, roster, now, is_new=False)
    return choose_rep(roster, now, territory=handoff.territory, had_it=handoff.had_it)


def _choose_in_new_team(handoff: Handoff, roster: Roster, now: datetime, *, is_new: bool = True) -> Routing:
    """Whoever is next on the team that the lead comes to."""
    anew = roster.anew
    return choose_rep(
        roster,
        now,
        territory=anew.territory if anew else None,
        had_it=handoff.had_it,
        preferred=anew.preferred if anew else (),
        is_new=is_new,
    )


def reassign_to(
    handoff: Handoff, routing: Routing, reason: str, now: datetime, anew: Handover | None = None
) -> HandoffReassigned:
    """Whoever was chosen has the lead from now on, with fresh clocks; `anew` is agreed for it if they are on another
    team.
    """
    terms = anew.terms if anew else handoff.terms
    clocks = start_clocks(terms, "offered", now)
    return HandoffReassigned(
        handoff_id=handoff.handoff_id,
        assignment=handoff.assignment + 1,
        team=terms.team if anew else handoff.team,
        former_team=handoff.team if anew else None,
        terms=terms if anew else None,
        previous_owner=handoff.owner,
        owner=routing.chosen,
        reason=reason,
        clocks=clocks,
        routing=routing,
        due_at=min(deadline.at for clock in clocks for deadline in clock.deadlines),
        moves_line=handoff.owner not in (None, routing.chosen) or (anew is not None and routing.chosen is None),
    )


def escalate_unassigned(
    handoff_id: str, assignment: int, late: tuple[str, datetime], again_at: datetime | None, routing: Routing
) -> HandoffEscalated:
    """Tell the manager that nobody can take the lead, and when Baton tries again, unless it waits for its turn."""
    clock, deadline = late
    return HandoffEscalated(
        handoff_id=handoff_id,
        assignment=assignment,
        clock=clock,
        deadline=deadline,
        why=routing.why,
        again_at=again_at,
    )
