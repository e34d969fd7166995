"""Checks, independently of Baton, what strangers cannot do.

Nobody's wish goes unheard, no account is flooded, no fact of a real lead is a stranger's, no rep is out of turn.
"""

from collections import Counter, defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

from baton.domain.events.handoff_events import (
    ContactLogged,
    HandoffClosed,
    HandoffOffered,
    HandoffReassigned,
    HandoffReturned,
    RequestsTold,
)
from baton.domain.events.lead_events import LeadLeftToReview, LeftLeadsTold
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead
from tests.simulation.availability_check import is_at_work, is_away
from tests.simulation.broken_rules import must
from tests.simulation.strangers import FORGED, MALLORY, NO_COMPANY, fact_of

if TYPE_CHECKING:
    from tests.simulation.year import Year

MOST_A_DAY = 3
SALES, MARKETING = "with_sales", "in_review"


class StrangersCheck:
    """Reads along who asked for a person, and who heard of it."""

    def __init__(self, year: "Year") -> None:
        self.year = year
        self.untold: defaultdict[str, list[datetime]] = defaultdict(list)
        self.handed = Counter[tuple[str, str]]()
        self.left: defaultdict[str, dict[str, bool]] = defaultdict(dict)
        self.reached_out: dict[str, datetime] = {}

    def read(self, change: Change) -> None:
        """Read what a command has changed."""
        given = any(isinstance(event, HandoffOffered | HandoffReassigned) for event in change.happened)
        for recorded in change.events:
            match recorded.event:
                case SignalRecorded(asks_for_a_person=True) as event:
                    self._asked(change, event, recorded.at, given=given)
                case RequestsTold() as event:
                    must(event.requests == len(self.untold[change.lead_id]), "is told of another number of requests")
                    self.untold[change.lead_id].clear()
                case ContactLogged():
                    self.reached_out[change.lead_id] = recorded.at
                case HandoffReturned() | HandoffClosed():
                    must(given or not self._unheard(change.lead_id), "is let go, and a request of it is unheard")
                    self.untold[change.lead_id].clear()
                case HandoffOffered() as event:
                    self._offered(event, change)
                case LeadLeftToReview() as event:
                    left = self.left[event.account]
                    left[change.lead_id] = event.asks_for_a_person or left.get(change.lead_id, False)
                case LeftLeadsTold() as event:
                    left = self.left.pop(event.account, {})
                    must(event.leads == len(left), "is told of another number of leads that were left")
                    must(event.asking == sum(left.values()), "is told of another number of leads that asked")
        if given:
            self.untold[change.lead_id].clear()
        if any(isinstance(event, SignalRecorded) and event.reference.startswith(FORGED) for event in change.happened):
            self._stays_in_turn(change)

    def _stays_in_turn(self, change: Change) -> None:
        """What a stranger sends takes a lead from its owner only if they cannot take it now."""
        for event in change.happened:
            if isinstance(event, HandoffReassigned) and event.previous_owner not in (None, event.owner):
                free = self._is_free(str(event.previous_owner), str(event.former_team or event.team))
                must(not free, f"is taken from {event.previous_owner}, whose turn it is, by a stranger's form")

    def _is_free(self, owner: str, team: str) -> bool:
        """Whether somebody could take the lead anew that they had until now."""
        rep, now = self.year.teams.rep(owner), self.year.now
        there = rep.role == "rep" and rep.subscription == "confirmed"
        at_work = is_at_work(rep, team, now) and not is_away(rep, team, now)
        return there and at_work and rep.open_handoffs - rep.unaccepted_forms < rep.capacity

    def _asked(self, change: Change, event: SignalRecorded, at: datetime, *, given: bool) -> None:
        """Who asks for a person is given to somebody, told of, in line for somebody, or in marketing's review."""
        lead = change.after
        if given or lead is None:
            return
        handoff = lead.handoff if lead.handoff and lead.handoff.is_open else None
        if handoff is None:
            left = lead.left_to_review
            told = lead.status.value == MARKETING and left is not None and left.asks
            must(told, "asks for a person, and is unheard")
        elif handoff.owner and not event.tells_owner:
            self.untold[change.lead_id].append(at)

    def _unheard(self, lead_id: str) -> bool:
        """Whether there is a request that nobody was told of, and after which nobody has reached out."""
        asked, reached_out = self.untold[lead_id], self.reached_out.get(lead_id)
        return bool(asked) and (reached_out is None or reached_out < asked[-1])

    def _offered(self, event: HandoffOffered, change: Change) -> None:
        if event.form_account and event.forms:
            day = event.forms.day
            self.handed[event.form_account, day] += 1
            must(
                self.handed[event.form_account, day] <= MOST_A_DAY, f"is one too many for {event.form_account} on {day}"
            )
        before = change.before
        must(before is None or before.confirmed_at is None or not event.by_form, "is known by more than forms")

    def close(self) -> None:
        """At the end everybody was heard, and no stranger has changed a fact of a real lead.

        Raises:
            RuleBroken: somebody was not heard, or a fact is a stranger's.
        """
        for lead_id, since in self.untold.items():
            handoff = self.year.commands.leads[lead_id].handoff
            must(not since or handoff is None or not handoff.is_open, f"{lead_id} asked at {since}, and nobody heard")
        must(not self.left, f"nobody was told of {dict(self.left)}, who were left to review")
        for lead_id, lead in self.year.commands.leads.items():
            changed = {name for name in self.year.strangers.given[lead_id] if _is_mallorys(lead, name)}
            must(not changed, f"{lead_id} has a stranger's {changed}")


def _is_mallorys(lead: Lead, name: str) -> bool:
    return fact_of(lead.profile, lead.company, name) == fact_of(MALLORY, NO_COMPANY, name)
