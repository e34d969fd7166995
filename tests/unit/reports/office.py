"""An office at random: leads that do things, people who act on them well or badly, timers that come late."""

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
from tests.unit.domain.playing import Play
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
        self.plays = [self._play(number) for number in range(leads)]
        for _ in range(steps):
            minutes = self.chance.uniform(0, self.chance.choice(WAITS))
            self.now += timedelta(milliseconds=max(1, int(minutes * 60_000)))
            self.step(self.chance.choice(self.plays))

    def _play(self, number: int) -> Play:
        lead_id = f"lead{number:020d}"
        return Play(AGREEMENT, self.now, lead_id=lead_id, saved=self.table.store.save)

    def step(self, play: Play) -> None:
        """One thing happens, or is refused."""
        chance = self.chance
        play.now, play.roster = self.now, team(*(rep(name) for name in REPS if chance.random() < 0.7))
        does = [self.signal, self.signal, self.facts, self.timer, self.timer, self.sales, self.sales, self.marketing]
        with suppress(Refused):
            (self.signal if play.lead is None else chance.choice(does))(play)

    def signal(self, play: Play) -> None:
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
        play.does(chance.choice(KINDS), **said)

    def facts(self, play: Play) -> None:
        needs = self.chance.sample(BANT, self.chance.randint(1, 4))
        play.is_known(bant={need: Answered(value="yes", met=self.chance.random() < 0.8) for need in needs})

    def timer(self, play: Play) -> None:
        lead = play.known
        play.happens(act_on_overdue(lead, lead.timer or "none", play.roster, lambda: play.in_force, play.now))

    def sales(self, play: Play) -> None:
        """The owner, or an administrator, does something with the handoff."""
        chance, lead, handoff = self.chance, play.known, play.known.handoff
        if handoff is None:
            return
        admin = frozenset({"admin"}) if chance.random() < 0.2 else frozenset[str]()
        by, which = Staff(email=handoff.owner or "nobody", groups=admin), handoff.handoff_id
        back = returns.ReturnRequest(reason=chance.choice(list(AGREEMENT.return_reasons)))
        outcome, amount = chance.choice([("won", "1,200.50 EUR"), ("won", None), ("lost", "900"), ("won", "much")])
        wish = reassignment.ReassignRequest(owner=chance.choice([None, *REPS]), reason="no time")
        told = OwnerNotified(handoff_id=which, assignment=handoff.assignment)
        does = [
            lambda: [told] if handoff.is_open and handoff.owner else [],
            lambda: acceptance.accept(lead, which, by, play.now),
            lambda: acceptance.accept(lead, which, by, play.now),
            lambda: acceptance.log_contact(lead, which, chance.choice(["phone", "email"]), None, by, play.now),
            lambda: acceptance.log_contact(lead, which, chance.choice(["phone", "email"]), None, by, play.now),
            lambda: returns.return_lead(lead, which, back, by, play.in_force, play.roster, play.now),
            lambda: reassignment.reassign(lead, which, wish, by, play.roster, play.now),
            lambda: closing.close(lead, which, outcome, None, amount, by),  # type: ignore[arg-type]
            lambda: closing.rate(lead, which, chance.randint(1, 5), None, by),
        ]
        play.happens(chance.choice(does)())

    def marketing(self, play: Play) -> None:
        chance, by = self.chance, Staff(email=self.chance.choice(["mia@example.com", "max@example.com"]))
        verdict = chance.choice(["good_fit", "bad_timing", "bad_fit", "not_ready"])
        yes = {question["id"]: True for question, _ in play.card.checklist}
        said = review.ReviewSubmission(verdict=verdict, answers=yes)
        play.happens(review.review(play.known, said, by, play.standing, lambda _: play.roster, play.now))
