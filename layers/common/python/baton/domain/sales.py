"""What sales does with a handoff: gets it offered, accepts, contacts, passes on, returns.

Every command says the same thing when it is repeated: nothing more happens.
"""

from datetime import datetime, timedelta
from typing import Literal, TypeGuard

from baton.agreement.model import Agreement, Destination, ReturnReason
from baton.domain import duties
from baton.domain import events as e
from baton.domain.duties import WrongDate, parked_until
from baton.domain.handing_over import Handover
from baton.domain.handoff import (
    Handoff,
    HandoffState,
    Routing,
    handoff_id_of,
    handoff_number,
    start_clocks,
    tries,
    waiting,
)
from baton.domain.lead import Lead
from baton.domain.model import Fact, HandoffRefused, Instant, NotOnRoster, Staff, WrongField
from baton.domain.numbers import number
from baton.domain.roster import Roster
from baton.domain.routing import choose, nobody_left

SAME_WISH = timedelta(minutes=10)
LONGEST_WAIT = 4  # times the agreed wait, when nobody can take a lead again and again
ASKED_AGAIN = "the lead asked for a person again"
ITS_TURN = "its turn in the line"


class PassedOn(Fact):
    """To whom a lead is to be passed on, if to anybody in particular, and why."""

    owner: str | None = None
    reason: str


class GivenBack(Fact):
    """Why sales gives a lead back: one of the agreement's reasons, a word to marketing, and when its time will come."""

    reason: str
    note: str | None = None
    review_on: Instant | None = None


def offer(lead: Lead, handover: Handover, agreement_version: int, roster: Roster, now: datetime) -> list[e.Event]:
    """Hand the lead to whoever is next on the roster, but not before those who wait already.

    If nobody can take it, it waits in a line, and the manager is told.
    """
    routing = choose(roster, now, territory=handover.territory, preferred=handover.preferred, is_new=True)
    clocks = start_clocks(handover.terms, "offered", now)
    offered = e.HandoffOffered(
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
    return [offered, _nobody(offered.handoff_id, 1, (clocks[0].name, now), None, routing)]


def _nobody(
    handoff_id: str, assignment: int, late: tuple[str, datetime], again_at: datetime | None, routing: Routing
) -> e.HandoffEscalated:
    """Tell the manager that nobody can take the lead, and when Baton tries again, unless it waits for its turn."""
    clock, deadline = late
    return e.HandoffEscalated(
        handoff_id=handoff_id,
        assignment=assignment,
        clock=clock,
        deadline=deadline,
        why=routing.why,
        again_at=again_at,
    )


def notified(lead: Lead, handoff_id: str, assignment: int) -> list[e.Event]:
    """The mail that alerts the owner went out; that counts once, and only while the lead is still theirs."""
    handoff = lead.handoff
    if handoff is None or not handoff.is_open or not handoff.owner or not handoff.stints:
        return []
    if (handoff.handoff_id, handoff.assignment) != (handoff_id, assignment) or handoff.stints[-1].notified_at:
        return []
    return [e.OwnerNotified(handoff_id=handoff_id, assignment=assignment)]


def accept(lead: Lead, handoff_id: str, by: Staff, now: datetime) -> list[e.Event]:
    """Sales takes the offered lead; the acceptance clock stops.

    Raises:
        HandoffRefused: it is not open, or belongs to another rep.
    """
    handoff = held_by(lead, handoff_id, by)
    if handoff.state is not HandoffState.OFFERED:
        return []
    clocks = start_clocks(handoff.terms, "accepted", now)
    return [e.HandoffAccepted(handoff_id=handoff_id, assignment=handoff.assignment, clocks=clocks)]


def contact(lead: Lead, handoff_id: str, channel: str, note: str | None, by: Staff, now: datetime) -> list[e.Event]:
    """Sales reached out; the contact clock stops, that of the next action starts. Whoever makes contact has accepted.

    The same contact told twice within ten minutes is one contact.

    Raises:
        HandoffRefused: it is not open, or belongs to another rep.
    """
    handoff = held_by(lead, handoff_id, by)
    last = handoff.contact if handoff.state is HandoffState.CONTACTED else None
    if last and (last.channel, last.note) == (channel, note) and now - last.at < SAME_WISH:
        return []
    logged = e.ContactLogged(
        handoff_id=handoff_id,
        assignment=handoff.assignment,
        channel=channel,
        note=note,
        clocks=start_clocks(handoff.terms, "contacted", now),
    )
    return [*accept(lead, handoff_id, by, now), logged]


def reassign(lead: Lead, handoff_id: str, passed: PassedOn, by: Staff, roster: Roster, now: datetime) -> list[e.Event]:
    """Pass the lead on, to somebody or to whoever is next; all clocks start anew for the new owner.

    The same wish of the same person, told twice within ten minutes, is one.

    Raises:
        HandoffRefused: it is not open.
        NotOnRoster: the new owner cannot take it, or nobody can.
    """
    handoff = _open(lead, handoff_id)
    told_before = (handoff.assigned_by, handoff.assigned_because) == (by.email, passed.reason)
    repeated = told_before and now - handoff.assigned_at < SAME_WISH
    if passed.owner == handoff.owner if passed.owner else repeated:
        return []
    routing = _named(roster, passed.owner, now) if passed.owner else _next(handoff, roster, now)
    if routing.chosen is None:
        raise NotOnRoster(f"{routing.why}; name an `owner`, or ask an administrator to add one to the roster")
    return [_reassigned(handoff, routing, passed.reason, now)]


def pass_on(handoff: Handoff, clock: str, deadline: datetime, reason: str, roster: Roster, now: datetime) -> e.Event:
    """Nobody acted in time: give the lead to the next who has not had it.

    If there is nobody, it stays where it is, the manager is told, and Baton tries again: after the agreed time, then
    twice and four times as long. One clock does the trying for all. A lead in a line waits for its turn nevertheless.
    """
    routing = _next(handoff, roster, now)
    if routing.chosen and handoff.owner:
        return _reassigned(handoff, routing, reason, now)
    planned = any(d.tries and not d.done and d.at > now for other in handoff.clocks for d in waiting(handoff, other))
    wait = handoff.terms.nobody_available * min(2 ** tries(handoff.clocks), LONGEST_WAIT)
    again_at = None if planned else now + wait
    return _nobody(handoff.handoff_id, handoff.assignment, (clock, deadline), again_at, routing)


def reopen(lead: Lead, now: datetime) -> list[e.Event]:
    """The lead asks for a person again after sales has reached out: the owner gets it anew, with fresh clocks."""
    handoff = lead.handoff
    if handoff is None or handoff.owner is None or handoff.state is not HandoffState.CONTACTED:
        return []
    routing = Routing(chosen=handoff.owner, why="has the lead already")
    return [_reassigned(handoff, routing, ASKED_AGAIN, now)]


def leave(lead: Lead, handoff_id: str, team: str, rep: str, roster: Roster, now: datetime) -> list[e.Event]:
    """A rep leaves the team: what they hold goes to whoever is next, or waits for somebody, and the manager is told.

    `roster` is the team without them. A handoff that is theirs no longer, or another team's, stays as it is.
    """
    handoff = lead.handoff
    if handoff is None or not handoff.is_open:
        return []
    if (handoff.handoff_id, handoff.team, handoff.owner) != (handoff_id, team, rep):
        return []
    return _hand_on(handoff, "the former owner left the team", roster, now)


def _hand_on(handoff: Handoff, reason: str, roster: Roster, now: datetime) -> list[e.Event]:
    """The owner will not act on it any more: to whoever is next, or into a line, and the manager is told.

    If everybody has had it, Baton tells the manager again and again: only somebody new, or the manager, can help.
    """
    routing = _next(handoff, roster, now)
    passed = _reassigned(handoff, routing, reason, now)
    if routing.chosen:
        return [passed]
    late, again_at = (passed.clocks[0].name, now), None
    if nobody_left(roster, handoff.territory, handoff.had_it):
        again_at = now + handoff.terms.nobody_available
        passed = passed.model_copy(update={"due_at": min(passed.due_at, again_at)})
    return [passed, _nobody(handoff.handoff_id, passed.assignment, late, again_at, routing)]


def take_from_line(lead: Lead, handoff_id: str, roster: Roster, now: datetime) -> list[e.Event]:
    """It is the lead's turn in the line: give it to whoever can take it; it stays where it is if nobody can."""
    handoff = lead.handoff
    if handoff is None or handoff.handoff_id != handoff_id or not handoff.waits:
        return []
    routing = choose(
        roster, now, territory=handoff.territory, had_it=handoff.had_it, preferred=handoff.routing.preferred
    )
    return [_reassigned(handoff, routing, ITS_TURN, now)] if routing.chosen else []


def _next(handoff: Handoff, roster: Roster, now: datetime) -> Routing:
    """Whoever is next for a lead that sales has already; it came before those who wait in the line."""
    return choose(roster, now, territory=handoff.territory, had_it=handoff.had_it)


def give_back(
    lead: Lead, handoff_id: str, back: GivenBack, by: Staff, agreement: Agreement, roster: Roster, now: datetime
) -> list[e.Event]:
    """Sales gives the lead back; the agreement says where a lead returned for this reason goes.

    Raises:
        HandoffRefused: it is not open, belongs to another rep, or the reason is not on the agreement's list.
        WrongDate: no lead can be parked until then, or this one is not parked at all.
    """
    if _returned_before(lead.handoff, handoff_id, back.reason) and _acts_for(by, lead.handoff):
        return []
    handoff = held_by(lead, handoff_id, by)
    agreed = agreement.return_reasons.get(back.reason)
    if agreed is None:
        raise HandoffRefused(f"the reason must be one of those agreed: {', '.join(agreement.return_reasons)}")
    if agreed.then is Destination.NEXT_REP:
        return _hand_on(handoff, back.note or agreed.label, roster, now)
    returned = e.HandoffReturned(
        handoff_id=handoff_id,
        assignment=handoff.assignment,
        team=handoff.team,
        reason=back.reason,
        then=agreed.then,
        note=back.note,
    )
    return [returned, *_put_aside(agreed, back, now), *_to_answer(lead, returned, agreed, agreement, now)]


def _put_aside(agreed: ReturnReason, back: GivenBack, now: datetime) -> list[e.Event]:
    if back.review_on and agreed.review_after is None:
        raise WrongDate("is only for a reason for which a lead is parked; leave it out")
    if agreed.review_after:
        return [e.LeadParked(due_at=parked_until(back.review_on, agreed.review_after, now))]
    return [e.LeadDisqualified(reason=back.reason)] if agreed.then is Destination.DISQUALIFY else []


def _to_answer(
    lead: Lead, returned: e.HandoffReturned, agreed: ReturnReason, agreement: Agreement, now: datetime
) -> list[e.Event]:
    if not agreed.marketing_answers or lead.handoff is None:
        return []
    version = lead.handoff.agreement_version
    return [duties.answer_requested(lead, returned.handoff_id, returned.reason, agreement, version, now)]


def close(
    lead: Lead, handoff_id: str, outcome: Literal["won", "lost"], reason: str | None, amount: str | None, by: Staff
) -> list[e.Event]:
    """Sales has won or lost the lead; nothing more is expected of anybody.

    The amount is kept as it was written, and reads as a number, because reports add amounts up; in which currency is
    the company's business.

    Raises:
        HandoffRefused: it is not open, or belongs to another rep.
        WrongField: the amount is no number, or less than nothing.
    """
    said = (outcome, reason, amount)
    if (handoff := lead.handoff) and _acts_for(by, handoff) and _how_it_ended(handoff, handoff_id) == said:
        return []
    handoff = held_by(lead, handoff_id, by)
    if amount and (number(amount) is None or amount.startswith("-")):
        raise WrongField("amount", "must read as a number, such as 48000, 48,000.50 or 48k EUR")
    closed = e.HandoffClosed(
        handoff_id=handoff_id,
        assignment=handoff.assignment,
        team=handoff.team,
        outcome=outcome,
        reason=reason,
        amount=amount,
    )
    return [closed]


def _how_it_ended(handoff: Handoff, handoff_id: str) -> tuple[str, str | None, str | None] | None:
    if handoff.handoff_id != handoff_id:
        return None
    return handoff.state, handoff.outcome_reason, handoff.amount


def rate(lead: Lead, handoff_id: str, stars: int, note: str | None, by: Staff) -> list[e.Event]:
    """Its owner says what the lead is worth, also after the handoff has ended; a second word replaces the first.

    Raises:
        HandoffRefused: it is not the lead's last handoff, or belongs to another rep.
    """
    handoff = lead.handoff
    if handoff is None or handoff.handoff_id != handoff_id:
        raise HandoffRefused("it is not the lead's last handoff; look at the lead for the one that is")
    if not _acts_for(by, handoff):
        raise HandoffRefused(f"it belongs to {handoff.owner or 'nobody yet'}; only its owner rates it")
    rated = handoff.rating
    if rated and (rated.stars, rated.note) == (stars, note):
        return []
    return [e.HandoffRated(handoff_id=handoff_id, stars=stars, note=note)]


def held_by(lead: Lead, handoff_id: str, by: Staff) -> Handoff:
    """The open handoff, if this person may act on it.

    Raises:
        HandoffRefused: it is not open, or belongs to another rep.
    """
    handoff = _open(lead, handoff_id)
    if handoff.owner is None:
        raise HandoffRefused("it belongs to nobody yet; reassign it to somebody first")
    if not _acts_for(by, handoff):
        raise HandoffRefused(f"it belongs to {handoff.owner}; reassign it to yourself first, if that is agreed")
    return handoff


def holder(lead: Lead, handoff_id: str, assignment: int) -> Staff:
    """Whoever a one-click link was sent to, as long as the lead is still theirs.

    Raises:
        HandoffRefused: the lead was passed on to somebody else since.
    """
    handoff = lead.handoff
    if handoff is None or handoff.handoff_id != handoff_id or handoff.assignment != assignment or not handoff.owner:
        raise HandoffRefused("the lead has been passed on to somebody else since this mail was sent")
    return Staff(email=handoff.owner)


def _returned_before(handoff: Handoff | None, handoff_id: str, reason: str) -> TypeGuard[Handoff]:
    same = handoff is not None and (handoff.handoff_id, handoff.return_reason) == (handoff_id, reason)
    return same and handoff is not None and handoff.state is HandoffState.RETURNED


def _acts_for(by: Staff, handoff: Handoff) -> bool:
    return by.may_act_for_others or by.email == handoff.owner


def _open(lead: Lead, handoff_id: str) -> Handoff:
    handoff = lead.handoff
    if handoff is None or handoff.handoff_id != handoff_id:
        raise HandoffRefused("it is not the lead's current handoff; look at the lead for the one that is")
    if not handoff.is_open:
        raise HandoffRefused(f"it is closed ({handoff.state}); nothing more can be done with it")
    return handoff


def _named(roster: Roster, owner: str, now: datetime) -> Routing:
    if why := roster.why_not_by_hand(owner, now):
        raise NotOnRoster(f"{owner} {why}; choose somebody else, or leave `owner` out")
    return Routing(chosen=owner, why="named by a person")


def _reassigned(handoff: Handoff, routing: Routing, reason: str, now: datetime) -> e.HandoffReassigned:
    clocks = start_clocks(handoff.terms, "offered", now)
    return e.HandoffReassigned(
        handoff_id=handoff.handoff_id,
        assignment=handoff.assignment + 1,
        team=handoff.team,
        previous_owner=handoff.owner,
        owner=routing.chosen,
        reason=reason,
        clocks=clocks,
        routing=routing,
        due_at=min(deadline.at for clock in clocks for deadline in clock.deadlines),
        moves_line=handoff.owner not in (None, routing.chosen),
    )
