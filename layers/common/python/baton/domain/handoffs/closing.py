"""Closes a handoff as won or lost, and records its owner's rating."""

from typing import Literal

from baton.domain.basics.amounts import Amount, read_amount
from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import HandoffRefused, WrongField
from baton.domain.events.handoff_events import HandoffClosed, HandoffRated
from baton.domain.events.recorded import Event
from baton.domain.handoffs.handoff_owner import owned_handoff
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.staff.permissions import may_act_for


def close(
    lead: Lead, handoff_id: str, outcome: Literal["won", "lost"], reason: str | None, amount: str | None, by: Staff
) -> list[Event]:
    """Closes the handoff as won or lost, which ends all its clocks.

    The amount is stored as written, and as the number and the currency that it means: reports add amounts up, each
    currency by itself.

    Raises:
        HandoffRefused: it is not open, or belongs to another rep.
        WrongField: the amount is no number, a range, or below zero.
    """
    given = (outcome, reason, amount)
    if (handoff := lead.handoff) and may_act_for(by, handoff.owner) and _how_it_ended(handoff, handoff_id) == given:
        return []
    handoff = owned_handoff(lead, handoff_id, by)
    deal = _deal(amount) if amount else Amount(None, None)
    closed = HandoffClosed(
        handoff_id=handoff_id,
        assignment=handoff.assignment,
        team=handoff.team,
        outcome=outcome,
        reason=reason,
        amount=amount,
        worth=deal.exact,
        currency=deal.currency,
    )
    return [closed]


def _deal(written: str) -> Amount:
    deal = read_amount(written)
    if deal is None or deal.exact is None or deal.exact < 0:
        raise WrongField("amount", "must read as a number, such as 48000, 48,000.50 or 48k EUR, and not as a range")
    return deal


def _how_it_ended(handoff: Handoff, handoff_id: str) -> tuple[str, str | None, str | None] | None:
    if handoff.handoff_id != handoff_id:
        return None
    return handoff.state, handoff.outcome_reason, handoff.amount


def rate(lead: Lead, handoff_id: str, stars: int, note: str | None, by: Staff) -> list[Event]:
    """Records the owner's rating of the lead, also after the handoff has ended; a second rating replaces the first.

    Raises:
        HandoffRefused: it is not the lead's last handoff, or belongs to another rep.
    """
    handoff = lead.handoff
    if handoff is None or handoff.handoff_id != handoff_id:
        raise HandoffRefused("it is not the lead's last handoff; look at the lead for the one that is")
    if not may_act_for(by, handoff.owner):
        raise HandoffRefused(f"it belongs to {handoff.owner or 'nobody yet'}; only its owner rates it")
    rated = handoff.rating
    if rated and (rated.stars, rated.note) == (stars, note):
        return []
    return [HandoffRated(handoff_id=handoff_id, stars=stars, note=note)]
