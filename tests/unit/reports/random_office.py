"""An office at random: leads that send signals, staff that act well or badly, timers that fire late."""

from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import Any

from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import Refused
from baton.domain.events.handoff_events import OwnerNotified
from baton.domain.events.lead_events import Answered
from baton.domain.follow_up.due_actions import act_on_overdue
from baton.domain.handoffs import acceptance, closing, reassignment, returns
from baton.domain.leads.person_facts import BANT
from baton.domain.leads.stage_and_status import Channel
from baton.domain.review import verdict as review
from tests.unit.domain.scenario import Scenario
from tests.unit.given import AGREEMENT, rep, team
from tests.unit.reports.table import Table

REPS = [f"{name}@sales.example.com" for name in ("sam", "kim", "lee")]
KINDS = ["page_visited", "content_downloaded", "webinar_attended", "demo_requested", "consultation_requested"]
CONTENTS = ["guide", "case-study", "price-list", "rollout-plan"]
WAITS = [0.02, 1, 20, 45, 300, 1440, 4000]
"""Minutes between one thing and the next, up to so many."""


class Office:
    """Some leads and what happens to them, all from one seed; whatever is decided is saved in a table."""

    def __init__(self, seed: int, start: datetime, leads: int = 6, steps: int = 150) -> None:
        self.chance, self.now, self.table = Random(seed), start, Table()
        self.scenarios = [self._scenario(number) for number in range(leads)]
        for _ in range(steps):
            minutes = self.chance.uniform(0, self.chance.choice(WAITS))
            self.now += timedelta(milliseconds=max(1, int(minutes * 60_000)))
            self.step(self.chance.choice(self.scenarios))

    def _scenario(self, number: int) -> Scenario:
        lead_id = f"lead{number:020d}"
        return Scenario(AGREEMENT, self.now, lead_id=lead_id, saved=self.table.store.save)

    def step(self, scenario: Scenario) -> None:
        """One thing happens, or is refused."""
        chance = self.chance
        scenario.now, scenario.roster = self.now, team(*(rep(name) for name in REPS if chance.random() < 0.7))
        does = [self.signal, self.signal, self.facts, self.timer, self.timer, self.sales, self.sales, self.marketing]
        with suppress(Refused):
            (self.signal if scenario.lead is None else chance.choice(does))(scenario)

    def signal(self, scenario: Scenario) -> None:
        chance = self.chance
        said: dict[str, Any] = {
            "source": chance.choice(["website", "crm", "fair"]),
            "channel": chance.choice(list(Channel)),
            "content": chance.choice(CONTENTS),
        }
        if chance.random() < 0.3:
            said |= {"campaign": chance.choice(["autumn", "=1+1"])}
        if chance.random() < 0.1:
            said |= {"spam": True, "form": "consultation"}
        scenario.sends(chance.choice(KINDS), **said)

    def facts(self, scenario: Scenario) -> None:
        needs = self.chance.sample(BANT, self.chance.randint(1, 4))
        scenario.updates_facts(bant={need: Answered(value="yes", met=self.chance.random() < 0.8) for need in needs})

    def timer(self, scenario: Scenario) -> None:
        lead = scenario.known
        scenario.happens(
            act_on_overdue(lead, lead.timer or "none", scenario.roster, lambda: scenario.in_force, scenario.now)
        )

    def sales(self, scenario: Scenario) -> None:
        """The owner, or an administrator, does something with the handoff."""
        chance, lead, handoff = self.chance, scenario.known, scenario.known.handoff
        if handoff is None:
            return
        admin = frozenset({"admin"}) if chance.random() < 0.2 else frozenset[str]()
        by, which = Staff(email=handoff.owner or "nobody", groups=admin), handoff.handoff_id
        back = returns.ReturnRequest(reason=chance.choice(list(AGREEMENT.return_reasons)))
        outcome, amount = chance.choice([("won", "1,200.50 EUR"), ("won", None), ("lost", "900"), ("won", "2k $")])
        wish = reassignment.ReassignRequest(owner=chance.choice([None, *REPS]), reason="no time")
        told = OwnerNotified(handoff_id=which, assignment=handoff.assignment)
        does = [
            lambda: [told] if handoff.is_open and handoff.owner else [],
            lambda: acceptance.accept(lead, which, by, scenario.now),
            lambda: acceptance.accept(lead, which, by, scenario.now),
            lambda: acceptance.log_contact(lead, which, chance.choice(["phone", "email"]), None, by, scenario.now),
            lambda: acceptance.log_contact(lead, which, chance.choice(["phone", "email"]), None, by, scenario.now),
            lambda: returns.return_lead(lead, which, back, by, scenario.in_force, scenario.roster, scenario.now),
            lambda: reassignment.reassign(lead, which, wish, by, scenario.roster, scenario.now),
            lambda: closing.close(lead, which, outcome, None, amount, by),  # type: ignore[arg-type]
            lambda: closing.rate(lead, which, chance.randint(1, 5), None, by),
        ]
        scenario.happens(chance.choice(does)())

    def marketing(self, scenario: Scenario) -> None:
        chance, by = self.chance, Staff(email=self.chance.choice(["mia@example.com", "max@example.com"]))
        verdict = chance.choice(["good_fit", "bad_timing", "bad_fit", "not_ready"])
        yes = {question["id"]: True for question, _ in scenario.card.checklist}
        said = review.ReviewSubmission(verdict=verdict, answers=yes)
        scenario.happens(
            review.review(scenario.known, said, by, scenario.standing, lambda _: scenario.roster, scenario.now)
        )
