"""Who owes a lead what, and by when, or why nobody does; and who was forgotten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from baton.domain.events.lead_events import LeadHeldBack
from baton.domain.follow_up.forgotten import lost_deadline, why_forgotten
from baton.domain.leads.lead import Lead
from baton.domain.timers.next_step import next_step
from tests.unit.domain.playing import Play
from tests.unit.domain.test_review import in_review, nurtured, of_a_robot, returned, sold, tells, with_sales
from tests.unit.given import AGREEMENT, NOW, SAM, rep, team

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def unowned() -> Play:
    play = Play(AGREEMENT, roster=team())
    play.does("consultation_requested")
    return play


def accepted() -> Play:
    play = with_sales()
    play.accepts()
    return play


def contacted() -> Play:
    play = with_sales()
    play.contacts()
    return play


def reviewed(verdict: str) -> Callable[[], Play]:
    def play() -> Play:
        lead = in_review()
        tells(lead, verdict)
        return lead

    return play


STEPS: dict[str, tuple[Callable[[], Play], tuple[Any, ...]]] = {
    "offered": (with_sales, ("sales", SAM, "accept", NOW + 30 * MINUTE)),
    "accepted": (accepted, ("sales", SAM, "reach out", NOW + 4 * HOUR)),
    "contacted": (contacted, ("sales", SAM, "reach out again or say how it ends", NOW + 7 * DAY)),
    "with nobody": (unowned, ("sales", "sales", "give it to somebody", NOW + 30 * MINUTE)),
    "in review": (in_review, ("marketing", "marketing", "review it", NOW + 2 * DAY)),
    "given back": (returned, ("marketing", "marketing", "answer why sales gave it back", NOW + HOUR + 2 * DAY)),
    "given back and parked": (
        lambda: returned("bad_timing"),
        ("marketing", "marketing", "answer why sales gave it back", NOW + HOUR + 2 * DAY),
    ),
    "parked": (reviewed("bad_timing"), ("baton", None, "put it up for review", NOW + HOUR + 90 * DAY)),
    "nurtured": (nurtured, ("nobody", None, "is nurtured", None)),
    "not ready": (reviewed("not_ready"), ("nobody", None, "is nurtured", None)),
    "a bad fit": (reviewed("bad_fit"), ("nobody", None, "is on the list of those whom we cannot help", None)),
    "won": (lambda: sold("won"), ("nobody", None, "is a customer", None)),
    "lost": (lambda: sold("lost"), ("nobody", None, "was lost", None)),
    "spam": (of_a_robot, ("nobody", None, "was taken for a robot's", None)),
}


@pytest.mark.parametrize(("start", "expected"), STEPS.values(), ids=STEPS)
def test_a_lead_has_a_next_step_or_a_reason_for_none(start: Callable[[], Play], expected: tuple[Any, ...]) -> None:
    play = start()
    step = next_step(play.known)
    assert (step.who, step.whose, step.what, step.by) == expected
    assert why_forgotten(play.known, play.now, nobody_looks) is None
    assert step.by is None or (step.overdue(step.by), step.overdue(step.by + MINUTE)) == (False, True)


def changed(start: Callable[[], Play], **fields: Any) -> Lead:
    return start().known.model_copy(update=fields)


def without_clocks(start: Callable[[], Play]) -> Lead:
    lead = start().known
    assert lead.handoff
    clocks = tuple(clock.stopped(NOW) for clock in lead.handoff.clocks)
    return lead.model_copy(update={"handoff": lead.handoff.model_copy(update={"clocks": clocks})})


def nobody_looks(_team: str) -> None:
    """No team has a timer."""


FORGOTTEN: dict[str, tuple[Callable[[], Lead], str]] = {
    "in review, of old": (lambda: changed(in_review, duty=None), "in review, and nobody is asked to review it"),
    "in review, and answered": (
        lambda: changed(in_review, duty=in_review().known.duty.closed("not_ready", "x", NOW)),
        "in review, and nobody is asked to review it",
    ),
    "parked for ever": (lambda: changed(reviewed("bad_timing"), review_on=None), "parked without a date"),
    "with sales, and never handed over": (
        lambda: changed(with_sales, handoff=None),
        "with sales without an open handoff",
    ),
    "with sales, and given back": (
        lambda: changed(with_sales, handoff=returned().known.handoff),
        "with sales without an open handoff",
    ),
    "with sales, and nothing runs": (
        lambda: without_clocks(contacted),
        "with sales, and no clock of its handoff runs",
    ),
}


@pytest.mark.parametrize(("lead", "why"), FORGOTTEN.values(), ids=FORGOTTEN)
def test_whom_nothing_will_ever_come_of_is_forgotten(lead: Callable[[], Lead], why: str) -> None:
    assert why_forgotten(lead(), NOW, nobody_looks) == why


def test_a_lead_that_waits_for_somebody_in_sales_is_not_forgotten() -> None:
    lead = without_clocks(unowned)
    assert why_forgotten(lead, lead.updated_at, nobody_looks) is None
    assert why_forgotten(lead, lead.updated_at + 3 * DAY, lambda team: lead.updated_at + 4 * DAY) is None, (
        "Monday comes"
    )


def test_a_lead_that_waits_for_days_and_for_which_nobody_looks_any_more_is_forgotten() -> None:
    lead = without_clocks(unowned)
    later = lead.updated_at + 2 * DAY
    for looks in (nobody_looks, lambda team: later - HOUR):
        why = why_forgotten(lead, later, looks)
        assert why is not None
        assert why.startswith("in line for somebody of team sales since ")
        assert why.endswith(", and nobody is to come")


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (with_sales, NOW + 15 * MINUTE),
        (in_review, NOW + DAY),
        (returned, NOW + HOUR + DAY),
        (reviewed("bad_timing"), NOW + HOUR + 90 * DAY),
    ],
    ids=["a clock of sales", "a review", "an answer", "a date"],
)
def test_a_deadline_that_nothing_came_of_is_missed_a_quarter_of_an_hour_later(
    start: Callable[[], Play], due: Any
) -> None:
    lead = start().known
    assert lost_deadline(lead, due + 15 * MINUTE) is None
    assert lost_deadline(lead, due + 16 * MINUTE) == due
    assert str(why_forgotten(lead, due + 16 * MINUTE, nobody_looks)).endswith(
        "and nothing came of it: its timer was lost"
    )


def test_a_lead_that_was_just_changed_may_have_a_timer_that_was_just_set() -> None:
    play = with_sales()
    play.roster = team(rep(SAM))
    play.now += 40 * MINUTE
    assert lost_deadline(play.known, play.now) == NOW + 15 * MINUTE
    play.does("page_visited")
    assert lost_deadline(play.known, play.now + 15 * MINUTE) is None
    assert lost_deadline(play.known, play.now + 16 * MINUTE)


def test_what_was_acted_on_is_not_missed() -> None:
    play = in_review()
    for _ in range(3):
        play.waits(days=1)
        assert why_forgotten(play.known, play.now, nobody_looks) is None
    assert why_forgotten(play.known, play.now + 300 * DAY, nobody_looks) is None, "late, and everybody was told"


def test_a_look_that_never_took_place_is_missed_and_one_that_led_to_nothing_is_not() -> None:
    play = nurtured()
    play.happens([LeadHeldBack(reason="merger", due_at=play.now + 30 * DAY)])
    until = play.known.look_at
    assert until
    play.now = until + HOUR
    assert lost_deadline(play.known, play.now) == until
    assert play.reconsidered() == ["LookTaken"]
    assert lost_deadline(play.known, play.now + DAY) is None
    assert play.reconsidered() == []
