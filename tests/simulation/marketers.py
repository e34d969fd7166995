"""Marketers review leads in time, late or never, and now and then hand over or hold back by hand."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import Refused
from baton.domain.events.recorded import Event
from baton.domain.events.review_events import AnswerRequested, ReviewRequested
from baton.domain.handoffs import manual_decisions
from baton.domain.handoffs.reassignment import ReassignRequest, reassign
from baton.domain.history.change import Change
from baton.domain.leads.lead import Lead
from baton.domain.review.verdict import ReviewSubmission, review
from tests.simulation.salespeople import COLLEAGUES

if TYPE_CHECKING:
    from tests.simulation.year import Year

VERDICTS = {"good_fit": 8, "bad_timing": 4, "bad_fit": 3, "not_ready": 5}
WHIMS = ("review", "hold", "release", "hand_over", "pass_on")


class Marketers:
    """They share one queue."""

    def __init__(self, year: "Year") -> None:
        self.year, self.chance = year, year.chance

    def begin(self) -> None:
        for _ in range(self.chance.randint(0, 40)):
            self.year.plan(timedelta(minutes=self.chance.randrange(365 * 24 * 60)), self._on_a_whim)

    def learn(self, change: Change, _considered: bool) -> None:
        """A duty has begun: most are done in time, some late, and some never."""
        for recorded in change.events:
            event = recorded.event
            begun = isinstance(event, ReviewRequested | AnswerRequested) and event.duty_id
            if begun and self.chance.random() < 0.92:
                days = self.chance.choice((0.5, 1, 1, 3, 20))
                wait = timedelta(minutes=int(days * 24 * 60 * self.chance.random()))
                self.year.plan(wait, partial(self._reviews, recorded.lead_id))

    def _reviews(self, lead_id: str) -> None:
        lead = self.year.commands.leads[lead_id]
        owed = lead.duty is not None and lead.duty.is_open
        if owed or self.chance.random() < 0.2:
            (verdict,) = self.chance.choices([*VERDICTS], [*VERDICTS.values()])
            if not self._gives(lead_id, verdict) and owed:
                assert verdict == "good_fit", "what marketing owes it may do"
                assert self._gives(lead_id, "not_ready")

    def _gives(self, lead_id: str, verdict: str) -> bool:
        now, by = self.year.now, self._somebody()
        dated = verdict == "bad_timing" and self.chance.random() < 0.5
        said = ReviewSubmission.model_validate(
            {
                "verdict": verdict,
                "answers": {"help": True, **({"decision": True} if self.chance.random() < 0.7 else {})},
                "review_on": now + timedelta(days=self.chance.randint(1, 120)) if dated else None,
                "reason": "we cannot help them" if verdict == "bad_fit" else None,
            }
        )
        return self._do(
            lead_id,
            lambda lead: review(lead, said, by, self.year.commands.standing(lead, now), self.year.teams.roster, now),
        )

    def _on_a_whim(self) -> None:
        """Somebody reviews a lead that nobody asked them to, holds one back, or hands one over."""
        if not self.year.commands.leads:
            return
        lead_id, whim = self.chance.choice([*self.year.commands.leads]), self.chance.choice(WHIMS)
        now, by, commands = self.year.now, self._somebody(), self.year.commands
        until = now + timedelta(days=self.chance.randint(1, 90))
        match whim:
            case "review":
                self._reviews(lead_id)
            case "hold":
                hold = manual_decisions.HoldRequest(reason="a friend of ours", until=until)
                self._do(
                    lead_id,
                    lambda lead: manual_decisions.hold(
                        lead, hold, by, commands.standing(lead, now), commands.target(lead), now
                    ),
                )
            case "release":
                self._do(lead_id, manual_decisions.release)
            case "pass_on":
                self._passes_on(lead_id, by)
            case _:
                given, teams = (
                    manual_decisions.HandOverRequest(reason="we met", owner=self._nobody_or_somebody()),
                    self.year.teams,
                )
                self._do(
                    lead_id,
                    lambda lead: manual_decisions.hand_over(
                        lead, given, by, commands.standing(lead, now), commands.target(lead), teams.roster, now
                    ),
                )

    def _passes_on(self, lead_id: str, by: Staff) -> None:
        """A manager gives a lead to somebody, whoever has it, or whether it waits."""
        handoff, wish = (
            self.year.commands.leads[lead_id].handoff,
            ReassignRequest(owner=self._nobody_or_somebody(), reason="why"),
        )
        if handoff:
            now = self.year.now
            people = partial(self.year.commands.reassignment_roster_for, owner=wish.owner, now=now)
            self._do(lead_id, lambda lead: reassign(lead, handoff.handoff_id, wish, by, people(lead), now))

    def _nobody_or_somebody(self) -> str | None:
        return self.chance.choice((None, *COLLEAGUES))

    def _do(self, lead_id: str, deed) -> bool:
        def decide(lead: Lead | None) -> list[Event]:
            assert lead
            return deed(lead)

        try:
            self.year.commands.change(lead_id, decide, "marketing", self.year.now)
        except Refused:
            return False
        return True

    def _somebody(self) -> Staff:
        return Staff(email=f"{self.chance.choice(('maria', 'max'))}@example.com")
