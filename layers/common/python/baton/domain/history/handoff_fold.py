"""Folds the events of a handoff into a lead: the handoff, its clocks, its owners, and the lead's status."""

from datetime import timedelta

from baton.domain.basics.facts import Instant
from baton.domain.events.handoff_events import (
    ClocksMoved,
    ContactLogged,
    HandoffAccepted,
    HandoffClosed,
    HandoffConfirmed,
    HandoffEscalated,
    HandoffOffered,
    HandoffRated,
    HandoffReassigned,
    HandoffReminded,
    HandoffReturned,
    OwnerNotified,
    RequestsTold,
    ReturnDestination,
)
from baton.domain.events.happened import Happened
from baton.domain.events.recorded import Recorded
from baton.domain.leads import handoff_clocks, ownership
from baton.domain.leads.clock import Clock
from baton.domain.leads.handoff import Contact, Handoff, HandoffState, Rating
from baton.domain.leads.lead import Lead, Request
from baton.domain.leads.stage_and_status import Stage, Status
from baton.domain.meetings.meeting import next_meeting

HANDED_OVER = "handed_over"
"""The verdict of a duty that ended because sales got the lead."""

TIME_TO_NOTICE = timedelta(minutes=10)
"""A request less than this before a handoff ended stays unanswered: sales cannot have seen it."""


def offer_changes(lead: Lead, event: HandoffOffered, recorded: Recorded) -> dict[str, object]:
    """Returns the changed fields of a lead after its offer to sales: the new handoff, and the ends of other waits."""
    handoff = Handoff(
        handoff_id=event.handoff_id,
        lead_id=lead.lead_id,
        trigger=event.trigger,
        reasons=event.reasons,
        evidence=event.evidence,
        score=event.score,
        full_score=event.full_score,
        verdict=event.verdict,
        persona=event.persona,
        source=lead.source,
        campaign=lead.campaign,
        channel=lead.channel.value,
        agreement_version=event.agreement_version,
        owner=event.owner,
        team=event.team,
        offered_at=recorded.at,
        assigned_at=recorded.at,
        had_it=(event.owner,) if event.owner else (),
        territory=event.routing.territory,
        company_key=event.company_key,
        next_step=event.terms.next_step,
        clocks=event.clocks,
        routing=event.routing,
        terms=event.terms,
        stints=ownership.start_period((), event.owner, recorded.at),
        meeting_at=meeting.starts_at if (meeting := next_meeting(lead.meetings, recorded.at)) else None,
        by_form=event.by_form,
        form_account=event.form_account,
        spares_capacity=event.spares_capacity,
        probability=event.probability,
    )
    return {
        "handoff": handoff,
        "duty": lead.duty and lead.duty.closed(HANDED_OVER, recorded.by, recorded.at),
        "status": Status.WITH_SALES,
        "review_on": None,
        "look_at": None,
        "held": None,
        "timer": recorded.event_id,
        "request": _answered(lead.request),
        "agreement_version": event.agreement_version,
    }


def handoff_changes(lead: Lead, event: Happened, recorded: Recorded) -> dict[str, object]:
    """Returns the changed fields of a lead after an event of its handoff.

    Raises:
        ValueError: the event is none of a handoff, or the lead has no handoff.
    """
    handoff = lead.handoff
    if handoff is None:
        raise ValueError("nothing was handed over yet")
    match event:
        case ClocksMoved() | HandoffReminded() | HandoffEscalated():
            return _with(handoff, **_clocks_after(handoff, event))
        case HandoffReassigned():
            return {**_reassigned(handoff, event, recorded), "request": _answered(lead.request)}
        case RequestsTold() | OwnerNotified() | HandoffConfirmed():
            return _with(handoff, **_known(handoff, event, recorded.at))
        case HandoffAccepted() | ContactLogged():
            return {**_owner_acted(handoff, event, recorded.at), "request": _answered(lead.request)}
        case HandoffReturned() | HandoffClosed():
            return _ended(lead, handoff, event, recorded)
        case HandoffRated():
            rating = Rating(stars=event.stars, note=event.note, at=recorded.at, by=recorded.by)
            return _with(handoff, rating=rating)
        case _:
            raise ValueError(f"no rule for {type(event).__name__}")


def _known(handoff: Handoff, event: RequestsTold | OwnerNotified | HandoffConfirmed, at: Instant) -> dict[str, object]:
    if isinstance(event, HandoffConfirmed):
        return {"spares_capacity": False, "form_account": None}
    if isinstance(event, RequestsTold):
        return {"news": ownership.all_told(at)}
    return {"stints": ownership.record_first(handoff.stints, notified_at=at)}


def _clocks_after(handoff: Handoff, event: ClocksMoved | HandoffReminded | HandoffEscalated) -> dict[str, object]:
    """Returns what changes after a meeting or its owner moved the clocks, or after Baton acted at a deadline."""
    if isinstance(event, ClocksMoved):
        if event.next_at and handoff.contact:
            return _next_talk(handoff, handoff.contact, event.clocks, event.next_at)
        return {"clocks": handoff_clocks.replace(handoff.clocks, event.clocks)}
    clocks = handoff_clocks.mark_acted(handoff.clocks, event.clock, event.deadline)
    again_at = event.again_at if isinstance(event, HandoffEscalated) else None
    return {"clocks": handoff_clocks.add_retry(clocks, event.clock, again_at)}


def _next_talk(handoff: Handoff, last: Contact, moved: tuple[Clock, ...], at: Instant) -> dict[str, object]:
    """Notes in the last contact the time that its owner has said since; a clock that had stopped begins anew."""
    names = {clock.name for clock in moved}
    over = tuple(clock for clock in handoff.clocks if clock.stopped_at and clock.name in names)
    clocks = handoff_clocks.replace(tuple(clock for clock in handoff.clocks if clock not in over), moved)
    contact, stints = last.model_copy(update={"next_at": at}), ownership.add_runs(handoff.stints, over)
    return {"clocks": clocks, "contact": contact, "stints": stints}


def _owner_acted(handoff: Handoff, event: HandoffAccepted | ContactLogged, at: Instant) -> dict[str, object]:
    """Stops the clocks that wait for the owner's act, acceptance or contact, and starts those that follow it."""
    if isinstance(event, HandoffAccepted):
        clocks = handoff_clocks.stop(handoff.clocks, at, by={"accepted"})
        changes: dict[str, object] = {"state": HandoffState.ACCEPTED}
        done = ownership.record_first(handoff.stints, accepted_at=at)
    else:
        clocks = handoff_clocks.stop(handoff.clocks, at, by={"contacted", "acted", event.outcome or "contacted"})
        contact = Contact(at=at, channel=event.channel, note=event.note, outcome=event.outcome, next_at=event.next_at)
        changes = {"state": HandoffState.CONTACTED, "contact": contact, **_counted(handoff, event)}
        done = ownership.record_first(handoff.stints, contacted_at=at)
    clocks, over = handoff_clocks.start(clocks, event.clocks, at)
    return _with(handoff, clocks=clocks, stints=ownership.add_runs(done, over), **changes)


def _counted(handoff: Handoff, event: ContactLogged) -> dict[str, object]:
    """Returns the counts of contacts after one more; of one from before they were counted no outcome is known."""
    if event.attempt is None:
        return {}
    unanswered = handoff.unanswered if handoff.attempts else event.attempt - 1
    if event.outcome != "reached":
        return {"attempts": event.attempt, "unanswered": unanswered + 1}
    reached_after = handoff.reached_after or event.attempt
    return {"attempts": event.attempt, "unanswered": unanswered, "reached_after": reached_after}


def _ended(
    lead: Lead, handoff: Handoff, event: HandoffReturned | HandoffClosed, recorded: Recorded
) -> dict[str, object]:
    at = recorded.at
    ended = {"timer": None, "request": _answered_if_seen(lead.request, handoff, at), "decided_at": at}
    over = {"clocks": handoff_clocks.stop(handoff.clocks, at), "ended_at": at, "ended_by": recorded.by}
    if isinstance(event, HandoffClosed):
        stage = Stage.CUSTOMER if event.outcome == "won" else lead.stage
        deal = {"amount": event.amount, "worth": event.worth, "currency": event.currency}
        changes = _with(handoff, state=HandoffState(event.outcome), outcome_reason=event.reason, **deal, **over)
        return {**changes, **ended, "status": Status(event.outcome), "stage": stage}
    changes = _with(handoff, state=HandoffState.RETURNED, return_reason=event.reason, return_note=event.note, **over)
    return {**changes, **ended, "status": _returned_to(event.then)}


def _returned_to(then: ReturnDestination) -> Status:
    match then:
        case ReturnDestination.PARK:
            return Status.PARKED
        case ReturnDestination.DISQUALIFY:
            return Status.DISQUALIFIED
        case ReturnDestination.NURTURE:
            return Status.NURTURING
        case ReturnDestination.NEXT_REP:
            raise ValueError("sales keeps a lead that goes to the next rep: it is reassigned, not returned")


def _answered(request: Request | None) -> Request | None:
    return request and request.model_copy(update={"answered": True})


def _answered_if_seen(request: Request | None, handoff: Handoff, at: Instant) -> Request | None:
    """Marks a request as answered, unless sales cannot have seen it: it came too short before the handoff ended, or its
    owner had not heard of it yet, and has not reached out since.
    """
    if request is None:
        return None
    came = request.arrived_at or request.at
    reached_out = handoff.contact is not None and handoff.contact.at >= came
    unheard = handoff.news is not None and handoff.news.waiting > 0 and not reached_out
    if unheard:
        return request.model_copy(update={"answered": False})
    return _answered(request) if at - came >= TIME_TO_NOTICE else request


def _with(handoff: Handoff, **changes: object) -> dict[str, object]:
    return {"handoff": handoff.model_copy(update=changes)}


def _reassigned(handoff: Handoff, event: HandoffReassigned, recorded: Recorded) -> dict[str, object]:
    waits_on = bool(event.former_team) and handoff.owner is None and event.owner is None
    changes = _with(
        handoff,
        **_new_team(event),
        owner=event.owner,
        state=HandoffState.OFFERED,
        assigned_at=handoff.assigned_at if waits_on else recorded.at,
        assigned_by=recorded.by,
        assigned_because=event.reason,
        assignment=event.assignment,
        had_it=tuple(dict.fromkeys((*handoff.had_it, *([event.owner] if event.owner else [])))),
        clocks=event.clocks,
        routing=event.routing,
        news=None,
        stints=ownership.start_period(
            ownership.add_runs(handoff.stints, handoff.clocks), event.owner, recorded.at, event.returned_for
        ),
    )
    return {**changes, "timer": recorded.event_id}


def _new_team(event: HandoffReassigned) -> dict[str, object]:
    """Returns the changed fields of a handoff that went to another team: its terms, and the team's territory."""
    if event.terms is None:
        return {}
    terms, territory = event.terms, event.routing.territory
    return {"team": terms.team, "territory": territory, "terms": terms, "next_step": terms.next_step}
