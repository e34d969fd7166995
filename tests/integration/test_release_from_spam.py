"""A form taken for a robot's waits in the spam queue until marketing releases it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.domain.history.spam_suspicion import LISTED_FOR
from baton.domain.leads.stage_and_status import Status
from baton.domain.signals.signal_recording import REQUEST_EXPIRES_AFTER
from tests.integration.calls import Call, Carry
from tests.integration.gateway import Answer
from tests.integration.world import ANNA, SAM, World

ROBOT = {"website": "https://spam.example"}
HOUR = timedelta(hours=1)


def release(world: World, by: str = "marketing") -> Answer:
    return world.ask("POST", f"/leads/{world.stack.lead().lead_id}/release-from-spam", by=by)


def kinds(world: World) -> list[str]:
    return world.stack.happened()


@pytest.fixture
def caught(world: World) -> World:
    """Anna asked for a person an hour ago, and her browser had filled the trap."""
    world.send_form(first_name="Anna", message="Please call.", **ROBOT)
    world.settle()
    world.now += HOUR
    return world


def test_the_timeline_of_a_lead_in_the_spam_queue_names_the_suspicion(caught: World) -> None:
    listed = caught.ask("GET", "/leads", by="marketing", query={"queue": "spam"}).json()["leads"]
    [lead_id] = [lead["lead_id"] for lead in listed]
    events = caught.ask("GET", f"/leads/{lead_id}/timeline", by="marketing").json()["events"]
    assert (events[1]["suspicion"], events[1]["message"]) == ("honeypot", "Please call.")


def test_a_lead_released_from_spam_goes_on_as_if_its_form_had_been_taken(caught: World) -> None:
    shown = release(caught)
    caught.settle()

    assert shown.status == 200
    assert shown.json()["status"] == "with_sales"
    lead = caught.stack.lead()
    assert lead.request
    assert (lead.request.at, lead.request.message) == (caught.now - HOUR, "Please call.")
    assert lead.profile.first_name == "Anna"
    assert "Please call." in caught.mails[0].text
    assert kinds(caught)[2:] == ["ReleasedFromSpam", "SignalRecorded", "HandoffOffered", "OwnerNotified"]
    assert caught.ask("GET", "/leads", by="marketing", query={"queue": "spam"}).json()["leads"] == []


def test_a_second_release_from_spam_changes_nothing(caught: World) -> None:
    release(caught)
    caught.settle()
    before = caught.stack.lead()
    assert release(caught).status == 200
    assert caught.stack.lead() == before


def test_two_simultaneous_releases_from_spam_hand_the_lead_over_once(caught: World) -> None:
    raced: list[Any] = []

    def race(call: Call, carry: Carry) -> Any:
        if call.operation == "TransactWriteItems" and not raced:
            raced.append(True)
            release(caught.twin(), by="admin")
        return carry()

    with caught.calls.by(race):
        assert release(caught).status == 200
    assert kinds(caught).count("ReleasedFromSpam") == 1
    assert kinds(caught).count("HandoffOffered") == 1


def test_a_released_download_counts_at_the_time_of_its_form(world: World) -> None:
    world.send_form("content-download", content="guide", **ROBOT)
    world.now += timedelta(days=30)
    shown = release(world).json()
    assert (shown["status"], shown["score"]["total"]) == ("nurturing", 25)


def test_a_released_leads_next_form_in_the_trap_is_suspected_again(caught: World) -> None:
    release(caught)
    caught.send_form(message="Buy.", **ROBOT)
    assert kinds(caught)[-1] == "SignalRecorded"
    assert caught.stack.lead().request.message == "Please call."


def test_a_known_leads_suspected_form_can_be_released(world: World) -> None:
    world.send_form("content-download", content="guide")
    world.send_form(message="Please call.", **ROBOT)
    assert world.stack.lead().status is Status.NURTURING
    assert release(world).json()["status"] == "with_sales"


def queue(world: World, name: str = "spam") -> list[Any]:
    listed: list[Any] = world.ask("GET", "/leads", by="marketing", query={"queue": name}).json()["leads"]
    return listed


@pytest.fixture
def known(world: World) -> World:
    """Anna is known, and asked for a person; her browser had filled the trap."""
    world.send_form("content-download", content="guide")
    world.settle()
    world.now += HOUR
    world.send_form(message="Please call.", **ROBOT)
    world.settle()
    world.now += HOUR
    return world


def test_a_known_lead_with_a_suspected_form_is_also_in_the_spam_queue(known: World) -> None:
    [listed] = queue(known)
    assert listed == queue(known, "nurturing")[0]
    assert listed["status"] == "nurturing"
    assert datetime.fromisoformat(listed["suspected_at"]) == known.now - HOUR
    shown = known.ask("GET", f"/leads/{listed['lead_id']}", by="marketing").json()
    assert shown["suspected_at"] == listed["suspected_at"]


def test_a_known_lead_leaves_the_spam_queue_when_its_form_is_released(known: World) -> None:
    shown = release(known).json()
    assert (shown["status"], shown["suspected_at"]) == ("with_sales", None)
    known.settle()
    assert queue(known) == []
    assert "Please call." in known.mails[-1].text
    known.send_form(message="Again.", **ROBOT)
    assert [lead["status"] for lead in queue(known)] == ["with_sales"]
    known.stack.must_be_consistent()


def test_the_spam_queue_lists_spam_leads_and_known_leads_by_the_time_of_their_forms(known: World) -> None:
    known.send_form(email="robot@example.org", **ROBOT)
    known.now += HOUR
    known.send_form(message="Hello?", **ROBOT)
    assert [lead["email"] for lead in queue(known)] == ["robot@example.org", ANNA]
    assert LISTED_FOR == REQUEST_EXPIRES_AFTER


def test_a_suspected_form_leaves_the_spam_queue_by_itself_after_thirty_days(known: World) -> None:
    [item] = known.stack.items("SUSPECTED")
    assert int(item["expires_at"]["N"]) == int((known.now - HOUR + timedelta(days=30)).timestamp())
    release(known)
    [item] = known.stack.items("SUSPECTED")
    assert ("gsi1pk" in item, int(item["expires_at"]["N"])) == (False, int(known.now.timestamp()))


def test_a_known_lead_is_not_erased_for_a_suspected_form(known: World) -> None:
    known.agree(packaged_text().replace("retention: {spam: 90 days}", "retention: {spam: 7 days}"))
    known.now += timedelta(days=10)
    known.invoke("retire_leads", {})
    known.settle()
    assert known.stack.lead().email == ANNA


def test_a_suspected_form_moves_with_its_lead_through_a_merge_and_an_unmerge(known: World) -> None:
    known.send_form("content-download", content="guide", email="anna@home.example")
    [other] = [lead for lead in known.stack.leads() if lead.email != ANNA]
    [anna] = [lead for lead in known.stack.leads() if lead.email == ANNA]
    merged = known.ask("POST", f"/leads/{other.lead_id}/merge", {"other": anna.lead_id}, by="marketing")
    assert merged.status == 200
    assert [lead["lead_id"] for lead in queue(known)] == [other.lead_id]
    assert known.ask("POST", f"/leads/{anna.lead_id}/unmerge", {}, by="marketing").status == 200
    assert [lead["lead_id"] for lead in queue(known)] == [anna.lead_id]
    known.stack.must_be_consistent()


def test_a_released_lead_of_a_target_account_goes_to_the_accounts_owner(world: World) -> None:
    assert world.ask("PUT", "/accounts/example.com", {"owner": SAM}, by="admin").status in {200, 201}
    world.send_form("content-download", content="guide", **ROBOT)
    world.settle()
    assert release(world).json()["handoff"]["trigger"] == "target_account"
    world.settle()
    assert world.mails[-1].to == (SAM,)


def test_releasing_a_lead_without_suspected_forms_changes_nothing(world: World) -> None:
    world.send_form("content-download", content="guide")
    before = world.stack.lead()
    assert release(world).status == 200
    assert world.stack.lead() == before


def test_a_consultation_request_released_after_thirty_days_is_not_handed_over(world: World) -> None:
    world.send_form(message="Please call.", **ROBOT)
    world.now += timedelta(days=31)
    assert release(world).json()["status"] == "nurturing"


def test_only_marketing_and_administrators_release_from_spam(caught: World) -> None:
    assert release(caught, by="sales").status == 403
    assert release(caught, by="admin").status == 200
