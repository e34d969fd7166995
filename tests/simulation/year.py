"""A year of a company, from a seed: everybody does what chance makes them do, and the timers look when they look."""

import heapq
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from baton.domain.change import Change
from tests.simulation.buyers import Buyers
from tests.simulation.desk import Desk
from tests.simulation.lines import Lines
from tests.simulation.marketers import Marketers
from tests.simulation.salespeople import Salespeople
from tests.simulation.team import Team
from tests.simulation.timers import Timers

LENGTH = timedelta(days=365)
Act = Callable[[], None]


class Year:
    """One year, lived through by `live`."""

    def __init__(self, seed: int) -> None:
        self.seed, self.chance = seed, Random(seed)
        self.now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=self.chance.randrange(365))
        self.ends = self.now + LENGTH
        self.plans: list[tuple[datetime, int, Act]] = []
        self.order = count()
        self.after_each: list[Act] = []
        self.timers, self.team = Timers(self.chance), Team()
        self.salespeople = Salespeople(self)
        self.desk = Desk(self.team, self.salespeople.accounts())
        self.buyers, self.marketers, self.lines = Buyers(self), Marketers(self), Lines(self)
        self.desk.watchers += [self._start_timers, self.salespeople.learn, self.marketers.learn, self.lines.learn]

    def plan(self, wait: timedelta, act: Act) -> None:
        """Somebody is going to do something."""
        if (at := self.now + wait) < self.ends:
            heapq.heappush(self.plans, (at, next(self.order), act))

    def live(self) -> None:
        """Let the year pass; at its end those timers look that are late."""
        self.salespeople.begin()
        self.buyers.begin()
        self.marketers.begin()
        while self._next() <= self.ends:
            self._go_on()
        self.now = self.ends
        while self.timers.catch_up(self.now):
            while self.timers.heap and self.timers.heap[0][0] <= self.now:
                self._go_on()

    def _next(self) -> datetime:
        return min(heap[0][0] for heap in (self.plans, self.timers.heap) if heap)

    def _go_on(self) -> None:
        timers, plans = self.timers.heap, self.plans
        if plans and (not timers or plans[0][0] <= timers[0][0]):
            self.now, _, act = heapq.heappop(plans)
            act()
        else:
            self.now = max(self.now, timers[0][0])
            self._look()
        for check in self.after_each:
            check()

    def _look(self) -> None:
        timer = self.timers.next()
        if again := self.desk.look(timer, self.now):
            assert again > self.now, "a timer that looks again at once looks for ever"
            timer.due_at = again
            self.timers.wait(timer, self.now)

    def _start_timers(self, change: Change, _considered: bool) -> None:
        for recorded in change.events:
            if due_at := getattr(recorded.event, "due_at", None):
                self.timers.start(recorded.lead_id, recorded.event_id, due_at, self.now)
