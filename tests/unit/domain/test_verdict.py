"""Marketing's verdict on a lead: its consequences, the people who may give it, and repeats."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.domain.basics.facts import Staff
from baton.domain.basics.refusals import WrongField
from baton.domain.events.handoff_events import HandoffClosed
from baton.domain.events.lead_events import LeadReleased
from baton.domain.handoffs import manual_decisions
from baton.domain.leads.person_facts import Company, Profile
from baton.domain.leads.stage_and_status import Stage, Status
from baton.domain.qualification.duty_opening import WrongDate
from baton.domain.review.verdict import ReviewRefused, ReviewSubmission
from tests.unit.domain.scenario import MARIA, MAX, Scenario
from tests.unit.domain.test_consequences import ANSWERED, agreed
from tests.unit.given import AGREEMENT, NOW, SAM, team

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NEEDED = {"industry": True, "decision": True, "help": True, "infrastructure": True}
VERDICTS: dict[str, dict[str, Any]] = {
    "good_fit": {"answers": NEEDED},
    "bad_timing": {},
    "bad_fit": {"reason": "resells what we make"},
    "not_ready": {},
}
each_verdict = pytest.mark.parametrize("verdict", VERDICTS)


def nurtured(**known: Any) -> Scenario:
    scenario = Scenario(AGREEMENT)
    scenario.sends("page_visited", **known)
    return scenario


def in_review(**known: Any) -> Scenario:
    """A lead that is an MQL and no more."""
    scenario = Scenario(AGREEMENT)
    scenario.sends("content_downloaded", content="guide", **known)
    assert "ReviewRequested" in scenario.sends("page_visited")
    scenario.now += timedelta(hours=1)
    return scenario


def returned(reason: str = "unreachable") -> Scenario:
    """A lead that sales gave back a day ago."""
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested")
    scenario.now += timedelta(hours=1)
    scenario.is_returned(reason)
    scenario.now += DAY
    return scenario


STARTS = {
    "in review": in_review,
    "nurtured": nurtured,
    "returned and nurtured": returned,
    "returned and parked": lambda: returned("bad_timing"),
    "returned and disqualified": lambda: returned("bad_fit"),
}
each_start = pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
LEADS_TO = {
    "good_fit": Status.WITH_SALES,
    "bad_timing": Status.PARKED,
    "bad_fit": Status.DISQUALIFIED,
    "not_ready": Status.NURTURING,
}


def give_verdict(scenario: Scenario, verdict: str, by: str = MARIA, **said: Any) -> list[str]:
    return scenario.reviewed(verdict, by, **{**VERDICTS[verdict], **said})


# --- what follows ---


@each_verdict
@each_start
def test_a_verdict_moves_a_lead_of_any_status_and_closes_its_duty(start: Any, verdict: str) -> None:
    scenario = start()
    assert give_verdict(scenario, verdict)[0] == "LeadReviewed"
    assert scenario.known.status is LEADS_TO[verdict]
    assert scenario.known.decided_at == scenario.now
    duty, last = scenario.known.duty, scenario.known.reviewed
    assert last
    assert (last.verdict, last.by, last.at) == (verdict, MARIA, scenario.now)
    assert duty is None or (duty.verdict, duty.by, duty.closed_at, duty.clock.stopped_at) == (
        verdict,
        MARIA,
        scenario.now,
        scenario.now,
    )
    told = scenario.history[-1 if verdict == "not_ready" else -2].event
    assert verdict == "good_fit" or (told.type, told.duty_id) == ("LeadReviewed", duty and duty.duty_id)


def test_a_good_fit_becomes_an_sql_and_goes_to_sales_with_its_answers() -> None:
    scenario = in_review(company=Company(industry="Logistics"))
    assert give_verdict(scenario, "good_fit", answers={**NEEDED, "interest": False}) == [
        "LeadReviewed",
        "LeadQualified",
        "HandoffOffered",
    ]
    handoff = scenario.known.handoff
    assert handoff
    assert (scenario.known.stage, handoff.trigger, handoff.owner, handoff.score) == (Stage.SQL, "sql", SAM, 60.0)
    assert handoff.reasons == (
        f"reviewed by {MARIA} as a good fit under version 1 of the agreement",
        "Is it in an industry that we sell to? Yes (industry: Logistics)",
        "Does this person decide, or recommend to who does? Yes",
        "Can we help them with what they need? Yes",
        "Does what they run work with what we sell? Yes",
    )
    assert {each.rule for each in handoff.evidence} == {"whitepaper", "visit"}
    assert scenario.known.reviewed.answers == {**NEEDED, "interest": False}


def test_a_good_fit_without_an_available_rep_waits_and_is_escalated() -> None:
    scenario = in_review()
    scenario.roster = team()
    assert give_verdict(scenario, "good_fit")[-2:] == ["HandoffOffered", "HandoffEscalated"]
    assert (scenario.known.status, scenario.known.handoff.owner) == (Status.WITH_SALES, None)


@pytest.mark.parametrize(
    ("known", "answers", "lacks"),
    [
        ({}, {}, "industry (no answer yet), decision (no answer yet), help (no answer yet), infrastructure"),
        ({}, {**NEEDED, "help": False}, "help (no)"),
        ({"company": Company(industry="automotive")}, {"industry": False}, "industry (no), decision"),
        (
            {"profile": Profile(title="CTO"), "company": Company(industry="automotive", infrastructure="x")},
            {},
            "help (no answer yet)",
        ),
    ],
    ids=["nothing is known", "one no", "a no to what is known", "one is left"],
)
def test_a_good_fit_is_refused_with_the_needed_questions_that_lack_a_yes(known: Any, answers: Any, lacks: str) -> None:
    scenario = in_review(**known)
    before = scenario.known
    with pytest.raises(ReviewRefused) as refused:
        scenario.reviewed("good_fit", answers=answers)
    assert str(refused.value).startswith(f"a good fit needs a yes to: {lacks}")
    assert scenario.known == before


@given(st.dictionaries(st.sampled_from([*NEEDED, "interest", "engagement"]), st.booleans()))
def test_a_good_fit_is_handed_over_exactly_if_every_needed_question_has_a_yes(answers: dict[str, bool]) -> None:
    scenario = in_review(profile=Profile(title="Head of IT"))
    known = {"decision": True} | answers
    try:
        scenario.reviewed("good_fit", answers=answers)
    except ReviewRefused:
        assert not all(known.get(each) for each in NEEDED)
        assert scenario.known.status is Status.IN_REVIEW
    else:
        assert all(known.get(each) for each in NEEDED)
        assert scenario.known.status is Status.WITH_SALES


@pytest.mark.parametrize(
    ("start", "said", "days"),
    [
        (in_review, None, 90),
        (in_review, 14, 14),
        (lambda: returned("bad_timing"), None, 89),
        (lambda: returned("bad_timing"), 14, 14),
    ],
    ids=["as agreed", "on a date", "on the date that sales gave", "on another date than sales gave"],
)
def test_a_lead_with_bad_timing_is_parked_until_the_given_or_agreed_date(
    start: Any, said: int | None, days: int
) -> None:
    scenario = start()
    give_verdict(scenario, "bad_timing", **({"review_on": scenario.now + said * DAY} if said else {}))
    assert scenario.known.review_on == scenario.now + days * DAY
    assert scenario.waits(days=days) == ["ReviewRequested"]
    assert scenario.known.duty.clock.started_at == scenario.now


def test_a_lead_parked_again_after_its_date_is_parked_as_long_as_agreed() -> None:
    scenario = returned("bad_timing")
    scenario.now += 100 * DAY
    give_verdict(scenario, "bad_timing")
    assert scenario.known.review_on == scenario.now + 90 * DAY


def test_the_reason_of_a_bad_fit_stays_in_the_history_and_off_the_bus() -> None:
    """What a person writes may name somebody, and what the bus carries must not."""
    scenario = in_review()
    give_verdict(scenario, "bad_fit", reason="Anna is a student")
    assert scenario.known.reviewed.reason == "Anna is a student"
    assert "Anna" not in str([each.for_the_bus() for each in scenario.history])
    assert scenario.history[-1].for_the_bus()["reason"] == "bad_fit"


def test_a_lead_that_is_not_ready_comes_back_only_for_new_signals() -> None:
    scenario = in_review()
    assert give_verdict(scenario, "not_ready") == ["LeadReviewed"]
    assert scenario.is_looked_at_again() == []
    scenario.now += DAY
    assert scenario.sends("page_visited") == ["SignalRecorded"]
    assert scenario.sends("content_downloaded", content="case-study") == ["SignalRecorded", "HandoffOffered"]


def test_new_points_below_the_threshold_bring_a_lead_that_is_not_ready_back_to_review() -> None:
    scenario = Scenario(agreed(recycled_leads_earn=20))
    scenario.sends("content_downloaded", content="guide")
    scenario.sends("page_visited")
    give_verdict(scenario, "not_ready")
    scenario.now += DAY
    assert scenario.sends("page_visited") == ["SignalRecorded"]
    scenario.now += DAY
    assert scenario.sends("webinar_attended") == ["SignalRecorded", "ReviewRequested"]
    assert scenario.known.duty.duty_id.endswith("-D002")


def test_a_lead_that_is_not_ready_needs_a_new_signal_for_review_even_if_no_points_are_agreed() -> None:
    scenario = Scenario(agreed(recycled_leads_earn=0))
    scenario.sends("content_downloaded", content="guide")
    scenario.sends("page_visited")
    assert give_verdict(scenario, "not_ready") == ["LeadReviewed"]
    assert scenario.is_looked_at_again() == []
    scenario.now += MINUTE
    assert "ReviewRequested" in scenario.sends("email_clicked")


def test_a_request_for_a_person_hands_over_a_lead_with_any_verdict() -> None:
    for verdict in ("bad_timing", "bad_fit", "not_ready"):
        scenario = in_review()
        give_verdict(scenario, verdict)
        assert "HandoffOffered" in scenario.sends("demo_requested")
        assert scenario.known.duty.verdict == verdict


# --- what does not do ---


@pytest.mark.parametrize(
    ("verdict", "said", "field"),
    [
        ("bad_fit", {"reason": None}, "reason"),
        ("bad_fit", {"review_on": NOW + DAY}, "review_on"),
        ("good_fit", {"review_on": NOW + DAY}, "review_on"),
        ("not_ready", {"review_on": NOW + DAY}, "review_on"),
        ("not_ready", {"answers": {"mood": True}}, "answers.mood"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_verdict_with_a_missing_or_wrong_field_is_refused_by_name(verdict: str, said: Any, field: str) -> None:
    scenario = in_review()
    with pytest.raises(WrongField) as refused:
        give_verdict(scenario, verdict, **said)
    assert refused.value.field == field


@pytest.mark.parametrize("days", [-1, 0, 361])
def test_a_lead_is_not_parked_until_a_past_or_too_distant_date(days: int) -> None:
    scenario = in_review()
    with pytest.raises(WrongDate):
        give_verdict(scenario, "bad_timing", review_on=scenario.now + days * DAY)


# --- whose it is ---


def closed_lead(outcome: str) -> Scenario:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested")
    scenario.now += DAY
    closed = {"handoff_id": scenario.known.handoff.handoff_id, "assignment": 1, "outcome": outcome}
    scenario.happens([HandoffClosed.model_validate(closed)])
    return scenario


def with_sales() -> Scenario:
    scenario = Scenario(AGREEMENT)
    scenario.sends("consultation_requested")
    return scenario


def spam_lead() -> Scenario:
    scenario = Scenario(AGREEMENT)
    scenario.sends("page_visited", spam=True)
    return scenario


@each_verdict
@pytest.mark.parametrize(
    ("start", "why"),
    [
        (with_sales, f"sales has it (owner: {SAM}); what is wrong with it, sales says by returning it"),
        (lambda: closed_lead("won"), "it is won; it comes back if it asks for a person, or is handed over by hand"),
        (lambda: closed_lead("lost"), "it is lost; it comes back if it asks for a person, or is handed over by hand"),
        (spam_lead, "it was taken for a robot's; if it is a person, release it from spam"),
    ],
    ids=["with sales", "won", "lost", "spam"],
)
def test_a_verdict_on_a_lead_that_marketing_does_not_have_is_refused_with_a_remedy(
    start: Any, why: str, verdict: str
) -> None:
    scenario = start()
    with pytest.raises(ReviewRefused) as refused:
        give_verdict(scenario, verdict)
    assert str(refused.value) == why


def held_back(by: str) -> Scenario:
    scenario = in_review()
    held = manual_decisions.HoldRequest(reason="a merger", until=scenario.now + 30 * DAY)
    scenario.happens(
        manual_decisions.hold(scenario.known, held, Staff(email=by), scenario.standing, None, scenario.now), by
    )
    return scenario


def test_a_good_fit_is_refused_while_another_person_holds_the_lead_back() -> None:
    scenario = held_back(MAX)
    with pytest.raises(ReviewRefused, match=rf"{MAX} holds it back .* \(a merger\); let it go first, or give another"):
        give_verdict(scenario, "good_fit")
    scenario.happens([LeadReleased()])
    assert "HandoffOffered" in give_verdict(scenario, "good_fit")


def test_a_good_fit_by_the_person_who_held_the_lead_ends_the_hold() -> None:
    scenario = held_back(MARIA)
    assert "HandoffOffered" in give_verdict(scenario, "good_fit")
    assert scenario.known.held is None


@pytest.mark.parametrize("verdict", ["bad_timing", "bad_fit", "not_ready"])
def test_a_hold_survives_every_verdict_except_a_good_fit(verdict: str) -> None:
    scenario = held_back(MAX)
    give_verdict(scenario, verdict)
    assert (scenario.known.held.by, scenario.known.status) == (MAX, LEADS_TO[verdict])
    assert "HandoffOffered" not in scenario.updates_facts(bant=ANSWERED)


# --- once ---


@each_verdict
@each_start
def test_a_repeated_verdict_changes_nothing(start: Any, verdict: str) -> None:
    scenario = start()
    give_verdict(scenario, verdict)
    before = scenario.known
    scenario.now += 9 * MINUTE
    assert give_verdict(scenario, verdict) == []
    assert scenario.known == before


def test_a_repeated_verdict_counts_only_if_marketing_was_asked_again_since() -> None:
    scenario = in_review()
    give_verdict(scenario, "good_fit")
    scenario.now += MINUTE
    assert give_verdict(scenario, "good_fit") == []
    assert scenario.is_returned() == ["HandoffReturned", "AnswerRequested"]
    scenario.now += MINUTE
    assert "HandoffOffered" in give_verdict(scenario, "good_fit"), "it is an answer to the return"


def test_a_repeated_good_fit_does_not_hand_over_a_lead_that_sales_returned() -> None:
    quiet = AGREEMENT.return_reasons["unreachable"].model_copy(update={"marketing_answers": False})
    scenario = in_review()
    scenario.agreement = AGREEMENT.model_copy(
        update={"return_reasons": {**AGREEMENT.return_reasons, "unreachable": quiet}}
    )
    give_verdict(scenario, "good_fit")
    assert scenario.is_returned("unreachable") == ["HandoffReturned"]
    scenario.now += MINUTE
    assert give_verdict(scenario, "good_fit") == []
    assert scenario.known.status is Status.NURTURING


def test_a_verdict_with_another_date_reason_or_answer_is_a_new_verdict() -> None:
    scenario = in_review()
    give_verdict(scenario, "bad_timing")
    assert give_verdict(scenario, "bad_timing", review_on=scenario.now + DAY) == ["LeadReviewed", "LeadParked"]
    assert give_verdict(scenario, "bad_timing", review_on=scenario.now + DAY, reason="budget in May") != []
    assert (
        give_verdict(
            scenario, "bad_timing", review_on=scenario.now + DAY, reason="budget in May", answers={"help": False}
        )
        != []
    )
    assert give_verdict(scenario, "bad_fit") == ["LeadReviewed", "LeadDisqualified"]
    assert scenario.known.status is Status.DISQUALIFIED


def test_the_same_verdict_after_ten_minutes_is_a_new_verdict() -> None:
    scenario = in_review()
    give_verdict(scenario, "bad_timing")
    scenario.now += 10 * MINUTE
    assert give_verdict(scenario, "bad_timing") == ["LeadReviewed", "LeadParked"]


@each_verdict
@pytest.mark.parametrize("first", ["bad_timing", "bad_fit", "not_ready"])
@each_start
def test_a_second_reviewer_within_ten_minutes_is_refused_and_told_of_the_first_verdict(
    start: Any, first: str, verdict: str
) -> None:
    scenario = start()
    give_verdict(scenario, first, MAX)
    counts_from = scenario.now + 10 * MINUTE
    scenario.now += MINUTE
    with pytest.raises(ReviewRefused) as refused:
        give_verdict(scenario, verdict)
    assert f"{MAX} has just reviewed it ({first.replace('_', ' ')})" in str(refused.value)
    assert f"another verdict counts from {counts_from:%-d %B %Y at %H:%M} UTC on" in str(refused.value)
    scenario.now = counts_from
    assert give_verdict(scenario, verdict)


@each_verdict
def test_a_reviewer_is_told_that_another_reviewer_has_just_sent_the_lead_to_sales(verdict: str) -> None:
    scenario = in_review()
    give_verdict(scenario, "good_fit", MAX)
    with pytest.raises(ReviewRefused, match=rf"{MAX} has just reviewed it \(good fit\), and sales has it"):
        give_verdict(scenario, verdict)


def test_a_lead_back_in_review_may_be_reviewed_by_another_person_at_once() -> None:
    scenario = in_review()
    give_verdict(scenario, "bad_timing", MAX)
    scenario.now += MINUTE
    assert "ReviewRequested" in scenario.sends("page_visited", content="price-list")
    assert give_verdict(scenario, "not_ready", MARIA) == ["LeadReviewed"]


def test_a_review_date_with_an_offset_is_read_as_utc() -> None:
    said = ReviewSubmission.model_validate_json('{"verdict": "bad_timing", "review_on": "2027-01-01T09:00:00+01:00"}')
    assert said.review_on.isoformat() == "2027-01-01T08:00:00+00:00"
