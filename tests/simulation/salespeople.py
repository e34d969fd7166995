"""Salespeople act on their leads in time, late or never."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from zlib import crc32

from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import NotOnRoster, Refused
from baton.domain.events.handoff_events import HandoffEscalated, HandoffOffered, HandoffReassigned
from baton.domain.events.lead_events import Answered
from baton.domain.events.recorded import Event
from baton.domain.handoffs import acceptance, closing, reassignment, returns
from baton.domain.history.change import Change
from baton.domain.lead_changes import fact_updates
from baton.domain.leads.lead import Lead
from baton.domain.leads.person_facts import BANT
from baton.domain.teams.roster import Roster

if TYPE_CHECKING:
    from tests.simulation.year import Year

REASONS = {"bad_timing": 3, "bad_fit": 2, "not_qualified": 3, "unreachable": 2, "wrong_person": 2}
COLLEAGUES = tuple(f"rep{number}@sales.example.com" for number in range(5))
PAUSE_SECONDS = 60
"""Somebody who just got a mail is mailed up to so many seconds later."""
Deed = Callable[[Lead], list[Event]]


class Salespeople:
    """They work on what is theirs."""

    def __init__(self, year: "Year") -> None:
        self.year, self.chance = year, year.chance

    def learn(self, change: Change, _considered: bool) -> None:
        """Somebody has got a lead: most will accept it in time, or call at once; some are late, and some never do."""
        for recorded in change.events:
            event = recorded.event
            if isinstance(event, HandoffOffered | HandoffReassigned) and event.owner:
                assignment = event.assignment if isinstance(event, HandoffReassigned) else 1
                if self.chance.random() < 0.3:
                    after = timedelta(seconds=crc32(recorded.event_id.encode()) % PAUSE_SECONDS)
                    self.year.plan(after, partial(self._is_mailed, recorded.lead_id, event.handoff_id, assignment))
                works = partial(self._works, recorded.lead_id, event.handoff_id, assignment)
                self._plan(self._delay(), works, ("accept", 55), ("contact", 20), ("return", 10), ("pass", 4))
            elif isinstance(event, HandoffEscalated):
                works = partial(self._works, recorded.lead_id, event.handoff_id, event.assignment)
                self._plan(self._delay(), works, ("contact", 15), ("return", 10), ("close", 10))

    def _is_mailed(self, lead_id: str, handoff_id: str, assignment: int) -> None:
        self._do(lead_id, lambda lead: acceptance.record_notification(lead, handoff_id, assignment))

    def _plan(self, wait: timedelta, works: Callable[[str], None], *ways: tuple[str, int]) -> None:
        """One of the ways is gone, or none: each as often as it says out of a hundred times."""
        drawn = self.chance.randrange(100)
        for way, often in ways:
            if drawn < often:
                self.year.plan(wait, partial(works, way))
                return
            drawn -= often

    def _delay(self) -> timedelta:
        drawn = self.chance.random()
        if drawn < 0.6:
            return timedelta(minutes=self.chance.randint(1, 60))
        return timedelta(minutes=self.chance.randint(1, 60) * (20 if drawn < 0.85 else 200))

    def _works(self, lead_id: str, handoff_id: str, assignment: int, what: str) -> None:
        """Somebody does what they meant to do, and means to do something next; it may be theirs no more."""
        handoff = self.year.commands.leads[lead_id].handoff
        assert handoff
        theirs = (handoff.handoff_id, handoff.assignment, handoff.is_open) == (handoff_id, assignment, True)
        if handoff.owner is None or (not theirs and self.chance.random() < 0.8):
            return
        by = Staff(email=handoff.owner)
        done = self._do(lead_id, getattr(self, f"_{what}")(handoff_id, by), theirs=theirs)
        works = partial(self._works, lead_id, handoff_id, assignment)
        if done and what == "accept":
            self._plan(self._delay(), works, ("contact", 80), ("return", 10))
        elif done and what in ("contact", "answers"):
            later = timedelta(minutes=self.chance.randint(60, 12 * 24 * 60))
            self._plan(later, works, ("contact", 35), ("close", 30), ("return", 20), ("answers", 8), ("rate", 4))

    def _do(self, lead_id: str, deed: Deed, *, theirs: bool = True) -> bool:
        def decide(lead: Lead | None) -> list[Event]:
            assert lead
            return deed(lead)

        try:
            self.year.commands.change(lead_id, decide, "sales", self.year.now)
        except NotOnRoster:
            return False
        except Refused:
            assert not theirs, "whoever has the lead may do this"
            return False
        return True

    def _accept(self, handoff_id: str, by: Staff) -> Deed:
        return lambda lead: acceptance.accept(lead, handoff_id, by, self.year.now)

    def _contact(self, handoff_id: str, by: Staff) -> Deed:
        channel, note = self.chance.choice(("phone", "e-mail")), self.chance.choice((None, "left a message"))
        return lambda lead: acceptance.log_contact(lead, handoff_id, channel, note, by, self.year.now)

    def _return(self, handoff_id: str, by: Staff) -> Deed:
        (reason,) = self.chance.choices([*REASONS], [*REASONS.values()])
        dated = reason == "bad_timing" and self.chance.random() < 0.5
        review_on = self.year.now + timedelta(days=self.chance.randint(1, 100)) if dated else None
        back = returns.ReturnRequest(reason=reason, review_on=review_on)
        agreed = self.year.commands.agreed()
        return lambda lead: returns.return_lead(lead, handoff_id, back, by, agreed, self._onward(lead), self.year.now)

    def _pass(self, handoff_id: str, by: Staff) -> Deed:
        wish = reassignment.ReassignRequest(owner=self.chance.choice((None, *COLLEAGUES)), reason="no time")
        now = self.year.now
        return lambda lead: reassignment.reassign(
            lead, handoff_id, wish, by, self.year.commands.reassignment_roster_for(lead, wish.owner, now), now
        )

    def _onward(self, lead: Lead) -> Roster:
        return self.year.commands.reassignment_roster(lead, self.year.now)

    def _close(self, handoff_id: str, by: Staff) -> Deed:
        outcome = "won" if self.chance.random() < 0.5 else "lost"
        return lambda lead: closing.close(lead, handoff_id, outcome, None, None, by)

    def _rate(self, handoff_id: str, by: Staff) -> Deed:
        stars = self.chance.randint(1, 5)
        return lambda lead: closing.rate(lead, handoff_id, stars, None, by)

    def _answers(self, _handoff_id: str, _by: Staff) -> Deed:
        bant = {need: Answered(value=self.chance.choice(("yes", "no"))) for need in BANT}
        return lambda lead: fact_updates.update_facts(lead, fact_updates.FactUpdate(bant=bant))
