"""Answers to the one-click links in a rep's mail, and the events that follow from each."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from baton.agreement.terms.agreement import ReadAgreement
from baton.domain.basics.facts import Fact, Staff
from baton.domain.basics.refusals import HandoffRefused, WrongField
from baton.domain.events.lead_events import Answered
from baton.domain.events.recorded import Event
from baton.domain.handoffs import acceptance, closing, reassignment, returns
from baton.domain.handoffs.reassignment import PassOnRequest
from baton.domain.handoffs.returns import ReturnRequest
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import Need
from baton.domain.teams.roster import Roster
from baton.domain.terms.kept_terms import ContactOutcome

ContactChannel = Literal["phone", "email", "meeting", "message", "other"]
Outcome = Literal["won", "lost"]


class AcceptRequest(Fact):
    """The owner accepts the lead."""


class ContactRequest(Fact):
    """The owner's report that they reached out: on which channel, what came of it, and when they speak again.

    A time without a zone is one where the owner is.
    """

    channel: ContactChannel
    note: str | None = None
    outcome: ContactOutcome | None = None
    next_at: datetime | None = None


class NextTalkRequest(Fact):
    """When the owner and the lead speak next, and no contact; a time without a zone is one where the owner is."""

    next_at: datetime


class LearnRequest(Fact):
    """What the owner has learned of budget, authority, need and timeline."""

    bant: Mapping[Need, Answered] = {}


class CallRequest(ContactRequest):
    """The owner's report of a contact, with what they learned from it."""

    bant: Mapping[Need, Answered] = {}


class CloseRequest(Fact):
    """The lead was won or lost, why, and for how much."""

    outcome: Outcome
    reason: str | None = None
    amount: str | None = None


class RateRequest(Fact):
    """The owner's rating of the lead, and why."""

    stars: int
    note: str | None = None


class TakeOverRequest(Fact):
    """The owner takes over what somebody said of a fact."""


FACTS_ALONE = (TakeOverRequest, LearnRequest)
"""Answers that say something of the lead, and nothing of the handoff."""
LinkAnswer = (
    AcceptRequest
    | ContactRequest
    | NextTalkRequest
    | ReturnRequest
    | CloseRequest
    | RateRequest
    | TakeOverRequest
    | LearnRequest
    | PassOnRequest
)
RosterForLead = Callable[[Lead], Roster]
"""Reads the roster of the team that a lead may be reassigned in."""


def contact_said(
    channel: ContactChannel | None, note: str | None, outcome: ContactOutcome | None, next_at: datetime | None
) -> ContactRequest | NextTalkRequest:
    """Returns the contact that was made; without a channel, that they speak next, which is then all that is said.

    Raises:
        WrongField: neither is said, or what came of a contact without its channel.
    """
    if channel:
        return ContactRequest(channel=channel, note=note, outcome=outcome, next_at=next_at)
    if next_at is None or outcome or note:
        raise WrongField("channel", "is missing; only `next_at` alone, when you speak next, goes without it")
    return NextTalkRequest(next_at=next_at)


def log_contact(
    lead: Lead, handoff_id: str, made: ContactRequest | NextTalkRequest, by: Staff, now: datetime
) -> list[Event]:
    """Logs a contact as the owner reports it, or only when they speak next; see `acceptance`."""
    if isinstance(made, NextTalkRequest):
        return acceptance.agree_next(lead, handoff_id, made.next_at, by, now)
    result = acceptance.ContactResult(made.outcome, made.next_at)
    return acceptance.log_contact(lead, handoff_id, made.channel, made.note, by, now, result)


def apply_link_answer(
    lead: Lead,
    handoff_id: str,
    link_answer: LinkAnswer,
    by: Staff,
    agreed: ReadAgreement,
    rosters: RosterForLead,
    now: datetime,
) -> list[Event]:
    """Returns the events that follow from an answer; `agreed` and `rosters` are called only if it leaves its owner.

    Raises:
        HandoffRefused: it is no longer possible, or the lead is no longer theirs.
        NotOnRoster: a colleague cannot take it.
        WrongField: a date, a time or the amount is wrong, or what came of a contact is missing.
    """
    match link_answer:
        case AcceptRequest():
            return acceptance.accept(lead, handoff_id, by, now)
        case ContactRequest() | NextTalkRequest():
            return log_contact(lead, handoff_id, link_answer, by, now)
        case CloseRequest():
            return closing.close(lead, handoff_id, link_answer.outcome, link_answer.reason, link_answer.amount, by)
        case RateRequest():
            return closing.rate(lead, handoff_id, link_answer.stars, link_answer.note, by)
        case ReturnRequest() if lead.handoff:
            return returns.return_lead(lead, handoff_id, link_answer, by, agreed(), rosters(lead), now)
        case PassOnRequest() if lead.handoff:
            return reassignment.pass_on(lead, handoff_id, link_answer, by, rosters(lead), now)
        case _:
            raise HandoffRefused("nothing was handed over yet")
