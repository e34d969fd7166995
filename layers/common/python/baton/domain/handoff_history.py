"""Folds what happens while sales has a lead: its handoff, the handoff's clocks, and what the lead is afterwards."""

from datetime import timedelta

from baton.agreement.clocks import Act
from baton.agreement.model import Destination
from baton.domain import events as e
from baton.domain import stints
from baton.domain.clock import Clock, Deadline
from baton.domain.handoff import Contact, Handoff, HandoffState, Rating, tries
from baton.domain.lead import Lead, Request, Stage, Status
from baton.domain.model import Instant

HANDED_OVER = "handed_over"
"""How a duty ends by itself: sales has the lead."""

TIME_TO_NOTICE = timedelta(minutes=10)

_RETURNED_TO = {
    Destination.PARK: Status.PARKED,
    Destination.DISQUALIFY: Status.DISQUALIFIED,
    Destination.NURTURE: Status.NURTURING,
}


def offered(lead: Lead, event: e.HandoffOffered, recorded: e.Recorded) -> dict[str, object]:
    """Sales has the lead; whatever else was waited for is over."""
    handoff = Handoff(
        handoff_id=event.handoff_id,
        lead_id=lead.lead_id,
        trigger=event.trigger,
        reasons=event.reasons,
        evidence=event.evidence,
        score=event.score,
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
        next_step=event.terms.next_step,
        clocks=event.clocks,
        routing=event.routing,
        terms=event.terms,
        stints=stints.begun((), event.owner, recorded.at),
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


def handoff_changes(lead: Lead, event: e.Happened, recorded: e.Recorded) -> dict[str, object]:
    """What an event changes of the lead that sales has.

    Raises:
        ValueError: it is no event of a handoff, or nothing was handed over yet.
    """
    handoff = lead.handoff
    if handoff is None:
        raise ValueError("nothing was handed over yet")
    match event:
        case e.HandoffReminded() | e.HandoffEscalated():
            clocks = _acted(handoff.clocks, event.clock, event.deadline)
            again_at = event.again_at if isinstance(event, e.HandoffEscalated) else None
            return _with(handoff, clocks=_tried_again(clocks, event.clock, again_at))
        case e.HandoffReassigned():
            return {**_reassigned(handoff, event, recorded), "request": _answered(lead.request)}
        case e.OwnerNotified():
            return _with(handoff, stints=stints.noted(handoff.stints, notified_at=recorded.at))
        case e.HandoffAccepted() | e.ContactLogged():
            return {**_taken_up(handoff, event, recorded.at), "request": _answered(lead.request)}
        case e.HandoffReturned() | e.HandoffClosed():
            return _ended(lead, handoff, event, recorded)
        case e.HandoffRated():
            rating = Rating(stars=event.stars, note=event.note, at=recorded.at, by=recorded.by)
            return _with(handoff, rating=rating)
        case _:
            raise ValueError(f"no rule for {type(event).__name__}")


def _taken_up(handoff: Handoff, event: e.HandoffAccepted | e.ContactLogged, at: Instant) -> dict[str, object]:
    """The owner did something: the clocks that wait for it stop, and others begin."""
    if isinstance(event, e.HandoffAccepted):
        clocks = _stopped(handoff.clocks, {"accepted"}, at)
        changes: dict[str, object] = {"state": HandoffState.ACCEPTED}
        done = stints.noted(handoff.stints, accepted_at=at)
    else:
        clocks = _stopped(handoff.clocks, {"contacted", "acted"}, at)
        contact = Contact(at=at, channel=event.channel, note=event.note)
        changes = {"state": HandoffState.CONTACTED, "contact": contact}
        done = stints.noted(handoff.stints, contacted_at=at)
    running, over = _begun(clocks, event.clocks)
    return _with(handoff, clocks=running, stints=stints.ran(done, over), **changes)


def _begun(clocks: tuple[Clock, ...], started: tuple[Clock, ...]) -> tuple[tuple[Clock, ...], tuple[Clock, ...]]:
    """The clocks with those that start now, and those that they take the place of."""
    names = {clock.name for clock in started}
    over = tuple(clock for clock in clocks if clock.name in names)
    return (*(clock for clock in clocks if clock.name not in names), *started), over


def _ended(
    lead: Lead, handoff: Handoff, event: e.HandoffReturned | e.HandoffClosed, recorded: e.Recorded
) -> dict[str, object]:
    at = recorded.at
    ended = {"timer": None, "request": _seen(lead.request, at), "decided_at": at}
    over = {"clocks": _stopped(handoff.clocks, None, at), "ended_at": at, "ended_by": recorded.by}
    if isinstance(event, e.HandoffClosed):
        stage = Stage.CUSTOMER if event.outcome == "won" else lead.stage
        changes = _with(
            handoff, state=HandoffState(event.outcome), outcome_reason=event.reason, amount=event.amount, **over
        )
        return {**changes, **ended, "status": Status(event.outcome), "stage": stage}
    changes = _with(handoff, state=HandoffState.RETURNED, return_reason=event.reason, return_note=event.note, **over)
    return {**changes, **ended, "status": _RETURNED_TO[event.then]}


def _answered(request: Request | None) -> Request | None:
    return request and request.model_copy(update={"answered": True})


def _seen(request: Request | None, at: Instant) -> Request | None:
    """A request that came just before a handoff ended has been seen by nobody, and is not answered by that."""
    return _answered(request) if request and at - request.at >= TIME_TO_NOTICE else request


def _with(handoff: Handoff, **changes: object) -> dict[str, object]:
    return {"handoff": handoff.model_copy(update=changes)}


def _reassigned(handoff: Handoff, event: e.HandoffReassigned, recorded: e.Recorded) -> dict[str, object]:
    changes = _with(
        handoff,
        owner=event.owner,
        state=HandoffState.OFFERED,
        assigned_at=recorded.at,
        assigned_by=recorded.by,
        assigned_because=event.reason,
        assignment=event.assignment,
        had_it=tuple(dict.fromkeys((*handoff.had_it, *([event.owner] if event.owner else [])))),
        clocks=event.clocks,
        routing=event.routing,
        stints=stints.begun(stints.ran(handoff.stints, handoff.clocks), event.owner, recorded.at),
    )
    return {**changes, "timer": recorded.event_id}


def _acted(clocks: tuple[Clock, ...], name: str, until: Instant) -> tuple[Clock, ...]:
    """The clock's deadlines up to `until` are over."""
    return tuple(clock.acted(until) if clock.name == name else clock for clock in clocks)


def _tried_again(clocks: tuple[Clock, ...], name: str, at: Instant | None) -> tuple[Clock, ...]:
    """Nobody could take the lead: the clock gets one more attempt, and what is done makes room for it."""
    if at is None:
        return clocks
    again = Deadline(at=at, do=Act.REASSIGN, tries=tries(clocks) + 1)

    def extended(clock: Clock) -> Clock:
        to_come = (d for d in clock.deadlines if not d.done)
        return clock.model_copy(update={"deadlines": (*to_come, again)})

    return tuple(extended(clock) if clock.name == name else clock for clock in clocks)


def _stopped(clocks: tuple[Clock, ...], by: set[str] | None, at: Instant) -> tuple[Clock, ...]:
    """The clocks, those stopped that wait for one of these; all of them, without any."""
    return tuple(clock.stopped(at) if by is None or clock.stops_when in by else clock for clock in clocks)
