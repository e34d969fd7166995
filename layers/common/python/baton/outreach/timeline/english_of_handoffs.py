"""The English sentences of handoffs, and of marketing's reviews and duties."""

from baton.domain.events import handoff_events, review_events
from baton.domain.terms import agreed_labels as labels
from baton.outreach.text.times_and_names import in_words
from baton.outreach.timeline.sentence_parts import Sentences, Teller, tells, typed

_OUTCOMES = {
    "reached": "they spoke",
    "left_message": "a message was left",
    "no_answer": "nobody answered",
    "wrong_number": "the number is somebody else's",
}
_ITS_DUTY = {"review": "the review", "return": "the answer to sales' return"}
OF_HANDOFFS: Sentences = {}
"""The sentences, by the kind of event."""


@tells(handoff_events.HandoffOffered, OF_HANDOFFS)
def _offered(teller: Teller, event: handoff_events.HandoffOffered) -> str:
    to = event.owner or f"the waiting line of {teller.team(event.team)}"
    return f"{labels.trigger_label(event.trigger)}: the lead was handed over to {to}, due {teller.when(event.due_at)}"


@tells(handoff_events.HandoffReminded, OF_HANDOFFS)
def _reminded(teller: Teller, event: handoff_events.HandoffReminded) -> str:
    return f"Baton reminded the owner of the clock “{in_words(event.clock)}”"


@tells(handoff_events.RequestsTold, OF_HANDOFFS)
def _requests_told(_: Teller, event: handoff_events.RequestsTold) -> str:
    return f"The owner heard of several requests in one mail: {event.requests}"


@tells(handoff_events.HandoffEscalated, OF_HANDOFFS)
def _escalated(_: Teller, event: handoff_events.HandoffEscalated) -> str:
    return f"The manager was told{typed(event.why)}"


@tells(handoff_events.HandoffReassigned, OF_HANDOFFS)
def _reassigned(teller: Teller, event: handoff_events.HandoffReassigned) -> str:
    to = event.owner or f"the waiting line of {teller.team(event.team)}"
    why = "" if event.reason.startswith(given_back := teller.reason(event.returned_for or "")) else f" ({given_back})"
    return f"The lead went from {event.previous_owner or 'the waiting line'} to {to}{why}{typed(event.reason)}"


@tells(handoff_events.HandoffConfirmed, OF_HANDOFFS)
def _confirmed(teller: Teller, event: handoff_events.HandoffConfirmed) -> str:
    return f"More than forms know the lead now, so it waits in the usual line of {teller.team(event.team)}"


@tells(handoff_events.ClocksMoved, OF_HANDOFFS)
def _clocks_moved(teller: Teller, event: handoff_events.ClocksMoved) -> str:
    if event.next_at:
        return f"{teller.who} said that they speak with the lead on {teller.when(event.next_at)}"
    return f"The clocks follow the lead's meeting, and the next one is due {teller.when(event.due_at)}"


@tells(handoff_events.OwnerNotified, OF_HANDOFFS)
def _notified(_: Teller, _event: handoff_events.OwnerNotified) -> str:
    return "The owner was mailed"


@tells(handoff_events.HandoffAccepted, OF_HANDOFFS)
def _accepted(teller: Teller, _: handoff_events.HandoffAccepted) -> str:
    return f"{teller.who} accepted the lead"


@tells(handoff_events.ContactLogged, OF_HANDOFFS)
def _contacted(teller: Teller, event: handoff_events.ContactLogged) -> str:
    came = f", and {_OUTCOMES.get(event.outcome, in_words(event.outcome))}" if event.outcome else ""
    again = f"; they speak again on {teller.when(event.next_at)}" if event.next_at else ""
    return f"{teller.who} reached out by {in_words(event.channel)}{came}{again}{typed(event.note)}"


@tells(handoff_events.HandoffReturned, OF_HANDOFFS)
def _returned(teller: Teller, event: handoff_events.HandoffReturned) -> str:
    return f"{teller.who} gave the lead back for “{teller.reason(event.reason)}”{typed(event.note)}"


@tells(handoff_events.HandoffClosed, OF_HANDOFFS)
def _closed(teller: Teller, event: handoff_events.HandoffClosed) -> str:
    return f"{teller.who} said that the lead is {event.outcome}{typed(event.amount, ', worth ')}{typed(event.reason)}"


@tells(handoff_events.HandoffRated, OF_HANDOFFS)
def _rated(teller: Teller, event: handoff_events.HandoffRated) -> str:
    return f"{teller.who} rated the lead with {event.stars} of 5 stars{typed(event.note)}"


@tells(review_events.LeadParked, OF_HANDOFFS)
def _parked(teller: Teller, event: review_events.LeadParked) -> str:
    return f"The lead is parked until {teller.until(event.due_at)}"


@tells(review_events.LeadDisqualified, OF_HANDOFFS)
def _disqualified(teller: Teller, event: review_events.LeadDisqualified) -> str:
    return f"The lead is disqualified: {teller.reason(event.reason)}"


@tells(review_events.ReviewRequested, OF_HANDOFFS)
def _review_requested(teller: Teller, event: review_events.ReviewRequested) -> str:
    due = f", due {teller.when(event.due_at)}" if event.due_at else ""
    return f"Marketing is to review the lead{due}{typed(event.why)}"


@tells(review_events.AnswerRequested, OF_HANDOFFS)
def _answer_requested(teller: Teller, event: review_events.AnswerRequested) -> str:
    due = f", due {teller.when(event.due_at)}" if event.due_at else ""
    return f"Marketing is to answer why sales gave the lead back for “{teller.reason(event.reason)}”{due}"


@tells(review_events.DutyReminded, OF_HANDOFFS)
def _duty_reminded(_: Teller, event: review_events.DutyReminded) -> str:
    return f"Baton reminded marketing of {_ITS_DUTY[event.kind]}"


@tells(review_events.DutyEscalated, OF_HANDOFFS)
def _duty_escalated(_: Teller, event: review_events.DutyEscalated) -> str:
    return f"Marketing's manager was told that {_ITS_DUTY[event.kind]} is late"


@tells(review_events.ReviewClaimed, OF_HANDOFFS)
def _claimed(teller: Teller, event: review_events.ReviewClaimed) -> str:
    took_over = f", taken over from {event.taken_from}" if event.taken_from else ""
    return f"{teller.who} is on the review until {teller.when(event.until)}{took_over}"


@tells(review_events.LeadReviewed, OF_HANDOFFS)
def _reviewed(teller: Teller, event: review_events.LeadReviewed) -> str:
    again = f", to be looked at again on {teller.until(event.review_on)}" if event.review_on else ""
    return f"{teller.who} reviewed the lead: {in_words(event.verdict)}{again}{typed(event.reason, ', because ')}"
