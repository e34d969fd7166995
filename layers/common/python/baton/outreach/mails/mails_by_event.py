"""Which mails an event causes.

A mail is about what happened, and is written for now: whoever reads it can still do what it asks. So nothing is sent
about a handoff that is closed or in other hands by now, and nobody is reminded of a clock that has stopped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from baton.domain.events.handoff_events import HandoffEscalated, HandoffOffered, HandoffReassigned, HandoffReminded
from baton.domain.events.lead_events import TargetAccountEngaged
from baton.domain.events.recorded import Recorded
from baton.domain.events.review_events import DutyEscalated, DutyReminded
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.leads.clock import Clock
from baton.domain.leads.duty import Duty
from baton.domain.leads.handoff import Handoff, HandoffState
from baton.domain.leads.lead import Lead
from baton.domain.scoring.scorecard import Scorecard
from baton.domain.teams.reps import Subscription
from baton.domain.teams.roster import Roster
from baton.outreach.links.handoff_links import Links
from baton.outreach.mails import account_mails, duty_mails, handoff_mails, overdue_mails

_REACHED = frozenset({Subscription.CONFIRMED, Subscription.UNPROTECTED})

ScorecardLookup = Callable[[], Scorecard | None]
"""The agreed rules, for the mails that need them."""


def _not_at_hand() -> Scorecard | None:
    return None


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail: to whom, a subject that SNS takes, and plain text."""

    to: tuple[str, ...]
    subject: str
    text: str


def compose(
    recorded: Recorded,
    lead: Lead,
    to_tell: Sequence[str],
    links: Links,
    now: datetime,
    agreed: ScorecardLookup = _not_at_hand,
) -> list[Mail]:
    """The mails that an event causes, for the lead as it is now; most events cause none.

    Whoever gets the lead, first or from somebody else, is alerted unless they reached out already. Whoever had it
    before is told, without personal data, unless they passed it on themselves or have it again. The owner is
    reminded, and the managers told of a late lead or one that nobody has, while the clock in question runs. News of
    a lead goes to whoever has it now. A lead that nobody has alerts nobody: the escalation tells the managers. The
    owner of a target account hears of whoever came from there, unless the lead is theirs by now. Marketing is told of
    what it owes a lead as long as it does.

    `to_tell` are the managers, where something is late; for a reminder of marketing's, everybody on its team.
    """
    match recorded.event:
        case HandoffOffered():
            mails = _alert(alerted(recorded, lead), lead, None, links, now, agreed)
        case HandoffReassigned() as event:
            mails = [
                *_alert(alerted(recorded, lead), lead, event, links, now, agreed),
                *_told(recorded.by, event, lead),
            ]
        case HandoffReminded() as event:
            mails = _reminded(event, lead, links, now)
        case HandoffEscalated() as event:
            mails = _escalated(event, lead, to_tell, now)
        case SignalRecorded(tells_owner=True) as event:
            mails = _news(event, lead, recorded.at, now)
        case TargetAccountEngaged(tells_owner=True) as event:
            mails = _engaged(event, lead, recorded.at)
        case DutyReminded() | DutyEscalated() as event:
            mails = _owed(event, lead, to_tell, now, agreed)
        case _:
            mails = []
    return mails


def alerted(recorded: Recorded, lead: Lead) -> Handoff | None:
    """The handoff whose owner the event alerts, unless they reached out already; None if it alerts nobody."""
    match recorded.event:
        case HandoffOffered() as event:
            handoff = _held(lead, event.handoff_id, 1)
        case HandoffReassigned() as event:
            handoff = _held(lead, event.handoff_id, event.assignment)
        case _:
            return None
    return handoff if handoff and handoff.owner and handoff.state is not HandoffState.CONTACTED else None


def unheard(recorded: Recorded, lead: Lead, reached: Sequence[str]) -> handoff_mails.Letter | None:
    """Subject and text for operations, without personal data, when nobody gets the mail that an event calls for.

    `reached` are the managers, for an escalation that holds; for an alert to an account's owner, whoever gets mail; for
    a reminder of marketing's, its team.
    """
    match recorded.event:
        case HandoffEscalated() as event if not reached:
            handoff = _held(lead, event.handoff_id, event.assignment)
            return overdue_mails.unheard(handoff) if handoff and _running(handoff, event.clock) else None
        case TargetAccountEngaged(tells_owner=True) as event if event.owner and event.owner not in reached:
            return None if _theirs(lead, event.owner) else account_mails.unheard(lead, event)
        case DutyReminded() | DutyEscalated() as event if not reached:
            duty = _duty(lead, event.duty_id)
            return duty_mails.unheard(lead, duty, late=isinstance(event, DutyEscalated)) if duty else None
        case _:
            return None


def whom_mail_reaches(roster: Roster) -> list[str]:
    """The addresses on a roster that mail reaches."""
    return sorted(rep.email for rep in roster if rep.subscription in _REACHED)


def _alert(
    handoff: Handoff | None,
    lead: Lead,
    passed_on: HandoffReassigned | None,
    links: Links,
    now: datetime,
    agreed: ScorecardLookup,
) -> list[Mail]:
    if handoff is None or handoff.owner is None:
        return []
    return [Mail((handoff.owner,), *handoff_mails.alert(lead, handoff, passed_on, links, now, agreed()))]


def _told(by: str, event: HandoffReassigned, lead: Lead) -> list[Mail]:
    before = event.previous_owner
    owner_now = lead.handoff.owner if lead.handoff and lead.handoff.is_open else None
    if before is None or before in (by, event.owner, owner_now):
        return []
    return [Mail((before,), *handoff_mails.no_longer_yours(lead, event))]


def _reminded(event: HandoffReminded, lead: Lead, links: Links, now: datetime) -> list[Mail]:
    handoff = _held(lead, event.handoff_id, event.assignment)
    clock = _running(handoff, event.clock)
    if handoff is None or handoff.owner is None or clock is None:
        return []
    return [Mail((handoff.owner,), *handoff_mails.reminder(lead, handoff, clock, links, now))]


def _escalated(event: HandoffEscalated, lead: Lead, managers: Sequence[str], now: datetime) -> list[Mail]:
    handoff = _held(lead, event.handoff_id, event.assignment)
    clock = _running(handoff, event.clock)
    if handoff is None or clock is None or not managers:
        return []
    return [Mail(tuple(managers), *overdue_mails.escalation(lead, handoff, event, clock, now))]


def _news(event: SignalRecorded, lead: Lead, at: datetime, now: datetime) -> list[Mail]:
    handoff = lead.handoff
    if handoff is None or handoff.owner is None or not handoff.is_open:
        return []
    return [Mail((handoff.owner,), *handoff_mails.news(lead, handoff, event, at, now))]


def _engaged(event: TargetAccountEngaged, lead: Lead, at: datetime) -> list[Mail]:
    if event.owner is None or _theirs(lead, event.owner):
        return []
    return [Mail((event.owner,), *account_mails.engaged(lead, event, at))]


def _owed(
    event: DutyReminded | DutyEscalated, lead: Lead, to_tell: Sequence[str], now: datetime, agreed: ScorecardLookup
) -> list[Mail]:
    duty = _duty(lead, event.duty_id)
    if duty is None or not to_tell:
        return []
    write = duty_mails.reminder if isinstance(event, DutyReminded) else duty_mails.escalation
    return [Mail(tuple(to_tell), *write(lead, duty, now, agreed()))]


def _duty(lead: Lead, duty_id: str) -> Duty | None:
    """What marketing owes the lead, if it still does."""
    duty = lead.duty
    return duty if duty and duty.duty_id == duty_id and duty.is_open else None


def _theirs(lead: Lead, owner: str) -> bool:
    """Whether somebody in sales has the lead now."""
    return lead.handoff is not None and lead.handoff.is_open and lead.handoff.owner == owner


def _held(lead: Lead, handoff_id: str, assignment: int) -> Handoff | None:
    """The handoff, if it is still open and in the same hands."""
    handoff = lead.handoff
    if handoff is None or (handoff.handoff_id, handoff.assignment) != (handoff_id, assignment):
        return None
    return handoff if handoff.is_open else None


def _running(handoff: Handoff | None, name: str) -> Clock | None:
    clocks = handoff.clocks if handoff else ()
    return next((clock for clock in clocks if clock.name == name and clock.stopped_at is None), None)
