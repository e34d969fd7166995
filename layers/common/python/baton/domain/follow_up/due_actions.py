"""Acts when a deadline comes: reminds, escalates or reassigns, as the lead stands by then.

A timer that fires twice or late does nothing more, because a deadline that was acted on is marked in the lead.
"""

from collections.abc import Callable
from datetime import datetime

from baton.agreement.terms.agreement import ReadAgreement
from baton.domain.accounts.account import Account
from baton.domain.events.handoff_events import HandoffEscalated, HandoffReassigned, HandoffReminded, RequestsTold
from baton.domain.events.lead_events import LeftLeadsTold
from baton.domain.events.recorded import Event
from baton.domain.events.review_events import DutyEscalated, DutyReminded
from baton.domain.handoffs.reassignment import reassign_overdue
from baton.domain.leads.clock import Clock, Deadline, combined_deadline, missed_in_words
from baton.domain.leads.handoff import Handoff, pending_deadlines, requests_due_at
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.qualification.duty_opening import request_review
from baton.domain.teams.roster import Roster
from baton.domain.terms.kept_terms import DeadlineAction

ReadAccount = Callable[[str], Account | None]
"""Gives a target account by its domain."""


def team_to_read(lead: Lead, timer: str, now: datetime) -> str | None:
    """Returns the team whose roster is needed because a handoff may have to be reassigned; None if none is."""
    if lead.timer != timer or lead.handoff is None:
        return None
    passing = any(deadline.do is DeadlineAction.REASSIGN for _, deadline in overdue(lead.handoff, now))
    return lead.handoff.team if passing else None


def act_on_overdue(
    lead: Lead,
    timer: str,
    roster: Roster,
    agreed: ReadAgreement,
    now: datetime,
    account: ReadAccount = lambda _domain: None,
) -> list[Event]:
    """Acts on all that is overdue: marketing's duty, a parked lead's date, the handoff's clocks and requests.

    `agreed` gives the agreement in force; it is called only where a new duty begins. `account` gives a target account
    by its domain; it is called only where its owner is to hear of leads that were left to marketing.
    """
    if lead.timer != timer:
        return []
    own = [*_of_duty(lead, now), *_of_date(lead, agreed, now), *_of_handoff(lead, roster, now)]
    return [*own, *_of_left_leads(lead, account, now)]


def _of_left_leads(lead: Lead, account: ReadAccount, now: datetime) -> list[Event]:
    """Tells the owner of a target account how many leads by forms were left to marketing, if that is due."""
    left = lead.left_to_review
    if left is None or left.digest_at is None or left.digest_at > now:
        return []
    known = account(left.account)
    forms = known.forms if known else None
    if known is None or forms is None or not forms.left:
        return [LeftLeadsTold(account=left.account, leads=0, asking=0, handed=0)]
    counts = {"leads": forms.left, "asking": forms.asking, "handed": forms.handed, "forms": forms.all_told(now)}
    return [LeftLeadsTold.model_validate({"account": known.domain, "name": known.name, "owner": known.owner, **counts})]


def _of_duty(lead: Lead, now: datetime) -> list[Event]:
    duty = lead.duty
    late = (
        [deadline for deadline in duty.clock.pending_deadlines if deadline.at <= now] if duty and duty.is_open else []
    )
    if duty is None or not late:
        return []
    deadline = combined_deadline(late)
    kind = DutyReminded if deadline.do is DeadlineAction.REMIND else DutyEscalated
    return [kind(duty_id=duty.duty_id, kind=duty.kind, deadline=deadline.at)]


def _of_date(lead: Lead, agreed: ReadAgreement, now: datetime) -> list[Event]:
    if lead.status is not Status.PARKED or lead.review_on is None or lead.review_on > now:
        return []
    in_force = agreed()
    return [request_review(lead, "the agreed time has passed", in_force.agreement, in_force.version, now)]


def _of_handoff(lead: Lead, roster: Roster, now: datetime) -> list[Event]:
    """Acts on the handoff's clocks in the order of their time; a reassignment ends the rest."""
    handoff, happened = lead.handoff, list[Event]()
    if handoff is None:
        return []
    for clock, deadline in overdue(handoff, now):
        event = _act(handoff, clock, deadline, roster, now)
        if isinstance(event, HandoffEscalated) and any(_tries_again(each) for each in happened):
            event = event.model_copy(update={"again_at": None})
        happened.append(event)
        if isinstance(event, HandoffReassigned):
            return happened  # the new owner hears of all requests with the lead
    return [*happened, *_of_requests(handoff, now)]


def _of_requests(handoff: Handoff, now: datetime) -> list[Event]:
    """Tells the owner, in one mail, of the requests that came too fast for a mail each."""
    news, due = handoff.news, requests_due_at(handoff)
    if news is None or due is None or due > now:
        return []
    return [
        RequestsTold(
            handoff_id=handoff.handoff_id, assignment=handoff.assignment, requests=news.waiting, since=news.since
        )
    ]


def _tries_again(event: Event) -> bool:
    return isinstance(event, HandoffEscalated) and event.again_at is not None


def overdue(handoff: Handoff, now: datetime) -> list[tuple[Clock, Deadline]]:
    """Returns one deadline for each running clock that has deadlines past and not acted on.

    It has the time of the last, so that all are done with it, and the strongest action among them: a lead that is to be
    reassigned is reassigned, even if a reminder was due later.
    """
    past = ((clock, [d for d in pending_deadlines(handoff, clock) if d.at <= now]) for clock in handoff.clocks)
    return sorted(((clock, combined_deadline(late)) for clock, late in past if late), key=lambda pair: pair[1].at)


def _act(handoff: Handoff, clock: Clock, deadline: Deadline, roster: Roster, now: datetime) -> Event:
    match deadline.do:
        case DeadlineAction.REMIND:
            return HandoffReminded(
                handoff_id=handoff.handoff_id, assignment=handoff.assignment, clock=clock.name, deadline=deadline.at
            )
        case DeadlineAction.ESCALATE:
            return HandoffEscalated(
                handoff_id=handoff.handoff_id,
                assignment=handoff.assignment,
                clock=clock.name,
                deadline=deadline.at,
                why=missed_in_words(clock.stops_when),
            )
        case DeadlineAction.REASSIGN:
            return reassign_overdue(handoff, clock.name, deadline.at, missed_in_words(clock.stops_when), roster, now)
