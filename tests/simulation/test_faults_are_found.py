"""The simulation would notice: each of these faults, put into Baton's rules, is found within a few years."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from baton.domain.follow_up import due_actions
from baton.domain.handoffs import offering
from baton.domain.history import duty_fold
from baton.domain.leads import clock, handoff_clocks
from baton.domain.leads.stage_and_status import Status
from baton.domain.teams import availability, roster, routing, turns
from baton.domain.timers import deadlines
from baton.domain.working_time import business_time, opening_hours
from tests.simulation import commands, lines
from tests.simulation.promises import Broken
from tests.simulation.years import live

FEW = 5
A_DEADLINE = "looks for ever|no timer waits for|before its time|another deadline of|duty|nobody owes"
A_GIFT = "is given to .*, (who |while |though |for whom )|waits since .*, though"
TIME = "at another"
Patch = Callable[[object, str, object], None]


def an_act_is_not_marked_as_done(patch: Patch) -> None:
    patch(clock.Clock, "mark_acted", lambda self, _until: self)


def what_is_due_earlier_than_the_timer_looks_sets_none(patch: Patch) -> None:
    patch(commands, "timer_events", lambda _change: [])


def a_timer_looks_once_and_never_again(patch: Patch) -> None:
    patch(commands, "timer_look_at", lambda *_: None)


def whoever_reminds_does_not_read_the_clock(patch: Patch) -> None:
    patch(
        due_actions, "overdue", lambda handoff, _now: [(c, d) for c in handoff.clocks for d in c.pending_deadlines[:1]]
    )


def an_accepted_lead_is_escalated_as_if_it_were_not(patch: Patch) -> None:
    patch(handoff_clocks, "stop", lambda clocks, *_, **__: clocks)


def parked_leads_are_forgotten(patch: Patch) -> None:
    patch(due_actions, "_of_date", lambda *_: [])


def nobody_waits_for_marketing(patch: Patch) -> None:
    was = deadlines._deadlines
    patch(deadlines, "_deadlines", lambda lead: was(lead.model_copy(update={"duty": None})))


def a_late_reminder_comes_beside_the_escalation(patch: Patch) -> None:
    patch(due_actions, "combined_deadline", lambda late: late[0])


def a_verdict_does_not_end_the_duty(patch: Patch) -> None:
    patch(duty_fold, "_reviewed", lambda *_: {"status": Status.NURTURING, "review_on": None})


def people_get_more_than_they_can_hold(patch: Patch) -> None:
    patch(roster, "why_full", lambda _rep: None)


def people_get_leads_at_night(patch: Patch) -> None:
    patch(availability.TeamHours, "why_closed", lambda *_: None)


def people_get_leads_while_they_are_away(patch: Patch) -> None:
    patch(availability.TeamHours, "why_away", lambda *_: None)


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
    was = offering.choose_rep
    patch(offering, "choose_rep", lambda people, now, **known: was(people, now, **{**known, "had_it": ()}))


def the_last_to_come_is_served_first(patch: Patch) -> None:
    patch(lines, "min", max)  # the module's own, in place of Python's


def nobody_serves_the_line_when_hours_begin(patch: Patch) -> None:
    patch(lines, "next_servable_at", lambda *_: None)


def whoever_waits_for_a_dropped_team_waits_for_ever(patch: Patch) -> None:
    patch(lines, "lines_with_leads", lambda _: [])


def no_time_is_lost_or_won_when_clocks_are_changed(patch: Patch) -> None:
    was = business_time.WorkingTime.add

    def wrong(self: business_time.WorkingTime, start: datetime, length: timedelta) -> datetime:
        end, zone = was(self, start, length), self._hours._zone
        return end + (end.astimezone(zone).utcoffset() - start.astimezone(zone).utcoffset())

    patch(business_time.WorkingTime, "add", wrong)


def people_work_on_holidays(patch: Patch) -> None:
    patch(opening_hours, "holidays_of", lambda _calendar: ())


FAULTS = {
    an_act_is_not_marked_as_done: A_DEADLINE,
    what_is_due_earlier_than_the_timer_looks_sets_none: A_DEADLINE,
    a_timer_looks_once_and_never_again: A_DEADLINE,
    whoever_reminds_does_not_read_the_clock: A_DEADLINE,
    an_accepted_lead_is_escalated_as_if_it_were_not: A_DEADLINE,
    parked_leads_are_forgotten: A_DEADLINE,
    nobody_waits_for_marketing: A_DEADLINE,
    a_late_reminder_comes_beside_the_escalation: A_DEADLINE,
    a_verdict_does_not_end_the_duty: A_DEADLINE,
    people_get_more_than_they_can_hold: A_GIFT,
    people_get_leads_at_night: A_GIFT,
    people_get_leads_while_they_are_away: A_GIFT,
    weights_do_not_count: A_GIFT,
    turns_are_forgotten: A_GIFT,
    whoever_gets_a_lead_owes_nothing_for_it: A_GIFT,
    new_leads_overtake_those_who_wait: A_GIFT,
    somebody_gets_it_again_who_had_it: A_GIFT,
    the_last_to_come_is_served_first: A_GIFT,
    nobody_serves_the_line_when_hours_begin: A_GIFT,
    whoever_waits_for_a_dropped_team_waits_for_ever: "which is agreed no longer",
    no_time_is_lost_or_won_when_clocks_are_changed: TIME,
    people_work_on_holidays: f"{TIME}|{A_GIFT}",
}
"""Each fault, and of what it is said that it goes wrong."""


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_the_simulation_finds_each_fault_put_into_the_rules(
    fault: Callable[[Patch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(partial(monkeypatch.setattr, raising=False))
    opening_hours._cached_hours.cache_clear()
    try:
        with pytest.raises(Broken, match=FAULTS[fault]):
            for seed in range(FEW):
                live(seed)
    finally:
        opening_hours._cached_hours.cache_clear()
