"""Marketing claims reviews: everybody sees who is on one, nobody is locked out, and a claim ends by itself."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.integration.calls import Call, Carry
from tests.integration.gateway import Answer
from tests.integration.marketing import MARIA, MAX, hire_marketing
from tests.integration.test_marketing_mail import in_review
from tests.integration.test_reviews_by_link import links, press
from tests.integration.world import World

HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def staffed(world: World) -> World:
    """Maria and Max are marketing's team, and Anna is in review."""
    hire_marketing(world)
    in_review(world)
    return world


def claim(world: World, by: str = MARIA, **said: Any) -> Answer:
    path = f"/leads/{world.stack.lead().lead_id}/review/claim"
    return world.ask("POST", path, said, by=by, groups="marketing")


def claims(world: World) -> list[Any]:
    history = world.stack.history(world.stack.lead().lead_id)
    return [each for each in history if each.event.type == "ReviewClaimed"]


def on_it(world: World) -> str | None:
    """Who is on the review, as the lead and the list of duties show it."""
    lead = world.stack.lead().lead_id
    shown = world.ask("GET", f"/leads/{lead}", by="sales").json()["review"].get("claim")
    [row] = world.ask("GET", "/leads", by="marketing", query={"owner": "marketing"}).json()["leads"]
    assert row["review"].get("claim") == shown
    return shown["by"] if shown else None


def test_a_claim_is_seen_with_the_lead_in_lists_and_in_the_timeline_and_ends_by_itself(staffed: World) -> None:
    answer = claim(staffed)
    assert (answer.status, answer.json()["claim"]["by"]) == (200, MARIA)
    assert on_it(staffed) == MARIA
    path = f"/leads/{staffed.stack.lead().lead_id}/timeline"
    told = staffed.ask("GET", path, by="sales", query={"order": "newest", "words": "en"}).json()["events"][0]
    assert (told["type"], "is on the review until" in told["words"]) == ("ReviewClaimed", True)
    staffed.now += 4 * HOUR
    assert on_it(staffed) is None
    staffed.stack.must_be_consistent()


def test_the_same_claim_within_ten_minutes_is_one_and_a_later_one_begins_anew(staffed: World) -> None:
    first = claim(staffed)
    staffed.now += 9 * MINUTE
    assert claim(staffed).json() == first.json()
    assert len(claims(staffed)) == 1
    staffed.now += MINUTE
    assert claim(staffed).json()["claim"]["until"] > first.json()["claim"]["until"]
    assert len(claims(staffed)) == 2


def test_a_claim_is_taken_over_openly_or_not_at_all(staffed: World) -> None:
    claim(staffed)
    before = staffed.stack.items()
    refused = claim(staffed, MAX)
    assert (refused.status, MARIA in refused.json()["detail"]) == (409, True)
    assert staffed.stack.items() == before
    assert claim(staffed, MAX, take_over=True).json()["claim"]["by"] == MAX
    assert [each.event.taken_from for each in claims(staffed)] == [None, MARIA]
    staffed.now += 4 * HOUR
    assert claim(staffed, MARIA).status == 200, "his ended by itself"
    assert claims(staffed)[-1].event.taken_from is None


def test_a_claim_keeps_nobody_from_a_verdict_and_ends_with_it(staffed: World) -> None:
    claim(staffed)
    path = f"/leads/{staffed.stack.lead().lead_id}/review"
    assert staffed.ask("POST", path, {"verdict": "not_ready"}, by=MAX, groups="marketing").status == 200
    duty = staffed.stack.lead().duty
    assert duty
    assert (duty.by, duty.claim) == (MAX, None)
    assert claim(staffed).status == 409, "nothing is owed any more"
    staffed.stack.must_be_consistent()


@pytest.mark.parametrize("said", [{"take_over": "yes"}, {"taken": True}])
def test_a_claim_with_a_wrong_body_is_refused(staffed: World, said: dict[str, Any]) -> None:
    assert claim(staffed, **said).status == 422
    assert claims(staffed) == []


def test_sales_claims_no_review(staffed: World) -> None:
    path = f"/leads/{staffed.stack.lead().lead_id}/review/claim"
    assert staffed.ask("POST", path, {}, by="sales").status == 403


def test_of_two_who_claim_at_once_one_is_on_it_and_the_other_hears_who(staffed: World) -> None:
    others, begun = list[Answer](), list[Call]()

    def somebody_is_faster(call: Call, carry: Carry) -> Any:
        if (call.function, call.operation) == ("claim_review", "TransactWriteItems") and not begun:
            begun.append(call)
            others.append(claim(staffed, MAX))
            staffed.calls.running = "claim_review"
        return carry()

    with staffed.calls.by(somebody_is_faster):
        late = claim(staffed)
    assert ([each.status for each in others], late.status) == ([200], 409)
    assert MAX in late.json()["detail"]
    assert [each.by for each in claims(staffed)] == [MAX]


def test_a_mail_says_who_is_on_it_and_its_page_lets_another_take_over(staffed: World) -> None:
    staffed.wait(DAY - HOUR)
    assert claim(staffed).status == 200
    staffed.wait(HOUR)
    assert all(f"{MARIA} is on it since" in mail.text for mail in staffed.mails)
    path = links(staffed)[MAX]
    assert f"{MARIA}, until" in staffed.ask("GET", path).body
    refused = press(staffed, path, "claim=begin")
    assert (refused.status, MARIA in refused.body) == (409, True)
    taken = press(staffed, path, "claim=take_over")
    assert (taken.status, f"{MAX}, until" in taken.body) == (200, True)
    assert press(staffed, path, "claim=take_over").body == taken.body
    assert [each.by for each in claims(staffed)] == [MARIA, MAX]
    assert re.search("Give this verdict", taken.body)
