"""The simulation would notice: each of these faults, put into Baton's rules, is found within a few years."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from baton.domain import (
    availability,
    business_time,
    clock,
    deadlines,
    duty_history,
    follow_up,
    opening_hours,
    roster,
    routing,
    running,
    turns,
)
from baton.domain.lead import Status
from baton.domain.sales import offering
from tests.simulation import desk, lines
from tests.simulation.promises import Broken
from tests.simulation.years import live

FEW = 5
GIVEN_WRONGLY = "is given to .*, (who (has|is) |while .* can take it|though .* comes first)"
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
    patch(roster, "full", lambda _rep: None)


def people_get_leads_at_night(patch: Patch) -> None:
    patch(availability.Hours, "closed", lambda *_: None)


def people_get_leads_while_they_are_away(patch: Patch) -> None:
    patch(availability.Hours, "away", lambda *_: None)


def weights_do_not_count(patch: Patch) -> None:
    was = turns.shares
    patch(turns, "shares", lambda weights: was(dict.fromkeys(weights, 1)))


def turns_are_forgotten(patch: Patch) -> None:
    was = routing.credited
    patch(routing, "credited", lambda _owed, weights: was({}, weights))


def whoever_gets_a_lead_owes_nothing_for_it(patch: Patch) -> None:
    patch(routing, "charged", lambda owed, _chosen: dict(owed))


def new_leads_overtake_those_who_wait(patch: Patch) -> None:
    patch(routing, "_is_waited_for", lambda *_: False)


def somebody_gets_it_again_who_had_it(patch: Patch) -> None:
    was = offering.choose
    patch(offering, "choose", lambda people, now, **known: was(people, now, **{**known, "had_it": ()}))


def the_last_to_come_is_served_first(patch: Patch) -> None:
    patch(lines, "min", max)  # the module's own, in place of Python's


def nobody_serves_the_line_when_hours_begin(patch: Patch) -> None:
    patch(lines, "next_moment", lambda *_: None)


def no_time_is_lost_or_won_when_clocks_are_changed(patch: Patch) -> None:
    was = business_time.WorkingTime.add

    def wrong(self: business_time.WorkingTime, start: datetime, length: timedelta) -> datetime:
        end, zone = was(self, start, length), self._hours._zone
        return end + (end.astimezone(zone).utcoffset() - start.astimezone(zone).utcoffset())

    patch(business_time.WorkingTime, "add", wrong)


def people_work_on_holidays(patch: Patch) -> None:
    patch(opening_hours, "holidays_of", lambda _calendar: ())


FAULTS = {
    an_act_is_not_marked_as_done: "looks for ever",
    what_is_due_earlier_than_the_timer_looks_sets_none: "that no timer waits for",
    a_timer_looks_once_and_never_again: "that no timer waits for",
    whoever_reminds_does_not_read_the_clock: "before its time, or twice",
    an_accepted_lead_is_escalated_as_if_it_were_not: "before its time, or twice",
    parked_leads_are_forgotten: "looks for ever",
    nobody_waits_for_marketing: "that no timer waits for",
    a_late_reminder_comes_beside_the_escalation: "another deadline of .* than the last that is past",
    a_verdict_does_not_end_the_duty: "acts on a duty that is none|nobody owes it an answer",
    people_get_more_than_they_can_hold: GIVEN_WRONGLY,
    people_get_leads_at_night: GIVEN_WRONGLY,
    people_get_leads_while_they_are_away: GIVEN_WRONGLY,
    weights_do_not_count: "though .* comes first",
    turns_are_forgotten: "though .* comes first",
    whoever_gets_a_lead_owes_nothing_for_it: "though .* comes first",
    new_leads_overtake_those_who_wait: GIVEN_WRONGLY,
    somebody_gets_it_again_who_had_it: GIVEN_WRONGLY,
    the_last_to_come_is_served_first: "waited longer",
    nobody_serves_the_line_when_hours_begin: "waits since .*, though .* could take it",
    no_time_is_lost_or_won_when_clocks_are_changed: "at another",
    people_work_on_holidays: f"at another|{GIVEN_WRONGLY}",
}
"""Each fault, and what is said of it."""


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_found(fault: Callable[[Patch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    fault(partial(monkeypatch.setattr, raising=False))
    opening_hours._of.cache_clear()
    try:
        with pytest.raises(Broken, match=FAULTS[fault]):
            for seed in range(FEW):
                live(seed)
    finally:
        opening_hours._of.cache_clear()
