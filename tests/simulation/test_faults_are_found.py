"""The simulation would notice: each of these faults, put into Baton's rules, is found within a few years."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from baton.domain import (
    availability,
    business_time,
    clock,
    deadlines,
    duty_history,
    follow_up,
    opening_hours,
    routing,
    running,
    sales,
)
from baton.domain.lead import Status
from baton.domain.roster import Roster
from tests.simulation import desk, lines
from tests.simulation.years import live

FEW = 5
Patch = Callable[[object, str, object], None]


def an_act_is_not_marked_as_done(patch: Patch) -> None:
    patch(clock.Clock, "acted", lambda self, _until: self)


def what_is_due_earlier_than_the_timer_looks_sets_none(patch: Patch) -> None:
    patch(desk, "awaited", lambda _change, _now: [])


def a_timer_looks_once_and_never_again(patch: Patch) -> None:
    patch(desk, "next_look", lambda *_: None)


def whoever_reminds_does_not_read_the_clock(patch: Patch) -> None:
    patch(follow_up, "overdue", lambda handoff, _now: [(c, d) for c in handoff.clocks for d in c.waiting[:1]])


def an_accepted_lead_is_escalated_as_if_it_were_not(patch: Patch) -> None:
    patch(running, "stopped", lambda clocks, *_, **__: clocks)


def parked_leads_are_forgotten(patch: Patch) -> None:
    patch(follow_up, "_of_date", lambda *_: [])


def nobody_waits_for_marketing(patch: Patch) -> None:
    was = deadlines._deadlines
    patch(deadlines, "_deadlines", lambda lead, now: was(lead.model_copy(update={"duty": None}), now))


def a_late_reminder_comes_beside_the_escalation(patch: Patch) -> None:
    patch(follow_up, "all_in_one", lambda late: late[0])


def a_verdict_does_not_end_the_duty(patch: Patch) -> None:
    patch(duty_history, "_reviewed", lambda *_: {"status": Status.NURTURING, "review_on": None})


def people_get_more_than_they_can_hold(patch: Patch) -> None:
    patch(sales, "choose", _choosing_whoever_comes_first(sales.choose))


def nobody_looks_when_hours_begin(patch: Patch) -> None:
    patch(lines, "next_moment", lambda _roster, _now: None)


def people_get_leads_at_night(patch: Patch) -> None:
    patch(availability.Hours, "closed", lambda *_: None)


def people_get_leads_on_leave(patch: Patch) -> None:
    patch(availability.Hours, "away", lambda *_: None)


def everybody_is_owed_the_same_whatever_their_weight(patch: Patch) -> None:
    was = routing.credited
    patch(routing, "credited", lambda owed, weights: was(owed, dict.fromkeys(weights, 1)))


def a_lead_is_never_charged(patch: Patch) -> None:
    patch(routing, "charged", lambda owed, _chosen: dict(owed))


def no_time_is_lost_or_won_when_clocks_are_changed(patch: Patch) -> None:
    was = business_time.WorkingTime.add

    def wrong(self: business_time.WorkingTime, start: datetime, length: timedelta) -> datetime:
        end, zone = was(self, start, length), self._hours._zone
        return end + (end.astimezone(zone).utcoffset() - start.astimezone(zone).utcoffset())

    patch(business_time.WorkingTime, "add", wrong)


def people_work_on_holidays(patch: Patch) -> None:
    patch(opening_hours, "holidays_of", lambda _calendar: ())


def _choosing_whoever_comes_first(choose: Callable[..., object]) -> Callable[..., object]:
    def wrong(roster: Roster, now: datetime, **known: object) -> object:
        roomy = tuple(rep.model_copy(update={"capacity": 1000}) for rep in roster)
        return choose(replace(roster, people=roomy), now, **known)

    return wrong


FAULTS = {
    an_act_is_not_marked_as_done: "looks for ever",
    what_is_due_earlier_than_the_timer_looks_sets_none: "that no timer waits for",
    a_timer_looks_once_and_never_again: "that no timer waits for",
    whoever_reminds_does_not_read_the_clock: "before its time, or twice|another deadline of",
    an_accepted_lead_is_escalated_as_if_it_were_not: "before its time, or twice",
    parked_leads_are_forgotten: "looks for ever",
    nobody_waits_for_marketing: "that no timer waits for",
    a_late_reminder_comes_beside_the_escalation: "another deadline of .* than the last that is past",
    a_verdict_does_not_end_the_duty: "acts on a duty that is none",
    people_get_more_than_they_can_hold: "is given .*, who (has . of .|cannot take it)",
    nobody_looks_when_hours_begin: "nobody looks at the lines",
    people_get_leads_at_night: "is given .*who",
    people_get_leads_on_leave: "is given .*who",
    everybody_is_owed_the_same_whatever_their_weight: "and others come first",
    a_lead_is_never_charged: "does not add up to nothing|others come first",
    no_time_is_lost_or_won_when_clocks_are_changed: "at another",
    people_work_on_holidays: "at another",
}
"""Each fault, and what is said of it."""


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_found(fault: Callable[[Patch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    fault(monkeypatch.setattr)
    opening_hours._of.cache_clear()
    try:
        with pytest.raises(AssertionError, match=FAULTS[fault]):
            for seed in range(FEW):
                live(seed)
    finally:
        opening_hours._of.cache_clear()
