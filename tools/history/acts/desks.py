"""What lies on people's desks when the stack starts: leads that are new, due soon, late, or agreed for tomorrow."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from baton.domain.basics.moments import iso
from tools.history.acts.marketing import Marketing
from tools.history.acts.sales import Sales
from tools.history.acts.visitors import GIVEN_NAMES, Visitors
from tools.history.cast.people import HOSTILE, LARGE, MARIA, MONA, SAM, Person, somebody
from tools.history.past import OFFICE_HOURS, Past

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A_WORKING_DAY = 8 * HOUR


class OnDesk(NamedTuple):
    """A lead of Sam's: the working hours since it asked, since he took it and called (None: not yet), and until the
    next call that was agreed.
    """

    asked: float
    taken: float | None = None
    called: float | None = None
    next_call: float | None = None


SAMS = (
    OnDesk(0.3),
    OnDesk(0.75),
    OnDesk(1.6),
    OnDesk(3.0, taken=2.5),
    OnDesk(7.5, taken=6.5),
    OnDesk(20.0, taken=19.5, called=15.0, next_call=1.5),
    OnDesk(24.0, taken=23.4, called=22.0, next_call=9.0),
    OnDesk(70.0, taken=69.6, called=67.0),
)
"""Sam's desk: two to accept, a third that he is late to accept, and likewise for the first and the next call."""


def before(moment: datetime, working: timedelta) -> datetime:
    """Returns the last moment from which so much working time has passed at this one."""
    begin = moment - working
    while OFFICE_HOURS.between(begin, moment) < working:
        begin -= max(working - OFFICE_HOURS.between(begin, moment), timedelta(minutes=5))
    return begin


class Desks:
    """Plans what is left open for each of them."""

    def __init__(self, past: Past, visitors: Visitors, sales: Sales, marketing: Marketing) -> None:
        self.past, self.visitors, self.sales, self.marketing = past, visitors, sales, marketing

    def plan(self) -> None:
        """Plans all of it, from the end backwards."""
        for each in SAMS:
            self._ago(each.asked, partial(self._sams, each))
        for number, company in enumerate(LARGE[:6]):
            person = somebody(GIVEN_NAMES[number], company, self.past.chance)
            self._ago(34 - number * 5, partial(self._waits, person))
        for hours in (3, 10, 26):
            self._ago(hours, self._to_review)
        for hours in (5, 19):
            self._ago(hours, self._returned)
        self.past.plan(self.past.ends - 9 * DAY, partial(self._date_has_come, 9))
        for days, person in zip((6, 1), HOSTILE, strict=True):
            self.past.plan(self.past.ends - days * DAY, partial(self.visitors.asks, person))

    def _ago(self, hours: float, act: Callable[[], object]) -> None:
        self.past.plan(before(self.past.ends, hours * HOUR), act)

    def _sams(self, desk: OnDesk) -> None:
        lead_id = self._asked()
        self._give(lead_id, SAM, "Sam knows them from the fair.")
        if desk.taken is not None:
            self._ago(desk.taken, partial(self._do, lead_id, "accept", {}))
        if desk.called is not None:
            self._ago(desk.called, partial(self._calls, lead_id, desk.next_call))

    def _calls(self, lead_id: str, next_call: float | None) -> None:
        said: dict[str, Any] = {"channel": "phone", "outcome": "reached"}
        said["note"] = "Wants to see it with real numbers of theirs. Good humour, short on time."
        if next_call:
            said["next_at"] = iso(self.past.in_working_time(self.past.ends, next_call * HOUR))
        self._do(lead_id, "contact", said)

    def _do(self, lead_id: str, what: str, said: dict[str, Any]) -> None:
        handoff = self.past.lead(lead_id).handoff
        if handoff:
            self.past.act(SAM, "sales", "POST", f"/handoffs/{handoff.handoff_id}/{what}", said)

    def _give(self, lead_id: str, owner: str, reason: str) -> None:
        handoff = self.past.lead(lead_id).handoff
        if handoff and handoff.owner != owner:
            said = {"owner": owner, "reason": reason}
            with self.past.nobody_reacts():
                self.past.act(MONA, "sales", "POST", f"/handoffs/{handoff.handoff_id}/reassign", said)

    def _asked(self, person: Person | None = None) -> str:
        """Somebody asks for a person, and no rep takes it up by themselves; returns the lead's id."""
        with self.past.nobody_reacts():
            email = self.visitors.asks(person)
        return self.past.lead_of(email)

    def _waits(self, person: Person) -> None:
        """One more from a large company: those who take such leads are full, or away."""
        with self.past.nobody_reacts():
            self.visitors.sees(person, "rollout-plan")
            self.visitors.asks(person)

    def _to_review(self) -> None:
        """Somebody has read enough to be looked at, and too little to be called."""
        with self.past.nobody_reacts():
            self.visitors.nears_the_threshold()

    def _returned(self) -> None:
        """Sam gives a lead back, and marketing has not answered yet."""
        lead_id = self._asked()
        with self.past.nobody_reacts():
            self._give(lead_id, SAM, "They asked for him.")
            self._do(lead_id, "accept", {})
            note = "Builds it himself, wants to compare notes. Maybe something for the webinar?"
            self._do(lead_id, "return", {"reason": "not_qualified", "note": note})

    def _date_has_come(self, days: int) -> None:
        """Marketing puts a lead aside until today."""
        with self.past.nobody_reacts():
            lead_id = self.visitors.nears_the_threshold()
        self.marketing.decide(lead_id, MARIA, "bad_timing", days)
