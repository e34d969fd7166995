"""A consent is stored with its words, time, source and page, and ends when the person or staff withdraws it."""

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
            "claimed": True,
            "at": "2026-11-24T09:30:00Z",
            "text": "2026-11",
            "source": "form:content-download",
            "page": "https://www.example.com/guide",
        }
    }


def test_a_form_without_a_ticked_box_gives_no_consent(world: World) -> None:
    world.send_form("content-download", content="guide")
    assert (shown(world)["consents"], shown(world)["unsubscribed_at"]) == ({}, None)


def test_a_later_form_without_a_ticked_box_withdraws_no_consent(agreed: World) -> None:
    agreed.send_form("content-download", content="case-study")
    assert shown(agreed)["consents"]["newsletter"]["given"]


def test_a_suspected_robots_form_gives_no_consent(world: World) -> None:
    world.send_form("content-download", content="guide", website="x", **TICKED)
    assert shown(world)["consents"] == {}


def test_a_consent_withdrawn_by_staff_names_the_person_and_the_time(agreed: World) -> None:
    after = withdraw(agreed)
    assert after.status == 200
    ended = after.json()["consents"]["newsletter"]
    assert (ended["given"], ended["at"], ended["source"]) == (False, "2026-11-24T10:30:00Z", "maria@example.com")
    assert ended["text"] == "2026-11"
    before = agreed.stack.lead()
    assert withdraw(agreed).status == 200
    assert agreed.stack.lead() == before


@pytest.mark.parametrize("body", [{"newsletter": True}, {"newsletter": "yes"}, {"": None}, "newsletter"])
def test_staff_cannot_give_a_consent_for_a_lead(agreed: World, body: Any) -> None:
    refused = withdraw(agreed, {"consents": body})
    assert refused.status == 422
    assert refused.json()["errors"][0]["field"].startswith("consents")


def test_an_unsubscribed_lead_is_suggested_no_further_content(agreed: World) -> None:
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


def test_a_lead_without_a_consent_can_unsubscribe_and_is_recorded_once(world: World) -> None:
    world.send_signals({"kind": "unsubscribed"})
    world.send_signals({"kind": "unsubscribed", "message_id": "again"})
    assert shown(world)["unsubscribed_at"]
    assert world.stack.happened().count("ConsentWithdrawn") == 1


def test_a_form_that_anybody_can_send_ends_no_unsubscription(agreed: World) -> None:
    agreed.send_signals({"kind": "unsubscribed"})
    agreed.now += LATER
    agreed.send_form("content-download", content="guide", **TICKED)
    after, consent = shown(agreed), shown(agreed)["consents"]["newsletter"]
    assert (after["unsubscribed_at"], consent["given"], consent["claimed"]) == ("2026-11-24T10:30:00Z", False, True)
    assert "next_content" not in after["funnel"]


def test_a_tool_that_has_asked_the_person_confirms_the_claim_and_ends_the_unsubscription(agreed: World) -> None:
    agreed.send_signals({"kind": "unsubscribed"})
    agreed.now += LATER
    agreed.send_form("content-download", content="guide", **TICKED)
    agreed.now += LATER
    agreed.send_signals({"kind": "subscribed", "source": "mailchimp"})
    after, consent = shown(agreed), shown(agreed)["consents"]["newsletter"]
    assert (after["unsubscribed_at"], consent["given"], consent["claimed"]) == (None, True, False)
    assert (consent["source"], consent["at"]) == ("mailchimp", "2026-11-24T12:30:00Z")
    assert "next_content" in after["funnel"]


def test_an_unsubscribe_signal_that_arrives_late_does_not_end_a_newer_consent(agreed: World) -> None:
    agreed.send_signals({"kind": "subscribed", "at": START.isoformat()})
    agreed.send_signals({"kind": "unsubscribed", "at": (START - LATER).isoformat()})
    after = shown(agreed)
    assert (after["unsubscribed_at"], after["consents"]["newsletter"]["given"]) == (None, True)


def test_the_alert_to_sales_says_that_the_lead_unsubscribed(agreed: World) -> None:
    agreed.send_signals({"kind": "unsubscribed"})
    agreed.send_form(message="Please call.")
    agreed.settle()
    assert "NO NEWSLETTERS: they unsubscribed on" in agreed.mails[-1].text


def test_a_withdrawn_consent_is_published_with_its_purposes_and_without_its_source(agreed: World) -> None:
    agreed.send_signals({"kind": "unsubscribed"})
    agreed.stack.must_be_consistent()
    facts = agreed.stack.history(agreed.stack.lead().lead_id)[-1].for_the_bus()
    assert facts["purposes"] == ["newsletter"]
    assert "source" not in facts
