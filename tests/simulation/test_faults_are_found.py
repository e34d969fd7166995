"""The simulation finds each of these faults, put into Baton's rules, within a few years."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest

from baton.domain.follow_up import due_actions
from baton.domain.handoffs import offering
from baton.domain.handoffs.reassignment import contacted_handoff
from baton.domain.history import duty_fold, lead_fold
from baton.domain.leads import clock, handoff_clocks
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.qualification import unconfirmed_leads
from baton.domain.signals import signal_recording
from baton.domain.teams import availability, roster, routing, turns
from baton.domain.timers import deadlines
from baton.domain.trust import words
from baton.domain.trust.speakers import Speaker
from baton.domain.working_time import business_time, opening_hours
from tests.simulation import commands, strangers, waiting_lines
from tests.simulation.broken_rules import RuleBroken
from tests.simulation.years import simulate_year

FEW = 30
A_DEADLINE = "looks for ever|no timer waits for|before its time|another deadline of|duty|nobody owes"
A_GIFT = "is given to .*, (who |while |though |for whom )|waits since .*, though"
TIME = "at another"
Patch = Callable[[object, str, object], None]


def a_reminder_is_not_marked_as_sent(patch: Patch) -> None:
    patch(clock.Clock, "mark_acted", lambda self, _until: self)


def an_earlier_deadline_sets_no_timer(patch: Patch) -> None:
    patch(commands, "timer_events", lambda _change: [])


def a_timer_looks_once_and_never_again(patch: Patch) -> None:
    patch(commands, "timer_look_at", lambda *_: None)


def deadlines_are_acted_on_before_their_time(patch: Patch) -> None:
    patch(
        due_actions, "overdue", lambda handoff, _now: [(c, d) for c in handoff.clocks for d in c.pending_deadlines[:1]]
    )


def an_accepted_lead_is_escalated_as_if_it_were_not(patch: Patch) -> None:
    patch(handoff_clocks, "stop", lambda clocks, *_, **__: clocks)


def parked_leads_are_forgotten(patch: Patch) -> None:
    patch(due_actions, "_of_date", lambda *_: [])


def marketings_duties_have_no_deadlines(patch: Patch) -> None:
    was = deadlines._deadlines
    patch(deadlines, "_deadlines", lambda lead: was(lead.model_copy(update={"duty": None})))


def a_late_reminder_comes_beside_the_escalation(patch: Patch) -> None:
    patch(due_actions, "combined_deadline", lambda late: late[0])


def a_verdict_does_not_end_marketings_duty(patch: Patch) -> None:
    patch(duty_fold, "_reviewed", lambda *_: {"status": Status.NURTURING, "review_on": None})


def reps_get_more_leads_than_their_capacity(patch: Patch) -> None:
    patch(roster, "why_full", lambda *_, **__: None)


def reps_get_leads_outside_their_hours(patch: Patch) -> None:
    patch(availability.TeamHours, "why_closed", lambda *_: None)


def reps_get_leads_while_on_leave(patch: Patch) -> None:
    patch(availability.TeamHours, "why_away", lambda *_: None)


def the_weights_of_reps_do_not_count(patch: Patch) -> None:
    was = turns.shares
    patch(turns, "shares", lambda weights: was(dict.fromkeys(weights, 1)))


def the_turns_of_reps_are_forgotten(patch: Patch) -> None:
    was = routing.credited
    patch(routing, "credited", lambda _owed, weights: was({}, weights))


def a_lead_does_not_count_against_its_reps_share(patch: Patch) -> None:
    patch(routing, "charged", lambda owed, _chosen: dict(owed))


def new_leads_overtake_waiting_leads(patch: Patch) -> None:
    patch(routing, "_is_waited_for", lambda *_, **__: False)


def a_former_owner_gets_the_lead_again(patch: Patch) -> None:
    was = offering.choose_rep
    patch(offering, "choose_rep", lambda people, now, **known: was(people, now, **{**known, "had_it": ()}))


def the_newest_waiting_lead_is_served_first(patch: Patch) -> None:
    patch(waiting_lines, "min", max)  # the module's own, in place of Python's


def the_line_is_not_served_when_hours_begin(patch: Patch) -> None:
    patch(waiting_lines, "next_servable_at", lambda *_: None)


def leads_of_a_dropped_team_wait_for_ever(patch: Patch) -> None:
    patch(waiting_lines, "lines_with_leads", lambda _: [])


def business_time_ignores_summer_time(patch: Patch) -> None:
    was = business_time.WorkingTime.add

    def wrong(self: business_time.WorkingTime, start: datetime, length: timedelta) -> datetime:
        end, zone = was(self, start, length), self._hours._zone
        return end + (end.astimezone(zone).utcoffset() - start.astimezone(zone).utcoffset())

    patch(business_time.WorkingTime, "add", wrong)


def holidays_count_as_working_days(patch: Patch) -> None:
    patch(opening_hours, "holiday_dates", lambda _holidays: ())


def what_a_lead_reads_keeps_its_requests_from_its_owner(patch: Patch) -> None:
    patch(signal_recording, "is_told_at_once", lambda *_: False)
    patch(lead_fold, "with_news", lambda news, *_, **__: news)


def strangers_flood_a_target_account(patch: Patch) -> None:
    patch(unconfirmed_leads, "handoffs_by_forms", lambda _standing: 1000)


def strangers_replace_what_somebody_said_of_themselves(patch: Patch) -> None:
    patch(words, "FIRST_STANDS", frozenset())


def a_wish_takes_a_lead_from_its_owner(patch: Patch) -> None:
    patch(roster.Roster, "why_not_kept", lambda *_: "is not asked")
    patch(roster.Roster, "is_gone", lambda *_: True)
    patch(strangers.Strangers, "_known_lead", _a_lead_that_sales_has_reached)


def _a_lead_that_sales_has_reached(self: strangers.Strangers) -> Lead | None:
    reached = [lead for lead in self.year.commands.leads.values() if contacted_handoff(lead)]
    return self.chance.choice(reached) if reached else None


def a_tools_form_is_believed_like_the_tool(patch: Patch) -> None:
    was = signal_recording._speaker
    patch(signal_recording, "_speaker", lambda sent, *known, **how: _as_tool(was(sent, *known, **how)))


def _as_tool(speaker: Speaker | None) -> Speaker | None:
    return Speaker.TOOL if speaker is Speaker.ANYBODY else speaker


def nobody_is_told_of_leads_left_to_marketing(patch: Patch) -> None:
    patch(due_actions, "_of_left_leads", lambda *_: [])


FAULTS = {
    a_reminder_is_not_marked_as_sent: A_DEADLINE,
    an_earlier_deadline_sets_no_timer: A_DEADLINE,
    a_timer_looks_once_and_never_again: A_DEADLINE,
    deadlines_are_acted_on_before_their_time: A_DEADLINE,
    an_accepted_lead_is_escalated_as_if_it_were_not: A_DEADLINE,
    parked_leads_are_forgotten: A_DEADLINE,
    marketings_duties_have_no_deadlines: A_DEADLINE,
    a_late_reminder_comes_beside_the_escalation: A_DEADLINE,
    a_verdict_does_not_end_marketings_duty: A_DEADLINE,
    reps_get_more_leads_than_their_capacity: A_GIFT,
    reps_get_leads_outside_their_hours: A_GIFT,
    reps_get_leads_while_on_leave: A_GIFT,
    the_weights_of_reps_do_not_count: A_GIFT,
    the_turns_of_reps_are_forgotten: A_GIFT,
    a_lead_does_not_count_against_its_reps_share: A_GIFT,
    new_leads_overtake_waiting_leads: A_GIFT,
    a_former_owner_gets_the_lead_again: A_GIFT,
    the_newest_waiting_lead_is_served_first: A_GIFT,
    the_line_is_not_served_when_hours_begin: A_GIFT,
    leads_of_a_dropped_team_wait_for_ever: "which is agreed no longer",
    business_time_ignores_summer_time: TIME,
    holidays_count_as_working_days: f"{TIME}|{A_GIFT}",
    what_a_lead_reads_keeps_its_requests_from_its_owner: "unheard|nobody heard|number of requests",
    strangers_flood_a_target_account: "is one too many for",
    strangers_replace_what_somebody_said_of_themselves: "has a stranger's",
    a_wish_takes_a_lead_from_its_owner: "by a stranger's form",
    a_tools_form_is_believed_like_the_tool: "has a stranger's",
    nobody_is_told_of_leads_left_to_marketing: "looks for ever",
}
"""Each fault, and of what it is said that it goes wrong."""


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_the_simulation_finds_each_fault_put_into_the_rules(
    fault: Callable[[Patch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(partial(monkeypatch.setattr, raising=False))
    opening_hours._cached_hours.cache_clear()
    try:
        with pytest.raises(RuleBroken, match=FAULTS[fault]):
            for seed in range(FEW):
                simulate_year(seed)
    finally:
        opening_hours._cached_hours.cache_clear()
