"""Counts of a lead's signals under one version of the agreement: points awarded, and counts that conditions ask for.

The counts follow from the signals, in order of their time, and from the agreement; they are derived, not facts.
They are stored with the lead (`Lead.tally`), so that one more signal costs one step, however long the history is.
"""

import json
from collections.abc import Callable, Mapping
from hashlib import blake2s
from typing import Any, Self

from baton.agreement.terms.rules import SignalMatch, SignalsTest

MAX_READ, MAX_TEXT = 200, 24
ORIENTATION, BUYING = frozenset({"tofu", "mofu"}), "bofu"

SignalOrder = tuple[int, str]
"""The sort key of a signal: its time in milliseconds since 1970, then its reference."""

EventRef = int | str
"""An event: its number if it is the lead's own, its id if it is another lead's."""

CAPTURE_EVENT: EventRef = 1
"""A lead's first event, which carries the facts known from the beginning."""

Award = tuple[Any, ...]
"""Points that a rule gave: time in milliseconds, hundredths of a point, the event, and, for a rule with a cap for
each content, the content."""

FORMAT = 2
"""The version of the way of counting; counts of another format are recounted from the history."""

CarriedAward = tuple[int, float, int]
"""Older awards of a rule as one sum: the time of the last, hundredths of a point at that time, how many."""

Summed = tuple[int, int]
"""A value that is added up: the time of its signal in milliseconds, and the value in thousandths."""


class SignalCounts:
    """The counts of one lead; changing them never alters the stored data that they were read from."""

    __slots__ = (
        *("acted_at", "awards", "basis", "carried", "distinct", "format", "latest"),
        *("read", "shifted_at", "stages", "sums", "times", "version", "warmth"),
    )

    def __init__(self, version: int, basis: str = "") -> None:
        self.format, self.version, self.basis = FORMAT, version, basis
        self.latest: SignalOrder = (0, "")
        self.acted_at = 0
        self.awards: dict[str, list[Award]] = {}
        self.carried: dict[str, list[CarriedAward]] = {}
        self.times: dict[str, list[int]] = {}
        self.distinct: dict[str, dict[str, int]] = {}
        self.sums: dict[str, list[Summed]] = {}
        self.stages: dict[str, int] = {}
        self.shifted_at: int | None = None
        self.read: list[str] = []
        self.warmth = 0.0

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "SignalCounts":
        """Reads counts as stored with a lead; changes to them leave `data` as it is."""
        tally = cls(data["version"], data["basis"])
        tally.latest = (data["latest"][0], data["latest"][1])
        tally.acted_at = last_act(data)
        tally.awards = dict(data["awards"])
        tally.carried = dict(data["carried"])
        tally.times = dict(data["times"])
        tally.distinct = dict(data["distinct"])
        tally.sums = dict(data.get("sums", {}))
        tally.stages = dict(data["stages"])
        tally.shifted_at, tally.read = data["shifted_at"], list(data["read"])
        tally.warmth = data["warmth"]
        return tally

    def as_data(self) -> dict[str, Any]:
        """Returns the counts as plain data, as they are stored with the lead."""
        data = {name: getattr(self, name) for name in self.__slots__} | {"latest": list(self.latest)}
        if not self.sums:
            del data["sums"]
        return data

    def add_award(self, rule: str, award: Award) -> list[Award]:
        """Adds points that a rule gave, and returns all awards of that rule."""
        awards = self.awards[rule] = [*self.awards.get(rule, ()), award]
        return awards

    def record_content(self, content: str | None, stage: str | None, at: int, memory: int) -> None:
        """Records content that the lead read, and its stage of the funnel (`tofu`, `mofu`, `bofu`).

        A lead that reads `bofu` after `tofu` or `mofu` has shifted to buying. Reading counts for `memory` milliseconds.
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
        """Returns the deepest funnel stage that the lead read of within `memory` milliseconds; None without one."""
        lately = [stage for stage, last in self.stages.items() if last > at - memory]
        return next((stage for stage in ("bofu", "mofu", "tofu") if stage in lately), None)

    def shifted_within(self, milliseconds: int, at: int) -> bool:
        """Tells whether the lead shifted from orientation to buying in the last `milliseconds`."""
        return self.shifted_at is not None and self.shifted_at > at - milliseconds


class Counter:
    """Counts the signals that match a test; it keeps as many of the last times as its conditions need."""

    __slots__ = ("by", "key", "kinds", "matches", "most")

    def __init__(self, key: str, test: SignalsTest, matches: Callable[[Mapping[str, Any]], bool]) -> None:
        self.key, self.matches, self.by, self.most = key, matches, test.get("distinct"), 1
        self.kinds = kinds_of(test["match"])

    @classmethod
    def of(cls, test: SignalsTest, matches: Callable[[Mapping[str, Any]], bool]) -> Self:
        """Makes the counter for a test; tests that match the same signals get the same key."""
        what = json.dumps([test["match"], test.get("distinct")], sort_keys=True)
        return cls(blake2s(what.encode(), digest_size=6).hexdigest(), test, matches)

    def remember_at_least(self, times: int) -> None:
        """Raises the number of last times that are kept to at least `times`."""
        self.most = max(self.most, times)

    def add(self, tally: SignalCounts, signal: Mapping[str, Any], at: int) -> None:
        """Counts a signal that matches: its time, or the last time of its distinct value."""
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
        """Returns how many signals came after a time, up to the number of times kept."""
        last = tally.times.get(self.key, ()) if self.by is None else tally.distinct.get(self.key, {}).values()
        return sum(1 for at in last if at > after)

    def last_times(self, tally: SignalCounts) -> list[int]:
        """Returns the kept times of the signals; a window of a condition begins at each."""
        return list(tally.times.get(self.key, ()) if self.by is None else tally.distinct.get(self.key, {}).values())


def is_current(data: Mapping[str, Any] | None, version: int) -> bool:
    """Tells whether stored counts are of this version of the agreement and of the present format."""
    return data is not None and (data.get("format"), data["version"]) == (FORMAT, version)


def last_act(data: Mapping[str, Any]) -> int:
    """Returns when the person last did something, in milliseconds since 1970, by stored counts.

    Counts stored before signals said so have the time of the last signal.
    """
    at: int = data.get("acted_at", data["latest"][0])
    return at


def shortened(text: str) -> str:
    """Returns a text of at most 24 characters as it is, and a longer one as a hash."""
    return text if len(text) <= MAX_TEXT else f"#{blake2s(text.encode(), digest_size=8).hexdigest()}"


def kinds_of(match: SignalMatch) -> frozenset[str] | None:
    """Returns the kinds of signals that a test can match; None if any kind can."""
    test = match.get("kind", {})
    if "is" in test:
        return frozenset({str(test["is"]).casefold()})
    return frozenset(str(kind).casefold() for kind in test["one_of"]) if "one_of" in test else None
