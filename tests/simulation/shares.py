"""An independent account of whose turn it is, in fractions: of each lead that goes to whoever is next, everybody who
could take it is owed their share, and whoever is owed most gets it."""

from collections import defaultdict
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from baton.domain import events as e
from baton.domain.availability import Hours
from baton.domain.business_time import WorkingTime
from baton.domain.change import Change
from baton.domain.people import Rep
from baton.domain.turns import LEAD
from tests.simulation.agreed import card
from tests.simulation.owed import must

if TYPE_CHECKING:
    from tests.simulation.year import Year

ROUNDED = Fraction(1, 2_000)
"""How far counting in millionths may be from fractions after some thousand leads."""


class Shares:
    """What people are owed in each pool."""

    def __init__(self, year: "Year") -> None:
        self.year = year
        self.owed: defaultdict[str, defaultdict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
        self.turns = 0
        self.furthest = Fraction()
        year.desk.before_keeping.append(self.read)

    def read(self, change: Change) -> None:
        """Account for a change that is about to be kept."""
        before = change.before.handoff if change.before else None
        had_it = before.had_it if before and before.is_open else ()
        for recorded in change.events:
            event = recorded.event
            if isinstance(event, e.HandoffOffered | e.HandoffReassigned) and event.owner:
                new = isinstance(event, e.HandoffOffered)
                territory = event.routing.territory if new or not before else before.territory
                able = self._able(territory, () if new else had_it, recorded.at)
                if event.routing.turn:
                    self._turn(territory, event.owner, able, first_come=new)

    def _turn(self, territory: str | None, chosen: str, able: list[Rep], *, first_come: bool) -> None:
        able = [rep for rep in able if not (first_come and self._is_waited_for(rep))]
        must(chosen in {rep.email for rep in able}, f"is given in turn to {chosen}, who cannot take it")
        owed, total = self.owed[territory or "*"], sum(rep.weight for rep in able)
        for rep in able:
            owed[rep.email] += Fraction(rep.weight, total)
        most = max(owed[rep.email] for rep in able)
        must(owed[chosen] > most - ROUNDED, f"is given to {chosen}, and others come first")
        owed[chosen] -= 1
        self.turns += 1
        furthest, bound = max(map(abs, owed.values())), Fraction(len(owed) - 1, 2)
        must(furthest <= bound + ROUNDED, f"leaves somebody {float(furthest)} leads from their share")
        self.furthest = max(self.furthest, furthest)

    def _able(self, territory: str | None, had_it: tuple[str, ...], now: datetime) -> list[Rep]:
        here = [rep for rep in self.year.team.reps.values() if rep.role == "rep" and rep.subscription != "removed"]
        anywhere = [rep for rep in here if not rep.territories]
        works = [rep for rep in here if not rep.territories or territory in rep.territories]
        pool = works if territory else anywhere or here
        return [rep for rep in pool if rep.email not in had_it and can_take_one(rep, now)]

    def _is_waited_for(self, rep: Rep) -> bool:
        return any(
            waiting and rep.email not in had_it and rep.email in self.year.team.roster().members(name)
            for name, lines in self.year.team.lines.items()
            for had_it, waiting in lines.items()
        )

    def close(self) -> None:
        """What the table counts is what was accounted for."""
        for name, owed in self.year.team.owed.items():
            must(sum(owed.values()) == 0, f"what is owed in {name} does not add up to nothing")
            for email, exact in self.owed[name].items():
                counted = Fraction(owed.get(email, 0), LEAD)
                must(abs(counted - exact) < ROUNDED, f"counts {float(counted)} for {email} instead of {float(exact)}")


def can_take_one(rep: Rep, now: datetime) -> bool:
    """Whether somebody is there, at work, and has room for one more."""
    return rep.subscription == "confirmed" and rep.open_handoffs < rep.capacity and is_at_work(rep, now)


def is_at_work(rep: Rep, now: datetime) -> bool:
    """Whether it is within somebody's hours, and they are not away."""
    hours = Hours(card().agreement.calendars)
    calendar, zone = hours.of(rep), hours.zone(rep)
    away = any(absence.begins(zone) <= now < absence.ends(zone) for absence in rep.away)
    return not away and (calendar is None or WorkingTime(calendar).is_open(now))
