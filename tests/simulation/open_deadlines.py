"""Keeps, independently of Baton, the open deadlines of a lead: each is acted on once, in time, or ends for a reason."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from tests.simulation.broken_rules import must

FURTHER = ("review", "remind", "escalate", "reassign")


@dataclass(slots=True)
class OpenDeadline:
    """Something to do at a moment for the clock of a handoff or a duty, or because a lead is parked until then.

    `again`: somebody was looked for before, and is looked for once more.
    """

    of: str
    at: datetime
    do: str
    ends_when: str
    again: bool = False


@dataclass
class OpenDeadlines:
    """What Baton has yet to do for one lead; `ended` counts what became of the rest."""

    ended: Counter[str]
    left: list[OpenDeadline] = field(default_factory=list)

    def owe(self, due: OpenDeadline, now: datetime) -> None:
        """There is one thing more to do."""
        must(due.at > now, "has a deadline in the past")
        self.left.append(due)

    def acts(self, of: str, deadline: datetime, now: datetime, did: str) -> bool:
        """One act for all that is due of a clock: at the time of the last, and the one that goes furthest.

        Returns whether it was done; where it is not, nobody was found who takes the lead, and the manager was told.
        """
        late = [due for due in self.left if due.of == of and due.at <= now]
        must(bool(late), f"acts on {of} before its time, or twice")
        must(deadline == max(due.at for due in late), f"acts on another deadline of {of} than the last that is past")
        furthest = max((due.do for due in late), key=FURTHER.index)
        must(did == furthest or (did, furthest) == ("escalate", "reassign"), f"does {did} where {furthest} is due")
        self.ended["acted"] += 1
        self.ended["overtaken by a later step"] += len(late) - 1
        self.left = [due for due in self.left if due not in late]
        return did == furthest

    def passes_on(self, now: datetime) -> None:
        """The lead is passed on by a timer, because that is due; whatever else there was to do is over."""
        late = [due for due in self.left if due.at <= now and due.do == "reassign"]
        must(bool(late), "is passed on before its time")
        self.left.remove(late[0])
        self.ended["acted"] += 1

    def over(self, why: str, which: Callable[[OpenDeadline], bool] = lambda _: True) -> None:
        """Nothing need be done any more, and why."""
        if over := sum(map(which, self.left)):
            self.ended[why] += over
            self.left = [due for due in self.left if not which(due)]

    def inherit(self, of: str, ends_when: str, done: tuple[str, ...]) -> None:
        """Where a clock stops that was to look for somebody again, another clock does so in its place."""
        for due in self.left:
            if due.again and due.ends_when in done:
                due.of, due.ends_when = of, ends_when

    @property
    def searches(self) -> int:
        """How many clocks will look for somebody again."""
        return sum(due.again for due in self.left)
