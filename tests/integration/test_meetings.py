"""A booked meeting from a tool's webhook to the host's mail and page, and what came of a contact by API and by link."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.domain.leads.handoff import Handoff
from tests.integration.webhooks import counts, send
from tests.integration.world import KIM, START, World

DAY = timedelta(days=1)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def iso(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def books(world: World, *, called_off: bool = False) -> None:
    said = {"id": "m-1", "starts_at": iso(START + 6 * DAY), "host": KIM, "name": "Demo", "called_off": called_off}
    kind = "meeting_canceled" if called_off else "meeting_booked"
    body = json.dumps({"type": kind, "data": {"email": "anna@acme.example", "meeting": said}}).encode()
    assert counts(send(world, "standard", body, id_=kind)) == (1, 0, 0)
    world.settle()


def handoff(world: World) -> Handoff:
    world.stack.must_be_consistent()
    found = world.stack.lead().handoff
    assert found
    return found


def shown(world: World) -> Any:
    return world.ask("GET", f"/leads/{world.stack.lead().lead_id}", by="admin").json()


def test_a_booked_meeting_goes_to_its_host_and_back_to_the_usual_clocks_when_it_is_called_off(world: World) -> None:
    books(world)
    assert handoff(world).owner == KIM
    assert "hosts the meeting that is booked" in handoff(world).routing.why
    [mail] = world.mails
    assert "MEETING, in 6d: Demo" in mail.text
    assert "With: you" in mail.text
    assert "with kim" in world.ask("GET", mail.link("accept")).body
    told = shown(world)
    assert [each["name"] for each in told["meetings"]] == ["Demo"]
    due = {clock["name"]: clock["due_at"] for clock in told["handoff"]["clocks"]}
    assert due["first_contact"] == told["meetings"][0]["starts_at"]
    world.mails.clear()
    books(world, called_off=True)
    [mail] = world.mails
    assert mail.to == (KIM,)
    assert "MEETING CALLED OFF: Demo" in mail.text
    [contact] = [clock for clock in shown(world)["handoff"]["clocks"] if clock["name"] == "first_contact"]
    assert contact["within"] == "4h"
    assert "ClocksMoved" in world.stack.happened()


@pytest.mark.parametrize(
    ("said", "status", "field"),
    [
        pytest.param({"outcome": "reached", "next_at": 8}, 200, None, id="they speak in eight days"),
        pytest.param({"outcome": "reached", "next_at": 31}, 422, "next_at", id="further ahead than agreed"),
        pytest.param({"outcome": "no_answer", "next_at": 8}, 422, "next_at", id="nobody agreed to it"),
        pytest.param({"outcome": "reached", "next_at": "2026-12-03T10:00"}, 422, "next_at", id="without a zone"),
        pytest.param({"outcome": "asleep"}, 422, "outcome", id="no such outcome"),
        pytest.param({}, 200, None, id="nothing said, as before"),
    ],
)
def test_a_contact_says_what_came_of_it_and_when_they_speak_next(
    world: World, said: dict[str, Any], status: int, field: str | None
) -> None:
    world.send_form()
    at = said.get("next_at")
    if isinstance(at, int):
        said = {**said, "next_at": iso(world.now + at * DAY)}
    answered = world.ask(
        "POST", f"/handoffs/{handoff(world).handoff_id}/contact", {"channel": "phone", **said}, by="admin"
    )
    assert answered.status == status, answered.body
    if field:
        assert [fault["field"] for fault in answered.json()["errors"]] == [field]
    elif said:
        assert answered.json()["contact"]["next_at"] == said["next_at"]
        assert shown(world)["next_step"]["by"] == said["next_at"]


def test_a_time_alone_by_the_api_or_a_link_logs_no_contact(world: World) -> None:
    world.send_form()
    world.settle()
    link = world.mails[0].link("contact")
    contact = f"/handoffs/{handoff(world).handoff_id}/contact"
    alone = {"next_at": iso(world.now + 8 * DAY)}
    assert "only_next" not in world.ask("GET", link).body
    early = world.ask("POST", contact, alone, by="admin")
    assert (early.status, early.json()["errors"][0]["field"]) == (422, "next_at")
    unnamed = world.ask("POST", contact, {**alone, "outcome": "reached"}, by="admin")
    assert (unnamed.status, unnamed.json()["errors"][0]["field"]) == (422, "channel")
    world.ask("POST", contact, {"channel": "phone", "outcome": "reached"}, by="admin")
    told = world.ask("POST", contact, alone, by="admin").json()
    assert (told["contact"]["next_at"], told["attempts"]) == (alone["next_at"], 1)
    assert shown(world)["next_step"]["by"] == alone["next_at"]

    assert 'value="only_next"' in world.ask("GET", link).body
    at = f"{world.now + 9 * DAY:%Y-%m-%dT%H:%M}"
    said = world.ask("POST", link, f"channel=phone&outcome=only_next&next_at={at.replace(':', '%3A')}", headers=FORM)
    assert (said.status, "Noted" in said.body, "Logged" in said.body) == (200, True, False)
    empty = world.ask("POST", link, "channel=phone&outcome=only_next&next_at=", headers=FORM)
    assert (empty.status, "Write when you speak next." in empty.body) == (422, True)
    assert handoff(world).attempts == 1
    assert world.stack.happened().count("ContactLogged") == 1


def test_a_rep_logs_the_outcome_and_the_next_time_on_the_page_of_the_mail(world: World) -> None:
    world.send_form()
    world.settle()
    link = world.mails[0].link("contact")
    page = world.ask("GET", link).body
    assert 'name="outcome"' in page
    assert 'type="datetime-local"' in page
    at = f"{world.now + 2 * DAY:%Y-%m-%dT%H:%M}"
    done = world.ask("POST", link, f"channel=phone&outcome=reached&next_at={at.replace(':', '%3A')}", headers=FORM)
    assert done.status == 200
    contact = handoff(world).contact
    assert contact
    assert contact.outcome == "reached"
    assert f"{contact.next_at:%Y-%m-%dT%H:%M}" == at
    late = world.ask("POST", link, "channel=phone&outcome=reached&next_at=2099-01-01T10%3A00", headers=FORM)
    assert late.status == 422
    assert "The time must be later than now, and at most 30d from now" in late.body


def test_a_lead_is_returned_as_unreachable_only_after_the_agreed_attempts(world: World) -> None:

    world.agree(
        packaged_text().replace(
            "after several tries, then: nurture}", "after several tries, then: nurture, attempts: 2}"
        )
    )
    world.send_form()
    path = f"/handoffs/{handoff(world).handoff_id}"
    refused = world.ask("POST", f"{path}/return", {"reason": "unreachable"}, by="admin")
    assert refused.status == 409
    assert "2 attempts that did not reach the lead are agreed, and none is logged" in refused.json()["detail"]
    for outcome in ("no_answer", "left_message"):
        assert world.ask("POST", f"{path}/contact", {"channel": "phone", "outcome": outcome}, by="admin").status == 200
    assert world.ask("POST", f"{path}/return", {"reason": "unreachable"}, by="admin").status == 200
    assert handoff(world).attempts == 2
