"""What was counted of a lead's signals under one version of the agreement: the ledger, and what conditions ask for.

It follows from the signals, in the order of their time, and from the agreement; nothing of it is a fact of its own.
It is kept with the lead so that one more signal costs one more step, however long the history is.
"""

import json
from collections.abc import Callable, Mapping
from hashlib import blake2s
from typing import Any

from baton.agreement.terms.rules import SignalMatch, SignalsTest

MAX_READ, MAX_TEXT = 200, 24
ORIENTATION, BUYING = frozenset({"tofu", "mofu"}), "bofu"

SignalOrder = tuple[int, str]
"""Where a signal stands among others: its time in milliseconds, and among those of one time its reference."""

EventRef = int | str
"""An event: the number of one of the lead's own, the id of another's."""

Award = tuple[Any, ...]
"""A line of the ledger: time in milliseconds, hundredths of a point, which event, and, for a rule that is
capped for each content, which content."""

FORMAT = 2
"""Goes up with every change to how signals are counted: what an older Baton counted otherwise is counted anew."""

CarriedAward = tuple[int, float, int]
"""Awards of a rule that were summed up: the time of the last, hundredths of a point as of then, how many."""


class SignalCounts:
    """The counts of one lead; a copy is made before anything is added, so that what was stored stays as it was."""

    __slots__ = (
        *("awards", "basis", "carried", "distinct", "format", "latest"),
        *("read", "shifted_at", "stages", "times", "version", "warmth"),
    )

    def __init__(self, version: int, basis: str = "") -> None:
        self.format, self.version, self.basis = FORMAT, version, basis
        self.latest: SignalOrder = (0, "")
        self.awards: dict[str, list[Award]] = {}
        self.carried: dict[str, list[CarriedAward]] = {}
        self.times: dict[str, list[int]] = {}
        self.distinct: dict[str, dict[str, int]] = {}
        self.stages: dict[str, int] = {}
        self.shifted_at: int | None = None
        self.read: list[str] = []
        self.warmth = 0.0

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "SignalCounts":
        """The tally that `data` is of; `data` itself stays unchanged whatever is added."""
        tally = cls(data["version"], data["basis"])
        tally.latest = (data["latest"][0], data["latest"][1])
        tally.awards = dict(data["awards"])
        tally.carried = dict(data["carried"])
        tally.times = dict(data["times"])
        tally.distinct = dict(data["distinct"])
        tally.stages = dict(data["stages"])
        tally.shifted_at, tally.read = data["shifted_at"], list(data["read"])
        tally.warmth = data["warmth"]
        return tally

    def as_data(self) -> dict[str, Any]:
        """The tally as plain data, as it is kept with the lead."""
        return {name: getattr(self, name) for name in self.__slots__} | {"latest": list(self.latest)}

    def add_award(self, rule: str, award: Award) -> list[Award]:
        """Add a line to the ledger, and give all of the rule's."""
        awards = self.awards[rule] = [*self.awards.get(rule, ()), award]
        return awards

    def record_content(self, content: str | None, stage: str | None, at: int, memory: int) -> None:
        """Note what was read of the library, and how deep. Who turns from orientation to buying has shifted.

        `memory` is for how many milliseconds reading counts.
        """
        if content is not None and content not in self.read:
            self.read = [*self.read, content][-MAX_READ:]
        if stage is None:
            return
        before = self.funnel_stage(at, memory)
        if stage == BUYING and before in ORIENTATION:
            self.shifted_at = at
        self.stages[stage] = at

    def funnel_stage(self, at: int, memory: int) -> str | None:
        """The deepest stage of the funnel that was read of within `memory` milliseconds; None if there is none."""
        lately = [stage for stage, last in self.stages.items() if last > at - memory]
        return next((stage for stage in ("bofu", "mofu", "tofu") if stage in lately), None)

    def shifted_within(self, milliseconds: int, at: int) -> bool:
        """Whether the lead turned from orientation to buying not longer ago than that."""
        return self.shifted_at is not None and self.shifted_at > at - milliseconds


class Counter:
    """Counts signals that match; it remembers as many times as the conditions on it need."""

    __slots__ = ("by", "key", "kinds", "matches", "most", "windows")

    def __init__(self, key: str, test: SignalsTest, matches: Callable[[Mapping[str, Any]], bool]) -> None:
        self.key, self.matches, self.by, self.most = key, matches, test.get("distinct"), 1
        self.kinds = kinds_of(test["match"])
        self.windows: set[int] = set()

    @classmethod
    def of(cls, test: SignalsTest, matches: Callable[[Mapping[str, Any]], bool]) -> "Counter":
        """The counter for a test; tests of the same signals get counters with the same key."""
        what = json.dumps([test["match"], test.get("distinct")], sort_keys=True)
        return cls(blake2s(what.encode(), digest_size=6).hexdigest(), test, matches)

    def remember_at_least(self, times: int) -> None:
        """Keep at least so many times."""
        self.most = max(self.most, times)

    def add(self, tally: SignalCounts, signal: Mapping[str, Any], at: int) -> None:
        """Count a signal that matches."""
        if self.by is None:
            tally.times[self.key] = [*tally.times.get(self.key, ()), at][-self.most :]
            return
        value = signal.get(self.by)
        if value is None:
            return
        value = shortened(value)
        values = {each: last for each, last in tally.distinct.get(self.key, {}).items() if each != value}
        values[value] = at
        tally.distinct[self.key] = dict(list(values.items())[-self.most :])

    def count(self, tally: SignalCounts, after: int) -> int:
        """How many there were after that time, as far as anybody asked."""
        last = tally.times.get(self.key, ()) if self.by is None else tally.distinct.get(self.key, {}).values()
        return sum(1 for at in last if at > after)

    def last_times(self, tally: SignalCounts) -> list[int]:
        """The times from which a window over these signals runs."""
        return list(tally.times.get(self.key, ()) if self.by is None else tally.distinct.get(self.key, {}).values())


def is_current(data: Mapping[str, Any] | None, version: int) -> bool:
    """Whether a tally as it is kept was counted under a version of the agreement, and as it would be counted now."""
    return data is not None and (data.get("format"), data["version"]) == (FORMAT, version)


def shortened(text: str) -> str:
    """A text by which it can be told from others, without its length."""
    return text if len(text) <= MAX_TEXT else f"#{blake2s(text.encode(), digest_size=8).hexdigest()}"


def kinds_of(match: SignalMatch) -> frozenset[str] | None:
    """The kinds of signals that can match; None for any."""
    test = match.get("kind", {})
    if "is" in test:
        return frozenset({str(test["is"]).casefold()})
    return frozenset(str(kind).casefold() for kind in test["one_of"]) if "one_of" in test else None
