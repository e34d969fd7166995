"""Decides who is notified of an event: the owner, the former owner, managers, marketing's team, an account's owner.

A notification is about an event, and is made for the lead as it is now: its recipient can still do what it asks for. So
none is made about a handoff that is closed or has another owner by now, nor about a clock that has stopped.
"""

from collections.abc import Sequence

from baton.agreement.terms.agreement import Agreement, ReadAgreement
from baton.domain.events.handoff_events import (
    HandoffEscalated,
    HandoffOffered,
    HandoffReassigned,
    HandoffReminded,
    RequestsTold,
)
from baton.domain.events.lead_events import LeftLeadsTold, TargetAccountEngaged
from baton.domain.events.recorded import Event, Recorded
from baton.domain.events.review_events import AnswerRequested, DutyEscalated, DutyReminded, ReviewRequested
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.leads.clock import Clock
from baton.domain.leads.duty import Duty
from baton.domain.leads.handoff import Handoff, HandoffState
from baton.domain.leads.lead import Lead
from baton.domain.notifications.notification_kinds import (
    AccountEngaged,
    Alert,
    DutyBegun,
    DutyEscalation,
    DutyReminder,
    Escalation,
    FallsBackToOperations,
    LeadsLeft,
    MoreRequests,
    News,
    NoLongerYours,
    Notification,
    Reminder,
)
from baton.domain.teams.managers import is_manager
from baton.domain.teams.roster import ReadRoster, Roster, manager_addresses, reached_by_mail


def listeners(event: Event, lead: Lead, roster: ReadRoster, agreed: ReadAgreement) -> list[str]:
    """Returns the addresses on the teams that an event concerns, as far as mail reaches them.

    A late handoff or duty concerns its team's managers, a duty that is due soon marketing's whole team, one that has
    begun those who do the work. Of a target account's visit any rep may be the owner, so all teams are listed. Other
    events concern no team: `[]`.
    """
    match event:
        case HandoffEscalated() if lead.handoff:
            return _managers_of(lead.handoff.team, roster, agreed().agreement)
        case DutyEscalated() if lead.duty:
            return manager_addresses(roster(lead.duty.team))
        case ReviewRequested() | AnswerRequested() if lead.duty:
            return _workers(roster(lead.duty.team))
        case DutyReminded() if lead.duty:
            return reached_by_mail(roster(lead.duty.team))
        case TargetAccountEngaged() | LeftLeadsTold():
            return [email for team in agreed().agreement.teams for email in reached_by_mail(roster(team))]
        case _:
            return []


def _managers_of(team: str, roster: ReadRoster, agreement: Agreement) -> list[str]:
    """Returns a team's managers; if the agreement dropped the team and it has none left, those of all sales teams."""
    own = manager_addresses(roster(team))
    if own or team in agreement.rosters:
        return own
    return sorted({email for other in agreement.teams for email in manager_addresses(roster(other))})


def _workers(roster: Roster) -> list[str]:
    """Returns the people of a team who are no managers; its managers if mail reaches nobody else."""
    return reached_by_mail(person for person in roster if not is_manager(person)) or manager_addresses(roster)


def notifications(recorded: Recorded, lead: Lead, listening: Sequence[str] = ()) -> list[Notification]:
    """Returns the notifications of an event for the lead as it is now; most events have none.

    The new owner of a lead is alerted unless they reached out already. The former owner hears that it is no longer
    theirs, unless they passed it on themselves or have it again. An owner is reminded, and managers hear of a late
    lead, while the clock in question runs. News of a lead goes to its present owner. The owner of a target account
    hears of its visitors, unless the lead is theirs by now. Marketing hears that a duty has begun, and is reminded of
    it, as long as it is open; not that it has begun for a lead by forms beyond those that its account's owner is told.

    `listening` are the event's `listeners`; escalations and duties go to all of them.
    """
    everyone = tuple(listening)
    found: list[Notification]
    match recorded.event:
        case HandoffOffered():
            found = _alert(recorded, lead, None)
        case HandoffReassigned() as event:
            found = [*_alert(recorded, lead, event), *_no_longer_yours(recorded.by, event, lead)]
        case HandoffReminded() as event:
            found = _reminder(event, lead)
        case HandoffEscalated() as event:
            found = _escalation(event, lead, everyone)
        case SignalRecorded(tells_owner=True) as event:
            found = _news(event, lead)
        case RequestsTold() as event:
            handoff = _still_open(lead, event.handoff_id, event.assignment)
            found = [MoreRequests((handoff.owner,), handoff, event)] if handoff and handoff.owner else []
        case LeftLeadsTold(owner=str(owner)) as event:
            found = [LeadsLeft((owner,), event)]
        case TargetAccountEngaged(tells_owner=True) as event:
            found = _account_engaged(event, lead)
        case ReviewRequested(duty_id=str(duty_id)) | AnswerRequested(duty_id=str(duty_id)) if not lead.left_to_review:
            found = [DutyBegun(_others(everyone, recorded.by), duty) for duty in _open_duty(lead, duty_id)]
        case DutyReminded() as event:
            found = [DutyReminder(everyone, duty) for duty in _open_duty(lead, event.duty_id)]
        case DutyEscalated() as event:
            found = [DutyEscalation(everyone, duty) for duty in _open_duty(lead, event.duty_id)]
        case _:
            found = []
    return found


def unreached(recorded: Recorded, lead: Lead, listening: Sequence[str]) -> FallsBackToOperations | None:
    """Returns the notification that goes to operations because mail reaches none of its recipients."""
    for notification in notifications(recorded, lead, listening):
        if isinstance(notification, FallsBackToOperations) and not set(notification.to) & set(listening):
            return notification
    return None


def alerted(recorded: Recorded, lead: Lead) -> Handoff | None:
    """Returns the handoff if the event alerts its owner; None if it alerts nobody, or the owner reached out already."""
    match recorded.event:
        case HandoffOffered() as event:
            handoff = _still_open(lead, event.handoff_id, 1)
        case HandoffReassigned() as event:
            handoff = _still_open(lead, event.handoff_id, event.assignment)
        case _:
            return None
    return handoff if handoff and handoff.owner and handoff.state is not HandoffState.CONTACTED else None


def _alert(recorded: Recorded, lead: Lead, passed_on: HandoffReassigned | None) -> list[Notification]:
    handoff = alerted(recorded, lead)
    return [Alert((handoff.owner,), handoff, passed_on)] if handoff and handoff.owner else []


def _no_longer_yours(by: str, event: HandoffReassigned, lead: Lead) -> list[Notification]:
    former = event.previous_owner
    owner_now = lead.handoff.owner if lead.handoff and lead.handoff.is_open else None
    return [] if former is None or former in (by, event.owner, owner_now) else [NoLongerYours((former,), event)]


def _reminder(event: HandoffReminded, lead: Lead) -> list[Notification]:
    handoff = _still_open(lead, event.handoff_id, event.assignment)
    clock = _running(handoff, event.clock)
    return [Reminder((handoff.owner,), handoff, clock)] if handoff and handoff.owner and clock else []


def _escalation(event: HandoffEscalated, lead: Lead, to: tuple[str, ...]) -> list[Notification]:
    handoff = _still_open(lead, event.handoff_id, event.assignment)
    clock = _running(handoff, event.clock)
    return [Escalation(to, handoff, event, clock)] if handoff and clock else []


def _news(event: SignalRecorded, lead: Lead) -> list[Notification]:
    handoff = lead.handoff
    return [News((handoff.owner,), handoff, event)] if handoff and handoff.owner and handoff.is_open else []


def _account_engaged(event: TargetAccountEngaged, lead: Lead) -> list[Notification]:
    owner = event.owner
    owns_lead = lead.handoff is not None and lead.handoff.is_open and lead.handoff.owner == owner
    return [AccountEngaged((owner,), event)] if owner and not owns_lead else []


def _others(people: tuple[str, ...], by: str) -> tuple[str, ...]:
    return tuple(each for each in people if each != by)


def _open_duty(lead: Lead, duty_id: str) -> list[Duty]:
    duty = lead.duty
    return [duty] if duty and duty.duty_id == duty_id and duty.is_open else []


def _still_open(lead: Lead, handoff_id: str, assignment: int) -> Handoff | None:
    """Returns the handoff if it is still open and in the same assignment."""
    handoff = lead.handoff
    if handoff is None or (handoff.handoff_id, handoff.assignment) != (handoff_id, assignment):
        return None
    return handoff if handoff.is_open else None


def _running(handoff: Handoff | None, name: str) -> Clock | None:
    clocks = handoff.clocks if handoff else ()
    return next((clock for clock in clocks if clock.name == name and clock.stopped_at is None), None)
