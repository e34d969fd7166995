"""Scenes that random stories would hardly contain, each played once, with Sam, Kim and Mo on the roster."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.domain.basics.moments import iso
from tests.integration.captcha_provider import Provider, refusal, serving
from tests.integration.gateway import Answer
from tests.integration.test_dropped_teams import MIA, WITH_NORDICS, put
from tests.integration.test_find_forgotten import fading
from tests.integration.world import ANNA, KIM, SAM, START, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOME, OFFICE = "anna@home.example.net", "a.schmidt@example.org"
KNOWN = {"first_name": "Anna", "last_name": "Schmidt", "title": "Head of Operations", "country": "DE"}
FITTING = {"industry": "manufacturing", "employees": 320, "budget": 40_000, "region": "Bavaria", "language": "de"}
ADDRESS = "8.8.8.8"


def sent(world: World, *, address: str = "127.0.0.1", **answers: str) -> None:
    """Somebody asks for a person, and all that follows from it happens."""
    form = {"email": ANNA, **answers}
    assert world.ask("POST", "/forms/consultation", form, address=address).status == 202
    world.settle()


def told(world: World, email: str, kind: str = "page_visited", **more: Any) -> None:
    """A tool tells what somebody did."""
    name = f"{email}-{kind}-{world.now:%d%H%M}"
    assert world.send_signals({"email": email, "kind": kind, "message_id": name, **more}).status == 202
    world.settle()


def asked(world: World, method: str, path: str, body: Any = None, by: str = "marketing") -> Answer:
    """Somebody of the staff does something that is done."""
    answer = world.ask(method, path, body, by=by)
    assert answer.status < 300, answer
    world.settle()
    return answer


def lead_id(world: World, email: str) -> str:
    """The id of the lead with this address."""
    return next(lead.lead_id for lead in world.stack.leads() if lead.email == email)


def handoff(world: World) -> str:
    """The path of the only lead's handoff."""
    found = world.stack.lead().handoff
    assert found
    return f"/handoffs/{found.handoff_id}"


def a_team_is_agreed_no_longer(world: World) -> None:
    world.agree(WITH_NORDICS)
    put(world, "nordics", MIA, territories=["north"])
    for number in range(3):
        sent(world, email=f"visitor{number}@example.org", country="NO", utm_campaign="fair", utm_source="newsletter")
    asked(world, "DELETE", f"/teams/nordics/reps/{MIA}", by="admin")
    world.agree(packaged_text())
    world.settle()
    world.wait(2 * HOUR)


def puzzles(world: World) -> None:
    """One is a robot by its puzzle, about one nobody can judge, and one is a person."""
    with serving() as provider, pytest.MonkeyPatch.context() as patch:
        patch.setattr("http.client.HTTPSConnection", provider.connect)
        world.stack.physical["CaptchaProvider"] = "turnstile"
        world.cold()
        _solve(world, provider)
        del world.stack.physical["CaptchaProvider"]
    world.cold()
    world.settle()


def _solve(world: World, provider: Provider) -> None:
    person = provider.answer
    for number, answer in enumerate([refusal("invalid-input-response"), refusal("internal-error"), person]):
        provider.answer = answer
        sent(world, email=f"visitor{number}@example.org", **{"cf-turnstile-response": "0.token"})


def three_people(world: World) -> tuple[str, str, str]:
    """Anna by a form, at home by a tool, and at her office, of whom most is known to one of the three only."""
    account = {"name": "Example Ltd", "owner": SAM, "quiet_for": "3d"}
    asked(world, "PUT", "/accounts/example.com", account)
    sent(world, message="Call me.", newsletter="yes", page="https://www.example.com/prices", **KNOWN)
    told(world, HOME, properties={**KNOWN, **FITTING, "phone": "+49 30 555 0199", "need": "pressing"})
    told(world, OFFICE, "odd", campaign="fair", content={"id": "x", "topic": "pricing", "stage": "bofu"})
    return lead_id(world, ANNA), lead_id(world, HOME), lead_id(world, OFFICE)


def three_are_one_and_two_again(world: World) -> None:
    one, home, office = three_people(world)
    for other in (home, office):
        asked(world, "POST", f"/leads/{one}/merge", {"other": other, "reason": "She said so."})
    world.wait(HOUR)
    sent(world, email=HOME, newsletter="yes", message="Hello?", phone="+49 30 555 0100")
    told(world, OFFICE, properties={"timeline": "spring"})
    asked(world, "PATCH", f"/leads/{one}", {"bant": {"need": {"value": "pressing", "met": True}}})
    asked(world, "POST", f"/leads/{office}/unmerge", {"reason": "Her sister."})
    told(world, HOME, "unsubscribed")


def parted_one_after_the_other(world: World) -> None:
    one, home, office = three_people(world)
    sent(world, email=HOME, newsletter="yes", website="https://spam.example")
    asked(world, "POST", f"/leads/{home}/merge", {"other": office, "reason": "She said so."})
    asked(world, "POST", f"/leads/{one}/merge", {"other": home, "reason": "Her address at home."})
    told(world, OFFICE, "demo_requested", properties={"timeline": "spring", "title": "Vice President"})
    told(world, HOME, "unsubscribed")
    for other in (home, office):
        asked(world, "POST", f"/leads/{other}/unmerge", {"reason": "Her mother."})
        sent(world, email=HOME, message="Once more.")


def merged_after_a_part_was_given_up(world: World) -> None:
    one, home, office = three_people(world)
    asked(world, "POST", f"/leads/{home}/merge", {"other": office})
    told(world, OFFICE, "called_back", properties={"timeline": "spring"})
    asked(world, "POST", f"/leads/{office}/unmerge", {})
    asked(world, "POST", f"/leads/{one}/merge", {"other": home})
    told(world, OFFICE, "webinar_attended")


def many_contacts(world: World) -> None:
    sent(world, **KNOWN)
    for number in range(16):
        asked(world, "POST", f"{handoff(world)}/contact", {"channel": "phone", "note": f"Call {number}"}, by="admin")
        world.wait(HOUR)


def many_owners(world: World) -> None:
    sent(world, **KNOWN)
    for _ in range(64):
        found = world.stack.lead().handoff
        owner = KIM if found and found.owner == SAM else SAM
        asked(world, "POST", f"{handoff(world)}/reassign", {"reason": "fair", "owner": owner}, by="admin")


def known_thoroughly(world: World) -> None:
    asked(world, "PUT", "/accounts/example.org", {"name": "Example", "quiet_for": "2w", "domains": ["lab.example.net"]})
    told(world, ANNA, properties={**KNOWN, **FITTING, "company": "Acme GmbH", "revenue": 5, "infrastructure": "none"})
    company = {"name": "Acme", "country": "FR", "employees": 12, "industry": "retail", "revenue": 7}
    profile = {"phone": "+49 30 555 0199", "last_name": "Schmitt", "region": "Hesse", "language": "fr"}
    said = {"company": company, "profile": profile, "account": "example.org"}
    asked(world, "PATCH", f"/leads/{lead_id(world, ANNA)}", said)
    asked(world, "PATCH", f"/leads/{lead_id(world, ANNA)}", {"account": None, "profile": {"phone": None}})
    told(world, ANNA, "content_downloaded", content={"id": "y", "title": "Y", "topic": "results", "stage": "mofu"})
    sent(world, address=ADDRESS, **KNOWN)


def found_wrong_in_time(world: World) -> None:
    told(world, ANNA, "content_downloaded", content={"id": "guide"})
    told(world, ANNA, "page_visited")
    review = {"verdict": "bad_timing", "reason": "next year", "review_on": (START + 40 * DAY).isoformat()}
    asked(world, "POST", f"/leads/{world.stack.lead().lead_id}/review", review)


def looked_at_again(world: World) -> None:
    fading(world)
    world.wait(40 * DAY)
    told(world, HOME, "content_downloaded", content={"id": "guide"})


def drafts_in_every_state(world: World) -> None:
    for number, signatures in enumerate([(), ("marketing",), ("marketing", "sales")]):
        text = f"{packaged_text()}\n# {number}\n"
        made = asked(world, "POST", "/agreement/drafts", {"yaml": text, "note": "As we said on the phone."}).json()
        for by in signatures:
            asked(world, "POST", f"/agreement/drafts/{made['draft_id']}/signatures", {"revision": 1}, by=by)


def scored_anew_in_vain(world: World) -> None:
    """Scoring all leads anew under one agreement is overtaken by the next one, and no lead of that can be scored."""
    sent(world, **KNOWN)
    told(world, HOME, "page_visited")
    drafts_in_every_state(world)
    world.invoke("rescore_leads", {"agreement_version": 1})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("baton.aws.leads.commands.Commands.reconsider", _failing)
        world.cold()
        world.invoke("rescore_leads", {"agreement_version": 2})
    world.cold()


def a_draft_that_was_tried(world: World) -> None:
    sent(world, **KNOWN)
    told(world, HOME, "page_visited")
    world.wait(2 * DAY)
    made = asked(world, "POST", "/agreement/drafts", {"yaml": f"{packaged_text()}\n# tried\n"}).json()
    period = {"from": iso(world.now - 3 * DAY), "to": iso(world.now)}
    asked(world, "POST", f"/agreement/drafts/{made['draft_id']}/trial", period)
    [execution] = world.stack.executions("DraftTrial")
    world.invoke("replay_leads", json.loads(execution.execution_input))


def _failing(*_: Any, **__: Any) -> Any:
    raise RuntimeError("this lead cannot be scored")


def from_one_address(world: World) -> None:
    for number in range(3):
        sent(world, address=ADDRESS, email=f"visitor{number}@example.org", anonymous_id="cookie")
    sent(world, address="2a00:1450:4001::1", email=ANNA, website="https://spam.example")
    sent(world, email="visitor0@example.org", website="https://spam.example", **KNOWN)


def on_its_way(world: World) -> None:
    """A list is taken in by half, and somebody is being erased who was somebody else once."""
    three_are_one_and_two_again(world)
    assert world.ask("DELETE", f"/leads/{lead_id(world, ANNA)}", by="admin").status == 204
    assert world.ask("POST", "/imports", {"kind": "signals"}, by="marketing").status == 201
    rows = "".join(f"visitor{number}@example.org;page_visited\n" for number in range(7))
    key, bucket = f"uploads/{'1' * 24}", world.stack.physical["ImportFiles"]
    world.stack.s3.put_object(Bucket=bucket, Key=key, Body=f"email;kind;x\n{rows}".replace("\n", ";\n").encode())
    world.invoke("import_list", {"detail": {"bucket": {"name": bucket}, "object": {"key": key}}})


MORE: dict[str, Callable[[World], None]] = {
    "a team is agreed no longer": a_team_is_agreed_no_longer,
    "forms with puzzles": puzzles,
    "three turn out to be one, and two": three_are_one_and_two_again,
    "three turn out to be one, and three again": parted_one_after_the_other,
    "three turn out to be one, and another one": merged_after_a_part_was_given_up,
    "sixteen contacts": many_contacts,
    "sixty owners": many_owners,
    "everything is known of a lead": known_thoroughly,
    "marketing finds the time wrong until a date": found_wrong_in_time,
    "a lead is quiet for long": looked_at_again,
    "drafts in every state": drafts_in_every_state,
    "scoring anew in vain": scored_anew_in_vain,
    "a draft that was tried": a_draft_that_was_tried,
    "several from one address": from_one_address,
}
UNFINISHED: dict[str, Callable[[World], None]] = {"a list and an erasure are on their way": on_its_way}
"""Those that end before all has followed."""
