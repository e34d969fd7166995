"""The next step of a lead with its owner and date, or the reason for none; and the leads that were forgotten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.terms.agreement import Agreement
from baton.domain.events.lead_events import LeadHeldBack
from baton.domain.follow_up.forgotten import lost_deadline, why_forgotten
from baton.domain.leads.lead import Lead
from baton.domain.timers.next_step import is_overdue, next_step
from baton.domain.timers.open_clock import escalated_at
from tests.unit.domain.scenario import Scenario
from tests.unit.domain.test_verdict import (
    closed_lead,
    give_verdict,
    in_review,
    nurtured,
    returned,
    spam_lead,
    with_sales,
)
from tests.unit.given import AGREEMENT, NOW, SAM, rep, team

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def unowned() -> Scenario:
    scenario = Scenario(AGREEMENT, roster=team())
    scenario.sends("consultation_requested")
    return scenario


def accepted() -> Scenario:
    scenario = with_sales()
    scenario.accepts()
    return scenario


def contacted() -> Scenario:
    scenario = with_sales()
    scenario.contacts()
    return scenario


def reviewed(verdict: str) -> Callable[[], Scenario]:
    def scenario() -> Scenario:
        lead = in_review()
        give_verdict(lead, verdict)
        return lead

    return scenario


STEPS: dict[str, tuple[Callable[[], Scenario], tuple[Any, ...]]] = {
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
    "won": (lambda: closed_lead("won"), ("nobody", None, "is a customer", None)),
    "lost": (lambda: closed_lead("lost"), ("nobody", None, "was lost", None)),
    "spam": (spam_lead, ("nobody", None, "was taken for a robot's", None)),
}


@pytest.mark.parametrize(("start", "expected"), STEPS.values(), ids=STEPS)
def test_a_lead_has_a_next_step_or_a_reason_for_none(start: Callable[[], Scenario], expected: tuple[Any, ...]) -> None:
    scenario = start()
    step = next_step(scenario.known)
    assert (step.who, step.whose, step.what, step.by) == expected
    assert why_forgotten(scenario.known, scenario.now, no_team_timer) is None
    lead, by = scenario.known, step.by
    assert by is None or (is_overdue(lead, by), is_overdue(lead, by + MINUTE)) == (False, True)


def test_a_lead_tells_when_managers_heard_of_it_last() -> None:
    held = with_sales()
    assert escalated_at(held.known) is None
    told = []
    while len(told) < 7:
        if {"HandoffEscalated"} & {*held.waits(minutes=5)}:
            told.append(held.now)
            late = escalated_at(held.known)
            assert late and held.now - 5 * MINUTE < late <= held.now
    assert escalated_at(unowned().known) == NOW, "nobody could take it"
    reviewing = in_review()
    assert escalated_at(reviewing.known) is None
    while "DutyEscalated" not in reviewing.waits(hours=1):
        assert escalated_at(reviewing.known) is None
    assert escalated_at(reviewing.known) is not None
    assert escalated_at(nurtured().known) is None


def changed(start: Callable[[], Scenario], **fields: Any) -> Lead:
    return start().known.model_copy(update=fields)


def without_clocks(start: Callable[[], Scenario]) -> Lead:
    lead = start().known
    assert lead.handoff
    clocks = tuple(clock.stopped(NOW) for clock in lead.handoff.clocks)
    return lead.model_copy(update={"handoff": lead.handoff.model_copy(update={"clocks": clocks})})


def no_team_timer(_team: str) -> None:
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
def test_a_lead_without_a_duty_date_or_running_clock_is_forgotten(lead: Callable[[], Lead], why: str) -> None:
    assert why_forgotten(lead(), NOW, no_team_timer) == why


def agreed_with(*clocks: str) -> Agreement:
    """The agreement that ships, with these of its clocks alone."""
    terms = AGREEMENT.handoffs["consultation"]
    few = {name: clock for name, clock in terms.clocks.items() if name in clocks}
    return AGREEMENT.model_copy(update={"handoffs": {"consultation": terms.model_copy(update={"clocks": few})}})


@pytest.mark.parametrize(
    ("clocks", "state", "is_forgotten"),
    [
        (("accept",), "accepted", False),
        (("accept",), "contacted", False),
        (("accept", "first_contact"), "contacted", False),
        (("accept",), "offered", True),
        (("accept", "first_contact"), "accepted", True),
        (("accept", "next_action"), "contacted", True),
    ],
)
def test_a_lead_whose_agreed_clocks_have_all_done_their_work_is_not_forgotten(
    clocks: tuple[str, ...], state: str, is_forgotten: bool
) -> None:
    scenario = Scenario(agreed_with(*clocks))
    scenario.sends("consultation_requested")
    if state == "accepted":
        scenario.accepts()
    elif state == "contacted":
        scenario.contacts()
    lead = without_clocks(lambda: scenario)
    assert (why_forgotten(lead, NOW, no_team_timer) is not None) is is_forgotten


def test_a_lead_that_waits_for_an_available_rep_is_not_forgotten() -> None:
    lead = without_clocks(unowned)
    assert why_forgotten(lead, lead.updated_at, no_team_timer) is None
    assert why_forgotten(lead, lead.updated_at + 3 * DAY, lambda team: lead.updated_at + 4 * DAY) is None, (
        "Monday comes"
    )


def test_a_lead_that_waits_for_days_without_a_team_timer_is_forgotten() -> None:
    lead = without_clocks(unowned)
    later = lead.updated_at + 2 * DAY
    for looks in (no_team_timer, lambda team: later - HOUR):
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
def test_a_deadline_without_any_action_is_lost_after_15_minutes(start: Callable[[], Scenario], due: Any) -> None:
    lead = start().known
    assert lost_deadline(lead, due + 15 * MINUTE) is None
    assert lost_deadline(lead, due + 16 * MINUTE) == due
    assert str(why_forgotten(lead, due + 16 * MINUTE, no_team_timer)).endswith(
        "and nothing came of it: its timer was lost"
    )


def test_a_deadline_is_not_lost_within_15_minutes_of_a_change_of_the_lead() -> None:
    scenario = with_sales()
    scenario.roster = team(rep(SAM))
    scenario.now += 40 * MINUTE
    assert lost_deadline(scenario.known, scenario.now) == NOW + 15 * MINUTE
    scenario.sends("page_visited")
    assert lost_deadline(scenario.known, scenario.now + 15 * MINUTE) is None
    assert lost_deadline(scenario.known, scenario.now + 16 * MINUTE)


def test_a_deadline_that_was_acted_on_is_not_lost() -> None:
    scenario = in_review()
    for _ in range(3):
        scenario.waits(days=1)
        assert why_forgotten(scenario.known, scenario.now, no_team_timer) is None
    assert why_forgotten(scenario.known, scenario.now + 300 * DAY, no_team_timer) is None, (
        "late, and everybody was told"
    )


def test_a_scheduled_look_is_lost_only_if_not_taken() -> None:
    scenario = nurtured()
    scenario.happens([LeadHeldBack(reason="merger", due_at=scenario.now + 30 * DAY)])
    until = scenario.known.look_at
    assert until
    scenario.now = until + HOUR
    assert lost_deadline(scenario.known, scenario.now) == until
    assert scenario.is_looked_at_again() == ["LookTaken"]
    assert lost_deadline(scenario.known, scenario.now + DAY) is None
    assert scenario.is_looked_at_again() == []
