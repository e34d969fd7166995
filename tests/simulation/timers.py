"""Timers as the state machines run them: an event with a deadline starts one; some are late, and some start twice."""

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random

LATE = (("minutes", 0.08), ("hours", 0.05), ("days", 0.02))
TWICE, UNASKED, LOST = 0.06, 0.02, 0.02


@dataclass(slots=True, eq=False)
class Execution:
    """One that waits until a moment; it looks then, or as much later as chance will have it."""

    lead_id: str
    event_id: str
    due_at: datetime
    is_lost: bool = False
    is_stopped: bool = False


class Timers:
    """All that wait, in the order in which they will look; where some get lost, they seem to wait for ever."""

    def __init__(self, chance: Random, *, some_are_lost: bool) -> None:
        self.chance, self.order = chance, count()
        self.lost = LOST if some_are_lost else 0.0
        self.heap: list[tuple[datetime, int, Execution]] = []
        self.waiting: defaultdict[str, list[Execution]] = defaultdict(list)
        self.seen = Counter[str]()

    def start(self, lead_id: str, event_id: str, due_at: datetime, now: datetime) -> None:
        """The bus has an event with a deadline: it starts one that waits, or two, or one that does not wait at all."""
        self.wait(Execution(lead_id, event_id, due_at), now)
        if self.chance.random() < TWICE:
            self.seen["twice"] += 1
            self.wait(Execution(lead_id, event_id, due_at), now)
        if self.chance.random() < UNASKED:
            self.seen["before their time"] += 1
            early = Execution(lead_id, event_id, due_at)
            self.waiting[lead_id].append(early)
            self._push(now + (due_at - now) * self.chance.random(), early)

    def stop(self, lead_id: str, event_id: str) -> None:
        """The first that this event started does not look any more, unless chance will have it that it goes on."""
        for execution in self.waiting[lead_id]:
            if execution.event_id == event_id:
                if self.chance.random() >= UNASKED:
                    self.seen["stopped"] += 1
                    execution.is_stopped = True
                    self.waiting[lead_id].remove(execution)
                    self._forget_stopped()
                return

    def wait(self, execution: Execution, now: datetime) -> None:
        """Wait until it is due; a few will never look."""
        self.waiting[execution.lead_id].append(execution)
        if self.lost and self.chance.random() < self.lost:
            self.seen["lost"] += 1
            execution.is_lost = True
        else:
            self._push(max(now, execution.due_at) + self.late(), execution)

    def _push(self, at: datetime, execution: Execution) -> None:
        heapq.heappush(self.heap, (at, next(self.order), execution))

    def late(self) -> timedelta:
        """How late one will look."""
        drawn = self.chance.random()
        for unit, share in LATE:
            if drawn < share:
                self.seen["late"] += 1
                return timedelta(**{unit: self.chance.randint(1, 12)})
            drawn -= share
        return timedelta()

    def next(self) -> Execution:
        """The next that looks; it waits no longer."""
        _, _, execution = heapq.heappop(self.heap)
        self.waiting[execution.lead_id].remove(execution)
        self._forget_stopped()
        return execution

    def _forget_stopped(self) -> None:
        while self.heap and self.heap[0][2].is_stopped:
            heapq.heappop(self.heap)

    def catch_up(self, now: datetime) -> bool:
        """Let those that are late look now; whether any is to look."""
        if any(one.due_at <= now < at for at, _, one in self.heap):
            self.heap = [(min(at, now) if one.due_at <= now else at, number, one) for at, number, one in self.heap]
            heapq.heapify(self.heap)
            self._forget_stopped()
        return bool(self.heap) and self.heap[0][0] <= now

    def give_up(self, lead_id: str, now: datetime) -> None:
        """Those that should have looked and are lost are waited for no longer."""
        here = self.waiting[lead_id]
        here[:] = [execution for execution in here if not (execution.is_lost and execution.due_at < now)]

    def looks_by(self, lead_id: str, moment: datetime) -> bool:
        """Whether one waits for this moment, or for one before it."""
        return any(execution.due_at <= moment for execution in self.waiting[lead_id])
