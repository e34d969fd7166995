"""Scenes of who says what of a lead: contradictions, attributes, meetings, a flood of forms, leads kept from sales."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.integration.test_crashes import told_of_meeting
from tests.integration.webhooks import send
from tests.integration.world import ANNA, KIM, World
from tests.senders import recorded
from tests.stored.agreements import agreements
from tests.stored.scenes import HOME, HOUR, KNOWN, asked, handoff, lead_id, sent, told

ACME = {"name": "Acme", "owner": KIM}
RIVALS, AGENCIES = "rival.example", "agency.example"


def hooked(world: World, body: bytes, id_: str) -> None:
    """A tool's webhook comes."""
    assert send(world, "standard", body, id_=id_).status == 202
    world.settle()


def machine(world: World, email: str, **properties: Any) -> None:
    """A machine tells what stands in its records."""
    said = {"message_id": f"{email}-{world.now:%d%H%M}", "email": email, "kind": "record_seen"}
    answer = world.ask(
        "POST", "/machines/signals", {"signals": [said | {"properties": properties}]}, scope="baton/signals"
    )
    assert answer.status == 202
    world.settle()


def everybody_says_something_else(world: World) -> None:
    sent(world, phone="+49 30 555 0199", company="Acme", **KNOWN)
    sent(world, **KNOWN | {"title": "Intern", "company": "Umbrella", "message": "Hello?"})
    world.wait(HOUR)
    machine(world, ANNA, title="Vice President", employees=320, company="Acme GmbH")
    machine(world, ANNA, employees=None, region="Bavaria")
    asked(world, "PATCH", f"/leads/{lead_id(world, ANNA)}", {"profile": {"title": "CTO"}, "company": {"revenue": 7}})
    world.wait(HOUR)
    machine(world, ANNA, title="Buyer", revenue=9, phone="+49 30 555 0100")
    list_of(world, f"email,title,country\n{ANNA},Student,FR\n")
    told(world, HOME, properties={**KNOWN, "title": "Owner"})
    asked(world, "POST", f"/leads/{lead_id(world, ANNA)}/merge", {"other": lead_id(world, HOME), "reason": "herself"})
    said = asked_for(world, ANNA)["said_otherwise"]
    assert {each["fact"] for each in said} >= {"title", "phone"}
    taken = next(each["id"] for each in said if each["value"] == "Buyer")
    asked(world, "PATCH", f"/leads/{lead_id(world, ANNA)}", {"take_over": [taken]})
    sent(world, **KNOWN | {"last_name": "Smith"})


def list_of(world: World, content: str) -> None:
    """Marketing hands in a list of leads."""
    made = asked(world, "POST", "/imports", {"kind": "leads", "source": "fair"}).json()
    world.upload(made["import_id"], content.encode())
    world.settle()


def asked_for(world: World, email: str) -> Any:
    """What the API shows of a lead."""
    return world.ask("GET", f"/leads/{lead_id(world, email)}", by="sales").json()


def facts_of_ones_own(world: World) -> None:
    world.agree(agreements()["own-words"])
    sent(world, email=ANNA, plan="team", team_size="12")
    machine(world, ANNA, plan="pro", seats=40)
    asked(world, "PATCH", f"/leads/{lead_id(world, ANNA)}", {"attributes": {"plan": "free", "seats": None}})
    list_of(world, f"email,plan,seats\n{ANNA},pro,9\n{HOME},team,3\n")
    sent(world, email=HOME, plan="pro")


def meeting_comes_moves_and_goes(world: World) -> None:
    sent(world, email="anna@acme.example")
    hooked(world, told_of_meeting(), "booked")
    later = (world.now + timedelta(days=8)).isoformat()
    hooked(world, told_of_meeting(starts_at=later, place="https://meet.example.com/7"), "moved")
    hooked(world, told_of_meeting(id="m-2", host="nobody@sales.example.com", name="Workshop"), "second")
    hooked(world, told_of_meeting(starts_at=later, called_off=True), "off")


def attempts_and_when_they_speak(world: World) -> None:
    sent(world)
    for outcome in ("no_answer", "left_message", "wrong_number"):
        asked(world, "POST", f"{handoff(world)}/contact", {"channel": "phone", "outcome": outcome}, by="admin")
        world.wait(HOUR)
    said = {"channel": "phone", "outcome": "reached", "next_at": (world.now + timedelta(days=3)).isoformat()}
    asked(world, "POST", f"{handoff(world)}/contact", said, by="admin")


def flood(world: World) -> None:
    """Five forged people of a target account, and one who is real."""
    asked(world, "PUT", "/accounts/acme.com", ACME)
    for number in range(5):
        form = {"email": f"forged{number}@acme.com", "content": "guide"}
        assert world.ask("POST", "/forms/content-download", form).status == 202
    world.settle()
    sent(world, email="wants@acme.com")


def flood_is_told(world: World) -> None:
    flood(world)
    machine(world, "forged4@acme.com", title="Head of IT")
    world.wait(timedelta(days=1, hours=1))
    sent(world, email="wants@acme.com", message="Still here.")


def many_requests(world: World) -> None:
    """Somebody asks so often that their owner hears of it in one mail."""
    sent(world)
    asked(world, "POST", f"{handoff(world)}/accept", by="admin")
    for number in range(12):
        sent(world, message=f"Request {number}")
    world.wait(2 * HOUR)


def kept_from_sales(world: World) -> None:
    world.agree(agreements()["own-words"])
    for domain in (RIVALS, AGENCIES):
        sent(world, email=f"bob@{domain}")
    sent(world, email="bob@own.example.com")
    sent(world, email="student@example.org", title="Student of law")
    asked(
        world, "POST", f"/leads/{lead_id(world, f'bob@{RIVALS}')}/handoff", {"reason": "A customer, too."}, by="admin"
    )


def one_rep_for_a_company(world: World) -> None:
    world.agree(agreements()["own-words"])
    for name in ("ann", "bob", "cy"):
        sent(world, email=f"{name}@acme.com")
    asked(world, "DELETE", f"/leads/{lead_id(world, 'ann@acme.com')}", by="admin")
    sent(world, email="ann@lab.example.net")
    asked(world, "DELETE", f"/leads/{lead_id(world, 'ann@lab.example.net')}", by="admin")


def tool_tells_in_its_own_words(world: World) -> None:
    """Webhooks with properties, a public form of a tool's, and a cleared property."""
    said = {"email": ANNA, "title": "Head of IT", "seconds": 150, "asked": True}
    hooked(world, json.dumps({"type": "page_visited", "data": said}).encode(), "visit")
    hooked(world, json.dumps({"type": "demo_requested", "data": said}).encode(), "demo")
    for body in (recorded("hubspot.json"), recorded("hubspot.json").replace(b"Plant Manager", b"")):
        assert send(world, "hubspot", body.replace(b"13028", str(world.now.hour).encode())).status == 202
        world.settle()
        world.wait(HOUR)
    for name in ("hubspot-form.json", "calendly.json", "calendly-canceled.json", "mautic.json", "typeform.json"):
        assert send(world, name.partition(".")[0].partition("-")[0], name).status == 202
        world.settle()


TRUST: dict[str, Callable[[World], None]] = {
    "everybody says something else": everybody_says_something_else,
    "facts of one's own": facts_of_ones_own,
    "a meeting comes, moves and goes": meeting_comes_moves_and_goes,
    "attempts, and when they speak next": attempts_and_when_they_speak,
    "a flood of forms waits for its mail": flood,
    "a flood of forms is told": flood_is_told,
    "many requests are told in one mail": many_requests,
    "some never go to sales": kept_from_sales,
    "one rep for a company": one_rep_for_a_company,
    "a tool tells in its own words": tool_tells_in_its_own_words,
}
