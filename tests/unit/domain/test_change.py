"""A change saves each handoff and each duty that it touched, also one that it ended."""

from datetime import timedelta

from baton.domain.basics.facts import Staff
from baton.domain.events.handoff_events import HandoffClosed
from baton.domain.events.review_events import ReviewRequested
from baton.domain.history.change import Change
from baton.domain.leads.stage_and_status import Status
from baton.domain.review import verdict as review
from tests.unit.domain.scenario import Scenario
from tests.unit.given import AGREEMENT

MIA = Staff(email="mia@example.com")


def changes_of(scenario: Scenario) -> list[Change]:
    saved: list[Change] = []
    scenario.saved = saved.append
    return saved


def test_a_change_saves_the_ended_handoff_and_the_next_handoff() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested")
    scenario.now += timedelta(days=1)
    scenario.sends("consultation_requested")
    scenario.now += timedelta(minutes=1)
    saved = changes_of(scenario)
    handoff_id = scenario.known.handoff.handoff_id if scenario.known.handoff else ""
    scenario.happens([HandoffClosed(handoff_id=handoff_id, assignment=1, outcome="lost")])
    assert [(each.handoff_id[-3:], each.state) for each in saved[-1].handoffs] == [("001", "lost"), ("002", "offered")]


def test_a_change_saves_the_done_duty_and_the_next_duty() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested")
    scenario.is_returned()
    saved = changes_of(scenario)
    verdict = review.review(
        scenario.known, review.ReviewSubmission(verdict="not_ready"), MIA, scenario.standing, lambda _: (), scenario.now
    )
    asked = ReviewRequested.model_validate(
        {
            "why": "its score",
            "duty_id": f"{scenario.lead_id}-D002",
            "team": "marketing",
            "clock": scenario.known.duty.clock if scenario.known.duty else None,
            "agreement_version": 1,
        }
    )
    scenario.happens([*verdict, asked])
    assert [(each.duty_id[-3:], each.verdict) for each in saved[-1].duties] == [("001", "not_ready"), ("002", None)]
    assert scenario.known.status is Status.IN_REVIEW


def test_a_change_saves_no_handoff_or_duty_that_stays_the_same() -> None:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested")
    saved = changes_of(scenario)
    scenario.sends("page_visited")
    assert saved[-1].handoffs == saved[-1].duties == []
