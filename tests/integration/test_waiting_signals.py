"""What a tool tells of somebody whom it names by an id waits until a delivery tells whose id it is."""

import json
import random
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.signals import quarantine
from baton.domain.leads.lead import Lead
from tests.integration.calls import Call, Carry, Crash, Watcher, crash_at
from tests.integration.gateway import Answer
from tests.integration.webhooks import counts, let_go, send, waits
from tests.integration.world import ANNA, World
from tests.senders import recorded

BOB = "bob@example.org"
ANONYMOUS, QUARANTINE = "ANONYMOUS#", "QUARANTINE#"


def changed(contact: int, name: str, value: str, *, number: int = 0) -> dict[str, Any]:
    [event, *_] = json.loads(recorded("hubspot.json"))
    return {**event, "objectId": contact, "propertyName": name, "propertyValue": value, "eventId": number}


def hubspot(world: World, *events: dict[str, Any]) -> Answer:
    return send(world, "hubspot", json.dumps(events).encode())


def segment(world: World, **event: Any) -> Answer:
    return send(world, "segment", json.dumps(event).encode())


def lead(world: World, email: str) -> Lead:
    (found,) = [each for each in world.stack.leads() if each.email == email]
    return found


def kinds(world: World, email: str) -> list[str]:
    return sorted(activity.kind for activity in lead(world, email).recent)


def in_partition(world: World, prefix: str) -> list[str]:
    return [item["sk"]["S"] for item in world.stack.items() if item["pk"]["S"].startswith(prefix)]


PLAYED: dict[str, Any] = {"type": "track", "event": "Video Played", "userId": "u-1"}
TOLD: dict[str, Any] = {"type": "identify", "userId": "u-1", "messageId": "told", "traits": {"email": ANNA}}


def lagging(call: Call, carry: Carry) -> Any:
    """An index of AWS shows what was written seconds later."""
    return {"Items": [], "Count": 0} if call.parameters.get("IndexName") == "gsi1" else carry()


def test_an_event_at_once_after_the_address_reaches_the_lead_though_the_index_lags(world: World) -> None:
    with world.calls.by(lagging):
        assert counts(segment(world, **TOLD)) == (1, 0, 0)
        assert counts(segment(world, **PLAYED, messageId="after")) == (1, 0, 0)
    assert kinds(world, ANNA) == ["video_played"]


def test_an_event_before_the_address_joins_the_lead_as_of_its_time(world: World) -> None:
    assert waits(segment(world, **PLAYED, messageId="before", timestamp="2026-11-24T09:00:00Z")) == 1
    assert world.stack.leads() == []
    assert counts(segment(world, **TOLD)) == (1, 0, 0)
    world.settle()
    [played] = [each for each in lead(world, ANNA).recent if each.kind == "video_played"]
    assert (played.at.hour, in_partition(world, ANONYMOUS)) == (9, ["PERSON"])
    world.stack.must_be_consistent()


def test_an_event_and_the_address_in_one_batch_reach_the_lead_in_any_order(world: World) -> None:
    batch = [{**PLAYED, "messageId": "1"}, TOLD, {**PLAYED, "messageId": "2"}]
    answer = send(world, "segment", json.dumps(batch).encode())
    assert (counts(answer), waits(answer)) == ((1, 0, 0), 2)
    assert kinds(world, ANNA) == ["video_played", "video_played"]


def test_an_event_of_a_visitor_joins_once_the_visitor_becomes_a_user(world: World) -> None:
    assert waits(segment(world, type="page", anonymousId="v-1", messageId="1", properties={"path": "/pricing"})) == 1
    assert waits(segment(world, **PLAYED, anonymousId="v-1", messageId="2")) == 1
    assert counts(segment(world, **TOLD, anonymousId="v-1")) == (1, 0, 0)
    assert kinds(world, ANNA) == ["page_visited", "video_played"]


def test_two_events_that_cross_lose_nothing_wherever_one_stops(world: World) -> None:
    """The address comes while an event is being kept, before each of its calls."""
    bring_back = world.stack.keep()
    with world.calls.recorded() as calls:
        segment(world, **PLAYED, messageId="played")
    for place in range(len(calls)):
        bring_back()
        world.cold()
        twin = world.twin()
        with world.calls.by(before_call(place, lambda twin=twin: segment(twin, **TOLD))):
            segment(world, **PLAYED, messageId="played")
        assert kinds(world, ANNA) == ["video_played"], calls[place]


def before_call(place: int, act: Any) -> Watcher:
    seen = list[Call]()

    def watch(call: Call, carry: Carry) -> Any:
        seen.append(call)
        if len(seen) == place + 1:
            act()
        return carry()

    return watch


def test_an_address_whose_delivery_crashes_at_any_call_and_comes_again_takes_in_all_that_waited(world: World) -> None:
    hubspot(world, changed(7, "jobtitle", "Plant Manager"), changed(7, "city", "Ghent", number=1))
    bring_back = world.stack.keep()
    with world.calls.recorded() as calls:
        hubspot(world, changed(7, "email", ANNA))
    clean = lead(world, ANNA).model_dump()
    for place in range(len(calls)):
        for after in (False, True):
            bring_back()
            world.cold()
            with pytest.raises(Crash), world.calls.by(crash_at(place, after=after)):
                hubspot(world, changed(7, "email", ANNA))
            hubspot(world, changed(7, "email", ANNA))
            assert lead(world, ANNA).model_dump() == clean, (calls[place], after)
            assert in_partition(world, ANONYMOUS) == ["PERSON"], (calls[place], after)


def test_what_waited_is_erased_with_a_lead_that_had_not_taken_it_in_yet(world: World) -> None:
    bring_back = world.stack.keep()
    with world.calls.recorded() as calls:
        hubspot(world, changed(7, "jobtitle", "Plant Manager"))
        hubspot(world, changed(7, "email", ANNA))
    claims = [place for place, call in enumerate(calls) if "taken_by" in str(call.parameters)]
    bring_back()
    world.cold()
    with pytest.raises(Crash), world.calls.by(crash_at(claims[0], after=False)):
        hubspot(world, changed(7, "jobtitle", "Plant Manager"))
        hubspot(world, changed(7, "email", ANNA))
    assert sorted(name.partition("#")[0] for name in in_partition(world, ANONYMOUS))[-2:] == ["MESSAGE", "PERSON"]
    assert world.ask("DELETE", f"/leads/{lead(world, ANNA).lead_id}", by="admin").status == 204
    world.settle()
    assert in_partition(world, ANONYMOUS) == []


def test_what_is_too_much_for_one_id_is_let_go_and_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("baton.aws.signals.anonymous_signals.MAX_KEPT", 2)
    answer = hubspot(world, *(changed(7, "city", f"City {number}", number=number) for number in range(5)))
    assert (counts(answer), waits(answer), let_go(answer)) == ((0, 0, 0), 2, 3)


def test_no_website_can_take_what_waits_for_a_tools_contact(world: World) -> None:
    hubspot(world, changed(7, "jobtitle", "Plant Manager"))
    for name in ("contact:7", "hubspot:contact:7", "waiting:hubspot:contact:7"):
        world.send_form(name="content-download", content="guide", anonymous_id=name, email=BOB)
    assert counts(segment(world, type="identify", userId="7", traits={"email": BOB}, messageId="1")) == (1, 0, 0)
    assert lead(world, BOB).profile.title is None
    assert "MESSAGE" in str(in_partition(world, ANONYMOUS))


def test_an_id_of_a_lead_that_is_erased_at_that_moment_is_not_stored(world: World) -> None:
    twin, erased = world.twin(), list[int]()

    def watch(call: Call, carry: Carry) -> Any:
        if "KNOWN#hubspot" in str(call.parameters) and call.operation == "TransactWriteItems" and not erased:
            erased.append(twin.ask("DELETE", f"/leads/{lead(twin, ANNA).lead_id}", by="admin").status)
            twin.settle()
        return carry()

    with world.calls.by(watch):
        assert counts(hubspot(world, changed(7, "email", ANNA))) == (1, 0, 0)
    assert (erased, in_partition(world, "LEAD#"), in_partition(world, ANONYMOUS)) == ([204], [], [])


def test_changes_of_many_unknown_contacts_in_one_delivery_all_wait(world: World) -> None:
    events = [changed(number % 30 + 1, "city", f"City {number}", number=number) for number in range(60)]
    answer = hubspot(world, *events)
    assert (counts(answer), waits(answer)) == ((0, 0, 0), 60)
    again = hubspot(world, *events)
    assert (counts(again), waits(again)) == ((0, 60, 0), 0)


LEAD, LEADS, SAVE, IDS = "GetItem", "BatchGetItem", "TransactWriteItems", "Query"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        pytest.param({**TOLD, "messageId": "again"}, [IDS, LEADS, SAVE], id="with its address"),
        pytest.param({**PLAYED, "messageId": "1"}, [IDS, LEAD, LEADS, SAVE], id="by its id alone"),
    ],
)
def test_a_webhook_about_a_known_person_takes_no_more_calls_than_one_for_each_id(
    world: World, event: dict[str, Any], expected: list[str]
) -> None:
    segment(world, **TOLD)
    with world.calls.recorded() as calls:
        assert counts(send(world, "segment", json.dumps(event).encode())) == (1, 0, 0)
    assert [call.operation for call in calls if call.service == "dynamodb"] == expected


def test_a_replay_makes_ids_known_and_takes_in_what_waited(world: World) -> None:
    told = {"subscriptionType": "contact.told"}
    hubspot(world, changed(1, "email", BOB), changed(2, "city", "Ghent", number=1))
    later = [changed(1, "jobtitle", "CTO"), changed(2, "email", ANNA), changed(3, "city", "Lyon")]
    for event in later:
        assert counts(hubspot(world, {**event, **told})) == (0, 0, 1)
    known = "events: {contact.told: contact_updated, Request a consultation:"
    world.agree(packaged_text().replace("events: {Request a consultation:", known, 1))
    assert world.invoke("replay_quarantine", {}) == {"replayed": 3, "still_quarantined": 0}
    assert lead(world, BOB).profile.title == "CTO"
    assert len(world.stack.history(lead(world, ANNA).lead_id)) >= 3
    assert sorted(in_partition(world, ANONYMOUS))[:2][0] == "KEPT"


# --- one person, several contacts ---


def merged(primary: int, *others: int, into: int | None = None) -> dict[str, Any]:
    [event, *_] = json.loads(recorded("hubspot.json"))
    named = {"primaryObjectId": primary, "mergedObjectIds": list(others), "newObjectId": into or primary}
    return {**event, "subscriptionType": "contact.merge", "objectId": into or primary, **named}


def test_leads_whose_contacts_are_merged_become_one(world: World) -> None:
    hubspot(world, changed(1, "email", ANNA), changed(2, "email", BOB))
    one, other = lead(world, ANNA).lead_id, lead(world, BOB).lead_id
    answer = hubspot(world, merged(1, 2, into=3))
    assert (counts(answer), let_go(answer), waits(answer)) == ((0, 0, 0), 0, 0)
    assert world.stack.store.lead(other) == world.stack.store.lead(one)
    [left] = [each for each in world.stack.leads() if not each.merged_into]
    assert left.lead_id == one
    assert counts(hubspot(world, changed(3, "jobtitle", "CTO"))) == (1, 0, 0), "the new id is known as well"
    before = world.stack.items()
    hubspot(world, merged(1, 2, into=3))
    assert world.stack.items() == before
    world.stack.must_be_consistent()


def test_a_lead_that_is_further_along_stays_when_contacts_are_merged(world: World) -> None:
    hubspot(world, changed(1, "email", ANNA), changed(2, "email", BOB))
    world.send_form(email=BOB)
    hubspot(world, merged(1, 2))
    [left] = [each for each in world.stack.leads() if not each.merged_into]
    assert (left.email, left.status) == (BOB, "with_sales")


def test_an_unknown_contact_that_is_merged_into_a_known_one_gives_it_what_waited(world: World) -> None:
    hubspot(world, changed(2, "email", ANNA))
    assert waits(hubspot(world, changed(1, "jobtitle", "CTO"))) == 1
    hubspot(world, merged(1, 2, into=3))
    assert lead(world, ANNA).profile.title == "CTO"


def test_what_waits_for_unknown_contacts_that_are_merged_waits_for_the_one(world: World) -> None:
    hubspot(world, changed(1, "city", "Ghent"), changed(2, "jobtitle", "CTO"))
    assert counts(hubspot(world, merged(1, 2))) == (0, 0, 0)
    hubspot(world, changed(1, "email", ANNA))
    assert lead(world, ANNA).profile.title == "CTO"
    assert in_partition(world, ANONYMOUS).count("PERSON") == 1


def test_contacts_whose_leads_are_both_with_sales_are_merged_by_people(world: World) -> None:
    hubspot(world, changed(1, "email", ANNA), changed(2, "email", BOB))
    for email in (ANNA, BOB):
        world.send_form(email=email)
    assert counts(hubspot(world, merged(1, 2))) == (0, 0, 1)
    [item] = [each for each in world.stack.items() if each["pk"]["S"].startswith(QUARANTINE)]
    assert lead(world, ANNA).lead_id in item["why"]["S"]
    assert ANNA not in item["why"]["S"]


# --- deleted for privacy ---


def deleted(contact: int) -> dict[str, Any]:
    return {**changed(contact, "", ""), "subscriptionType": "contact.privacyDeletion"}


def test_a_deletion_for_privacy_waits_for_an_administrator_who_erases_the_lead(world: World) -> None:
    hubspot(world, changed(1, "email", ANNA))
    lead_id = lead(world, ANNA).lead_id
    assert counts(hubspot(world, deleted(1))) == (0, 0, 1)
    [item] = [each for each in world.stack.items() if each["pk"]["S"].startswith(QUARANTINE)]
    assert lead_id in item["why"]["S"]
    assert world.invoke("replay_quarantine", {}) == {"replayed": 0, "still_quarantined": 1}
    assert world.ask("DELETE", f"/leads/{lead_id}", by="admin").status == 204
    world.settle()
    assert world.invoke("replay_quarantine", {}) == {"replayed": 1, "still_quarantined": 0}
    assert in_partition(world, QUARANTINE) == []


def test_a_deletion_of_somebody_unknown_deletes_what_waited(world: World) -> None:
    hubspot(world, changed(1, "city", "Ghent"), changed(2, "city", "Lyon", number=1))
    answer = hubspot(world, deleted(1))
    assert (counts(answer), let_go(answer)) == ((0, 0, 0), 1)
    assert str(in_partition(world, ANONYMOUS)).count("MESSAGE") == 1


# --- long deliveries ---


def contact(versions: int) -> dict[str, Any]:
    sent = json.loads(recorded("hubspot-workflow.json"))
    old = [{"value": f"Plant Manager {number}", "timestamp": number} for number in range(versions)]
    sent["properties"]["jobtitle"]["versions"] = old
    return {**sent, "form-submissions": []}


def test_a_contact_with_a_long_past_is_read_and_its_past_makes_no_other_message(world: World) -> None:
    sent = json.dumps(contact(20_000)).encode()
    assert len(sent) > 1_000_000
    assert counts(send(world, "hubspot", sent)) == (1, 0, 0)
    assert counts(send(world, "hubspot", json.dumps(contact(3)).encode())) == (0, 1, 0)


def test_a_long_delivery_that_is_not_understood_is_kept_and_replayed(world: World) -> None:
    events = [
        {**changed(1, "city", f"City {number}", number=number), "subscriptionType": "x"} for number in range(2000)
    ]
    assert counts(hubspot(world, *events)) == (0, 0, 1)
    [kept] = quarantine.Quarantine(world.stack.dynamodb, world.stack.store.table).of("hubspot")
    assert json.loads(kept.body) == events
    assert world.invoke("replay_quarantine", {}) == {"replayed": 0, "still_quarantined": 1}


def test_a_delivery_that_is_not_understood_and_too_long_to_be_kept_is_refused(world: World) -> None:
    noise = random.Random(1).randbytes(700_000).hex()
    answer = send(world, "standard", json.dumps({"type": "?", "data": {"x": noise}}).encode())
    assert answer.status == 413
