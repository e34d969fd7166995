"""Folds what happens while sales has a lead: its handoff, the handoff's clocks, and what the lead is afterwards."""

from datetime import timedelta

from baton.agreement.model import Act, Destination
from baton.domain import events as e
from baton.domain.handoff import Clock, Contact, Deadline, Handoff, HandoffState, tries
from baton.domain.lead import Lead, Request, Stage, Status
from baton.domain.model import Instant

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
    )
    return {
        "handoff": handoff,
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
        case e.HandoffReminded():
            return _with(handoff, clocks=_acted(handoff.clocks, event.clock, event.deadline))
        case e.HandoffEscalated():
            clocks = _acted(handoff.clocks, event.clock, event.deadline)
            return _with(handoff, clocks=_tried_again(clocks, event.clock, event.again_at))
        case e.HandoffReassigned():
            return {**_reassigned(handoff, event, recorded), "request": _answered(lead.request)}
        case e.HandoffAccepted():
            clocks = _stopped(handoff.clocks, "accepted", recorded.at)
            return {**_with(handoff, state=HandoffState.ACCEPTED, clocks=clocks), "request": _answered(lead.request)}
        case e.ContactLogged():
            contact = Contact(at=recorded.at, channel=event.channel, note=event.note)
            clocks = _stopped(handoff.clocks, "contacted", recorded.at)
            changes = _with(handoff, state=HandoffState.CONTACTED, clocks=clocks, contact=contact)
            return {**changes, "request": _answered(lead.request)}
        case e.HandoffReturned() | e.HandoffClosed():
            return _ended(lead, handoff, event, recorded.at)
        case _:
            raise ValueError(f"no rule for {type(event).__name__}")


def _ended(lead: Lead, handoff: Handoff, event: e.HandoffReturned | e.HandoffClosed, at: Instant) -> dict[str, object]:
    clocks = _stopped(handoff.clocks, None, at)
    ended = {"timer": None, "request": _seen(lead.request, at), "decided_at": at}
    if isinstance(event, e.HandoffClosed):
        stage = Stage.CUSTOMER if event.outcome == "won" else lead.stage
        changes = _with(handoff, state=HandoffState(event.outcome), clocks=clocks)
        return {**changes, **ended, "status": Status(event.outcome), "stage": stage}
    changes = _with(handoff, state=HandoffState.RETURNED, clocks=clocks, return_reason=event.reason)
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
    )
    return {**changes, "timer": recorded.event_id}


def _acted(clocks: tuple[Clock, ...], name: str, until: Instant) -> tuple[Clock, ...]:
    """The clock's deadlines up to `until` are over: acted on, or overtaken by the one acted on."""

    def over(clock: Clock) -> Clock:
        deadlines = (d.model_copy(update={"done": True}) if d.at <= until else d for d in clock.deadlines)
        return clock.model_copy(update={"deadlines": tuple(deadlines)})

    return tuple(over(clock) if clock.name == name else clock for clock in clocks)


def _tried_again(clocks: tuple[Clock, ...], name: str, at: Instant | None) -> tuple[Clock, ...]:
    """Nobody could take the lead: the clock gets one more attempt, and what is done makes room for it."""
    if at is None:
        return clocks
    again = Deadline(at=at, do=Act.REASSIGN, tries=tries(clocks) + 1)

    def extended(clock: Clock) -> Clock:
        to_come = (d for d in clock.deadlines if not d.done)
        return clock.model_copy(update={"deadlines": (*to_come, again)})

    return tuple(extended(clock) if clock.name == name else clock for clock in clocks)


def _stopped(clocks: tuple[Clock, ...], by: str | None, at: Instant) -> tuple[Clock, ...]:
    def stopped(clock: Clock) -> Clock:
        stops = clock.stopped_at is None and by in (None, clock.stops_when)
        return clock.model_copy(update={"stopped_at": at}) if stops else clock

    return tuple(stopped(clock) for clock in clocks)
