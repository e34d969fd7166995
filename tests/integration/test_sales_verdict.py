"""Sales returns a lead with a review date, closes it as won or lost with an amount, and rates it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.integration.gateway import Answer
from tests.integration.world import KIM, SAM, World

DAY = timedelta(days=1)
EVENTS = Path(__file__).parents[2] / "events"


@pytest.fixture
def offered(world: World) -> World:
    """Anna's request was offered to Kim or Sam, whose mail has gone out."""
    assert world.send_form(first_name="Anna").status == 202
    world.settle()
    return world


def say(world: World, verb: str, body: Any, by: str | None = None) -> Answer:
    """Whoever has the lead, or somebody else, says something about the handoff."""
    handoff = world.stack.lead().handoff
    assert handoff
    return world.ask("POST", f"/handoffs/{handoff.handoff_id}/{verb}", body, by=by or handoff.owner)


def fields(answer: Answer) -> list[str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return [fault["field"] for fault in answer.json()["errors"]]


def test_a_lost_lead_can_still_be_rated(offered: World) -> None:
    assert say(offered, "close", {"outcome": "lost", "reason": "too expensive"}).status == 200
    offered.now += DAY
    answer = say(offered, "rating", {"stars": 5, "note": "A pity."})
    assert answer.status == 200
    assert answer.json()["rating"] | {"by": None} == {
        "stars": 5, "note": "A pity.", "at": "2026-11-25T09:30:00Z", "by": None
    }  # fmt: skip
    assert say(offered, "rating", {"stars": 5, "note": "A pity."}).json() == answer.json()
    assert offered.stack.happened().count("HandoffRated") == 1
    offered.stack.must_be_consistent()


def test_a_rating_starts_no_handoff_and_no_timer(offered: World) -> None:
    assert say(offered, "return", {"reason": "not_qualified"}).status == 200
    offered.settle()
    before = offered.stack.happened()
    waiting = offered.waiting
    assert say(offered, "rating", {"stars": 1}).status == 200
    offered.settle()
    assert offered.stack.happened() == [*before, "HandoffRated"]
    assert offered.waiting == waiting


def test_only_the_owner_or_an_administrator_may_rate_a_handoff(offered: World) -> None:
    owner = offered.stack.lead().handoff.owner  # type: ignore[union-attr]
    assert say(offered, "rating", {"stars": 1}, by=SAM if owner == KIM else KIM).status == 409
    assert say(offered, "rating", {"stars": 1}, by="admin").status == 200


@pytest.mark.parametrize(
    ("body", "at_fault"),
    [
        ({}, ["stars"]),
        ({"stars": 0}, ["stars"]),
        ({"stars": 6}, ["stars"]),
        ({"stars": "5"}, ["stars"]),
        ({"stars": 4.5}, ["stars"]),
        ({"stars": True}, ["stars"]),
        ({"stars": 4, "note": ""}, ["note"]),
        ({"stars": 4, "note": "x" * 1_001}, ["note"]),
        ({"stars": 4, "mood": "good"}, ["mood"]),
    ],
    ids=lambda given: str(given)[:40],
)
def test_an_invalid_rating_is_refused_with_the_field_at_fault(offered: World, body: Any, at_fault: list[str]) -> None:
    before = offered.stack.items()
    answer = say(offered, "rating", body)
    assert (answer.status, fields(answer)) == (422, at_fault)
    assert offered.stack.items() == before


def test_a_return_for_bad_timing_can_set_the_review_date(offered: World) -> None:
    on = offered.now + 30 * DAY
    answer = say(offered, "return", {"reason": "bad_timing", "review_on": on.isoformat(), "note": "New budget then."})
    assert answer.status == 200
    assert offered.stack.lead().review_on == on
    offered.stack.must_be_consistent()


@pytest.mark.parametrize(
    "review_on", ["2026-12-24", "2026-12-24T00:00:00", "24.12.2026", "2026-12-24T00:00:00Z"], ids=str
)
def test_a_return_takes_a_date_without_a_time(offered: World, review_on: str) -> None:
    assert say(offered, "return", {"reason": "bad_timing", "review_on": review_on}).status == 200
    assert offered.stack.lead().review_on == datetime(2026, 12, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reason", "days"), [("bad_timing", -1), ("bad_timing", 361), ("bad_fit", 30)], ids=["past", "far", "not parked"]
)
def test_a_return_with_an_unsuitable_review_date_is_refused(offered: World, reason: str, days: int) -> None:
    before = offered.stack.items()
    answer = say(offered, "return", {"reason": reason, "review_on": (offered.now + days * DAY).isoformat()})
    assert (answer.status, fields(answer)) == (422, ["review_on"])
    assert offered.stack.items() == before


@pytest.mark.parametrize(
    ("amount", "kept", "worth", "currency"),
    [
        (48_000, "48000", 48_000, None),
        (48_000.5, "48000.50", 48_000.5, None),
        (1.234, "1.23", 1.23, None),
        ("48,000.50", "48,000.50", 48_000.5, None),
        ("EUR 48.000", "EUR 48.000", 48_000, "EUR"),
        ("48 000 kr", "48 000 kr", 48_000, "kr"),
    ],
)
def test_the_amount_of_a_won_lead_is_kept_as_written_beside_what_it_means(
    offered: World, amount: object, kept: str, worth: float, currency: str | None
) -> None:
    answer = say(offered, "close", {"outcome": "won", "reason": "fits best", "amount": amount}).json()
    assert (answer["state"], answer["outcome_reason"], answer["amount"]) == ("won", "fits best", kept)
    assert (answer["worth"], answer.get("currency")) == (worth, currency)
    assert answer["ended_at"] == "2026-11-24T09:30:00Z"


@pytest.mark.parametrize("amount", ["a lot", "-1", -1, "12 or 13", "10k-20k"])
def test_an_amount_that_cannot_be_added_up_is_refused(offered: World, amount: object) -> None:
    before = offered.stack.items()
    answer = say(offered, "close", {"outcome": "won", "amount": amount})
    assert (answer.status, fields(answer)) == (422, ["amount"])
    assert offered.stack.items() == before


def test_a_lead_that_asked_again_before_its_handoff_was_closed_is_handed_over_again(offered: World) -> None:
    offered.now += timedelta(hours=1)
    assert offered.send_form(message="Hello?").status == 202
    assert say(offered, "close", {"outcome": "lost"}).status == 200
    assert offered.stack.lead().status == "with_sales"


def test_a_handoff_shows_each_owners_period_and_the_length_of_each_clock(offered: World) -> None:
    offered.now += timedelta(minutes=5)
    had = offered.stack.lead().handoff.owner  # type: ignore[union-attr]
    assert say(offered, "reassign", {"reason": "on holiday"}, by="admin").status == 200
    offered.now += timedelta(minutes=5)
    handoff = say(offered, "contact", {"channel": "phone"}).json()
    first, second = handoff["stints"]
    assert (first["owner"], first["since"], first["until"], first["accepted_at"]) == (
        had, "2026-11-24T09:30:00Z", "2026-11-24T09:35:00Z", None
    )  # fmt: skip
    assert (second["until"], second["accepted_at"], second["contacted_at"]) == (
        None, "2026-11-24T09:40:00Z", "2026-11-24T09:40:00Z"
    )  # fmt: skip
    assert first.keys() == {"owner", "since", "until", "notified_at", "accepted_at", "contacted_at", "returned_for"}
    assert {clock["name"]: clock["within"] for clock in handoff["clocks"]} == {
        "accept": "30m", "first_contact": "4h", "next_action": "7d"
    }  # fmt: skip


@pytest.mark.parametrize("verb", ["return", "close"])
def test_the_sample_requests_to_return_close_and_rate_are_accepted(offered: World, verb: str) -> None:
    for sample, said in ((verb, verb), ("rate", "rating")):
        answer = say(offered, said, json.loads((EVENTS / f"{sample}.json").read_text()))
        assert answer.status == 200, answer
    assert offered.stack.happened()[-1] == "HandoffRated"
