"""The sales team, as the table keeps it: how many leads each holds, whose turn it is, and who waits in line."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime

from baton.domain import events as e
from baton.domain.change import Change
from baton.domain.handoff import Handoff, Turn
from baton.domain.lead import Lead
from baton.domain.people import Rep, Subscription
from baton.domain.roster import Line, Pool, Roster
from tests.simulation.agreed import card

HadIt = tuple[str, ...]


class Team:
    """Who is there, what they hold, and whose turn it is."""

    def __init__(self) -> None:
        self.reps: dict[str, Rep] = {}
        self.owed: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self.numbers = Counter[str]()
        self.lines: defaultdict[str, Counter[HadIt]] = defaultdict(Counter)
        self.hears: list[Callable[[], None]] = []

    def roster(self, team: str | None = "sales") -> Roster:
        pools = {name: self._pool(name) for name in self.numbers}
        return Roster(tuple(self.reps.values()), pools).under(card().agreement, "sales") if team else Roster()

    def _pool(self, name: str) -> Pool:
        lines = tuple(Line(had_it=had_it, waiting=waiting) for had_it, waiting in self.lines[name].items())
        return Pool(owed=self.owed[name], number=self.numbers[name], lines=lines)

    def joins(self, rep: Rep) -> None:
        self.reps[rep.email] = rep
        self._tell()

    def agree(self, email: str, **terms: object) -> None:
        """Something else is agreed for somebody."""
        self.reps[email] = self.reps[email].model_copy(update=terms)
        self._tell()

    def leaves(self, email: str) -> None:
        self.agree(email, subscription=Subscription.REMOVED)

    def _tell(self) -> None:
        for hear in self.hears:
            hear()

    def keep(self, change: Change, now: datetime) -> None:
        """Who holds a lead more after a change, and who one less; who took a turn, who came to a line or left it."""
        had, has = _holder(change.before), _holder(change.after)
        if had and had != has:
            self._count(had, open_handoffs=self.reps[had].open_handoffs - 1)
        if has and had != has:
            self._count(has, open_handoffs=self.reps[has].open_handoffs + 1, last_offered_at=now)
        for recorded in change.events:
            if isinstance(recorded.event, e.HandoffOffered | e.HandoffReassigned) and recorded.event.routing.turn:
                self._took(recorded.event.routing.turn)
        self._moves(change.before, -1)
        self._moves(change.after, +1)

    def _count(self, email: str, **counted: object) -> None:
        self.reps[email] = self.reps[email].model_copy(update=counted)

    def _took(self, turn: Turn) -> None:
        assert turn.read == self.numbers[turn.pool], "somebody was faster, and it was not decided again"
        self.owed[turn.pool] = dict(turn.owed)
        self.numbers[turn.pool] += 1
        for had_it in turn.empty:
            del self.lines[turn.pool][had_it]

    def _moves(self, lead: Lead | None, by: int) -> None:
        if handoff := waits(lead):
            self.lines[handoff.pool][tuple(sorted(handoff.had_it))] += by
            self.numbers[handoff.pool] += 1


def waits(lead: Lead | None) -> Handoff | None:
    """The handoff of a lead that waits in line."""
    return lead.handoff if lead and lead.handoff and lead.handoff.waits else None


def _holder(lead: Lead | None) -> str | None:
    return lead.handoff.owner if lead and lead.handoff and lead.handoff.is_open else None
