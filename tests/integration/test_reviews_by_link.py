"""Marketing reviews leads by links in its mails: safely, once, and only while the reader is on the roster."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.integration.gateway import Answer
from tests.integration.marketing import MARIA, MAX, hire_marketing
from tests.integration.test_marketing_mail import in_review, returned
from tests.integration.world import Mail, World

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
GOOD_FIT = "verdict=good_fit&answer.decision=yes&answer.help=yes&answer.infrastructure=yes"
PRESSES = {
    "with_sales": GOOD_FIT,
    "parked": "verdict=bad_timing&review_on=2027-03-01&reason=",
    "disqualified": "verdict=bad_fit&review_on=2027-03-01&reason=resells+what+we+make",
    "nurturing": "verdict=not_ready&review_on=2027-03-01",
}


@pytest.fixture
def staffed(world: World) -> World:
    """Maria and Max are marketing's team; Anna's review is due, and each of them has the mail."""
    hire_marketing(world)
    in_review(world)
    world.wait(DAY)
    return world


def link_to(mail: Mail) -> str:
    (path,) = re.findall(r"^REVIEW this lead[^\n]*\n\S+?(/reviews/\S+)", mail.text, re.MULTILINE)
    return str(path)


def links(world: World) -> dict[str, str]:
    """The path of each reader's link, in their newest mail."""
    return {mail.to[0]: link_to(mail) for mail in world.mails if "/reviews/" in mail.text}


def press(world: World, path: str, said: str = "verdict=not_ready") -> Answer:
    return world.ask("POST", path, said, headers=ENCODED)


def reviews(world: World) -> list[tuple[str, Any]]:
    history = world.stack.history(world.stack.lead().lead_id)
    return [(each.by, each.event) for each in history if each.event.type == "LeadReviewed"]


def test_each_of_marketing_has_a_link_of_their_own_without_their_address(staffed: World) -> None:
    found = links(staffed)
    assert set(found) == {MARIA, MAX}
    assert found[MARIA] != found[MAX]
    assert all("maria" not in path for path in found.values())


@pytest.mark.parametrize("status", PRESSES)
def test_a_verdict_by_link_is_that_of_its_reader(staffed: World, status: str) -> None:
    answer = press(staffed, links(staffed)[MARIA], PRESSES[status])
    assert answer.status == 200
    assert staffed.stack.lead().status == status
    [(by, reviewed)] = reviews(staffed)
    assert (by, reviewed.duty_id) == (MARIA, staffed.stack.lead().duty.duty_id)
    assert staffed.ask("GET", links(staffed)[MAX]).body == answer.body
    staffed.stack.must_be_consistent()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_opening_a_link_to_review_changes_nothing(staffed: World, method: str) -> None:
    before = staffed.stack.items()
    for path in links(staffed).values():
        for _ in range(3):
            assert staffed.ask(method, path).status == 200
    assert staffed.stack.items() == before


@pytest.mark.parametrize("status", PRESSES)
@pytest.mark.parametrize("later", [MINUTE, DAY])
def test_a_verdict_pressed_twice_is_given_once(staffed: World, status: str, later: timedelta) -> None:
    path = links(staffed)[MARIA]
    first = press(staffed, path, PRESSES[status])
    before = staffed.stack.items()
    staffed.now += later
    again = press(staffed, path, PRESSES[status])
    assert (again.status, again.body) == (200, first.body)
    assert staffed.stack.items() == before


def test_a_colleagues_verdict_is_shown_and_not_overruled_by_an_older_mail(staffed: World) -> None:
    found = links(staffed)
    assert press(staffed, found[MARIA], PRESSES["parked"]).status == 200
    before = staffed.stack.items()
    late = press(staffed, found[MAX], PRESSES["disqualified"])
    assert late.status == 409
    assert MARIA in late.body
    assert "1 March 2027" in late.body
    assert press(staffed, found[MARIA], "verdict=not_ready").status == 409
    assert staffed.stack.items() == before


def test_an_older_mails_link_does_not_answer_a_newer_duty(staffed: World) -> None:
    path = links(staffed)[MARIA]
    assert press(staffed, path, PRESSES["parked"]).status == 200
    staffed.wait(timedelta(days=100))
    assert staffed.stack.lead().status == "in_review"
    staffed.mails.clear()
    before = staffed.stack.items()
    answer = press(staffed, path)
    assert answer.status == 410, "it is older than 14 days"
    assert staffed.stack.items() == before


def test_somebody_who_left_the_roster_can_do_nothing_with_old_mails(staffed: World) -> None:
    found = links(staffed)
    assert staffed.ask("DELETE", f"/teams/marketing/reps/{MARIA}", by="admin").status == 200
    before = staffed.stack.items()
    for method, said in (("GET", None), ("POST", GOOD_FIT), ("POST", "verdict=")):
        answer = staffed.ask(method, found[MARIA], said, headers=ENCODED)
        assert answer.status == 403
        assert "not yours any more" in answer.body
        assert "Anna" not in answer.body
    assert staffed.stack.items() == before
    assert press(staffed, found[MAX]).status == 200


def test_somebody_who_comes_back_to_the_roster_can_use_their_mails_again(staffed: World) -> None:
    path = links(staffed)[MARIA]
    assert staffed.ask("DELETE", f"/teams/marketing/reps/{MARIA}", by="admin").status == 200
    assert staffed.ask("PUT", f"/teams/marketing/reps/{MARIA}", {}, by="admin").status == 200
    assert press(staffed, path).status == 200


FAULTS = [
    ("", 422, ["Choose what becomes of the lead"]),
    ("verdict=nonsense", 422, ["Choose what becomes of the lead"]),
    ("verdict=bad_fit&reason=", 422, ["Say why we cannot help them"]),
    ("verdict=bad_timing&review_on=soon", 422, ["Write the date like 2027-01-31", 'value="soon"']),
    ("verdict=bad_timing&review_on=2020-01-31", 422, ["must be in the future"]),
    ("verdict=good_fit&reason=Wants+it", 409, ["A good fit needs a yes here", "Wants it"]),
    ("verdict=not_ready&answer.nonsense=yes", 422, ["no such question"]),
]


@pytest.mark.parametrize(("said", "status", "words"), FAULTS)
def test_a_fault_stands_on_the_form_with_what_was_typed(
    staffed: World, said: str, status: int, words: list[str]
) -> None:
    before = staffed.stack.items()
    answer = press(staffed, links(staffed)[MARIA], said)
    assert answer.status == status
    assert '<form method="post">' in answer.body
    for each in words:
        assert each in answer.body
    assert staffed.stack.items() == before


def test_a_body_that_no_form_sends_is_refused(staffed: World) -> None:
    answer = staffed.ask("POST", links(staffed)[MARIA], "hello", headers={"Content-Type": "text/xml"})
    assert answer.status == 415
    assert staffed.stack.lead().status == "in_review"


def test_a_changed_or_expired_link_to_review_shows_nothing(staffed: World) -> None:
    path = links(staffed)[MARIA]
    for broken in (path[:-1], f"{path}x", "/reviews/nonsense", path.replace("/reviews/", "/reassignments/")):
        for method in ("GET", "POST"):
            assert staffed.ask(method, broken, headers=ENCODED).status == 404
    staffed.now += timedelta(days=14, hours=1)
    for method in ("GET", "POST"):
        assert staffed.ask(method, path, headers=ENCODED).status == 410


def test_the_link_of_an_erased_lead_says_so(staffed: World) -> None:
    path = links(staffed)[MARIA]
    assert staffed.ask("DELETE", f"/leads/{staffed.stack.lead().lead_id}", by="admin").status == 204
    staffed.settle()
    for method in ("GET", "POST"):
        answer = staffed.ask(method, path, "verdict=not_ready", headers=ENCODED)
        assert answer.status == 404
        assert "This lead is gone" in answer.body


def test_a_return_of_sales_is_answered_by_link(world: World) -> None:
    hire_marketing(world)
    returned(world)
    world.wait(DAY)
    path = links(world)[MARIA]
    shown = world.ask("GET", path).body
    assert "No answer after several tries" in shown
    assert press(world, path, "verdict=not_ready").status == 200
    assert world.stack.lead().status == "nurturing"
