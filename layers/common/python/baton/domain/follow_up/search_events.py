"""The events of a search for forgotten leads: how far it has come, and which leads it found."""

from typing import ClassVar, Literal

from baton.domain.basics.facts import Fact, Instant
from baton.domain.basics.moments import iso

MAX_NAMED = 100

Outcome = Literal["well", "restarted", "asked", "forgotten"]


class Searched(Fact):
    """Something that happened in a search; `published` names the fields that the bus may carry."""

    published: ClassVar[tuple[str, ...]] = ()


class Place(Fact):
    """How far the lists were gone through: which list of them, and after which place in it."""

    list: int
    after: str


class LeadsLookedThrough(Searched):
    """So many leads that are owed something were looked at; with `next`, more are waiting.

    Of those whom nothing would have come of, `restarted` got a timer anew and `asked` were put up for review; only
    people can help those in `forgotten`: the ids of the first hundred of `forgotten_in_all`.
    """

    published = ("search", "looked_at", "restarted", "asked", "forgotten", "forgotten_in_all", "next")
    type: Literal["LeadsLookedThrough"] = "LeadsLookedThrough"
    search: str
    looked_at: int = 0
    restarted: int = 0
    asked: int = 0
    forgotten: tuple[str, ...] = ()
    forgotten_in_all: int = 0
    next: Place | None = None

    def with_lead(self, lead_id: str, outcome: Outcome) -> "LeadsLookedThrough":
        """Returns the event with one more lead and its outcome."""
        named = (*self.forgotten, lead_id) if outcome == "forgotten" else self.forgotten
        return self.model_copy(
            update={
                "looked_at": self.looked_at + 1,
                "restarted": self.restarted + (outcome == "restarted"),
                "asked": self.asked + (outcome == "asked"),
                "forgotten": named[:MAX_NAMED],
                "forgotten_in_all": self.forgotten_in_all + (outcome == "forgotten"),
            }
        )


KINDS: tuple[type[Searched], ...] = (LeadsLookedThrough,)


class RecordedOfSearch(Fact):
    """An event of a search, and when it was published."""

    at: Instant
    event: LeadsLookedThrough

    def for_the_bus(self) -> dict[str, object]:
        """Returns what the bus carries of the event: ids and numbers."""
        facts = self.event.model_dump(mode="json", include=set(self.event.published), exclude_none=True)
        at = iso(self.at)
        event_id = f"{self.event.search}-{self.event.looked_at if self.event.next else 'end'}"
        return {"event_id": event_id, "at": at, "version": 1, **facts}
