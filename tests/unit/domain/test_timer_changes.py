"""A timer that waits gives way to one for a later deadline where that is cheaper, and ends when nothing is due."""

from datetime import timedelta

from baton.domain.basics.facts import Staff
from baton.domain.events.recorded import Recorded
from baton.domain.handoffs import closing
from baton.domain.history.lead_fold import fold
from baton.domain.timers.deadlines import next_deadline, timer_look_at
from tests.unit.domain.scenario import Scenario
from tests.unit.given import NOW, SAM

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def consultation() -> Scenario:
    scenario = Scenario.shipped()
    scenario.sends("consultation_requested", form="consultation", asks_for_a_person=True)
    return scenario


def contacted(scenario: Scenario, after: timedelta) -> Recorded:
    """The last event of a contact so long after the request."""
    scenario.now = NOW + after
    scenario.contacts()
    return scenario.history[-1]


def test_a_contact_sets_the_timer_of_the_next_action_in_place_of_the_one_that_waits() -> None:
    scenario = consultation()
    first = scenario.known.timer
    recorded = contacted(scenario, 10 * MINUTE)
    assert (recorded.event.type, recorded.timer_due_at, recorded.ends_timer) == (
        "ContactLogged",
        NOW + 10 * MINUTE + 7 * DAY,
        first,
    )
    assert scenario.known.timer == recorded.event_id
    assert timer_look_at(scenario.known, str(first)) is None, "if it looks all the same, it ends"


def test_weekly_contacts_replace_the_timer_each_time_and_daily_ones_at_most_twice_a_week() -> None:
    for days_between, most in ((7, 4), (1, 8)):
        scenario = consultation()
        contacted(scenario, 10 * MINUTE)
        timers = set()
        for day in range(days_between, 29, days_between):
            contacted(scenario, day * DAY)
            timers.add(scenario.known.timer)
        assert len(timers) <= most, days_between


def test_a_timer_is_replaced_only_by_one_for_the_next_deadline_and_looks_at_each_deadline_in_time() -> None:
    scenario = consultation()
    due = {}
    for hours in (0.1, 1, 30, 31, 90, 100, 260, 300):
        recorded = contacted(scenario, hours * HOUR)
        if recorded.timer_due_at:
            due[recorded.event_id] = recorded.timer_due_at
        assert due[str(scenario.known.timer)] <= next_deadline(scenario.known)


def test_the_timer_of_a_closed_lead_is_ended_and_a_new_request_sets_another_one() -> None:
    scenario = consultation()
    contacted(scenario, 10 * MINUTE)
    timer = scenario.known.timer
    scenario.now += DAY
    handoff = scenario.known.handoff
    assert handoff
    scenario.happens(closing.close(scenario.known, handoff.handoff_id, "lost", None, None, Staff(email=SAM)))
    assert scenario.history[-1].ends_timer == timer
    assert (scenario.history[-1].timer_due_at, next_deadline(scenario.known)) == (None, None)

    scenario.now += 30 * DAY
    scenario.sends("consultation_requested", form="consultation", asks_for_a_person=True)
    assert timer_look_at(scenario.known, str(scenario.known.timer)), "it waits again"
    assert all(recorded.ends_timer != timer for recorded in scenario.history[-2:]), "it is over already"


def test_a_timer_whose_time_has_come_is_not_ended_as_it_goes_on_by_itself() -> None:
    scenario = consultation()
    scenario.waits(minutes=15)
    assert [recorded.ends_timer for recorded in scenario.history] == [None] * len(scenario.history)
    scenario.now = NOW + 30 * MINUTE
    scenario.contacts()
    assert scenario.history[-1].ends_timer is None


def test_the_bus_learns_when_the_timer_is_due_and_which_one_is_over_and_the_fold_gives_the_same_timer() -> None:
    scenario = consultation()
    first = scenario.known.timer
    facts = contacted(scenario, 10 * MINUTE).for_the_bus()
    assert (facts["due_at"], facts["ends_timer"]) == ("2026-12-01T09:40:00.000Z", first)
    kept = [Recorded.model_validate_json(each.model_dump_json(exclude_none=True)) for each in scenario.history]
    assert fold(kept).timer == scenario.known.timer == kept[-1].event_id
