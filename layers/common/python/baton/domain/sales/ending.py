"""Sales' verdict on a lead: given back, won or lost, and what it was worth."""

from datetime import datetime
from typing import Literal, TypeGuard

from baton.agreement.model import AgreementInForce, Destination, ReturnReason
from baton.domain import duties
from baton.domain import events as e
from baton.domain.duties import WrongDate, parked_until
from baton.domain.handoff import Handoff, HandoffState
from baton.domain.lead import Lead
from baton.domain.model import Fact, HandoffRefused, Instant, Staff, WrongField
from baton.domain.numbers import number
from baton.domain.roster import Roster
from baton.domain.sales.holding import SAME_WISH, acts_for, held_by
from baton.domain.sales.passing_on import hand_on


class GivenBack(Fact):
    """Why sales gives a lead back: one of the agreement's reasons, a word to marketing, and when its time will come."""

    reason: str
    note: str | None = None
    review_on: Instant | None = None


def give_back(
    lead: Lead, handoff_id: str, back: GivenBack, by: Staff, agreed: AgreementInForce, roster: Roster, now: datetime
) -> list[e.Event]:
    """Sales gives the lead back; the agreement in force says where a lead returned for this reason goes.

    Raises:
        HandoffRefused: it is not open, belongs to another rep, or the reason is not on the agreement's list.
        WrongDate: no lead can be parked until then, or this one is not parked at all.
    """
    if _returned_before(lead.handoff, handoff_id, back.reason) and acts_for(by, lead.handoff):
        return []
    if lead.handoff and lead.handoff.handoff_id == handoff_id and _handed_on_before(lead.handoff, back.reason, by, now):
        return []
    handoff = held_by(lead, handoff_id, by)
    reasons = agreed.agreement.return_reasons
    reason = reasons.get(back.reason)
    if reason is None:
        raise HandoffRefused(f"the reason must be one of those agreed: {', '.join(reasons)}")
    if back.review_on and reason.review_after is None:
        raise WrongDate("is only for a reason for which a lead is parked; leave it out")
    if reason.then is Destination.NEXT_REP:
        return hand_on(handoff, back.note or reason.label, roster, now, returned_for=back.reason)
    returned = e.HandoffReturned(
        handoff_id=handoff_id,
        assignment=handoff.assignment,
        team=handoff.team,
        reason=back.reason,
        then=reason.then,
        note=back.note,
    )
    answer = [_answer_requested(lead, returned, agreed, now)] if reason.marketing_answers else []
    return [returned, *_put_aside(reason, back, now), *answer]


def _put_aside(agreed: ReturnReason, back: GivenBack, now: datetime) -> list[e.Event]:
    if agreed.review_after:
        return [e.LeadParked(due_at=parked_until(back.review_on, agreed.review_after, now))]
    return [e.LeadDisqualified(reason=back.reason)] if agreed.then is Destination.DISQUALIFY else []


def _answer_requested(
    lead: Lead, returned: e.HandoffReturned, agreed: AgreementInForce, now: datetime
) -> e.AnswerRequested:
    return duties.answer_requested(lead, returned.handoff_id, returned.reason, agreed.agreement, agreed.version, now)


def _returned_before(handoff: Handoff | None, handoff_id: str, reason: str) -> TypeGuard[Handoff]:
    same = handoff is not None and (handoff.handoff_id, handoff.return_reason) == (handoff_id, reason)
    return same and handoff is not None and handoff.state is HandoffState.RETURNED


def _handed_on_before(handoff: Handoff, reason: str, by: Staff, now: datetime) -> bool:
    """Whether they have just given it back for this, so that somebody else has it now, or nobody yet."""
    given = next((stint for stint in reversed(handoff.stints[:-1]) if stint.owner), None)
    if given is None or given.returned_for != reason or given.until is None or now - given.until >= SAME_WISH:
        return False
    return by.email != handoff.owner and by.email in (given.owner, handoff.assigned_by)


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
    if (handoff := lead.handoff) and acts_for(by, handoff) and _how_it_ended(handoff, handoff_id) == said:
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
    if not acts_for(by, handoff):
        raise HandoffRefused(f"it belongs to {handoff.owner or 'nobody yet'}; only its owner rates it")
    rated = handoff.rating
    if rated and (rated.stars, rated.note) == (stars, note):
        return []
    return [e.HandoffRated(handoff_id=handoff_id, stars=stars, note=note)]
