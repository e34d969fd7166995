"""Actions of Baton at a deadline: remind, escalate, reassign, review again."""

from datetime import timedelta

import pytest

from baton.agreement.terms.clock_terms import Act
from baton.domain.basics.facts import Staff
from baton.domain.events.review_events import LeadParked, LeadReviewed, ReviewRequested
from baton.domain.follow_up.due_actions import act_on_overdue, team_to_read
from baton.domain.handoffs import acceptance, offering, reassignment, returns
from baton.domain.handoffs.returns import ReturnRequest
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from baton.domain.terms.kept_terms import DeadlineAction
from baton.domain.timers.deadlines import timer_look_at
from tests.unit.given import (
    HANDOFF_ID,
    IN_FORCE,
    KIM,
    NOW,
    SAM,
    after_events,
    clock,
    offered,
    rep,
    team,
    with_terms,
)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BY_SAM = Staff(email=SAM)
AGREED = lambda: IN_FORCE  # noqa: E731
BOTH = team(rep(SAM), rep(KIM))


def after_timer(lead, at, roster=BOTH):
    """The lead after its timer fired, and what Baton did."""
    happened = act_on_overdue(lead, lead.timer, roster, AGREED, at)
    return after_events(lead, happened, at), [event.type.removeprefix("Handoff") for event in happened]


@pytest.mark.parametrize(
    ("minutes", "done"),
    [
        pytest.param(14, [], id="before the first deadline: nothing"),
        pytest.param(15, ["Reminded"], id="half the time to accept: the owner is reminded"),
        pytest.param(30, ["Escalated"], id="not accepted in time: the manager is told"),
        pytest.param(45, ["Reassigned"], id="still not accepted: somebody else gets it"),
        pytest.param(60 * 24, ["Reassigned"], id="a day late: at once to somebody else"),
    ],
)
def test_an_unaccepted_offer_is_reminded_then_escalated_then_reassigned(minutes: int, done: list[str]) -> None:
    assert after_timer(offered(rep(SAM)), NOW + minutes * MINUTE)[1] == done


def test_each_step_of_a_ladder_is_taken_once() -> None:
    lead, taken = offered(rep(SAM)), []
    for minute in range(46):
        for _ in range(2):
            lead, done = after_timer(lead, NOW + minute * MINUTE)
            taken += done
    assert taken == ["Reminded", "Escalated", "Reassigned"]


def test_a_contact_in_time_ends_the_steps_of_an_offer() -> None:
    lead = offered(rep(SAM))
    lead = after_events(lead, acceptance.log_contact(lead, HANDOFF_ID, "phone", None, BY_SAM, NOW))
    assert timer_look_at(lead, lead.timer) == NOW + timedelta(days=7), "the next action"
    assert after_timer(lead, NOW + 24 * HOUR)[1] == []


def test_an_accepted_lead_without_a_contact_is_reassigned() -> None:
    lead = offered(rep(SAM))
    lead = after_events(lead, acceptance.accept(lead, HANDOFF_ID, BY_SAM, NOW))
    assert timer_look_at(lead, lead.timer) == NOW + 2 * HOUR
    assert after_timer(lead, NOW + 6 * HOUR)[1] == ["Reassigned"]


def test_the_timer_of_a_former_owner_does_nothing() -> None:
    before = offered(rep(SAM))
    lead = after_events(
        before,
        reassignment.reassign(
            before, HANDOFF_ID, reassignment.ReassignRequest(owner=KIM, reason="better placed"), BY_SAM, BOTH, NOW
        ),
    )
    assert act_on_overdue(lead, before.timer, BOTH, AGREED, NOW + 24 * HOUR) == []
    assert timer_look_at(lead, before.timer) is None
    assert timer_look_at(None, before.timer) is None


def test_a_late_lead_without_another_available_rep_is_escalated_and_tried_again() -> None:
    lead, done = after_timer(offered(rep(SAM)), NOW + 45 * MINUTE, team(rep(SAM)))
    assert (done, lead.handoff.owner) == (["Escalated"], SAM)
    assert timer_look_at(lead, lead.timer) == NOW + 105 * MINUTE
    lead, done = after_timer(lead, NOW + 105 * MINUTE)
    assert (done, lead.handoff.owner) == (["Reassigned"], KIM)


def test_a_waiting_lead_is_assigned_by_its_turn_in_the_line_and_not_by_its_clocks() -> None:
    lead, done = after_timer(offered(), NOW + 2 * HOUR, team(rep(KIM)))
    assert (done, lead.handoff.owner) == (["Escalated"], None)
    [taken] = offering.serve_waiting_lead(lead, HANDOFF_ID, team(rep(KIM)), NOW + 2 * HOUR)
    assert (taken.owner, taken.reason) == (KIM, "its turn in the line")
    assert {clock.started_at for clock in taken.clocks} == {NOW + 2 * HOUR}


def test_a_waiting_lead_without_an_owner_reminds_nobody() -> None:
    lead = offered()
    assert timer_look_at(lead, lead.timer) == NOW + 30 * MINUTE
    assert after_timer(lead, NOW + 15 * MINUTE, team())[1] == []


TRIED_SOON = with_terms(
    nobody_available=10 * MINUTE,
    clocks={"accept": clock("accepted", 30 * MINUTE, (0.5, Act.REMIND), (1.0, Act.ESCALATE))},
)


def lead_that_every_rep_has_had() -> Lead:
    """A lead that the only one on the team gave back for somebody else to have it."""
    lead = offered(rep(SAM), agreement=TRIED_SOON)
    back = returns.return_lead(
        lead, HANDOFF_ID, ReturnRequest(reason="wrong_person"), BY_SAM, IN_FORCE, team(rep(SAM)), NOW
    )
    return after_events(lead, back)


def test_a_lead_that_every_rep_has_had_is_escalated_at_each_retry() -> None:
    lead = lead_that_every_rep_has_had()
    assert lead.handoff.is_waiting
    for _ in range(50):
        at = timer_look_at(lead, lead.timer)
        lead, done = after_timer(lead, at, team(rep(SAM)))
        assert done == ["Escalated"]
        assert timer_look_at(lead, lead.timer) > at
    assert all(len(clock.deadlines) <= 12 for clock in lead.handoff.clocks)


@pytest.mark.parametrize(
    ("agreed", "waits"),
    [
        pytest.param(timedelta(hours=5), [5, 10, 20, 24, 24], id="twice as long each time, up to a day"),
        pytest.param(timedelta(days=3), [72, 72, 72], id="as long as agreed, if that is longer"),
    ],
)
def test_the_retry_interval_of_a_lead_without_a_rep_doubles_up_to_a_day(agreed: timedelta, waits: list[int]) -> None:
    one_rep = with_terms(
        nobody_available=agreed, clocks={"accept": clock("accepted", 30 * MINUTE, (1.0, Act.REASSIGN))}
    )
    at, lead = NOW + 30 * MINUTE, offered(rep(SAM), agreement=one_rep)
    for wait in waits:
        lead, done = after_timer(lead, at, team(rep(SAM)))
        assert done == ["Escalated"]
        again_at = timer_look_at(lead, lead.timer)
        assert again_at - at == wait * HOUR
        at = again_at


def test_one_clock_retries_for_all_late_clocks_of_a_handoff() -> None:
    lead, done = after_timer(offered(rep(SAM)), NOW + 6 * HOUR, team(rep(SAM)))
    assert done == ["Escalated", "Escalated"], "neither was accepted nor contacted in time, and there is nobody else"
    for _ in range(3):
        lead, done = after_timer(lead, timer_look_at(lead, lead.timer), team(rep(SAM)))
        assert done == ["Escalated"]


def test_an_accepted_lead_without_a_contact_is_reassigned_once_a_rep_is_available() -> None:
    lead, _ = after_timer(offered(rep(SAM)), NOW + 6 * HOUR, team(rep(SAM)))
    at = timer_look_at(lead, lead.timer)
    lead = after_events(lead, acceptance.accept(lead, HANDOFF_ID, BY_SAM, at - MINUTE), at - MINUTE)
    assert timer_look_at(lead, lead.timer) == at, "the clock of the first contact tries again in its place"
    lead, done = after_timer(lead, at)
    assert (done, lead.handoff.owner) == (["Reassigned"], KIM)


def test_a_new_rep_gets_a_lead_that_every_other_rep_has_had() -> None:
    [taken] = offering.serve_waiting_lead(lead_that_every_rep_has_had(), HANDOFF_ID, BOTH, NOW)
    assert taken.owner == KIM


def test_retries_of_a_reassignment_keep_the_later_steps_of_the_ladder() -> None:
    one_rep = with_terms(
        nobody_available=MINUTE,
        clocks={"accept": clock("accepted", HOUR, (0.1, Act.REASSIGN), (1.0, Act.REMIND))},
    )
    lead = offered(rep(SAM), agreement=one_rep)
    while (at := timer_look_at(lead, lead.timer)) < NOW + HOUR:
        lead, _ = after_timer(lead, at, team(rep(SAM)))
    assert any(d.do is DeadlineAction.REMIND and not d.done for d in lead.handoff.clocks[0].deadlines)


def test_a_parked_lead_is_back_in_review_on_its_date() -> None:
    lead = offered(rep(SAM))
    lead = after_events(
        lead, returns.return_lead(lead, HANDOFF_ID, ReturnRequest(reason="bad_timing"), BY_SAM, IN_FORCE, team(), NOW)
    )
    due_at = NOW + timedelta(days=90)
    lead = after_events(lead, [answered("bad_timing")], NOW)
    lead = after_events(lead, [LeadParked(due_at=due_at)], NOW)
    assert timer_look_at(lead, lead.timer) == due_at
    assert act_on_overdue(lead, lead.timer, team(), AGREED, due_at - MINUTE) == []
    [review] = act_on_overdue(lead, lead.timer, team(), AGREED, due_at)
    assert isinstance(review, ReviewRequested)
    lead = after_events(lead, [review], due_at)
    assert (lead.status, lead.duty.kind, lead.review_on) == (Status.IN_REVIEW, "review", None)
    assert timer_look_at(lead, lead.timer) == due_at + timedelta(days=1), "marketing is reminded"


def answered(verdict: str) -> LeadReviewed:
    return LeadReviewed(verdict=verdict, agreement_version=1)


def duty_after_timer(lead, at):
    happened = act_on_overdue(lead, lead.timer, team(), AGREED, at)
    return after_events(lead, happened, at), [event.type for event in happened]


def test_a_return_that_marketing_does_not_answer_is_reminded_and_escalated_once_each() -> None:
    lead = offered(rep(SAM))
    back = returns.return_lead(lead, HANDOFF_ID, ReturnRequest(reason="unreachable"), BY_SAM, IN_FORCE, team(), NOW)
    lead, taken = after_events(lead, back), []
    for hour in range(0, 24 * 4, 6):
        lead, done = duty_after_timer(lead, NOW + hour * HOUR)
        taken += done
    assert taken == ["DutyReminded", "DutyEscalated"]
    assert timer_look_at(lead, lead.timer) is None


def test_an_answer_of_marketing_in_time_stops_the_clock_of_a_return() -> None:
    lead = offered(rep(SAM))
    back = returns.return_lead(lead, HANDOFF_ID, ReturnRequest(reason="unreachable"), BY_SAM, IN_FORCE, team(), NOW)
    lead = after_events(after_events(lead, back), [answered("not_ready")], NOW + HOUR, by="maria@example.com")
    assert (lead.duty.verdict, lead.duty.by, lead.duty.clock.stopped_at) == (
        "not_ready",
        "maria@example.com",
        NOW + HOUR,
    )
    assert duty_after_timer(lead, NOW + 96 * HOUR)[1] == []


@pytest.mark.parametrize(
    ("minutes", "team"),
    [pytest.param(44, None, id="nobody else is needed yet"), pytest.param(45, "sales", id="somebody else is needed")],
)
def test_the_roster_is_read_only_when_a_reassignment_is_due(minutes: int, team: str | None) -> None:
    lead = offered(rep(SAM))
    assert team_to_read(lead, lead.timer, NOW + minutes * MINUTE) == team
    assert team_to_read(lead, "another", NOW + minutes * MINUTE) is None
