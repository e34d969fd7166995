"""Folds the events of reviews into a lead: review, park, disqualify, and marketing's duties."""

from baton.domain.events.recorded import Recorded
from baton.domain.events.review_events import (
    AnswerRequested,
    DutyEscalated,
    DutyReminded,
    LeadDisqualified,
    LeadParked,
    LeadReviewed,
    ReviewClaimed,
    ReviewRequested,
)
from baton.domain.leads.duty import Claim, Duty, DutyKind, Review
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status

_ASKS_FOR = ReviewRequested | AnswerRequested


def review_changes(
    lead: Lead, event: ReviewRequested | LeadParked | LeadDisqualified | LeadReviewed, recorded: Recorded
) -> dict[str, object]:
    """Returns the changed fields of a lead after an event of its review, such as its new status."""
    match event:
        case ReviewRequested():
            waits = {} if lead.held else {"look_at": None}
            return {"status": Status.IN_REVIEW, "review_on": None, **waits, **_opened(lead, event, recorded)}
        case LeadParked():
            return {"status": Status.PARKED, "review_on": event.due_at, "timer": recorded.event_id}
        case LeadReviewed():
            return _reviewed(lead, event, recorded)
        case _:
            return {"status": Status.DISQUALIFIED, "review_on": None}


def duty_changes(
    lead: Lead, event: AnswerRequested | DutyReminded | DutyEscalated | ReviewClaimed, recorded: Recorded
) -> dict[str, object]:
    """Returns the changed fields of a lead after a duty began, a reminder or escalation of it, or a claim."""
    if isinstance(event, AnswerRequested):
        return _opened(lead, event, recorded)
    duty = lead.duty
    if duty is None:
        raise ValueError("nothing was owed yet")
    if isinstance(event, ReviewClaimed):
        return {"duty": duty.model_copy(update={"claim": Claim(by=recorded.by, at=recorded.at, until=event.until)})}
    return {"duty": duty.model_copy(update={"clock": duty.clock.mark_acted(event.deadline)})}


def _opened(lead: Lead, event: _ASKS_FOR, recorded: Recorded) -> dict[str, object]:
    if event.duty_id is None or event.clock is None or event.team is None or event.agreement_version is None:
        kept = lead.held or (lead.duty and lead.duty.is_open)
        return {} if kept else {"timer": None}
    kind: DutyKind = "return" if isinstance(event, AnswerRequested) else "review"
    answers = event if isinstance(event, AnswerRequested) else None
    duty = Duty(
        duty_id=event.duty_id,
        kind=kind,
        why=event.why if isinstance(event, ReviewRequested) else f"returned by sales: {event.reason}",
        handoff_id=answers.handoff_id if answers else None,
        reason=answers.reason if answers else None,
        team=event.team,
        clock=event.clock,
        agreement_version=event.agreement_version,
        opened_at=recorded.at,
    )
    return {"duty": duty, "timer": recorded.event_id}


def _reviewed(lead: Lead, event: LeadReviewed, recorded: Recorded) -> dict[str, object]:
    """Ends the duty by a verdict; the lead is nurtured unless an event that follows parks or disqualifies it."""
    verdict = event.model_dump(include={"verdict", "answers", "reason", "review_on"})
    return {
        "status": Status.NURTURING,
        "review_on": None,
        "decided_at": recorded.at,
        "duty": lead.duty and lead.duty.closed(event.verdict, recorded.by, recorded.at),
        "reviewed": Review(by=recorded.by, at=recorded.at, **verdict),
        "agreement_version": event.agreement_version,
    }
