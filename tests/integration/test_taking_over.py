"""What somebody says otherwise of a lead: kept beside it, shown, and taken over by a call or by a click in the mail."""

import re
from datetime import timedelta
from typing import Any

from tests.integration.world import World

ENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
KNOWN = {"first_name": "Anna", "title": "Vice President"}


def told_otherwise(world: World) -> None:
    """Anna's lead is with sales; then somebody sends a form in her name."""
    assert world.send_form(**KNOWN).status == 202
    world.settle()
    assert world.send_form(**KNOWN | {"title": "Intern www.evil.example", "message": "Call again."}).status == 202
    world.settle()


def shown(world: World) -> Any:
    return world.ask("GET", f"/leads/{world.stack.lead().lead_id}", by="sam@sales.example.com", groups="sales").json()


def link_in(text: str) -> str:
    """The path of the one link that takes something over."""
    [path] = re.findall(r"Take it\s+over:\n\S+?(/links/\S+)", text)
    return str(path)


def test_a_strangers_form_is_shown_beside_the_fact_and_taken_over_by_one_click_done_once(world: World) -> None:
    told_otherwise(world)
    view, mail = shown(world), world.mails[-1]
    assert view["profile"]["title"] == "Vice President"
    [beside] = view["said_otherwise"]
    assert (beside["fact"], beside["value"], beside["source"]) == (
        "title", "Intern www.evil.example", "form:consultation",
    )  # fmt: skip
    assert "The form consultation says: title: Intern www[.]evil[.]example, since" in " ".join(mail.text.split())
    link, before = link_in(mail.text), world.stack.items()
    for method in ("GET", "HEAD"):
        assert world.ask(method, link).status == 200
    assert world.stack.items() == before, "a scanner of mails changes nothing"
    page = world.ask("GET", link).body
    assert "Take this over?" in page
    assert "Intern" not in page, "a forwarded link shows nothing of the person"
    for _ in range(2):
        assert world.ask("POST", link, "", headers=ENCODED).status == 200
    view = shown(world)
    assert (view["profile"]["title"], view["said_otherwise"]) == ("Intern www.evil.example", [])
    assert world.stack.happened().count("LeadUpdated") == 1
    assert "Taken over" in world.ask("GET", link).body
    world.stack.must_be_consistent()


def test_one_call_takes_over_what_is_said_and_refuses_what_nobody_says(world: World) -> None:
    told_otherwise(world)
    [beside] = shown(world)["said_otherwise"]
    path = f"/leads/{world.stack.lead().lead_id}"
    for wanted, status in (([beside["id"]], 200), ([beside["id"]], 200), (["title.0"], 409), ("title", 422)):
        assert world.ask("PATCH", path, {"take_over": wanted}, by="maria@example.com").status == status
    assert shown(world)["profile"]["title"] == "Intern www.evil.example"
    assert world.stack.happened().count("LeadUpdated") == 1


def test_what_a_tool_says_while_sales_has_the_lead_is_not_dropped_and_a_machine_replaces_no_staff(world: World) -> None:
    told_otherwise(world)
    email = world.stack.lead().email
    said = {"message_id": "m1", "email": email, "kind": "record_seen", "properties": {"title": "CTO"}}
    assert world.send_signals(said).json()["accepted"] == 1
    assert shown(world)["profile"]["title"] == "CTO", "a colleague says so"
    world.now += timedelta(hours=1)
    machine = {"signals": [said | {"message_id": "m2", "properties": {"title": "Buyer", "region": "Bayern"}}]}
    assert world.ask("POST", "/machines/signals", machine, scope="baton/signals").json()["accepted"] == 1
    view = shown(world)
    assert (view["profile"]["title"], view["profile"]["region"]) == ("CTO", "Bayern")
    assert [(each["value"], each["speaker"]) for each in view["said_otherwise"]] == [("Buyer", "machine")]
