"""A lead has a further address: staff correct one, or a tool tells of another; one of them is written to."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from baton.domain.leads.lead import Lead
from tests.integration.gateway import Answer
from tests.integration.webhooks import send
from tests.integration.world import ANNA, START, World
from tests.shown_items import shown

NEW, NEWER = "anna@new.example.net", "anna@newer.example.net"
HOUR_BEFORE = round((START - timedelta(hours=1)).timestamp() * 1000)
PAGE: dict[str, Any] = {"kind": "page_visited"}


def lead(world: World, email: str = ANNA) -> Lead:
    (found,) = [each for each in world.stack.leads() if each.email == email]
    return found


def visit(world: World, email: str, message_id: str, **said: Any) -> None:
    sent = {"message_id": message_id, "email": email, **PAGE, **said}
    assert world.send_signals(sent).json()["accepted"] == 1
    world.settle()


def write_to(world: World, lead_id: str, email: str, by: str = "sales") -> Answer:
    answer = world.ask("PUT", f"/leads/{lead_id}/address", {"email": email}, by=by)
    world.settle()
    world.stack.must_be_consistent()
    return answer


def test_a_corrected_address_is_written_to_and_leads_to_the_same_lead(world: World) -> None:
    world.send_form(message="Call me")
    world.settle()
    anna = lead(world).lead_id
    corrected = write_to(world, anna, f" mailto:{NEW.upper()} ")
    assert corrected.status == 200
    assert (corrected.json()["lead_id"], corrected.json()["email"]) == (anna, NEW)
    assert corrected.json()["emails"] == [NEW, ANNA]
    visit(world, NEW, "after")
    visit(world, ANNA, "still")
    assert [each.kind for each in lead(world).recent][-2:] == ["page_visited"] * 2
    assert lead(world, NEW).merged_into == anna
    handoff = lead(world).handoff
    assert handoff
    assert world.ask("POST", f"/handoffs/{handoff.handoff_id}/reassign", {"reason": "ill"}, by="admin").status == 200
    world.settle()
    assert any(f"E-mail: {NEW}" in mail.text for mail in world.mails[-2:])
    listed = world.ask("GET", "/leads", by="sales", query={"queue": "with_sales"}).json()["leads"]
    assert [(each["lead_id"], each["email"]) for each in listed] == [(anna, NEW)]
    file = world.ask("GET", "/leads", by="sales", query={"queue": "with_sales", "format": "csv"}).body
    assert NEW in file
    assert ANNA not in file


def test_an_address_that_is_chosen_twice_changes_nothing_and_may_be_chosen_back(world: World) -> None:
    visit(world, ANNA, "first")
    anna = lead(world).lead_id
    write_to(world, anna, NEW)
    items = world.stack.items()
    assert write_to(world, anna, NEW).json()["email"] == NEW
    assert world.stack.items() == items
    back = write_to(world, lead(world, NEW).lead_id, ANNA).json()
    assert (back["lead_id"], back["email"], back["emails"]) == (anna, ANNA, [ANNA, NEW])


def test_an_address_of_a_lead_that_is_further_along_makes_that_one_stay(world: World) -> None:
    visit(world, NEW, "first")
    world.send_form(message="Call me")
    world.settle()
    visitor, asked = lead(world, NEW).lead_id, lead(world).lead_id
    answer = write_to(world, visitor, ANNA, by="marketing").json()
    assert (answer["lead_id"], answer["email"], answer["emails"]) == (asked, ANNA, [ANNA, NEW])
    assert write_to(world, visitor, NEW).json()["email"] == NEW


def test_an_address_of_another_lead_that_sales_has_is_refused(world: World) -> None:
    world.send_form(message="Call me")
    world.send_form(email=NEW, message="Call me, too")
    world.settle()
    items = world.stack.items()
    refused = write_to(world, lead(world).lead_id, NEW)
    assert refused.status == 409
    assert "sales has both" in refused.json()["detail"]
    assert world.stack.items() == items


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param({"email": "anna"}, 422, id="no address"),
        pytest.param({"email": ""}, 422, id="empty"),
        pytest.param({"email": "a" * 301}, 422, id="too long"),
        pytest.param({}, 422, id="none"),
        pytest.param({"email": NEW, "name": "Anna"}, 422, id="unknown field"),
        pytest.param({"email": NEW}, 404, id="no such lead"),
    ],
)
def test_what_is_no_address_or_no_lead_is_refused_and_changes_nothing(
    world: World, sent: dict[str, str], status: int
) -> None:
    answer = world.ask("PUT", f"/leads/{'x' * 24}/address", sent, by="marketing")
    assert answer.status == status
    assert not world.stack.leads()


def test_an_unmerge_takes_the_chosen_address_away(world: World) -> None:
    visit(world, ANNA, "first")
    anna = lead(world).lead_id
    write_to(world, anna, NEW)
    assert world.ask("POST", f"/leads/{lead(world, NEW).lead_id}/unmerge", {}, by="marketing").json()["email"] == NEW
    world.settle()
    world.stack.must_be_consistent()
    assert world.ask("GET", f"/leads/{anna}", by="sales").json()["emails"] == [ANNA]


def test_an_erased_lead_leaves_no_trace_of_any_address(world: World) -> None:
    visit(world, ANNA, "first")
    write_to(world, lead(world).lead_id, NEW)
    assert world.ask("DELETE", f"/leads/{lead(world).lead_id}", by="admin").status == 204
    world.settle()
    kept = str(shown(world.stack.items()))
    assert NEW not in kept
    assert ANNA not in kept
    world.stack.must_be_consistent()


def test_a_separated_and_erased_person_leaves_no_trace_in_the_other_leads_choices(world: World) -> None:
    visit(world, ANNA, "first")
    anna = lead(world).lead_id
    for email in (NEW, ANNA, NEWER):
        write_to(world, anna, email)
    other = lead(world, NEW).lead_id
    assert world.ask("POST", f"/leads/{other}/unmerge", {}, by="marketing").status == 200
    assert world.ask("DELETE", f"/leads/{other}", by="admin").status == 204
    world.settle()
    assert NEW not in str(shown(world.stack.items()))
    assert lead(world).emails == (NEWER, ANNA)
    world.stack.must_be_consistent()


# --- told by tools ---


def hubspot(email: str, at: int = 1, **said: Any) -> tuple[str, bytes]:
    """A change of the contact's address, `at` minutes after another."""
    event = {"eventId": at, "portalId": 1, "objectId": 7, "subscriptionType": "contact.propertyChange"}
    event |= {"propertyName": "email", "propertyValue": email, "occurredAt": HOUR_BEFORE + 60_000 * at}
    return "hubspot", json.dumps([event | said]).encode()


def segment(email: str | None, at: int = 1, **said: Any) -> tuple[str, bytes]:
    event = {"messageId": f"m{at}", "userId": "u-1", "type": "identify" if email else "track"}
    event |= {"traits": {"email": email}} if email else {"event": "Webinar Attended"}
    return "segment", json.dumps(event | {"timestamp": f"2026-11-24T09:{at:02}:00Z"} | said).encode()


def mailchimp(email: str, at: int = 1, former: str | None = None) -> tuple[str, bytes]:
    named = {"data[old_email]": former, "data[new_email]": email} if former else {"data[email]": email}
    sent = {"type": "upemail" if former else "subscribe", "fired_at": f"2026-11-24 09:{at:02}:00", **named}
    return "mailchimp", urlencode(sent | {"data[list_id]": "a1"}).encode()


def signals(world: World, of: Lead) -> int:
    return sum(each.event.type == "SignalRecorded" for each in world.stack.history(of.lead_id))


def hear(world: World, told: tuple[str, bytes], *, quarantined: int = 0) -> None:
    answer = send(world, *told)
    world.settle()
    world.stack.must_be_consistent()
    assert (answer.status, answer.json()["quarantined"]) == (202, quarantined)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param([hubspot(ANNA, 1), hubspot(NEW, 2)], id="HubSpot"),
        pytest.param([mailchimp(ANNA, 1), mailchimp(NEW, 2, former=ANNA)], id="Mailchimp"),
    ],
)
def test_a_new_address_of_a_known_id_is_a_further_one_of_the_lead_and_written_to(world: World, told: Any) -> None:
    for each in (*told, told[1]):
        hear(world, each)
    anna = lead(world)
    assert (anna.address, anna.emails) == (NEW, (NEW, ANNA))
    assert lead(world, NEW).merged_into == anna.lead_id
    assert signals(world, anna) == 2
    visit(world, NEW, "after")
    assert signals(world, anna) == 3


@pytest.mark.parametrize(
    ("told", "emails"),
    [
        pytest.param([hubspot(NEW, 1), hubspot(ANNA, 3), hubspot(NEWER, 2)], (ANNA, NEW, NEWER), id="an older change"),
        pytest.param([hubspot(NEW, 1), hubspot(ANNA, 2), hubspot(NEW, 3)], (NEW, ANNA), id="back to the first"),
        pytest.param([segment(NEW, 1), segment(ANNA, 2), segment(None, 3)], (NEW, ANNA), id="anybody's word"),
        pytest.param([hubspot(NEW, 1), hubspot(ANNA, 2), segment(NEW, 3)], (ANNA, NEW), id="another tool is behind"),
        pytest.param(
            [segment(NEW, 1), segment(None, 2, context={"traits": {"email": ANNA}})],
            (NEW, ANNA),
            id="an address in passing is no current one",
        ),
        pytest.param([mailchimp(NEW, 1), mailchimp(ANNA, 2, former=NEWER)], (NEW,), id="the former is unknown"),
        pytest.param([mailchimp(NEW, 1), mailchimp(ANNA, 2, former="?")], (NEW,), id="the former is no address"),
        pytest.param(
            [segment(NEW, 1, anonymousId="browser"), segment(ANNA, 2, anonymousId="browser", userId="u-2")],
            (NEW,),
            id="two people with one browser",
        ),
    ],
)
def test_the_newest_address_that_a_tool_tells_is_written_to(world: World, told: Any, emails: tuple[str, ...]) -> None:
    for each in told:
        hear(world, each)
    assert lead(world, NEW).emails == emails


def test_what_any_browser_could_send_adds_an_address_and_merges_no_leads(world: World) -> None:
    for told in (segment(ANNA, 1), segment(NEW, 2)):
        hear(world, told)
    assert (lead(world).address, lead(world).emails, signals(world, lead(world))) == (ANNA, (ANNA, NEW), 2)
    visit(world, NEWER, "of-another-person")
    hear(world, segment(NEWER, 3))
    assert (lead(world).emails, lead(world, NEWER).emails) == ((ANNA, NEW), (NEWER,))
    assert signals(world, lead(world, NEWER)) == 2


def test_a_batch_tells_of_a_person_and_of_two_changes_of_their_address(world: World) -> None:
    changes = [json.loads(hubspot(email, at)[1])[0] for email, at in ((NEWER, 3), (ANNA, 1), (NEW, 2))]
    created = {**changes[0], "subscriptionType": "contact.creation", "propertyName": None, "propertyValue": None}
    for _ in range(2):
        hear(world, ("hubspot", json.dumps([created, *changes]).encode()))
        [person] = [each for each in world.stack.leads() if not each.merged_into]
        assert (person.address, set(person.emails)) == (NEWER, {ANNA, NEW, NEWER})


def test_a_tool_does_not_replace_the_address_that_staff_chose(world: World) -> None:
    hear(world, hubspot(ANNA, 1))
    write_to(world, lead(world).lead_id, NEW)
    hear(world, hubspot(NEWER, 2))
    assert lead(world).emails == (NEW, ANNA, NEWER)


def test_a_change_to_an_address_of_a_lead_with_sales_makes_that_one_stay(world: World) -> None:
    hear(world, hubspot(ANNA, 1))
    world.send_form(email=NEW, message="Call me")
    world.settle()
    hear(world, hubspot(NEW, 2))
    assert (lead(world).merged_into, lead(world, NEW).emails) == (lead(world, NEW).lead_id, (NEW, ANNA))


def test_a_change_between_two_leads_with_sales_is_told_and_the_signals_are_taken(world: World) -> None:
    hear(world, hubspot(ANNA, 1))
    for email in (ANNA, NEW):
        world.send_form(email=email, message="Call me")
    world.settle()
    hear(world, hubspot(NEW, 2), quarantined=1)
    assert [lead(world, email).emails for email in (ANNA, NEW)] == [(ANNA,), (NEW,)]
    assert signals(world, lead(world, NEW)) == 2
