"""Booked meetings: the host comes first, the first contact is due at the start, and clocks follow what is told."""

import random
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from baton.agreement.terms.agreement import Agreement
from baton.domain.basics.facts import Staff
from baton.domain.events.handoff_events import ClocksMoved
from baton.domain.events.signal_events import SignalRecorded
from baton.domain.handoffs import reassignment
from baton.domain.history.lead_fold import fold
from baton.domain.leads.clock import Clock
from baton.domain.leads.handoff import Handoff
from baton.domain.meetings.meeting import (
    MAX_MEETINGS,
    Meeting,
    Meetings,
    called_off_meeting,
    next_meeting,
    with_meeting,
)
from baton.domain.timers.next_step import is_overdue, next_step
from baton.domain.timers.open_clock import overdue_since
from baton.domain.trust.speakers import Speaker
from tests.unit.domain.scenario import Scenario
from tests.unit.given import AGREEMENT, KIM, LEE, NOW, SAM, rep, team

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
START = NOW + 6 * DAY


def meeting(named: str = "a", starts_at: datetime = START, told_at: datetime = NOW, **said: Any) -> Meeting:
    return Meeting(meeting_id=named, starts_at=starts_at, told_at=told_at, **said)


def books(scenario: Scenario, told: Meeting | None, kind: str = "meeting_booked") -> list[str]:
    return scenario.sends(kind, meeting=told, message_id=f"{kind}-{len(scenario.history)}")


def booked(told: Meeting | None = None, agreement: Agreement = AGREEMENT, *people: Any) -> Scenario:
    """A lead that booked a meeting and was handed over."""
    scenario = Scenario(agreement, roster=team(*(people or (rep(SAM), rep(KIM, last_offered_at=NOW)))))
    books(scenario, told or meeting())
    return scenario


def test_what_is_late_is_told_though_an_appointment_that_was_due_before_has_its_grace() -> None:
    soon = NOW + 10 * MINUTE
    lead = booked(meeting(starts_at=soon)).known
    accept = clock_of(booked(meeting(starts_at=soon)), "accept").due_at
    assert soon < accept < soon + HOUR
    assert next_step(lead).late_after == accept, "the other clock, which has no grace"
    assert overdue_since(lead, accept) is None
    assert not is_overdue(lead, accept)
    assert overdue_since(lead, accept + MINUTE) == accept
    assert is_overdue(lead, accept + MINUTE)


def handoff_of(scenario: Scenario) -> Handoff:
    assert scenario.known.handoff
    return scenario.known.handoff


def clock_of(scenario: Scenario, name: str = "first_contact") -> Clock:
    return next(clock for clock in handoff_of(scenario).clocks if clock.name == name)


def without_meeting_clocks(agreement: Agreement = AGREEMENT) -> Agreement:
    terms = agreement.appointments.model_copy(update={"first_contact_at_meeting": False})
    return agreement.model_copy(update={"appointments": terms})


def test_the_lead_is_accepted_first_and_contacted_at_the_meeting() -> None:
    scenario = booked()
    assert clock_of(scenario, "accept").due_at == NOW + 30 * MINUTE
    contact = clock_of(scenario)
    assert (contact.due_at, contact.grace_until) == (START, START + HOUR)
    assert [(d.at, str(d.do)) for d in contact.deadlines] == [
        (START, "remind"),
        (START + HOUR, "escalate"),
        (START + 3 * HOUR, "reassign"),
    ]


def test_nothing_happens_between_the_acceptance_and_the_meeting() -> None:
    scenario = booked()
    scenario.accepts()
    assert scenario.waits(days=6, minutes=-1) == []
    assert next_step(scenario.known).by == START
    assert next_step(scenario.known).late_after == START + HOUR
    assert scenario.waits(minutes=1) == ["HandoffReminded"]
    assert scenario.waits(hours=1) == ["HandoffEscalated"]


@pytest.mark.parametrize(
    ("starts_at", "due"),
    [
        pytest.param(NOW + HOUR, NOW + HOUR, id="sooner than the clock"),
        pytest.param(NOW + 30 * DAY, NOW + 30 * DAY, id="as far ahead as is agreed"),
        pytest.param(NOW + 30 * DAY + MINUTE, NOW + 4 * HOUR, id="further ahead than agreed"),
        pytest.param(NOW - MINUTE, NOW + 4 * HOUR, id="past"),
        pytest.param(NOW, NOW + 4 * HOUR, id="now"),
        pytest.param(datetime(2199, 1, 1, tzinfo=UTC), NOW + 4 * HOUR, id="in another century"),
    ],
)
def test_only_a_meeting_that_is_near_enough_moves_the_first_contact(starts_at: datetime, due: datetime) -> None:
    assert clock_of(booked(meeting(starts_at=starts_at))).due_at == due


def test_an_agreement_that_does_not_say_so_keeps_its_clocks() -> None:
    assert clock_of(booked(None, without_meeting_clocks())).due_at == NOW + 4 * HOUR


def test_a_booking_without_a_time_keeps_the_usual_clocks() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("meeting_booked")
    assert clock_of(scenario).due_at == NOW + 4 * HOUR


def test_a_form_says_nothing_of_meetings() -> None:
    """No field of a form, and no property of a signal, is read as a meeting."""
    scenario = Scenario(AGREEMENT)
    scenario.sends("meeting_booked", form="consultation", properties={"meeting_starts_at": START.isoformat()})
    assert scenario.known.meetings == ()
    assert clock_of(scenario).due_at == NOW + 4 * HOUR


@pytest.mark.parametrize(
    ("hosts", "people", "owner", "why"),
    [
        pytest.param([KIM], [rep(SAM), rep(KIM)], KIM, "hosts the meeting that is booked", id="the host, out of turn"),
        pytest.param([LEE], [rep(SAM)], SAM, "the only one who can take it now", id="a host who is on no roster"),
        pytest.param([LEE, KIM], [rep(SAM), rep(KIM)], KIM, "hosts the meeting that is booked", id="the second host"),
        pytest.param([KIM], [rep(SAM), rep(KIM, capacity=1, open_handoffs=1)], SAM, "the only one", id="a full host"),
        pytest.param([KIM], [rep(SAM), rep(KIM, role="manager")], SAM, "the only one", id="a manager"),
        pytest.param(
            [KIM],
            [rep(SAM), rep(KIM, away=[{"from": "2026-11-01", "to": "2026-12-24"}])],
            SAM,
            "the only one",
            id="a host on leave",
        ),
    ],
)
def test_the_host_comes_first_if_they_may_take_it(hosts: list[str], people: list[Any], owner: str, why: str) -> None:
    scenario = booked(meeting(hosts=tuple(hosts)), AGREEMENT, *people)
    routing = handoff_of(scenario).routing
    assert routing.chosen == owner
    assert why in routing.why
    refused = [skipped for skipped in routing.skipped if skipped.rep in hosts and routing.chosen not in hosts]
    assert all("hosts the meeting that is booked, but" in skipped.why for skipped in refused)


def test_a_former_owner_comes_after_the_host() -> None:
    sticky = AGREEMENT.handoffs["consultation"].model_copy(update={"sticky": True})
    agreement = AGREEMENT.model_copy(update={"handoffs": {**AGREEMENT.handoffs, "consultation": sticky}})
    scenario = booked(meeting(hosts=(SAM,)), agreement, rep(SAM), rep(KIM))
    scenario.is_returned()
    scenario.now += DAY
    books(scenario, meeting("b", START + DAY, scenario.now, hosts=(KIM,)))
    assert handoff_of(scenario).owner == SAM, "the meeting that comes first is still Sam's"
    books(scenario, meeting(told_at=scenario.now + MINUTE, called_off=True), "meeting_canceled")
    scenario.is_returned()
    scenario.now += DAY
    books(scenario, meeting("c", START + 2 * DAY, scenario.now, hosts=(KIM,)))
    assert handoff_of(scenario).owner == KIM


def test_a_booking_for_a_lead_that_sales_has_moves_the_first_contact_and_tells_the_owner() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested")
    scenario.now += HOUR
    assert books(scenario, meeting(told_at=scenario.now)) == ["SignalRecorded", "ClocksMoved"]
    assert clock_of(scenario).due_at == START
    assert clock_of(scenario, "accept").due_at == NOW + 30 * MINUTE
    assert signals_of(scenario)[-1].tells_owner


def signals_of(scenario: Scenario) -> list[SignalRecorded]:
    return [each.event for each in scenario.history if isinstance(each.event, SignalRecorded)]


@pytest.mark.parametrize("by_the_host", [False, True])
def test_a_meeting_that_is_called_off_reaches_the_owner_and_the_agreed_time_begins(by_the_host: bool) -> None:
    scenario = booked()
    scenario.accepts()
    scenario.now += DAY
    gone = meeting(told_at=scenario.now, called_off=True)
    said = {"meeting": gone, "message_id": "off", "from_person": False if by_the_host else None}
    assert scenario.sends("meeting_canceled", **said) == ["SignalRecorded", "ClocksMoved", "TimerSet"]
    assert signals_of(scenario)[-1].tells_owner
    assert (clock_of(scenario).due_at, clock_of(scenario).within) == (scenario.now + 4 * HOUR, "4h")
    assert scenario.waits(hours=2) == ["HandoffReminded"]


def test_a_meeting_called_off_twice_is_told_of_once() -> None:
    scenario = booked()
    scenario.now += DAY
    gone = meeting(told_at=scenario.now, called_off=True)
    books(scenario, gone, "meeting_canceled")
    assert books(scenario, gone, "meeting_canceled") == ["SignalRecorded"]
    assert not signals_of(scenario)[-1].tells_owner


@pytest.mark.parametrize("order", [*permutations(("booked anew", "called off"))], ids=" then ".join)
def test_a_meeting_that_is_moved_is_followed_in_any_order(order: tuple[str, ...]) -> None:
    scenario = booked()
    scenario.accepts()
    scenario.now += DAY
    later = START + 2 * DAY
    told = {
        "booked anew": ("meeting_booked", meeting("b", later, scenario.now, replaces="a")),
        "called off": ("meeting_canceled", meeting(told_at=scenario.now, called_off=True, moves=True)),
    }
    for each in order:
        kind, one = told[each]
        books(scenario, one, kind)
    assert clock_of(scenario).due_at == later
    assert sum(1 for each in scenario.history if isinstance(each.event, ClocksMoved)) == 1
    assert sum(each.tells_owner for each in signals_of(scenario)) == 1


def test_a_cancellation_that_arrives_before_its_booking_wins() -> None:
    scenario = Scenario(AGREEMENT)
    books(scenario, meeting(told_at=NOW + MINUTE, called_off=True), "meeting_canceled")
    books(scenario, meeting(told_at=NOW))
    assert next_meeting(scenario.known.meetings, NOW) is None
    assert called_off_meeting(scenario.known.meetings, NOW)
    assert clock_of(scenario).due_at == NOW + 4 * HOUR


def test_of_two_meetings_the_first_counts_and_then_the_other() -> None:
    scenario = booked()
    scenario.accepts()
    scenario.now += HOUR
    books(scenario, meeting("b", START - DAY, scenario.now))
    assert clock_of(scenario).due_at == START - DAY
    books(scenario, meeting("b", START - DAY, scenario.now + MINUTE, called_off=True), "meeting_canceled")
    assert clock_of(scenario).due_at == START


def test_a_contacted_lead_that_books_a_meeting_is_accepted_anew_and_contacted_at_the_meeting() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested")
    scenario.contacts()
    scenario.now += DAY
    assert books(scenario, meeting(told_at=scenario.now))[:2] == ["SignalRecorded", "HandoffReassigned"]
    assert clock_of(scenario, "accept").due_at == scenario.now + 30 * MINUTE
    assert clock_of(scenario).due_at == START


def test_a_kind_that_asks_for_nobody_moves_the_next_action_of_a_contacted_lead() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested")
    scenario.contacts()
    scenario.now += DAY
    assert books(scenario, meeting(told_at=scenario.now), "check_in_booked") == [
        "SignalRecorded",
        "ClocksMoved",
        "TimerSet",
    ]
    assert clock_of(scenario, "next_action").due_at == START


def test_whoever_gets_the_lead_next_contacts_it_at_the_meeting() -> None:
    scenario = booked()
    scenario.now += HOUR
    passed = reassignment.ReassignRequest(owner=KIM, reason="holiday")
    handoff_id, by = handoff_of(scenario).handoff_id, Staff(email=SAM)
    scenario.happens(reassignment.reassign(scenario.known, handoff_id, passed, by, scenario.roster, scenario.now))
    assert (handoff_of(scenario).owner, clock_of(scenario).due_at) == (KIM, START)


def test_a_meeting_after_the_handoff_ended_moves_nothing() -> None:
    scenario = booked()
    scenario.is_returned()
    scenario.now += DAY
    told = books(scenario, meeting(told_at=scenario.now, called_off=True), "meeting_canceled")
    assert "ClocksMoved" not in told


def test_a_lead_keeps_a_bounded_number_of_meetings() -> None:
    known: Meetings = ()
    for number in range(30):
        known = with_meeting(known, meeting(str(number), START + number * HOUR, NOW + number * MINUTE))
    assert [each.meeting_id for each in known] == [str(number) for number in range(30 - MAX_MEETINGS, 30)]


@pytest.mark.parametrize("vouched", [1, 4, MAX_MEETINGS - 1])
def test_bookings_that_anybody_can_make_push_out_no_meeting_to_come_that_a_tool_vouches_for(vouched: int) -> None:
    known: Meetings = ()
    for number in range(vouched):
        known = with_meeting(known, meeting(f"real{number}", START + number * DAY, NOW), NOW)
    for number in range(3 * MAX_MEETINGS):
        at = NOW + (number + 1) * MINUTE
        known = with_meeting(known, meeting(f"{number}", START - HOUR + number * MINUTE, at, by_anybody=True), at)
        assert len(known) <= MAX_MEETINGS
    kept = {each.meeting_id for each in known}
    assert kept >= {f"real{number}" for number in range(vouched)}
    assert "0" in kept, "it is the next one"


def test_newer_bookings_of_anybody_push_out_neither_the_next_one_nor_what_is_newer_for_what_is_over() -> None:
    known = with_meeting((), meeting("next", START, NOW, by_anybody=True), NOW)
    for number in range(MAX_MEETINGS):
        known = with_meeting(known, meeting(f"over{number}", NOW - DAY, NOW - HOUR), NOW)
    for number in range(MAX_MEETINGS):
        at = NOW + (number + 1) * MINUTE
        known = with_meeting(known, meeting(f"{number}", START + DAY, at, by_anybody=True), at)
    assert {each.meeting_id for each in known} == {"next", *map(str, range(1, MAX_MEETINGS))}


def test_what_a_tool_confirms_of_a_booking_stays_vouched_for_whoever_tells_of_it_later() -> None:
    known = with_meeting((), meeting(by_anybody=True))
    known = with_meeting(known, meeting(told_at=NOW + MINUTE))
    [stays] = with_meeting(known, meeting(told_at=NOW + HOUR, by_anybody=True))
    assert not stays.by_anybody


def test_a_booking_page_that_anybody_can_use_is_told_from_a_tool() -> None:
    for speaker, by_anybody in ((Speaker.ANYBODY, True), (Speaker.TOOL, False)):
        scenario = Scenario.shipped()
        scenario.sends("meeting_booked", meeting=meeting(), speaker=speaker, source="calendly")
        assert [each.by_anybody for each in scenario.known.meetings] == [by_anybody]


def test_a_first_contact_that_was_missed_at_its_meeting_stays_missed_whatever_else_is_called_off() -> None:
    scenario = booked()
    scenario.accepts()
    scenario.now = START + 2 * HOUR
    late = clock_of(scenario)
    for told in (
        meeting("b", START - DAY, scenario.now, called_off=True),
        meeting("a", START, scenario.now, called_off=True),
        meeting("c", START - HOUR, scenario.now),
    ):
        assert "ClocksMoved" not in books(scenario, told, "meeting_canceled")
    assert clock_of(scenario) == late


def test_what_is_told_again_changes_nothing_and_gaps_are_kept() -> None:
    known = with_meeting((), meeting(name="Demo", hosts=(SAM,), place="Room 3"))
    assert with_meeting(known, known[0]) == known
    [moved] = with_meeting(known, meeting(starts_at=START + DAY, told_at=NOW + MINUTE))
    assert (moved.name, moved.hosts, moved.place, moved.starts_at) == ("Demo", (SAM,), "Room 3", START + DAY)


def test_meetings_come_to_the_same_in_any_order() -> None:
    """By a seed: bookings, moves and cancellations, each told once, twice or late."""
    for seed in range(150):
        chance = random.Random(seed)
        told = []
        for number in range(chance.randrange(1, 4)):
            named, at = f"m{number}", NOW + number * MINUTE
            told.append(meeting(named, START + number * DAY, at))
            if chance.random() < 0.5:
                told.append(meeting(named, START + number * DAY, at + 10 * MINUTE, called_off=True))
        if chance.random() < 0.5:
            told.append(meeting("moved", START + 9 * DAY, NOW + HOUR, replaces="m0"))
        ends = set[Any]()
        for _ in range(6):
            known: Meetings = ()
            for each in chance.sample(told * 2, len(told) * 2):
                known = with_meeting(known, each)
            found = next_meeting(known, NOW)
            ends.add((frozenset((each.meeting_id, each.called_off) for each in known), found and found.meeting_id))
        assert len(ends) == 1, seed


def test_folding_the_history_gives_the_stored_lead() -> None:
    scenario = booked()
    scenario.accepts()
    scenario.now += DAY
    books(scenario, meeting(told_at=scenario.now, called_off=True), "meeting_canceled")
    folded = fold(scenario.history)
    assert folded
    assert folded.model_copy(update={"tally": None}) == scenario.known.model_copy(update={"tally": None})
    assert scenario.is_looked_at_again() == []
