"""What a person agreed to is kept with its words, time, source and page, and ends when they or staff take it back."""

from datetime import timedelta
from typing import Any

import pytest

from tests.integration.gateway import Answer
from tests.integration.world import START, World

TICKED = {"newsletter": "yes", "page": "https://www.example.com/guide?x=1"}
LATER = timedelta(hours=1)


def shown(world: World) -> Any:
    return world.ask("GET", f"/leads/{world.stack.lead().lead_id}", by="marketing").json()


def withdraw(world: World, body: Any = None) -> Answer:
    path = f"/leads/{world.stack.lead().lead_id}"
    return world.ask("PATCH", path, body or {"consents": {"newsletter": None}}, by="marketing")


@pytest.fixture
def agreed(world: World) -> World:
    """Anna ticked the box an hour ago."""
    world.send_form("content-download", content="guide", **TICKED)
    world.now += LATER
    return world


def test_a_consent_is_kept_with_its_words_time_source_and_page(agreed: World) -> None:
    assert shown(agreed)["consents"] == {
        "newsletter": {
            "given": True,
            "at": "2026-11-24T09:30:00Z",
            "text": "2026-11",
            "source": "form:content-download",
            "page": "https://www.example.com/guide",
        }
    }


def test_without_a_tick_there_is_none(world: World) -> None:
    world.send_form("content-download", content="guide")
    assert (shown(world)["consents"], shown(world)["unsubscribed_at"]) == ({}, None)


def test_a_form_without_a_tick_takes_nothing_back(agreed: World) -> None:
    agreed.send_form("content-download", content="case-study")
    assert shown(agreed)["consents"]["newsletter"]["given"]


def test_a_robot_agrees_to_nothing(world: World) -> None:
    world.send_form("content-download", content="guide", website="x", **TICKED)
    assert shown(world)["consents"] == {}


def test_staff_withdraws_it_and_it_is_known_who_and_when(agreed: World) -> None:
    after = withdraw(agreed)
    assert after.status == 200
    ended = after.json()["consents"]["newsletter"]
    assert (ended["given"], ended["at"], ended["source"]) == (False, "2026-11-24T10:30:00Z", "maria@example.com")
    assert ended["text"] == "2026-11"
    before = agreed.stack.lead()
    assert withdraw(agreed).status == 200
    assert agreed.stack.lead() == before


@pytest.mark.parametrize("body", [{"newsletter": True}, {"newsletter": "yes"}, {"": None}, "newsletter"])
def test_only_the_person_can_give_it(agreed: World, body: Any) -> None:
    refused = withdraw(agreed, {"consents": body})
    assert refused.status == 422
    assert refused.json()["errors"][0]["field"].startswith("consents")


def test_who_unsubscribes_is_suggested_nothing_more(agreed: World) -> None:
    assert "next_content" in shown(agreed)["funnel"]
    agreed.send_signals({"kind": "unsubscribed", "source": "mailer"})
    after = shown(agreed)
    assert "next_content" not in after["funnel"]
    assert "next content" not in after["qualification"]["next"]
    assert "it wants no more mail" in after["qualification"]["next"]
    assert after["unsubscribed_at"] == "2026-11-24T10:30:00Z"
    ended = after["consents"]["newsletter"]
    assert (ended["given"], ended["source"]) == (False, "mailer")
    assert agreed.stack.happened()[-1] == "ConsentWithdrawn"


def test_who_never_agreed_can_unsubscribe_too_and_once_is_enough(world: World) -> None:
    world.send_signals({"kind": "unsubscribed"})
    world.send_signals({"kind": "unsubscribed", "message_id": "again"})
    assert shown(world)["unsubscribed_at"]
    assert world.stack.happened().count("ConsentWithdrawn") == 1


def test_who_agrees_anew_may_be_written_to_again(agreed: World) -> None:
    agreed.send_signals({"kind": "unsubscribed"})
    agreed.now += LATER
    agreed.send_form("content-download", content="guide", **TICKED)
    after = shown(agreed)
    assert (after["unsubscribed_at"], after["consents"]["newsletter"]["given"]) == (None, True)
    assert "next_content" in after["funnel"]


def test_an_unsubscribing_that_arrives_late_ends_nothing_that_was_agreed_to_since(agreed: World) -> None:
    agreed.send_signals({"kind": "unsubscribed", "at": (START - LATER).isoformat()})
    after = shown(agreed)
    assert (after["unsubscribed_at"], after["consents"]["newsletter"]["given"]) == (None, True)


def test_sales_reads_in_the_mail_that_they_unsubscribed(agreed: World) -> None:
    agreed.send_signals({"kind": "unsubscribed"})
    agreed.send_form(message="Please call.")
    agreed.settle()
    assert "NO NEWSLETTERS: they unsubscribed on" in agreed.mails[-1].text


def test_the_bus_hears_for_which_purposes_and_nothing_else(agreed: World) -> None:
    agreed.send_signals({"kind": "unsubscribed"})
    agreed.stack.must_hold_together()
    facts = agreed.stack.history(agreed.stack.lead().lead_id)[-1].for_the_bus()
    assert facts["purposes"] == ["newsletter"]
    assert "source" not in facts
