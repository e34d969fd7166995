"""Marketing's verdict on a lead: what follows from each, who may give it when, and that it is told once."""

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
from tests.unit.domain.playing import MARIA, MAX, Play
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


def nurtured(**known: Any) -> Play:
    play = Play(AGREEMENT)
    play.does("page_visited", **known)
    return play


def in_review(**known: Any) -> Play:
    """A lead that is an MQL and no more."""
    play = Play(AGREEMENT)
    play.does("content_downloaded", content="guide", **known)
    assert "ReviewRequested" in play.does("page_visited")
    play.now += timedelta(hours=1)
    return play


def returned(reason: str = "unreachable") -> Play:
    """A lead that sales gave back a day ago."""
    play = Play(AGREEMENT)
    play.does("consultation_requested")
    play.now += timedelta(hours=1)
    play.given_back(reason)
    play.now += DAY
    return play


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


def tells(play: Play, verdict: str, by: str = MARIA, **said: Any) -> list[str]:
    return play.reviewed(verdict, by, **{**VERDICTS[verdict], **said})


# --- what follows ---


@each_verdict
@each_start
def test_a_verdict_moves_the_lead_and_ends_what_was_owed_wherever_it_was(start: Any, verdict: str) -> None:
    play = start()
    assert tells(play, verdict)[0] == "LeadReviewed"
    assert play.known.status is LEADS_TO[verdict]
    assert play.known.decided_at == play.now
    duty, last = play.known.duty, play.known.reviewed
    assert last
    assert (last.verdict, last.by, last.at) == (verdict, MARIA, play.now)
    assert duty is None or (duty.verdict, duty.by, duty.closed_at, duty.clock.stopped_at) == (
        verdict,
        MARIA,
        play.now,
        play.now,
    )
    told = play.history[-1 if verdict == "not_ready" else -2].event
    assert verdict == "good_fit" or (told.type, told.duty_id) == ("LeadReviewed", duty and duty.duty_id)


def test_a_good_fit_is_a_sales_qualified_lead_and_goes_to_sales_with_its_answers() -> None:
    play = in_review(company=Company(industry="Logistics"))
    assert tells(play, "good_fit", answers={**NEEDED, "interest": False}) == [
        "LeadReviewed",
        "LeadQualified",
        "HandoffOffered",
    ]
    handoff = play.known.handoff
    assert handoff
    assert (play.known.stage, handoff.trigger, handoff.owner, handoff.score) == (Stage.SQL, "sql", SAM, 60.0)
    assert handoff.reasons == (
        f"reviewed by {MARIA} as a good fit under version 1 of the agreement",
        "Is it in an industry that we sell to? Yes (industry: Logistics)",
        "Does this person decide, or recommend to who does? Yes",
        "Can we help them with what they need? Yes",
        "Does what they run work with what we sell? Yes",
    )
    assert {each.rule for each in handoff.evidence} == {"whitepaper", "visit"}
    assert play.known.reviewed.answers == {**NEEDED, "interest": False}


def test_a_good_fit_whom_nobody_in_sales_can_take_waits_and_the_manager_is_told() -> None:
    play = in_review()
    play.roster = team()
    assert tells(play, "good_fit")[-2:] == ["HandoffOffered", "HandoffEscalated"]
    assert (play.known.status, play.known.handoff.owner) == (Status.WITH_SALES, None)


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
def test_a_good_fit_needs_a_yes_to_all_that_is_needed_and_says_which(known: Any, answers: Any, lacks: str) -> None:
    play = in_review(**known)
    before = play.known
    with pytest.raises(ReviewRefused) as refused:
        play.reviewed("good_fit", answers=answers)
    assert str(refused.value).startswith(f"a good fit needs a yes to: {lacks}")
    assert play.known == before


@given(st.dictionaries(st.sampled_from([*NEEDED, "interest", "engagement"]), st.booleans()))
def test_a_lead_is_handed_over_exactly_if_all_that_is_needed_is_a_yes(answers: dict[str, bool]) -> None:
    play = in_review(profile=Profile(title="Head of IT"))
    known = {"decision": True} | answers
    try:
        play.reviewed("good_fit", answers=answers)
    except ReviewRefused:
        assert not all(known.get(each) for each in NEEDED)
        assert play.known.status is Status.IN_REVIEW
    else:
        assert all(known.get(each) for each in NEEDED)
        assert play.known.status is Status.WITH_SALES


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
def test_bad_timing_is_parked_until_a_date(start: Any, said: int | None, days: int) -> None:
    play = start()
    tells(play, "bad_timing", **({"review_on": play.now + said * DAY} if said else {}))
    assert play.known.review_on == play.now + days * DAY
    assert play.waits(days=days) == ["ReviewRequested"]
    assert play.known.duty.clock.started_at == play.now


def test_a_parked_lead_whose_timer_was_late_is_parked_as_long_as_agreed() -> None:
    play = returned("bad_timing")
    play.now += 100 * DAY
    tells(play, "bad_timing")
    assert play.known.review_on == play.now + 90 * DAY


def test_why_a_lead_does_not_fit_stays_in_its_history() -> None:
    """What a person writes may name somebody, and what the bus carries must not."""
    play = in_review()
    tells(play, "bad_fit", reason="Anna is a student")
    assert play.known.reviewed.reason == "Anna is a student"
    assert "Anna" not in str([each.for_the_bus() for each in play.history])
    assert play.history[-1].for_the_bus()["reason"] == "bad_fit"


def test_who_is_not_ready_does_not_come_back_for_what_they_did_before_but_for_what_they_do_next() -> None:
    play = in_review()
    assert tells(play, "not_ready") == ["LeadReviewed"]
    assert play.reconsidered() == []
    play.now += DAY
    assert play.does("page_visited") == ["SignalRecorded"]
    assert play.does("content_downloaded", content="case-study") == ["SignalRecorded", "HandoffOffered"]


def test_new_points_that_are_not_enough_for_sales_bring_who_is_not_ready_back_to_review() -> None:
    play = Play(agreed(recycled_leads_earn=20))
    play.does("content_downloaded", content="guide")
    play.does("page_visited")
    tells(play, "not_ready")
    play.now += DAY
    assert play.does("page_visited") == ["SignalRecorded"]
    play.now += DAY
    assert play.does("webinar_attended") == ["SignalRecorded", "ReviewRequested"]
    assert play.known.duty.duty_id.endswith("-D002")


def test_nobody_bounces_even_if_no_new_points_are_agreed() -> None:
    play = Play(agreed(recycled_leads_earn=0))
    play.does("content_downloaded", content="guide")
    play.does("page_visited")
    assert tells(play, "not_ready") == ["LeadReviewed"]
    assert play.reconsidered() == []
    play.now += MINUTE
    assert "ReviewRequested" in play.does("email_clicked")


def test_a_wish_for_a_person_brings_back_whoever_was_reviewed() -> None:
    for verdict in ("bad_timing", "bad_fit", "not_ready"):
        play = in_review()
        tells(play, verdict)
        assert "HandoffOffered" in play.does("demo_requested")
        assert play.known.duty.verdict == verdict


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
def test_a_verdict_with_a_part_that_does_not_do_is_refused_by_name(verdict: str, said: Any, field: str) -> None:
    play = in_review()
    with pytest.raises(WrongField) as refused:
        tells(play, verdict, **said)
    assert refused.value.field == field


@pytest.mark.parametrize("days", [-1, 0, 361])
def test_no_lead_is_parked_until_a_date_that_is_past_or_too_far_away(days: int) -> None:
    play = in_review()
    with pytest.raises(WrongDate):
        tells(play, "bad_timing", review_on=play.now + days * DAY)


# --- whose it is ---


def sold(outcome: str) -> Play:
    play = Play(AGREEMENT)
    play.does("consultation_requested")
    play.now += DAY
    closed = {"handoff_id": play.known.handoff.handoff_id, "assignment": 1, "outcome": outcome}
    play.happens([HandoffClosed.model_validate(closed)])
    return play


def with_sales() -> Play:
    play = Play(AGREEMENT)
    play.does("consultation_requested")
    return play


def of_a_robot() -> Play:
    play = Play(AGREEMENT)
    play.does("page_visited", spam=True)
    return play


@each_verdict
@pytest.mark.parametrize(
    ("start", "why"),
    [
        (with_sales, f"sales has it (owner: {SAM}); what is wrong with it, sales says by returning it"),
        (lambda: sold("won"), "it is won; it comes back if it asks for a person, or is handed over by hand"),
        (lambda: sold("lost"), "it is lost; it comes back if it asks for a person, or is handed over by hand"),
        (of_a_robot, "it was taken for a robot's; if it is a person, release it from spam"),
    ],
    ids=["with sales", "won", "lost", "spam"],
)
def test_who_is_not_marketings_is_not_reviewed_and_it_says_what_to_do(start: Any, why: str, verdict: str) -> None:
    play = start()
    with pytest.raises(ReviewRefused) as refused:
        tells(play, verdict)
    assert str(refused.value) == why


def held_back(by: str) -> Play:
    play = in_review()
    held = manual_decisions.HoldRequest(reason="a merger", until=play.now + 30 * DAY)
    play.happens(manual_decisions.hold(play.known, held, Staff(email=by), play.standing, None, play.now), by)
    return play


def test_who_is_held_back_by_somebody_is_no_good_fit_until_they_are_let_go() -> None:
    play = held_back(MAX)
    with pytest.raises(ReviewRefused, match=rf"{MAX} holds it back .* \(a merger\); let it go first, or give another"):
        tells(play, "good_fit")
    play.happens([LeadReleased()])
    assert "HandoffOffered" in tells(play, "good_fit")


def test_whoever_held_a_lead_back_may_think_better_of_it() -> None:
    play = held_back(MARIA)
    assert "HandoffOffered" in tells(play, "good_fit")
    assert play.known.held is None


@pytest.mark.parametrize("verdict", ["bad_timing", "bad_fit", "not_ready"])
def test_who_is_held_back_stays_so_whatever_else_is_said(verdict: str) -> None:
    play = held_back(MAX)
    tells(play, verdict)
    assert (play.known.held.by, play.known.status) == (MAX, LEADS_TO[verdict])
    assert "HandoffOffered" not in play.is_known(bant=ANSWERED)


# --- once ---


@each_verdict
@each_start
def test_the_same_verdict_told_again_is_one(start: Any, verdict: str) -> None:
    play = start()
    tells(play, verdict)
    before = play.known
    play.now += 9 * MINUTE
    assert tells(play, verdict) == []
    assert play.known == before


def test_a_verdict_told_again_is_one_whatever_has_happened_since_unless_marketing_was_asked_anew() -> None:
    play = in_review()
    tells(play, "good_fit")
    play.now += MINUTE
    assert tells(play, "good_fit") == []
    assert play.given_back() == ["HandoffReturned", "AnswerRequested"]
    play.now += MINUTE
    assert "HandoffOffered" in tells(play, "good_fit"), "it is an answer to the return"


def test_a_good_fit_told_again_hands_nobody_over_whom_sales_has_done_with() -> None:
    quiet = AGREEMENT.return_reasons["unreachable"].model_copy(update={"marketing_answers": False})
    play = in_review()
    play.agreement = AGREEMENT.model_copy(update={"return_reasons": {**AGREEMENT.return_reasons, "unreachable": quiet}})
    tells(play, "good_fit")
    assert play.given_back("unreachable") == ["HandoffReturned"]
    play.now += MINUTE
    assert tells(play, "good_fit") == []
    assert play.known.status is Status.NURTURING


def test_a_verdict_with_another_date_reason_or_answer_is_another_one() -> None:
    play = in_review()
    tells(play, "bad_timing")
    assert tells(play, "bad_timing", review_on=play.now + DAY) == ["LeadReviewed", "LeadParked"]
    assert tells(play, "bad_timing", review_on=play.now + DAY, reason="budget in May") != []
    assert tells(play, "bad_timing", review_on=play.now + DAY, reason="budget in May", answers={"help": False}) != []
    assert tells(play, "bad_fit") == ["LeadReviewed", "LeadDisqualified"]
    assert play.known.status is Status.DISQUALIFIED


def test_after_ten_minutes_the_same_verdict_is_another_one() -> None:
    play = in_review()
    tells(play, "bad_timing")
    play.now += 10 * MINUTE
    assert tells(play, "bad_timing") == ["LeadReviewed", "LeadParked"]


@each_verdict
@pytest.mark.parametrize("first", ["bad_timing", "bad_fit", "not_ready"])
@each_start
def test_of_two_who_review_a_lead_at_once_the_second_is_told_of_the_first(start: Any, first: str, verdict: str) -> None:
    play = start()
    tells(play, first, MAX)
    counts_from = play.now + 10 * MINUTE
    play.now += MINUTE
    with pytest.raises(ReviewRefused) as refused:
        tells(play, verdict)
    assert f"{MAX} has just reviewed it ({first.replace('_', ' ')})" in str(refused.value)
    assert f"another verdict counts from {counts_from:%-d %B %Y at %H:%M} UTC on" in str(refused.value)
    play.now = counts_from
    assert tells(play, verdict)


@each_verdict
def test_who_reviews_a_lead_that_somebody_has_just_sent_to_sales_is_told_so(verdict: str) -> None:
    play = in_review()
    tells(play, "good_fit", MAX)
    with pytest.raises(ReviewRefused, match=rf"{MAX} has just reviewed it \(good fit\), and sales has it"):
        tells(play, verdict)


def test_a_lead_that_is_back_in_review_is_anybodys() -> None:
    play = in_review()
    tells(play, "bad_timing", MAX)
    play.now += MINUTE
    assert "ReviewRequested" in play.does("page_visited", content="price-list")
    assert tells(play, "not_ready", MARIA) == ["LeadReviewed"]


def test_a_verdict_reads_as_it_is_sent() -> None:
    said = ReviewSubmission.model_validate_json('{"verdict": "bad_timing", "review_on": "2027-01-01T09:00:00+01:00"}')
    assert said.review_on.isoformat() == "2027-01-01T08:00:00+00:00"
