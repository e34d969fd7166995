"""The owner's first steps with a lead: the mail was sent, they accept, they make contact."""

from datetime import datetime
from typing import NamedTuple

from baton.domain.basics.days import in_utc
from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import WrongField
from baton.domain.events.handoff_events import (
    ClocksMoved,
    ContactLogged,
    HandoffAccepted,
    HandoffOffered,
    OwnerNotified,
)
from baton.domain.events.recorded import Event, Recorded
from baton.domain.handoffs.handoff_owner import REPEAT_WINDOW, owned_handoff
from baton.domain.leads.clock import Clock
from baton.domain.leads.handoff import Handoff, HandoffState
from baton.domain.leads.handoff_clocks import awaited_outcomes, start_clocks, start_next_clocks
from baton.domain.leads.lead import Lead
from baton.domain.terms.kept_terms import OUTCOMES, ContactOutcome


class ContactResult(NamedTuple):
    """What came of a contact, and when they speak next; a time without a zone is one where the owner is."""

    outcome: ContactOutcome | None = None
    next_at: datetime | None = None


NOT_SAID = ContactResult()


def record_notification(lead: Lead, handoff_id: str, assignment: int) -> list[Event]:
    """Records that the owner's alert mail was sent, once, and only while the lead is still theirs."""
    handoff = lead.handoff
    if handoff is None or not handoff.is_open or not handoff.owner or not handoff.stints:
        return []
    if (handoff.handoff_id, handoff.assignment) != (handoff_id, assignment) or handoff.stints[-1].notified_at:
        return []
    return [OwnerNotified(handoff_id=handoff_id, assignment=assignment)]


def was_alerted(recorded: Recorded, lead: Lead) -> bool:
    """Tells whether an event is the offer of the lead's present handoff, and its first owner's alert went out."""
    event, handoff = recorded.event, lead.handoff
    if not isinstance(event, HandoffOffered) or handoff is None or handoff.handoff_id != event.handoff_id:
        return False
    period = handoff.ownership_period(1)
    return period is not None and period.notified_at is not None


def accept(lead: Lead, handoff_id: str, by: Staff, now: datetime) -> list[Event]:
    """Accepts the offered lead for its owner, and stops the acceptance clock.

    Raises:
        HandoffRefused: it is not open, or belongs to another rep.
    """
    return [*_accepted(owned_handoff(lead, handoff_id, by), now)]


def _accepted(handoff: Handoff, now: datetime) -> list[HandoffAccepted]:
    if handoff.state is not HandoffState.OFFERED:
        return []
    clocks = start_clocks(handoff.terms, "accepted", now, handoff.handoff_id, handoff.meeting_at)
    return [HandoffAccepted(handoff_id=handoff.handoff_id, assignment=handoff.assignment, clocks=clocks)]


def log_contact(
    lead: Lead,
    handoff_id: str,
    channel: str,
    note: str | None,
    by: Staff,
    now: datetime,
    result: ContactResult = NOT_SAID,
) -> list[Event]:
    """Logs that the owner reached out, which accepts the lead too.

    The contact clock stops, if the outcome is what it waits for, and that of the next action starts. It is due at the
    time that is agreed with the lead, if there is one.

    The same contact logged again within ten minutes is ignored.

    Raises:
        HandoffRefused: it is not open, or belongs to another rep.
        WrongField: a clock waits for an outcome and none is said, or the next time is past or too far ahead.
    """
    handoff = owned_handoff(lead, handoff_id, by)
    outcome, next_at = result.outcome, _in_utc(result.next_at, handoff)
    said = (channel, note, outcome, next_at)
    last = handoff.contact if handoff.state is HandoffState.CONTACTED else None
    if last and (last.channel, last.note, last.outcome, last.next_at) == said and now - last.at < REPEAT_WINDOW:
        return []
    accepted = _accepted(handoff, now)
    _check_outcome(outcome, [*handoff.clocks, *(clock for event in accepted for clock in event.clocks)])
    _check_next(next_at, outcome, handoff, now)
    logged = ContactLogged(
        handoff_id=handoff_id,
        assignment=handoff.assignment,
        channel=channel,
        note=note,
        outcome=outcome,
        next_at=next_at,
        attempt=(handoff.attempts or int(handoff.contact is not None)) + 1,
        clocks=start_next_clocks(handoff.terms, next_at, now, handoff_id),
    )
    return [*accepted, logged]


def agree_next(lead: Lead, handoff_id: str, next_at: datetime, by: Staff, now: datetime) -> list[Event]:
    """Notes when the owner and the lead speak next: no contact is logged, and what sales does next is due then.

    It counts from the last contact: a time can be moved as often as needed, but no further than from there.

    Raises:
        HandoffRefused: it is not open, or belongs to another rep.
        WrongField: the first contact is still to come, the time is past or too far ahead, or something is overdue.
    """
    handoff = owned_handoff(lead, handoff_id, by)
    at, last = in_utc(_in_utc(next_at, handoff) or next_at), handoff.contact
    if handoff.state is not HandoffState.CONTACTED or last is None:
        raise WrongField("next_at", "goes with a contact, as long as nobody has reached out")
    if last.next_at == at:
        return []
    _check_next(at, last.outcome, handoff, now, since=last.at)
    if any(_is_late(clock, now) for clock in handoff.clocks):
        raise WrongField("next_at", "cannot put off what is overdue: log what you did, with the time")
    started = start_next_clocks(handoff.terms, at, now, handoff_id)
    clocks = tuple(clock for clock in started if clock.stops_when == "acted")
    return [
        ClocksMoved(handoff_id=handoff_id, assignment=handoff.assignment, clocks=clocks, due_at=at, next_at=at),
    ]


def _is_late(clock: Clock, now: datetime) -> bool:
    return clock.stops_when == "acted" and clock.stopped_at is None and clock.late_after < now


def _in_utc(next_at: datetime | None, handoff: Handoff) -> datetime | None:
    if next_at is None or next_at.tzinfo:
        return next_at and in_utc(next_at)
    from zoneinfo import ZoneInfo  # only a time from a page has no zone  # noqa: PLC0415

    return in_utc(next_at.replace(tzinfo=ZoneInfo(handoff.time_zone)))


def _check_outcome(outcome: str | None, clocks: list[Clock]) -> None:
    waiting = next((clock for clock in clocks if not clock.stopped_at and awaited_outcomes(clock)), None)
    if waiting and outcome is None:
        awaited = waiting.stops_when.replace("_", " ")
        raise WrongField(
            "outcome", f"must be one of {', '.join(OUTCOMES)}, because `{waiting.name}` is agreed until {awaited}"
        )


def _check_next(
    next_at: datetime | None, outcome: str | None, handoff: Handoff, now: datetime, since: datetime | None = None
) -> None:
    """Refuses a next time that is past or too far ahead; who was not reached has agreed to none after the usual one.

    What is too far counts from the contact: now, or the moment `since` which it was.
    """
    agreed, contact = handoff.terms.agreed_times, since or now
    from_it = "from the last contact" if since else "from now"
    if next_at is None:
        return
    if next_at <= now or not agreed.reaches(next_at, contact):
        raise WrongField("next_at", f"must be later than now, and at most {agreed.at_most} {from_it}, as agreed")
    started = start_clocks(handoff.terms, "contacted", contact, handoff.handoff_id)
    usual = [clock for clock in started if clock.stops_when == "acted"]
    first = min(usual, key=lambda clock: clock.due_at, default=None)
    if first and outcome not in (None, "reached") and next_at > first.due_at:
        raise WrongField(
            "next_at",
            f"must be at most {first.within} {from_it}, as agreed for `{first.name}`: the lead was not reached",
        )
