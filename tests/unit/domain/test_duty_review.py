"""Verdicts on duties: one from the mail about its duty, one on many leads at once; each counts once, however late."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from baton.domain.basics.facts import Staff
from baton.domain.events.recorded import Event
from baton.domain.review.duty_review import how_it_ended, review_duty, review_owed
from baton.domain.review.review_claims import ClaimRequest
from baton.domain.review.verdict import ReviewRefused, ReviewSubmission
from tests.unit.domain.scenario import MARIA, MAX, Scenario
from tests.unit.domain.test_verdict import VERDICTS, each_verdict, give_verdict, in_review, nurtured

DAY = timedelta(days=1)
Review = Callable[..., list[Event]]


def by_mail(scenario: Scenario, verdict: str, by: str = MARIA, duty: int = 1, **said: Any) -> list[Event]:
    """The answer to a mail about the lead's nth duty."""
    submission = ReviewSubmission.model_validate({"verdict": verdict, **VERDICTS[verdict], **said})
    return _of_duty(scenario, submission, by, duty)


def _of_duty(scenario: Scenario, submission: ReviewSubmission | ClaimRequest, by: str, duty: int) -> list[Event]:
    about = (f"{scenario.lead_id}-D{duty:03d}", submission, Staff(email=by))
    return review_duty(scenario.known, *about, scenario.standing, lambda _: scenario.roster, scenario.now)


def of_many(scenario: Scenario, verdict: str, by: str = MARIA, **said: Any) -> list[Event]:
    """The same verdict as on other leads."""
    submission = ReviewSubmission.model_validate({"verdict": verdict, **VERDICTS[verdict], **said})
    by_whom = Staff(email=by)
    return review_owed(scenario.known, submission, by_whom, scenario.standing, lambda _: scenario.roster, scenario.now)


each_way = pytest.mark.parametrize("way", [by_mail, of_many])


def types(events: list[Event]) -> list[str]:
    return [event.type for event in events]


@each_way
@each_verdict
def test_a_verdict_on_an_open_duty_is_the_same_in_each_way(way: Review, verdict: str) -> None:
    scenario = in_review()
    found = way(scenario, verdict)
    scenario.happens(found, MARIA)
    other = in_review()
    give_verdict(other, verdict)
    assert types(found)[0] == "LeadReviewed"
    assert (scenario.known.status, scenario.known.duty) == (other.known.status, other.known.duty)


@each_way
@each_verdict
def test_the_same_verdict_comes_again_however_late_and_changes_nothing(way: Review, verdict: str) -> None:
    scenario = in_review()
    scenario.happens(way(scenario, verdict), MARIA)
    for _ in range(3):
        assert way(scenario, verdict) == []
        scenario.now += 2 * DAY


@each_way
def test_a_duty_that_a_colleague_ended_is_refused_with_who_ended_it(way: Review) -> None:
    scenario = in_review()
    scenario.happens(way(scenario, "bad_timing", by=MAX), MAX)
    scenario.now += DAY
    for verdict in ("bad_timing", "not_ready"):
        with pytest.raises(ReviewRefused, match=f"it is done: bad timing, by {MAX}"):
            way(scenario, verdict)


@each_way
def test_a_duty_that_ended_because_the_lead_asked_is_refused(way: Review) -> None:
    scenario = in_review()
    scenario.sends("consultation_requested")
    with pytest.raises(ReviewRefused, match="it is done: handed over"):
        way(scenario, "good_fit")


@pytest.mark.parametrize(
    "changed",
    [{"review_on": "2027-04-01"}, {"review_on": None}, {"reason": "other"}, {"answers": {"help": False}}],
    ids=str,
)
def test_another_date_reason_or_answer_is_no_repeat_among_many(changed: dict[str, Any]) -> None:
    scenario = in_review()
    said = {"review_on": "2027-03-01", "reason": "budget", "answers": {"help": True}}
    scenario.happens(of_many(scenario, "bad_timing", **said), MARIA)
    assert of_many(scenario, "bad_timing", **said) == []
    with pytest.raises(ReviewRefused, match=f"it is done: bad timing, by {MARIA}"):
        of_many(scenario, "bad_timing", **{**said, **changed})


def test_an_old_verdict_is_no_repeat_once_a_later_duty_ended_otherwise() -> None:
    scenario = in_review()
    scenario.happens(of_many(scenario, "bad_timing"), MARIA)
    scenario.waits(days=200)
    assert scenario.known.duty and scenario.known.duty.is_open
    scenario.sends("consultation_requested")
    with pytest.raises(ReviewRefused, match="it is done: handed over"):
        of_many(scenario, "bad_timing")


def test_a_lead_without_a_duty_is_not_reviewed_among_many() -> None:
    with pytest.raises(ReviewRefused, match="marketing owes this lead no review now"):
        of_many(nurtured(), "not_ready")


def test_a_mail_about_another_duty_is_refused() -> None:
    for scenario, duty in ((in_review(), 2), (nurtured(), 1)):
        with pytest.raises(ReviewRefused, match="there is a newer review of this lead"):
            by_mail(scenario, "not_ready", duty=duty)


def test_a_claim_from_a_mail_claims_the_duty_and_is_refused_once_it_is_over() -> None:
    scenario = in_review()
    claimed = _of_duty(scenario, ClaimRequest(), MARIA, 1)
    assert types(claimed) == ["ReviewClaimed"]
    scenario.happens(claimed, MARIA)
    assert scenario.known.duty
    assert scenario.known.duty.claim_at(scenario.now)
    give_verdict(scenario, "not_ready")
    with pytest.raises(ReviewRefused, match="marketing owes this lead no review now"):
        _of_duty(scenario, ClaimRequest(), MARIA, 1)


def test_how_a_duty_ended_names_a_person_and_no_rule() -> None:
    scenario = in_review()
    give_verdict(scenario, "bad_fit")
    duty = scenario.known.duty
    assert duty
    assert how_it_ended(duty) == f"bad fit, by {MARIA}"
    assert how_it_ended(duty.model_copy(update={"by": "agreement"})) == "bad fit"
    assert how_it_ended(duty.model_copy(update={"verdict": None, "by": None})) == "over"
