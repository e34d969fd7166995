"""The sales team: who is on it and for how long, and what each of them does with a lead: in time, late, or never."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from baton.domain import events as e
from baton.domain import sales, updates
from baton.domain.accounts import Account
from baton.domain.change import Change
from baton.domain.lead import BANT, Lead
from baton.domain.model import NotOnRoster, Refused, Staff
from baton.domain.people import Away, Rep, Role, Subscription
from tests.simulation.agreed import card

if TYPE_CHECKING:
    from tests.simulation.year import Year

REASONS = {"bad_timing": 3, "bad_fit": 2, "not_qualified": 3, "unreachable": 2, "wrong_person": 2}
Deed = Callable[[Lead], list[e.Event]]


class Salespeople:
    """They come and go, and work on what is theirs."""

    def __init__(self, year: "Year") -> None:
        self.year, self.chance = year, year.chance
        self.count = self.chance.randint(3, 8)

    def accounts(self) -> dict[str, Account]:
        """Target accounts; some belong to nobody, and some to somebody who may not be there."""
        owners = [None, *(_address(number) for number in range(4))]
        domains = [f"target{number}.example" for number in range(6)]
        return {domain: Account(domain=domain, owner=self.chance.choice(owners)) for domain in domains}

    def begin(self) -> None:
        self.year.team.joins(Rep(email="mo@sales.example.com", role=Role.MANAGER, subscription=Subscription.CONFIRMED))
        for number in range(self.count):
            here_first = number < 2 or self.chance.random() < 0.7
            since = timedelta() if here_first else timedelta(days=self.chance.randint(10, 300))
            self.year.plan(since, partial(self._joins, _address(number)))
            if number and self.chance.random() < 0.3:
                until = since + timedelta(days=self.chance.randint(20, 200))
                self.year.plan(until, partial(self._leaves, _address(number)))

    def _joins(self, email: str) -> None:
        """Somebody is put on the roster, and gets leads once their address is confirmed."""
        weight, capacity = self.chance.randint(1, 4), self.chance.choice((2, 3, 5, 8))
        calendar = self.chance.choice((None, None, "berlin", "new-york", "night-shift"))
        territories = self.chance.choice(((), (), ("america",), ("europe", "america")))
        self.year.team.joins(
            Rep(email=email, weight=weight, capacity=capacity, calendar=calendar, territories=territories)
        )
        for _ in range(self.chance.randint(0, 6)):
            self.year.plan(timedelta(days=self.chance.randint(1, 340)), partial(self._goes_on_leave, email))
        confirmed = partial(self.year.team.agree, email, subscription=Subscription.CONFIRMED)
        self.year.plan(timedelta(minutes=self.chance.randint(0, 600)), confirmed)
        if self.chance.random() < 0.3:
            other = {"weight": self.chance.randint(1, 6), "capacity": self.chance.randint(1, 8)}
            change = partial(self.year.team.agree, email, **other)
            self.year.plan(timedelta(days=self.chance.randint(1, 300)), change)

    def _goes_on_leave(self, email: str) -> None:
        """Somebody is away from tomorrow on, for some days or some hours."""
        begins = self.year.now + timedelta(hours=self.chance.randint(0, 48))
        if self.chance.random() < 0.7:
            away = Away(since=begins.date(), until=begins.date() + timedelta(days=self.chance.randint(0, 20)))
        else:
            away = Away(since=begins, until=begins + timedelta(minutes=self.chance.randint(10, 600)))
        if email in self.year.team.reps:
            self.year.team.agree(email, away=(*self.year.team.reps[email].away[-3:], away))

    def _leaves(self, email: str) -> None:
        """Somebody leaves the team; their leads are passed on."""
        if email not in self.year.team.reps:
            return
        self.year.team.leaves(email)
        for lead_id, lead in [*self.year.desk.leads.items()]:
            if lead.handoff and lead.handoff.is_open and lead.handoff.owner == email:
                self._do(lead_id, partial(self._without, email))

    def _without(self, email: str, lead: Lead) -> list[e.Event]:
        assert lead.handoff
        return sales.leave(lead, lead.handoff.handoff_id, "sales", email, self.year.team.roster(), self.year.now)

    # --- Their work

    def learn(self, change: Change, _considered: bool) -> None:
        """Somebody has got a lead: most will accept it in time, or call at once; some are late, and some never do."""
        for recorded in change.events:
            event = recorded.event
            if isinstance(event, e.HandoffOffered | e.HandoffReassigned) and event.owner:
                assignment = event.assignment if isinstance(event, e.HandoffReassigned) else 1
                works = partial(self._works, recorded.lead_id, event.handoff_id, assignment)
                self._plan(self._delay(), works, ("accept", 55), ("contact", 20), ("return", 10), ("pass", 4))
            elif isinstance(event, e.HandoffEscalated):
                works = partial(self._works, recorded.lead_id, event.handoff_id, event.assignment)
                self._plan(self._delay(), works, ("contact", 15), ("return", 10), ("close", 10))

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
        handoff = self.year.desk.leads[lead_id].handoff
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
        def decide(lead: Lead | None) -> list[e.Event]:
            assert lead
            return deed(lead)

        try:
            self.year.desk.change(lead_id, decide, "sales", self.year.now)
        except NotOnRoster:
            return False
        except Refused:
            assert not theirs, "whoever has the lead may do this"
            return False
        return True

    def _accept(self, handoff_id: str, by: Staff) -> Deed:
        return lambda lead: sales.accept(lead, handoff_id, by, self.year.now)

    def _contact(self, handoff_id: str, by: Staff) -> Deed:
        channel, note = self.chance.choice(("phone", "e-mail")), self.chance.choice((None, "left a message"))
        return lambda lead: sales.contact(lead, handoff_id, channel, note, by, self.year.now)

    def _return(self, handoff_id: str, by: Staff) -> Deed:
        (reason,) = self.chance.choices([*REASONS], [*REASONS.values()])
        dated = reason == "bad_timing" and self.chance.random() < 0.5
        review_on = self.year.now + timedelta(days=self.chance.randint(1, 100)) if dated else None
        back = sales.GivenBack(reason=reason, review_on=review_on)
        roster, agreement = self.year.team.roster(), card().agreement
        return lambda lead: sales.give_back(lead, handoff_id, back, by, agreement, roster, self.year.now)

    def _pass(self, handoff_id: str, by: Staff) -> Deed:
        able = [rep.email for rep in self.year.team.roster() if rep.email != by.email]
        owner = self.chance.choice([None, *able])
        wish, roster = sales.PassedOn(owner=owner, reason="no time"), self.year.team.roster()
        return lambda lead: sales.reassign(lead, handoff_id, wish, by, roster, self.year.now)

    def _close(self, handoff_id: str, by: Staff) -> Deed:
        outcome = "won" if self.chance.random() < 0.5 else "lost"
        return lambda lead: sales.close(lead, handoff_id, outcome, None, None, by)

    def _rate(self, handoff_id: str, by: Staff) -> Deed:
        stars = self.chance.randint(1, 5)
        return lambda lead: sales.rate(lead, handoff_id, stars, None, by)

    def _answers(self, _handoff_id: str, _by: Staff) -> Deed:
        bant = {need: e.Answered(value=self.chance.choice(("yes", "no"))) for need in BANT}
        return lambda lead: updates.update(lead, updates.Wanted(bant=bant))


def _address(number: int) -> str:
    return f"rep{number}@sales.example.com"
