"""The timer of a lead looks when something is due, and costs few transitions of the state machine."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from baton.domain.basics.moments import iso
from baton.domain.timers.deadlines import next_deadline
from tests.integration.world import ANNA, KIM, SAM, World

MOST = 10
"""Of a sale of 30 days with a contact each week."""


@pytest.fixture
def staffed(world: World) -> World:
    world.hire(SAM, KIM)
    return world


class Bill:
    """What Step Functions bills of a world's timers: each start is a wait, each look a task and a wait or an end."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world, self.runs, self._before = world, Counter[str](), len(world.stack.executions())
        run = world.invoke

        def counted(function: str, event: Any) -> Any:
            self.runs[function] += 1
            return run(function, event)

        monkeypatch.setattr(world, "invoke", counted)

    @property
    def transitions(self) -> int:
        return len(self.world.stack.executions()) - self._before + 2 * self.runs["follow_up"]


def told(world: World, verb: str, **body: Any) -> None:
    handoff = world.stack.lead().handoff
    assert handoff
    answer = world.ask("POST", f"/handoffs/{handoff.handoff_id}/{verb}", body, by=handoff.owner)
    assert answer.status == 200, answer
    world.settle()


@pytest.mark.parametrize("first_contact", [timedelta(minutes=6), timedelta(minutes=40), timedelta(hours=1)])
def test_a_sale_of_thirty_days_with_weekly_contact_is_billed_few_transitions(
    staffed: World, monkeypatch: pytest.MonkeyPatch, first_contact: timedelta
) -> None:
    world, bill = staffed, Bill(staffed, monkeypatch)
    begun = world.now
    world.send_form()
    world.settle()
    world.wait(timedelta(minutes=5))
    told(world, "accept")
    world.wait(begun + first_contact - world.now)
    told(world, "contact", channel="phone", note="first")
    for week in range(4):
        world.wait(timedelta(days=7, hours=-1))
        told(world, "contact", channel="phone", note=f"week {week}")
    world.wait(begun + timedelta(days=30) - world.now)
    told(world, "close", outcome="won")
    world.wait(timedelta(days=60))

    assert "HandoffReminded" not in world.stack.happened()
    assert bill.transitions <= MOST
    assert world.waiting == [], "and no timer waits for what is over"


def test_a_lead_that_is_called_every_day_sets_few_timers_and_is_reminded_of_in_time(
    staffed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, bill = staffed, Bill(staffed, monkeypatch)
    world.send_form()
    world.settle()
    for day in range(21):
        told(world, "contact", channel="phone", note=f"day {day}")
        due = next_deadline(world.stack.lead())
        assert due
        assert datetime.fromisoformat(world.waiting[0][0]) <= due
        world.wait(timedelta(days=1))
    assert bill.transitions <= 12
    world.wait(timedelta(days=7))
    history = world.stack.history(world.stack.lead().lead_id)
    assert [each.at for each in history if each.event.type == "HandoffReminded"] == [due]


def test_a_time_that_is_said_alone_sets_a_timer_only_if_the_running_one_looks_too_late(staffed: World) -> None:
    world = staffed
    world.send_form()
    world.settle()
    told(world, "contact", channel="phone")
    for days in (6, 5, 7, 2, 8, 3):
        told(world, "contact", next_at=iso(world.now + timedelta(days=days)))
        [waiting] = [each for each in world.stack.executions() if each.status == "RUNNING"]
        assert waiting.name == world.stack.lead().timer
        due = next_deadline(world.stack.lead())
        assert due
        assert datetime.fromisoformat(world.waiting[0][0]) <= due


def test_the_event_of_a_timer_that_comes_twice_or_late_starts_and_stops_nothing_more(staffed: World) -> None:
    world = staffed
    world.send_form()
    world.settle()
    told(world, "contact", channel="phone")
    first, second = world.stack.executions()
    assert (first.status, second.status) == ("ABORTED", "RUNNING")
    ids = {"lead_id": world.stack.lead().lead_id}
    again = {**ids, "event_id": second.name, "due_at": world.waiting[0][0], "ends_timer": first.name}
    world.invoke("set_timer", {"detail": again})
    assert [each.status for each in world.stack.executions()] == ["ABORTED", "RUNNING"]

    late = {**ids, "event_id": first.name, "due_at": "2026-11-24T09:45:00.000Z"}
    world.invoke("set_timer", {"detail": late})
    assert world.invoke("follow_up", late) == {"due_at": None}, "it looks, and ends"


def test_the_end_of_a_timer_that_never_started_is_no_fault(staffed: World) -> None:
    staffed.invoke("set_timer", {"detail": {"lead_id": "nobody", "event_id": "nobody-2", "ends_timer": "nobody-1"}})


def test_an_erased_lead_that_comes_again_has_a_timer_although_its_events_have_the_same_ids(
    staffed: World,
) -> None:
    world = staffed
    world.send_form()
    world.settle()
    lead_id = world.stack.lead().lead_id
    assert world.ask("DELETE", f"/leads/{lead_id}", by="admin").status in {200, 202, 204}
    world.settle()
    world.wait(timedelta(hours=1))
    assert world.waiting == []
    world.send_form(email=ANNA)
    world.settle()
    assert world.stack.lead().lead_id == lead_id
    assert [event_id for _, event_id in world.waiting] == [world.stack.lead().timer]
