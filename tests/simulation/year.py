"""A simulated year of a company: chance, from a seed, decides what people do and when timers look."""

import heapq
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from baton.domain.history.change import Change
from tests.simulation.commands import Commands
from tests.simulation.lead_activity import LeadActivity
from tests.simulation.marketers import Marketers
from tests.simulation.salespeople import Salespeople
from tests.simulation.search import Search
from tests.simulation.staff import Staff
from tests.simulation.strangers import Strangers
from tests.simulation.team import Teams
from tests.simulation.timers import Timers
from tests.simulation.waiting_lines import WaitingLines

LENGTH = timedelta(days=365)
Act = Callable[[], None]


class Year:
    """One year, lived through by `simulate_year`."""

    def __init__(self, seed: int) -> None:
        self.seed, self.chance = seed, Random(seed)
        self.now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=self.chance.randrange(365))
        self.ends = self.now + LENGTH
        self.plans: list[tuple[datetime, int, Act]] = []
        self.order = count()
        self.after_each: list[Act] = []
        self.timers = Timers(self.chance, some_are_lost=seed % 2 == 1)
        self.teams = Teams()
        self.staff = Staff(self)
        self.commands = Commands(self.teams, self.staff.accounts())
        self.lines = WaitingLines(self)
        self.lead_activity, self.salespeople, self.marketers = LeadActivity(self), Salespeople(self), Marketers(self)
        self.search, self.strangers = Search(self), Strangers(self)
        self.commands.watchers += [self._start_timers, self.lines.learn, self.salespeople.learn, self.marketers.learn]

    def plan(self, wait: timedelta, act: Act) -> None:
        """Somebody is going to do something."""
        if self.now + wait < self.ends:
            heapq.heappush(self.plans, (self.now + wait, next(self.order), act))

    def live(self) -> None:
        """Let the year pass; at its end those timers look that are late."""
        self.staff.begin()
        self.lead_activity.begin()
        self.marketers.begin()
        self.strangers.begin()
        if self.timers.lost:
            self.search.begin()
        while self._next() <= self.ends:
            self._go_on()
        self._end()

    def _end(self) -> None:
        """Nobody does anything any more; whatever is late comes now, and whoever is forgotten is found."""
        self.now, self.timers.lost = self.ends + timedelta(hours=1), 0.0
        self.lines.serve_all()
        self.search.begin()
        while self.timers.catch_up(self.now):
            self._go_on()
            self.lines.serve_all()

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
        if again := self.commands.look(timer, self.now):
            assert again > self.now, "a timer that looks again at once looks for ever"
            timer.due_at = again
            self.timers.wait(timer, self.now)

    def _start_timers(self, change: Change, _considered: bool) -> None:
        for recorded in change.events:
            if due_at := recorded.timer_due_at or getattr(recorded.event, "due_at", None):
                self.timers.start(recorded.lead_id, recorded.event_id, due_at, self.now)
            if recorded.ends_timer:
                self.timers.stop(recorded.lead_id, recorded.ends_timer)
