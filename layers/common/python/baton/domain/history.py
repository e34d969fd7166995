"""Folds events into the lead they made."""

from datetime import timedelta

from baton.agreement.model import Act, Destination
from baton.domain import events as e
from baton.domain import particulars
from baton.domain.accounts import AccountMatch
from baton.domain.handoff import Clock, Contact, Deadline, Handoff, HandoffState, tries
from baton.domain.lead import Activity, Channel, Held, Lead, Request, Stage, Status
from baton.domain.model import Instant

RECENT = 20
TIME_TO_NOTICE = timedelta(minutes=10)

_RETURNED_TO = {
    Destination.PARK: Status.PARKED,
    Destination.DISQUALIFY: Status.DISQUALIFIED,
    Destination.NURTURE: Status.NURTURING,
}


def fold(history: list[e.Recorded]) -> Lead | None:
    """The lead that a whole history, in order, has made."""
    lead = None
    for recorded in history:
        lead = evolve(lead, recorded)
    return lead


def evolve(lead: Lead | None, recorded: e.Recorded) -> Lead:
    """The lead after one more event."""
    if isinstance(recorded.event, e.LeadCaptured):
        return _captured(recorded, recorded.event)
    if lead is None:
        raise ValueError(f"a history begins with LeadCaptured, not with {recorded.event.type}")
    changes = _changes(lead, recorded)
    status = changes.get("status", lead.status)
    if status is not lead.status:
        changes["status_since"] = recorded.at
    return lead.model_copy(update={**changes, "version": lead.version + 1, "updated_at": recorded.at})


def _captured(recorded: e.Recorded, event: e.LeadCaptured) -> Lead:
    return Lead(
        lead_id=recorded.lead_id,
        email=event.email,
        status=Status.SPAM if event.spam else Status.NURTURING,
        status_since=recorded.at,
        channel=event.channel,
        source=event.source,
        campaign=event.campaign,
        agreement_version=event.agreement_version,
        version=1,
        created_at=recorded.at,
        updated_at=recorded.at,
    )


def _changes(lead: Lead, recorded: e.Recorded) -> dict[str, object]:
    match recorded.event:
        case e.SignalRecorded() as event:
            return _signal(lead, event, recorded)
        case e.LeadUpdated() | e.LeadQualified() | e.TargetAccountEngaged() as event:
            return _learned(lead, event, recorded)
        case e.HandoffOffered() as event:
            return _offered(lead, event, recorded)
        case e.ReviewRequested() | e.LeadParked() | e.LeadDisqualified() as event:
            return _with_marketing(lead, event, recorded)
        case e.LeadHeldBack() | e.LeadReleased() | e.LookScheduled() as event:
            return _waiting(event, recorded)
        case event:
            return _handoff_changes(lead, event, recorded)


def _learned(
    lead: Lead, event: e.LeadUpdated | e.LeadQualified | e.TargetAccountEngaged, recorded: e.Recorded
) -> dict[str, object]:
    """What staff put down, or what was found out under the agreement."""
    match event:
        case e.LeadUpdated():
            account = {"account": event.account} if event.account or "account" in event.cleared else {}
            return {**particulars.from_staff(lead, event, recorded), **account}
        case e.LeadQualified():
            return {"stage": event.stage, "agreement_version": event.agreement_version}
        case _:
            match = AccountMatch.model_validate({"domain": event.account, "matched_by": event.matched_by})
            return {"account": match, "engaged_at": recorded.at}


def _with_marketing(
    lead: Lead, event: e.ReviewRequested | e.LeadParked | e.LeadDisqualified, recorded: e.Recorded
) -> dict[str, object]:
    match event:
        case e.ReviewRequested():
            waits = {} if lead.held else {"look_at": None, "timer": None}
            return {"status": Status.IN_REVIEW, "review_on": None, **waits}
        case e.LeadParked():
            return {"status": Status.PARKED, "review_on": event.due_at, "timer": recorded.event_id}
        case _:
            return {"status": Status.DISQUALIFIED}


def _waiting(event: e.LeadHeldBack | e.LeadReleased | e.LookScheduled, recorded: e.Recorded) -> dict[str, object]:
    """Nobody in sales has the lead; it is looked at again when the time comes."""
    if isinstance(event, e.LeadReleased):
        return {"held": None}
    changes: dict[str, object] = {"look_at": event.due_at, "timer": recorded.event_id}
    if isinstance(event, e.LeadHeldBack):
        changes["held"] = Held(
            by=recorded.by, at=recorded.at, reason=event.reason, until=event.due_at, verdict=event.verdict
        )
    return changes


def _signal(lead: Lead, event: e.SignalRecorded, recorded: e.Recorded) -> dict[str, object]:
    if event.spam:
        return {}
    at = event.occurred_at or recorded.at
    changes = particulars.from_signal(lead, event, recorded)
    changes["recent"] = _remembered(lead.recent, Activity(at=at, kind=event.kind, content=event.content))
    if event.channel is Channel.INBOUND and not (lead.last_inbound_at and lead.last_inbound_at > at):
        changes["last_inbound_at"] = at
    if lead.status is Status.SPAM:
        changes["status"] = Status.NURTURING
    if event.asks_for_a_person:
        message = event.message or (lead.request.message if lead.request else None)
        form = event.form or event.source
        changes["request"] = Request(at=at, form=form, kind=event.kind, message=message, profile=event.profile)
    return changes


def _remembered(recent: tuple[Activity, ...], activity: Activity) -> tuple[Activity, ...]:
    """The last activities in the order of their time; one that arrives late takes its place."""
    if recent and recent[-1].at > activity.at:
        return tuple(sorted((*recent, activity), key=lambda each: each.at))[-RECENT:]
    return (*recent, activity)[-RECENT:]


def _offered(lead: Lead, event: e.HandoffOffered, recorded: e.Recorded) -> dict[str, object]:
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


def _handoff_changes(lead: Lead, event: e.Happened, recorded: e.Recorded) -> dict[str, object]:
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
