"""What whoever has a lead may say by a click in a mail about it, and what follows."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from baton.agreement.terms.agreement import AgreementInForce
from baton.domain.basics.facts import Fact, Staff
from baton.domain.basics.refusals import HandoffRefused
from baton.domain.events.recorded import Event
from baton.domain.handoffs import acceptance, closing, returns
from baton.domain.handoffs.returns import ReturnRequest
from baton.domain.leads.lead import Lead
from baton.domain.teams.roster import Roster

ContactChannel = Literal["phone", "email", "meeting", "message", "other"]
Outcome = Literal["won", "lost"]
NOTE_LIMIT = 1_000
REASON_LIMIT = 500
AMOUNT_LIMIT = 40
MAX_STARS = 5
"""How much may be said, in characters; and how good a lead can be."""


class AcceptRequest(Fact):
    """They take the lead."""


class ContactRequest(Fact):
    """They have reached out, and how."""

    channel: ContactChannel
    note: str | None = None


class CloseRequest(Fact):
    """How it ended, why, and for how much."""

    outcome: Outcome
    reason: str | None = None
    amount: str | None = None


class RateRequest(Fact):
    """What the lead is worth to them, and why."""

    stars: int
    note: str | None = None


LinkAnswer = AcceptRequest | ContactRequest | ReturnRequest | CloseRequest | RateRequest
Agreed = Callable[[], AgreementInForce]
RosterForLead = Callable[[Lead], Roster]
"""Gives the people whom a lead may be passed on to."""


def apply_link_answer(
    lead: Lead, handoff_id: str, said: LinkAnswer, by: Staff, agreed: Agreed, rosters: RosterForLead, now: datetime
) -> list[Event]:
    """What follows from it; `agreed` and `rosters` are asked only where a lead is given back.

    Raises:
        HandoffRefused: it is no longer possible, or no longer theirs.
        WrongField: the date or the amount does not do.
    """
    match said:
        case AcceptRequest():
            return acceptance.accept(lead, handoff_id, by, now)
        case ContactRequest():
            return acceptance.log_contact(lead, handoff_id, said.channel, said.note, by, now)
        case CloseRequest():
            return closing.close(lead, handoff_id, said.outcome, said.reason, said.amount, by)
        case RateRequest():
            return closing.rate(lead, handoff_id, said.stars, said.note, by)
        case ReturnRequest() if lead.handoff:
            return returns.return_lead(lead, handoff_id, said, by, agreed(), rosters(lead), now)
        case _:
            raise HandoffRefused("nothing was handed over yet")
