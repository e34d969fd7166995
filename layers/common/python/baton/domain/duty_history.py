"""Folds what happens while marketing has a lead: review, park, disqualify, and the duties that come with it."""

from baton.domain import events as e
from baton.domain.duty import Duty, DutyKind, Review
from baton.domain.lead import Lead, Status

_ASKS_FOR = e.ReviewRequested | e.AnswerRequested


def with_marketing(
    lead: Lead, event: e.ReviewRequested | e.LeadParked | e.LeadDisqualified | e.LeadReviewed, recorded: e.Recorded
) -> dict[str, object]:
    """What the lead is once it is to be reviewed, was reviewed, or was put aside."""
    match event:
        case e.ReviewRequested():
            waits = {} if lead.held else {"look_at": None}
            return {"status": Status.IN_REVIEW, "review_on": None, **waits, **_opened(lead, event, recorded)}
        case e.LeadParked():
            return {"status": Status.PARKED, "review_on": event.due_at, "timer": recorded.event_id}
        case e.LeadReviewed():
            return _reviewed(lead, event, recorded)
        case _:
            return {"status": Status.DISQUALIFIED, "review_on": None}


def of_duty(
    lead: Lead, event: e.AnswerRequested | e.DutyReminded | e.DutyEscalated, recorded: e.Recorded
) -> dict[str, object]:
    """What marketing owes the lead, once it owes something more, or was reminded of it."""
    if isinstance(event, e.AnswerRequested):
        return _opened(lead, event, recorded)
    duty = lead.duty
    if duty is None:
        raise ValueError("nothing was owed yet")
    return {"duty": duty.model_copy(update={"clock": duty.clock.acted(event.deadline)})}


def _opened(lead: Lead, event: _ASKS_FOR, recorded: e.Recorded) -> dict[str, object]:
    if event.duty_id is None or event.clock is None or event.team is None or event.agreement_version is None:
        kept = lead.held or (lead.duty and lead.duty.is_open)
        return {} if kept else {"timer": None}
    kind: DutyKind = "return" if isinstance(event, e.AnswerRequested) else "review"
    answers = event if isinstance(event, e.AnswerRequested) else None
    duty = Duty(
        duty_id=event.duty_id,
        kind=kind,
        why=event.why if isinstance(event, e.ReviewRequested) else f"returned by sales: {event.reason}",
        handoff_id=answers.handoff_id if answers else None,
        reason=answers.reason if answers else None,
        team=event.team,
        clock=event.clock,
        agreement_version=event.agreement_version,
        opened_at=recorded.at,
    )
    return {"duty": duty, "timer": recorded.event_id}


def _reviewed(lead: Lead, event: e.LeadReviewed, recorded: e.Recorded) -> dict[str, object]:
    """The verdict ends what was owed; a lead that is not put aside by what follows goes on being nurtured."""
    said = event.model_dump(include={"verdict", "answers", "reason", "review_on"})
    return {
        "status": Status.NURTURING,
        "review_on": None,
        "decided_at": recorded.at,
        "duty": lead.duty and lead.duty.closed(event.verdict, recorded.by, recorded.at),
        "reviewed": Review(by=recorded.by, at=recorded.at, **said),
        "agreement_version": event.agreement_version,
    }
