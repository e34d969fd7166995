"""What sales does with leads in the made-up history: each rep in their own way, some weeks faster than others."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from baton.domain.basics.moments import iso
from baton.domain.leads.handoff import Handoff
from tools.history.cast.people import ASTRID, JONAS, MONA, OLAF, PRIYA, SAM, TESS
from tools.history.cast.words import AMOUNTS, ANSWERS, CALLS, LOST, NOTES, REASONS, RETURNS
from tools.history.past import Act, Past

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
QUIET_DAYS = timedelta(days=2)
"""So long before the end Mona leaves to whoever reads this what is late."""
OFFERED = ("HandoffOffered", "HandoffReassigned")


class Manner(NamedTuple):
    """How a rep works: minutes until they accept, and until they call, and how many leads of a hundred they leave."""

    accepts_within: int
    calls_within: int
    leaves: int


MANNERS: Mapping[str, Manner] = {
    SAM: Manner(25, 120, 4),
    TESS: Manner(15, 80, 2),
    JONAS: Manner(45, 220, 10),
    ASTRID: Manner(30, 160, 5),
    PRIYA: Manner(30, 160, 4),
    OLAF: Manner(30, 200, 0),
}
PACE = (1.0, 1.6, 0.7, 1.0, 0.8)
"""How much slower everybody is, week by week; in the second was the fair."""
ENDS: Mapping[str, int] = {
    "won": 16,
    "lost": 14,
    "bad_timing": 12,
    "not_qualified": 10,
    "unreachable": 8,
    "bad_fit": 6,
    "wrong_person": 2,
}
"""How often of a hundred a lead ends so after a contact; the others go on."""


class Sales:
    """The reps; each offer makes somebody act, sooner or later."""

    def __init__(self, past: Past) -> None:
        self.past, self.chance = past, past.chance
        self.begun = past.now
        past.reactions.append(self.react)

    def react(self, kind: str, told: Mapping[str, Any]) -> None:
        """Whoever has got a lead takes it up; Mona hears of those who do not."""
        if kind == "HandoffEscalated" and self.past.now < self.past.ends - QUIET_DAYS:
            self._soon(200, partial(self.manage, told["lead_id"]))
        if kind not in OFFERED or (handoff := self._open(told["lead_id"])) is None:
            return
        owner = handoff.owner or ""
        manner = MANNERS.get(owner)
        if manner and self.chance.randrange(100) >= manner.leaves:
            self._soon(manner.accepts_within, partial(self.accept, told["lead_id"], owner))

    def manage(self, lead_id: str) -> None:
        """Mona passes on a lead that nobody has taken up."""
        handoff = self._open(lead_id)
        if handoff and handoff.state == "offered" and handoff.team == "sales":
            owner = self.chance.choice([name for name in (SAM, TESS) if name != handoff.owner])
            said = {"owner": owner, "reason": self.chance.choice(REASONS)}
            self.past.act(MONA, "sales", "POST", f"/handoffs/{handoff.handoff_id}/reassign", said)

    def accept(self, lead_id: str, owner: str) -> None:
        """The owner takes the lead, and calls in a while."""
        if self._do(lead_id, owner, "accept", {}):
            self._soon(MANNERS[owner].calls_within, partial(self.call, lead_id, owner))

    def call(self, lead_id: str, owner: str) -> None:
        """The owner calls the lead, and says what came of it."""
        [outcome] = self.chance.choices(["reached", "no_answer", "left_message", "wrong_number"], [60, 20, 15, 5])
        said: dict[str, Any] = {"channel": "phone", "outcome": outcome, "note": self.chance.choice(CALLS[outcome])}
        if outcome == "reached" and self.chance.random() < 0.6:
            said["next_at"] = iso(self.past.in_working_time(self.past.now, self.chance.randint(9, 50) * HOUR))
        if not self._do(lead_id, owner, "contact", {name: value for name, value in said.items() if value}):
            return
        if outcome == "reached":
            self._learns(lead_id, owner)
        again = self.past.in_working_time(self.past.now, self.chance.randint(7, 34) * HOUR)
        self.past.plan(again, partial(self.go_on, lead_id, owner))

    def go_on(self, lead_id: str, owner: str) -> None:
        """The owner ends it in one way or the other, or calls again."""
        ends = {**ENDS} | {"": 100 - sum(ENDS.values())}
        [end] = self.chance.choices([*ends], [*ends.values()])
        if not end:
            self.call(lead_id, owner)
        elif end in ("won", "lost"):
            self._close(lead_id, owner, end)
        else:
            said = {"reason": end, "note": self.chance.choice(RETURNS[end])}
            self._rate(lead_id, owner, 2)
            self._do(lead_id, owner, "return", said)

    def _close(self, lead_id: str, owner: str, outcome: str) -> None:
        said = {"amount": self.chance.choice(AMOUNTS)} if outcome == "won" else {"reason": self.chance.choice(LOST)}
        self._rate(lead_id, owner, 4 if outcome == "won" else 3)
        self._do(lead_id, owner, "close", {"outcome": outcome, **said})

    def _learns(self, lead_id: str, owner: str) -> None:
        asked = [name for name in ANSWERS if self.chance.random() < 0.45]
        if asked:
            bant = {name: {"value": self.chance.choice(ANSWERS[name])} for name in asked}
            self.past.act(owner, "sales", "PATCH", f"/leads/{lead_id}", {"bant": bant})
        if self.chance.random() < 0.15:
            self.past.act(owner, "sales", "POST", f"/leads/{lead_id}/notes", {"text": self.chance.choice(NOTES)})

    def _rate(self, lead_id: str, owner: str, about: int) -> None:
        if self.chance.random() < 0.6:
            self._do(lead_id, owner, "rating", {"stars": about + self.chance.randint(0, 1)})

    def _do(self, lead_id: str, owner: str, what: str, said: Mapping[str, Any]) -> bool:
        """Does something to the lead, if it is still the owner's."""
        handoff = self._open(lead_id)
        if handoff is None or handoff.owner != owner:
            return False
        return self.past.act(owner, "sales", "POST", f"/handoffs/{handoff.handoff_id}/{what}", said).status < 400

    def _open(self, lead_id: str) -> Handoff | None:
        handoff = self.past.lead(lead_id).handoff
        return handoff if handoff and handoff.is_open else None

    def _soon(self, about: int, act: Act) -> None:
        pace = PACE[min((self.past.now - self.begun).days // 7, len(PACE) - 1)]
        length = about * pace * self.chance.uniform(0.2, 1.5) * MINUTE
        self.past.plan(self.past.in_working_time(self.past.now, length), act)
