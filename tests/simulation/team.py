"""The teams as the table keeps them: reps, the number of their leads, turns, and waiting leads."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from baton.domain.events.handoff_events import HandoffOffered, HandoffReassigned
from baton.domain.history.change import Change
from baton.domain.leads.handoff import Handoff
from baton.domain.leads.lead import Lead
from baton.domain.leads.routing_choice import LineKey, Turn
from baton.domain.teams.reps import Rep
from baton.domain.teams.roster import Pool, Roster, WaitingLine
from tests.simulation.agreements import in_force


@dataclass
class Turns:
    """A pool: what its people are owed, and how many leads wait in which line."""

    owed: dict[str, int] = field(default_factory=dict)
    number: int = 0
    lines: Counter[LineKey] = field(default_factory=Counter)

    def take(self, turn: Turn) -> None:
        assert turn.read == self.number, "a turn is taken as it was read"
        self.owed = dict(turn.owed)
        for key in turn.empty:
            del self.lines[key]

    @property
    def pool(self) -> Pool:
        lines = tuple(
            WaitingLine(had_it=had_it, candidates=candidates, by_form=by_form, waiting=waiting)
            for (had_it, candidates, by_form), waiting in self.lines.items()
        )
        return Pool(owed=self.owed, number=self.number, lines=lines)


class Team:
    """Who is there, what they hold, and what waits for them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.reps: dict[str, Rep] = {}
        self.turns: dict[str, Turns] = {}
        self._pools: dict[str, Pool] = {}
        self.go_by(1)

    def go_by(self, version: int) -> None:
        """Another agreement holds."""
        agreement = in_force(version).agreement
        self._agreed = Roster().under(agreement, self.name)

    @property
    def gets_leads(self) -> bool:
        """Whether the agreement in force has the team."""
        return self._agreed.no_leads is None

    def roster(self) -> Roster:
        return replace(self._agreed, people=tuple(self.reps.values()), pools=self._pools)

    def joins(self, rep: Rep) -> None:
        self.reps[rep.email] = rep

    def agree(self, email: str, **terms: object) -> None:
        """Something else is agreed for somebody, or is the case."""
        self.reps[email] = self.reps[email].model_copy(update=terms)

    def keep(self, pool: str, turn: Turn | None, waiting: Counter[LineKey]) -> None:
        """A command has taken a turn of a pool, or moved its lines."""
        turns = self.turns.setdefault(pool, Turns())
        if turn:
            turns.take(turn)
        turns.lines.update(waiting)
        turns.number += 1
        self._pools[pool] = turns.pool


class Teams:
    """All teams."""

    def __init__(self) -> None:
        self.teams = {name: Team(name) for name in in_force(1).agreement.teams}

    def roster(self, team: str) -> Roster:
        return self.teams[team].roster()

    def of(self, email: str) -> Team:
        return next(team for team in self.teams.values() if email in team.reps)

    def find(self, email: str | None) -> Team | None:
        """The team that somebody is on, if they are on one."""
        return next((team for team in self.teams.values() if email in team.reps), None)

    def rep(self, email: str) -> Rep:
        return self.of(email).reps[email]

    def keep(self, change: Change, now: datetime) -> None:
        """What a command has changed of the teams."""
        had, has = _holder(change.before), _holder(change.after)
        forms = [_unaccepted(change.before), _unaccepted(change.after)]
        if had != has:
            self._count(had, -1, -forms[0])
            self._count(has, +1, forms[1], last_offered_at=now)
        elif forms[0] != forms[1]:
            self._count(has, 0, forms[1] - forms[0])
        turns = {(team, turn.pool): turn for team, turn in _turns(change)}
        moved: dict[tuple[str, str], Counter[LineKey]] = {pool: Counter() for pool in turns}
        for handoff, by in ((_waiting(change.before), -1), (_waiting(change.after), +1)):
            if handoff:
                moved.setdefault((handoff.team, handoff.pool), Counter())[handoff.line_key] += by
        for (team, pool), waiting in moved.items():
            if (team, pool) in turns or any(waiting.values()):
                self.teams[team].keep(pool, turns.get((team, pool)), waiting)

    def _count(self, email: str | None, by: int, forms: int, **known: object) -> None:
        if email:
            rep = self.rep(email)
            counted = {"open_handoffs": rep.open_handoffs + by, "unaccepted_forms": rep.unaccepted_forms + forms}
            self.of(email).agree(email, **counted, **known)


def _holder(lead: Lead | None) -> str | None:
    return lead.handoff.owner if lead and lead.handoff and lead.handoff.is_open else None


def _unaccepted(lead: Lead | None) -> int:
    return int(lead is not None and lead.handoff is not None and lead.handoff.waits_for_a_word)


def _waiting(lead: Lead | None) -> Handoff | None:
    return lead.handoff if lead and lead.handoff and lead.handoff.is_waiting else None


def _turns(change: Change) -> Iterator[tuple[str, Turn]]:
    for event in change.happened:
        if isinstance(event, HandoffOffered | HandoffReassigned) and event.team and event.routing.turn:
            yield event.team, event.routing.turn
