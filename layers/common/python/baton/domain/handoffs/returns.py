"""Sales returns a lead for one of the agreed reasons, and the agreement says where it goes.

A reason sends it to marketing, to the next rep, to the list of parked or of disqualified leads: `Destination`.
"""

from datetime import datetime
from typing import TypeGuard

from baton.agreement.terms.agreement import AgreementInForce
from baton.agreement.terms.return_reasons import Destination, ReturnReason
from baton.domain.basics.days import DayOrMoment, begin_of
from baton.domain.basics.facts import Fact, Staff
from baton.domain.basics.refusals import WrongReason
from baton.domain.events.handoff_events import HandoffReturned, ReturnDestination
from baton.domain.events.recorded import Event
from baton.domain.events.review_events import AnswerRequested, LeadDisqualified, LeadParked
from baton.domain.handoffs.handoff_owner import REPEAT_WINDOW, owned_handoff
from baton.domain.handoffs.reassignment import reassign_or_queue
from baton.domain.leads.handoff import Handoff, HandoffState
from baton.domain.leads.lead import Lead
from baton.domain.qualification import duty_opening
from baton.domain.qualification.duty_opening import WrongDate, parked_until
from baton.domain.staff.permissions import may_act_for
from baton.domain.teams.roster import Roster


class ReturnRequest(Fact):
    """A request to return a lead: the agreed reason, a note to marketing, and when to review it again."""

    reason: str
    note: str | None = None
    review_on: DayOrMoment | None = None


def return_lead(
    lead: Lead, handoff_id: str, back: ReturnRequest, by: Staff, agreed: AgreementInForce, roster: Roster, now: datetime
) -> list[Event]:
    """Returns the lead from sales; the agreement in force says where a lead with this reason goes.

    Raises:
        HandoffRefused: it is not open, or belongs to another rep.
        WrongReason: the reason is not on the agreement's list, or more attempts to reach the lead are agreed for it.
        WrongDate: the date is past or too far away, or a lead with this reason is not parked.
    """
    if _returned_before(lead.handoff, handoff_id, back.reason) and may_act_for(by, lead.handoff.owner):
        return []
    if lead.handoff and lead.handoff.handoff_id == handoff_id and _just_returned_by(lead.handoff, back.reason, by, now):
        return []
    handoff = owned_handoff(lead, handoff_id, by)
    reasons = agreed.agreement.return_reasons
    reason = reasons.get(back.reason)
    if reason is None:
        raise WrongReason(f"the reason must be one of those agreed: {', '.join(reasons)}")
    _check_attempts(handoff, reason)
    if back.review_on and reason.review_after is None:
        raise WrongDate("is only for a reason for which a lead is parked; leave it out")
    if reason.then is Destination.NEXT_REP:
        return reassign_or_queue(handoff, back.note or reason.label, roster, now, returned_for=back.reason)
    returned = HandoffReturned(
        handoff_id=handoff_id,
        assignment=handoff.assignment,
        team=handoff.team,
        reason=back.reason,
        then=ReturnDestination(reason.then),
        note=back.note,
    )
    answer = [_answer_requested(lead, returned, agreed, now)] if reason.marketing_answers else []
    return [returned, *_put_aside(reason, back, agreed.agreement.time_zone, now), *answer]


def _check_attempts(handoff: Handoff, reason: ReturnReason) -> None:
    made = handoff.unanswered if handoff.attempts else int(handoff.contact is not None)
    if reason.attempts and made < reason.attempts:
        logged = f"{made or 'none'} {'is' if made < 2 else 'are'} logged"
        raise WrongReason(
            f'for "{reason.label}" {reason.attempts} attempts that did not reach the lead are agreed, and {logged}; '
            "log each attempt as a contact, or choose another reason"
        )


def _put_aside(agreed: ReturnReason, back: ReturnRequest, zone: str, now: datetime) -> list[Event]:
    if agreed.review_after:
        review_on = begin_of(back.review_on, zone) if back.review_on else None
        return [LeadParked(due_at=parked_until(review_on, agreed.review_after, now))]
    return [LeadDisqualified(reason=back.reason)] if agreed.then is Destination.DISQUALIFY else []


def _answer_requested(
    lead: Lead, returned: HandoffReturned, agreed: AgreementInForce, now: datetime
) -> AnswerRequested:
    return duty_opening.request_answer(
        lead, returned.handoff_id, returned.reason, agreed.agreement, agreed.version, now
    )


def _returned_before(handoff: Handoff | None, handoff_id: str, reason: str) -> TypeGuard[Handoff]:
    same = handoff is not None and (handoff.handoff_id, handoff.return_reason) == (handoff_id, reason)
    return same and handoff is not None and handoff.state is HandoffState.RETURNED


def _just_returned_by(handoff: Handoff, reason: str, by: Staff, now: datetime) -> bool:
    """Returns whether this person has just returned it for this reason, so that it is with somebody else."""
    given = next((stint for stint in reversed(handoff.stints[:-1]) if stint.owner), None)
    if given is None or given.returned_for != reason or given.until is None or now - given.until >= REPEAT_WINDOW:
        return False
    return by.email != handoff.owner and by.email in (given.owner, handoff.assigned_by)
