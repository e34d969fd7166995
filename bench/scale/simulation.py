"""Simulates a minute on AWS: forms arrive, functions run, keys and quotas are used up, mails go out.

Each request repeats one of the recorded ones: its calls, in order, with their units by partition key. A key or a quota
is a bucket that fills by the second; what finds it empty is throttled and tried again as the SDK does, after a random
pause that doubles. There is no help by adaptive capacity, and no burst beyond a second's worth.
"""

import heapq
import random
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from statistics import quantiles
from typing import NamedTuple

from bench.scale.quotas import CALL, FROM_BUS, KEY_READS, KEY_WRITES, POLL, Quotas
from bench.scale.recording import OWN, Recorded, RecordedCall, RecordedRun

Steps = Generator[float, None, None]
"""A process: it yields how many seconds it waits."""
BATCH = 100
FIRST_PAUSE, MAX_PAUSE = 0.05, 20.0
"""The SDK's pauses after a throttled call."""
CONFLICT_PAUSE, MAX_CONFLICT_PAUSE = 0.02, 1.0
"""Baton's own pauses after a write conflict: see `aws/table/retries.py`."""
SPEED = 1769 / 512
"""With 512 MB a function has this part of a processor: so much longer its processor time takes by the clock."""


@dataclass
class Bucket:
    """So much a second, and at most so much at once."""

    rate: float
    size: float
    level: float = field(init=False)
    filled_at: float = 0.0

    def __post_init__(self) -> None:
        """Begins full."""
        self.level = self.size

    def take(self, units: float, now: float) -> bool:
        """Takes units if there are any; what is larger than the bucket takes it whole."""
        self.level = min(self.size, self.level + (now - self.filled_at) * self.rate)
        self.filled_at = now
        if self.level < min(units, self.size):
            return False
        self.level -= units
        return True


class Arrival(NamedTuple):
    """A form: when it comes, and whether it asks for a person, of which pool."""

    at: float
    pool: int | None


@dataclass
class Outcome:
    """What was seen: what was throttled, first and how often; forms refused; seconds to the mail; the load of keys."""

    throttled: Counter[str] = field(default_factory=Counter)
    first: tuple[float, str] | None = None
    refused: int = 0
    answered: list[float] = field(default_factory=list)
    to_mail: list[float] = field(default_factory=list)
    conflicts: int = 0
    used: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def throttle(self, what: str, now: float) -> None:
        """Counts what was throttled."""
        self.throttled[what] += 1
        self.first = self.first or (now, what)

    def busiest(self, number: int) -> list[tuple[str, float]]:
        """Returns the keys of which most units were used, with their units."""
        return sorted(self.used.items(), key=lambda pair: -pair[1])[:number]

    @property
    def throttled_writes(self) -> int:
        """Returns how many writes to the table were throttled."""
        return sum(number for what, number in self.throttled.items() if what.startswith(("key ", "table")))


class Simulation:
    """One run, the same for the same seed."""

    def __init__(self, quotas: Quotas, recorded: dict[bool, Sequence[Recorded]], seed: int) -> None:
        """Takes the recordings of forms that only record (False) and of those that are handed over (True)."""
        self.quotas, self.recorded, self.random, self.outcome = quotas, recorded, random.Random(seed), Outcome()  # noqa: S311
        self.now = 0.0
        self._order, self._active = count(), 0
        self._agenda: list[tuple[float, int, Steps]] = []
        self._keys: dict[str, Bucket] = {}
        self._turns: Counter[int] = Counter()
        self._shards: list[deque[tuple[float, bool, Recorded]]] = [deque() for _ in range(quotas.shards)]
        self._limits = {
            "the stage's throttle on forms": Bucket(*quotas.forms),
            "API Gateway's requests": Bucket(*quotas.gateway),
            "table's write units": Bucket(quotas.table_writes, quotas.table_writes),
            "EventBridge's PutEvents": Bucket(*quotas.bus),
            "Step Functions' StartExecution": Bucket(*quotas.timer_starts),
            "SNS's Publish": Bucket(*quotas.mails),
        }

    def run(self, arrivals: Sequence[Arrival], patience: float = 60.0) -> Outcome:
        """Plays all arrivals, and what follows until `patience` after the last one."""
        for arrival in arrivals:
            self._begin(self._form(arrival), arrival.at)
        for shard in self._shards:
            self._begin(self._publisher(shard), self.random.random() * POLL)
        end = arrivals[-1].at + patience
        while self._agenda and self._agenda[0][0] < end:
            self.now, _, steps = heapq.heappop(self._agenda)
            if (wait := next(steps, None)) is not None:
                heapq.heappush(self._agenda, (self.now + wait, next(self._order), steps))
        return self.outcome

    def _begin(self, steps: Steps, at: float) -> None:
        heapq.heappush(self._agenda, (at, next(self._order), steps))

    def _form(self, arrival: Arrival) -> Steps:
        yield 0.0
        if not (self._allowed("the stage's throttle on forms", 1) and self._allowed("API Gateway's requests", 1)):
            self.outcome.refused += 1
            return
        if self._active >= self.quotas.concurrency:
            self.outcome.throttle("Lambda's concurrency", self.now)
            self.outcome.refused += 1
            return
        one = self.random.choice(self.recorded[arrival.pool is not None])
        self._active += 1
        yield from self._submit(one.runs[0], arrival.pool)
        self._active -= 1
        self.outcome.answered.append(self.now - arrival.at)
        shard = self.random.choice(self._shards)
        shard.append((arrival.at, arrival.pool is not None, one))

    def _submit(self, run: RecordedRun, pool: int | None) -> Steps:
        """Runs the form's function; a handover whose turn was taken meanwhile decides anew."""
        yield run.seconds * SPEED
        for attempt in count():
            turn = self._turns[pool] if pool is not None else 0
            for call in run.calls:
                yield from self._call(call)
            if pool is None or self._turns[pool] == turn:
                break
            self.outcome.conflicts += 1
            yield self.random.random() * min(MAX_CONFLICT_PAUSE, CONFLICT_PAUSE * 2**attempt)
        if pool is not None:
            self._turns[pool] += 1

    def _publisher(self, shard: "deque[tuple[float, bool, Recorded]]") -> Steps:
        """Reads one shard of the stream, in batches, one after the other."""
        while True:
            if not shard:
                yield POLL
                continue
            batch, events = [], 0
            while shard and events + shard[0][2].events <= BATCH:
                batch.append(shard.popleft())
                events += batch[-1][2].events
            for _ in range(-(-events // 10)):
                yield from self._patiently("EventBridge's PutEvents", 1)
                yield CALL
            for arrived_at, handed_over, one in batch:
                if handed_over:
                    self._begin(self._mail(arrived_at, one), self.now + FROM_BUS)
                    self._begin(self._timer(), self.now + FROM_BUS)

    def _mail(self, arrived_at: float, one: Recorded) -> Steps:
        """Runs what follows the first event of a handover up to the mail."""
        for run in one.runs[1:]:
            if run.function == "publish_events":
                continue
            yield run.seconds * SPEED
            for call in run.calls:
                yield from self._call(call)
                if call.operation == "Publish":
                    self.outcome.to_mail.append(self.now - arrived_at)
                    return

    def _timer(self) -> Steps:
        yield from self._patiently("Step Functions' StartExecution", 1)

    def _call(self, call: RecordedCall) -> Steps:
        """Makes one call: it is tried again until every key has units for it."""
        if call.operation == "Publish":
            yield from self._patiently("SNS's Publish", 1)
        for attempt in count():
            empty = self._empty(call)
            if empty is None:
                break
            self.outcome.throttle(empty, self.now)
            yield self.random.random() * min(MAX_PAUSE, FIRST_PAUSE * 2**attempt)
        yield CALL

    def _empty(self, call: RecordedCall) -> str | None:
        """Takes the units of a call, or returns the name of the first bucket that lacks them."""
        if (written := sum(call.writes.values())) and not self._limits["table's write units"].take(written, self.now):
            return "table's write units"
        for units, limit, kind in ((call.writes, KEY_WRITES, "writes"), (call.reads, KEY_READS, "reads")):
            for key, number in units.items():
                if key == OWN:
                    continue
                bucket = self._keys.setdefault(f"key {key}, {kind}", Bucket(limit, limit))
                self.outcome.used[f"key {key}, {kind}"] += number
                if not bucket.take(number, self.now):
                    return f"key {key}, {kind}"
        return None

    def _allowed(self, what: str, units: float) -> bool:
        if self._limits[what].take(units, self.now):
            return True
        self.outcome.throttle(what, self.now)
        return False

    def _patiently(self, what: str, units: float) -> Steps:
        """Waits until a quota has room, with the SDK's pauses."""
        for attempt in count():
            if self._allowed(what, units):
                return
            yield self.random.random() * min(MAX_PAUSE, FIRST_PAUSE * 2**attempt)


def evenly(rate: float, seconds: float, handovers: float, pools: int, seed: int) -> list[Arrival]:
    """Returns random arrivals, so many a second on average; a share of them asks for a person."""
    return list(_arrivals(lambda _: rate, rate, seconds, handovers, pools, seed))


def after_a_mailing(rate: float, seconds: float, handovers: float, pools: int, seed: int) -> list[Arrival]:
    """Returns arrivals that begin at three times the rate, and fall by half every third of the time."""
    return list(_arrivals(lambda at: 3 * rate * 0.5 ** (3 * at / seconds), 3 * rate, seconds, handovers, pools, seed))


def _arrivals(
    rate: Callable[[float], float], most: float, seconds: float, handovers: float, pools: int, seed: int
) -> Iterator[Arrival]:
    chance, at = random.Random(seed), 0.0  # noqa: S311
    while (at := at + chance.expovariate(most)) < seconds:
        if chance.random() * most <= rate(at):
            yield Arrival(at, chance.randrange(pools) if chance.random() < handovers else None)


def p99(values: Sequence[float]) -> float | None:
    """Returns the 99th percentile, if there are values enough."""
    return quantiles(values, n=100, method="inclusive")[98] if len(values) > 1 else None
