"""What a command leaves behind, also of what it ended on the way."""

from datetime import timedelta

from baton.domain.basics.facts import Staff
from baton.domain.events.handoff_events import HandoffClosed
from baton.domain.events.review_events import ReviewRequested
from baton.domain.history.change import Change
from baton.domain.leads.stage_and_status import Status
from baton.domain.review import verdict as review
from tests.unit.domain.playing import Play
from tests.unit.given import AGREEMENT

MIA = Staff(email="mia@example.com")


def changes_of(play: Play) -> list[Change]:
    saved: list[Change] = []
    play.saved = saved.append
    return saved


def test_a_handoff_that_ends_while_the_next_one_begins_is_kept_as_it_ended() -> None:
    play = Play(AGREEMENT)
    play.does("consultation_requested")
    play.now += timedelta(days=1)
    play.does("consultation_requested")
    play.now += timedelta(minutes=1)
    saved = changes_of(play)
    handoff_id = play.known.handoff.handoff_id if play.known.handoff else ""
    play.happens([HandoffClosed(handoff_id=handoff_id, assignment=1, outcome="lost")])
    assert [(each.handoff_id[-3:], each.state) for each in saved[-1].handoffs] == [("001", "lost"), ("002", "offered")]


def test_a_duty_that_is_done_while_the_next_one_begins_is_kept_as_it_was_done() -> None:
    play = Play(AGREEMENT)
    play.does("consultation_requested")
    play.given_back()
    saved = changes_of(play)
    verdict = review.review(
        play.known, review.ReviewSubmission(verdict="not_ready"), MIA, play.standing, lambda _: (), play.now
    )
    asked = ReviewRequested.model_validate(
        {
            "why": "its score",
            "duty_id": f"{play.lead_id}-D002",
            "team": "marketing",
            "clock": play.known.duty.clock if play.known.duty else None,
            "agreement_version": 1,
        }
    )
    play.happens([*verdict, asked])
    assert [(each.duty_id[-3:], each.verdict) for each in saved[-1].duties] == [("001", "not_ready"), ("002", None)]
    assert play.known.status is Status.IN_REVIEW


def test_what_has_not_changed_is_not_kept_again() -> None:
    play = Play(AGREEMENT)
    play.does("consultation_requested")
    saved = changes_of(play)
    play.does("page_visited")
    assert saved[-1].handoffs == saved[-1].duties == []
