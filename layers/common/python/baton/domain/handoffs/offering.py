"""Offers a lead to the next rep of a team, or puts it into the team's waiting line."""

from datetime import datetime

from baton.domain.events.handoff_events import HandoffConfirmed, HandoffEscalated, HandoffOffered, HandoffReassigned
from baton.domain.events.recorded import Event
from baton.domain.leads.handoff import Handoff, handoff_id_of, handoff_number
from baton.domain.leads.handoff_clocks import start_clocks
from baton.domain.leads.lead import Lead
from baton.domain.leads.routing_choice import CompanyTurn, Preference, Routing
from baton.domain.meetings.meeting import next_meeting
from baton.domain.qualification.company_of_lead import company_key
from baton.domain.qualification.handover_terms import Handover
from baton.domain.teams.roster import Roster
from baton.domain.teams.routing import choose_rep

ITS_TURN = "its turn in the line"
HAS_THE_COMPANY = "has or had leads of the company"
NOT_AGREED_ANY_MORE = "the agreement does not have its team any more"


def offer(lead: Lead, handover: Handover, agreement_version: int, roster: Roster, now: datetime) -> list[Event]:
    """Offers the lead to the next rep on the roster who is not needed for leads that wait already.

    If no rep can take it, it waits in a line, and the managers are told.
    """
    company = roster.companies(company_key(handover.company)) if handover.company else None
    first = (*handover.preferred, *_rep_of(company))
    routing = choose_rep(
        roster, now, territory=handover.territory, preferred=first, is_new=True, by_form=handover.by_form
    )
    routing = routing.model_copy(update={"company": company})
    meeting = next_meeting(lead.meetings, now)
    handoff_id = handoff_id_of(lead.lead_id, handoff_number(lead.handoff) + 1)
    clocks = start_clocks(handover.terms, "offered", now, handoff_id, meeting.starts_at if meeting else None)
    offered = HandoffOffered(
        handoff_id=handoff_id,
        trigger=handover.trigger,
        reasons=handover.reasons,
        evidence=handover.evidence,
        score=handover.score,
        full_score=handover.full_score,
        verdict=handover.verdict,
        persona=handover.persona,
        agreement_version=agreement_version,
        team=handover.terms.team,
        owner=routing.chosen,
        clocks=clocks,
        routing=routing,
        terms=handover.terms,
        company_key=company.key if company else None,
        due_at=min(deadline.at for clock in clocks for deadline in clock.deadlines),
        moves_line=routing.chosen is None,
        by_form=handover.by_form,
        form_account=handover.form_account,
        forms=handover.forms,
        spares_capacity=handover.by_form,
        probability=handover.probability,
    )
    if routing.chosen:
        return [offered]
    return [offered, escalate_unassigned(offered.handoff_id, 1, (clocks[0].name, now), None, routing)]


def leave_forms_line(lead: Lead) -> list[Event]:
    """Moves a lead that waits among those whom only forms know to the ordinary line, once more than forms know it."""
    handoff = lead.handoff
    if handoff is None or not (handoff.is_waiting and handoff.needs_room_beside_all and lead.is_confirmed):
        return []
    return [HandoffConfirmed(handoff_id=handoff.handoff_id, assignment=handoff.assignment, team=handoff.team)]


def serve_waiting_lead(lead: Lead, handoff_id: str, roster: Roster, now: datetime) -> list[Event]:
    """Gives a waiting lead, whose turn has come, to a rep who can take it; otherwise it stays in its line.

    If its team is not agreed any more, it moves to another team. If no rep there can take it, it waits there, in the
    order of its time.
    """
    handoff = lead.handoff
    if handoff is None or handoff.handoff_id != handoff_id or not handoff.is_waiting:
        return []
    if roster.new_terms:
        return [
            reassign_to(handoff, _choose_in_new_team(handoff, roster, now), NOT_AGREED_ANY_MORE, now, roster.new_terms)
        ]
    company = roster.companies(handoff.company_key) if handoff.company_key else None
    first = tuple(dict.fromkeys((*handoff.routing.preferred, *_rep_of(company))))
    routing = choose_rep(
        roster,
        now,
        territory=handoff.territory,
        had_it=handoff.had_it,
        preferred=first,
        by_form=handoff.needs_room_beside_all,
    )
    routing = routing.model_copy(update={"company": company})
    return [reassign_to(handoff, routing, ITS_TURN, now)] if routing.chosen else []


def _rep_of(company: CompanyTurn | None) -> tuple[Preference, ...]:
    return (Preference(rep=company.owner, because=HAS_THE_COMPANY),) if company and company.owner else ()


def choose_next_owner(handoff: Handoff, roster: Roster, now: datetime) -> Routing:
    """Chooses the next rep for a lead that sales has already; it comes before those that wait in the line."""
    if roster.new_terms:
        return _choose_in_new_team(handoff, roster, now, is_new=False)
    return choose_rep(
        roster,
        now,
        territory=handoff.territory,
        had_it=handoff.had_it,
        by_form=handoff.needs_room_beside_all,
    )


def _choose_in_new_team(handoff: Handoff, roster: Roster, now: datetime, *, is_new: bool = True) -> Routing:
    """Chooses the rep on the team that the lead moves to."""
    new_terms = roster.new_terms
    return choose_rep(
        roster,
        now,
        territory=new_terms.territory if new_terms else None,
        had_it=handoff.had_it,
        preferred=new_terms.preferred if new_terms else (),
        is_new=is_new,
        by_form=handoff.needs_room_beside_all,
    )


def reassign_to(
    handoff: Handoff, routing: Routing, reason: str, now: datetime, new_terms: Handover | None = None
) -> HandoffReassigned:
    """Reassigns the handoff to the chosen rep, or to nobody yet, with new clocks.

    `new_terms` are the terms if it moves to another team.
    """
    terms = new_terms.terms if new_terms else handoff.terms
    clocks = start_clocks(terms, "offered", now, handoff.handoff_id, handoff.meeting_at)
    return HandoffReassigned(
        handoff_id=handoff.handoff_id,
        assignment=handoff.assignment + 1,
        team=terms.team if new_terms else handoff.team,
        former_team=handoff.team if new_terms else None,
        terms=terms if new_terms else None,
        previous_owner=handoff.owner,
        owner=routing.chosen,
        reason=reason,
        clocks=clocks,
        routing=routing,
        due_at=min(deadline.at for clock in clocks for deadline in clock.deadlines),
        moves_line=handoff.owner not in (None, routing.chosen) or (new_terms is not None and routing.chosen is None),
    )


def escalate_unassigned(
    handoff_id: str, assignment: int, late: tuple[str, datetime], again_at: datetime | None, routing: Routing
) -> HandoffEscalated:
    """Tells the managers that no rep can take the lead, and when Baton tries again, unless it waits in a line."""
    clock, deadline = late
    return HandoffEscalated(
        handoff_id=handoff_id,
        assignment=assignment,
        clock=clock,
        deadline=deadline,
        why=routing.why,
        again_at=again_at,
    )
