"""People join the sales teams, go on leave, get other terms, and leave."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from baton.domain.accounts.account import Account
from baton.domain.events.recorded import Event
from baton.domain.handoffs import reassignment
from baton.domain.lead_changes.consequences import AGREED
from baton.domain.leads.lead import Lead
from baton.domain.teams.absences import AbsencePeriod
from baton.domain.teams.reps import Rep, Role, Subscription
from tests.simulation.agreements import ANOTHER, FIRST, ONE_TEAM

if TYPE_CHECKING:
    from tests.simulation.year import Year

TERRITORIES: dict[str, tuple[tuple[str, ...], ...]] = {
    "sales": ((), (), ("germany",), ("germany", "large")),
    "americas": ((), ("large",), ("america",), ("large", "america")),
}
HOURS = {"tue-sat": ("10:00-14:00", "15:00-19:00")}


class Staff:
    """The people of both teams."""

    def __init__(self, year: "Year") -> None:
        self.year, self.chance = year, year.chance
        self.count = self.chance.randint(4, 10)

    def accounts(self) -> dict[str, Account]:
        """Target accounts; some belong to nobody, and some to somebody who may not be there."""
        owners = [None, *(_address(number) for number in range(4))]
        domains = [f"target{number}.example" for number in range(6)]
        return {domain: Account(domain=domain, owner=self.chance.choice(owners)) for domain in domains}

    def begin(self) -> None:
        for team in self.year.teams.teams.values():
            team.joins(Rep(email="mo@sales.example.com", role=Role.MANAGER, subscription=Subscription.CONFIRMED))
        drawn, day = self.chance.random(), self.chance.randint(30, 330)
        if drawn < 0.5:
            self.year.plan(timedelta(days=day), partial(self._agrees_anew, ANOTHER))
        elif drawn < 0.8:
            self.year.plan(timedelta(days=day), partial(self._agrees_anew, ONE_TEAM))
            self.year.plan(timedelta(days=day + self.chance.randint(1, 90)), partial(self._agrees_anew, FIRST))
        for number in range(self.count):
            here_first = number < 3 or self.chance.random() < 0.7
            since = timedelta() if here_first else timedelta(days=self.chance.randint(10, 300))
            team = "americas" if number % 3 == 2 else "sales"
            self.year.plan(since, partial(self._joins, team, _address(number)))
            if number and self.chance.random() < 0.3:
                until = since + timedelta(days=self.chance.randint(20, 200))
                self.year.plan(until, partial(self._leaves, team, _address(number)))

    def _agrees_anew(self, version: int) -> None:
        """Another agreement comes into force; all leads are looked at under it within the hour."""
        self.year.commands.version = version
        for team in self.year.teams.teams.values():
            team.go_by(version)
            self.year.lines.move(team.name)
        for lead_id in self.year.commands.leads:
            self.year.plan(timedelta(minutes=self.chance.randint(0, 60)), partial(self._rescores, lead_id))

    def _rescores(self, lead_id: str) -> None:
        self.year.commands.change(lead_id, lambda _lead: [], AGREED, self.year.now)

    def _joins(self, team: str, email: str) -> None:
        """Somebody is put on the roster, and gets leads once their address is confirmed."""
        terms = {"weight": self.chance.randint(1, 4), "capacity": self.chance.choice((2, 4, 8, 12))}
        territories = self.chance.choice(TERRITORIES[team])
        rep = Rep(email=email, territories=territories, away=self._absences(), **self._hours(team), **terms)
        self.year.teams.teams[team].joins(rep)
        confirms = partial(self._agree, team, email, subscription=Subscription.CONFIRMED)
        self.year.plan(timedelta(minutes=self.chance.randint(0, 600)), confirms)
        while self.chance.random() < 0.4:
            self.year.plan(timedelta(days=self.chance.randint(1, 300)), partial(self._changes, team, email))

    def _hours(self, team: str) -> dict[str, object]:
        """Most work as their team does; some at night, some in a place of their own."""
        drawn = self.chance.random()
        if drawn < 0.1 and team == "sales":
            return {"calendar": "night-shift"}
        return {"hours": HOURS, "time_zone": "Europe/Lisbon"} if drawn < 0.25 else {}

    def _absences(self) -> tuple[AbsencePeriod, ...]:
        """Some days off, and some hours."""
        begun, absences = self.year.now, []
        while self.chance.random() < 0.8:
            begun += timedelta(days=self.chance.randint(1, 120), hours=self.chance.randint(0, 23))
            ended = begun + timedelta(hours=self.chance.choice((4, 24, 72, 336)))
            whole_days = self.chance.random() < 0.7
            since, until = (begun.date(), ended.date()) if whole_days else (begun, ended)
            absences.append(AbsencePeriod(since=since, until=until))
        return tuple(absences)

    def _changes(self, team: str, email: str) -> None:
        """Other terms are agreed: a greater share, fewer leads at once, another territory, days off."""
        terms = [
            {"weight": self.chance.randint(1, 6)},
            {"capacity": self.chance.randint(1, 8)},
            {"territories": self.chance.choice(TERRITORIES[team])},
            {"away": self._absences()},
        ]
        self._agree(team, email, **self.chance.choice(terms))

    def _agree(self, team: str, email: str, **terms: object) -> None:
        if self.year.teams.rep(email).subscription is not Subscription.REMOVED:
            self.year.teams.teams[team].agree(email, **terms)
            self.year.lines.move(team)

    def _leaves(self, team: str, email: str) -> None:
        """Somebody leaves; their leads are passed on."""
        if email not in self.year.teams.teams[team].reps:
            return
        self.year.teams.teams[team].agree(email, subscription=Subscription.REMOVED)
        for lead_id, lead in [*self.year.commands.leads.items()]:
            if lead.handoff and lead.handoff.is_open and lead.handoff.owner == email:
                leaves = partial(self._without, team, email)
                self.year.commands.change(lead_id, leaves, "ada@example.com", self.year.now)
        self.year.lines.move(team)

    def _without(self, team: str, email: str, lead: Lead | None) -> list[Event]:
        assert lead
        assert lead.handoff
        roster = self.year.commands.reassignment_roster(lead, self.year.now)
        return reassignment.reassign_from_leaver(lead, lead.handoff.handoff_id, team, email, roster, self.year.now)


def _address(number: int) -> str:
    return f"rep{number}@sales.example.com"
