"""An erasure removes a person from every store, keeps the counts of reports, and touches no other lead."""

from datetime import timedelta
from typing import Any

import pytest

from baton.aws.signals.quarantine import Quarantine, QuarantinedDelivery
from baton.aws.table.keys import anonymous_keys, erasure_keys, lead_keys
from baton.aws.table.retries import PATIENCE_SECONDS
from tests.integration.calls import Call, Carry, Watcher
from tests.integration.world import ANNA, KIM, SAM, World, tells_of_event
from tests.shown_items import shown

DAY = timedelta(days=1)
WORDS = ("anna.schmidt", "Anneliese", "Schmidt-Canary", "+49 30 555 0199", "Canary GmbH", "canary@kept", "Rufen")
ALL_OF_HER = {
    "first_name": "Anneliese",
    "last_name": "Schmidt-Canary",
    "phone": "+49 30 555 0199",
    "company": "Canary GmbH",
    "title": "Head of Canary@Kept",
    "message": "Rufen Sie mich an",
}


def known(world: World) -> str:
    """Anna in every field and on every way: form, signals, notes of sales and of marketing."""
    world.send_signals(
        {"source": "tool", "campaign": "for-anna.schmidt", "properties": {"page": "canary@kept"}}, by="marketing"
    )
    world.send_form(**ALL_OF_HER)
    world.settle()
    lead = world.stack.lead()
    assert lead.handoff
    handoff = f"/handoffs/{lead.handoff.handoff_id}"
    told = {"channel": "phone", "note": "Anneliese is on leave"}
    assert world.ask("POST", f"{handoff}/contact", told, by="admin").status == 200
    world.ask("PATCH", f"/leads/{lead.lead_id}", {"bant": {"need": {"value": "Schmidt-Canary wants it"}}}, by="sales")
    back = {"reason": "bad_timing", "note": "ask Anneliese again"}
    assert world.ask("POST", f"{handoff}/return", back, by="admin").status == 200
    world.settle()
    said = {"verdict": "bad_timing", "reason": "Schmidt-Canary said so"}
    assert world.ask("POST", f"/leads/{lead.lead_id}/review", said, by="marketing").status == 200
    world.settle()
    return lead.lead_id


def erase(world: World, lead_id: str, by: str = "admin") -> int:
    status = world.ask("DELETE", f"/leads/{lead_id}", by=by).status
    world.settle()
    return status


def stored(world: World) -> str:
    return str(shown(world.stack.items())).casefold()


def report(world: World, which: str) -> Any:
    return world.ask(
        "GET", f"/reports/{which}", by="marketing", query={"from": "2026-11-01", "to": "2026-12-31"}
    ).json()


def test_nothing_of_an_erased_person_is_left_in_the_table(world: World) -> None:
    lead_id = known(world)
    assert all(word.casefold() in stored(world) for word in WORDS), "the test knows where she stands"
    assert erase(world, lead_id) == 204
    assert [word for word in WORDS if word.casefold() in stored(world)] == []
    left = {item["pk"]["S"].partition("#")[0] for item in world.stack.items() if lead_id in str(shown(item))}
    assert left == {erasure_keys.ERASURES}, "only that this id was erased"
    assert world.lost == []


def test_a_lead_that_is_being_erased_is_not_found_and_in_no_queue(world: World) -> None:
    lead_id = known(world)
    assert world.ask("DELETE", f"/leads/{lead_id}", by="admin").status == 204
    for path in ("", "/timeline", "/export"):
        assert world.ask("GET", f"/leads/{lead_id}{path}", by="marketing").status in (404, 200)
    assert world.ask("GET", f"/leads/{lead_id}", by="marketing").status == 404
    assert world.ask("GET", "/leads", by="marketing", query={"queue": "parked"}).json()["leads"] == []
    world.settle()
    assert world.ask("GET", f"/leads/{lead_id}/timeline", by="marketing").status == 404


def test_reports_still_count_an_erased_lead(world: World) -> None:
    lead_id = known(world)
    before = {which: report(world, which) for which in ("sla", "handoffs", "scoring")}
    erase(world, lead_id)
    after = {which: report(world, which) for which in ("sla", "handoffs", "scoring")}
    assert after["sla"] == before["sla"]
    for group in ("total", "trigger", "rep", "reason"):
        assert after["handoffs"]["groups"].get(group) == before["handoffs"]["groups"].get(group)
    assert ANNA.partition("@")[0] not in str(after), "the campaign that only she came by"


def test_a_campaign_of_other_leads_still_counts_an_erased_lead(world: World) -> None:
    for email in ("bob@example.org", ANNA):
        world.send_signals({"email": email, "message_id": email, "campaign": "autumn"}, by="marketing")
    [lead] = [lead for lead in world.stack.leads() if lead.email == ANNA]
    before = report(world, "funnel")["groups"]["campaign"]
    erase(world, lead.lead_id)
    assert report(world, "funnel")["groups"]["campaign"][0]["new"] == before[0]["new"] == 2


def test_the_funnels_balance_counts_an_erased_lead(world: World) -> None:
    lead_id = known(world)
    erase(world, lead_id)
    lines = {line["name"]: line for line in report(world, "funnel")["groups"]["status"]}
    assert {name: line["closing"] for name, line in lines.items() if line["closing"]} == {"erased": 1}
    assert lines["parked"]["out_to"] == {"erased": 1}


def test_an_erasure_frees_a_place_of_the_leads_owner_for_a_waiting_lead(world: World) -> None:
    for email in (SAM, KIM):
        world.hire(email, capacity=1)
    for number in range(3):
        world.send_form(email=f"visitor{number}@example.org")
        world.settle()
    first = next(lead for lead in world.stack.leads() if lead.email == "visitor0@example.org")
    waits = next(lead for lead in world.stack.leads() if lead.email == "visitor2@example.org")
    assert first.handoff
    assert waits.handoff
    assert waits.handoff.owner is None
    erase(world, first.lead_id)
    served = next(lead for lead in world.stack.leads() if lead.email == "visitor2@example.org")
    assert served.handoff
    assert served.handoff.owner == first.handoff.owner
    world.stack.must_be_consistent()


def test_an_erased_lead_leaves_its_waiting_line(world: World) -> None:
    for email in (SAM, KIM):
        assert world.ask("DELETE", f"/teams/sales/reps/{email}", by="admin").status == 200
    world.send_form()
    world.settle()
    erase(world, world.stack.lead().lead_id)
    world.stack.must_be_consistent()
    world.hire(SAM)
    world.settle()
    world.wait(DAY)
    assert world.lost == []


def test_a_timer_of_an_erased_lead_ends(world: World) -> None:
    world.send_form()
    world.settle()
    erase(world, world.stack.lead().lead_id)
    world.wait(2 * DAY)
    assert world.lost == []
    assert world.waiting == []


def test_a_link_of_an_erased_lead_opens_a_page_with_404_and_its_button_one_with_409(world: World) -> None:
    world.send_form()
    world.settle()
    link = world.mails[-1].link("accept")
    erase(world, world.stack.lead().lead_id)
    for method in ("GET", "POST"):
        answer = world.ask(method, link)
        assert answer.status == (404 if method == "GET" else 409)
        assert "text/html" in answer.headers["content-type"]


def test_an_erased_person_who_comes_again_is_a_new_lead_and_stays(world: World) -> None:
    lead_id = known(world)
    erase(world, lead_id)
    world.send_form(name="content-download", content="guide")
    world.settle()
    lead = world.stack.lead()
    assert (lead.lead_id, lead.profile.first_name) == (lead_id, None)
    world.invoke("finish_erasure", {"detail": {"lead_id": lead_id}})
    assert world.stack.lead() == lead, "the event that came late"
    world.stack.must_be_consistent()


def test_a_form_during_the_persons_erasure_is_answered_503_and_taken_afterwards(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead_id = known(world)
    assert world.ask("DELETE", f"/leads/{lead_id}", by="admin").status == 204
    monkeypatch.setattr("baton.aws.table.retries.PATIENCE_SECONDS", 0.01)
    assert PATIENCE_SECONDS > 1
    assert world.send_form().status == 503, "its sender sends it again"
    world.settle()
    assert world.send_form().status == 202
    assert world.stack.lead().version > 0
    world.stack.must_be_consistent()


@pytest.mark.parametrize(
    "key", [lead_keys.lead("{lead_id}"), anonymous_keys.anonymous("{cookie}")], ids=["mark", "cookie"]
)
def test_an_item_written_at_the_moment_of_its_deletion_is_deleted_all_the_same(
    world: World, key: dict[str, dict[str, str]]
) -> None:
    world.send_signals({"anonymous_id": "cookie-4711"}, by="marketing")
    lead_id = world.stack.lead().lead_id
    cookie = world.stack.items("PERSON")[0]["pk"]["S"].partition("#")[2]
    about = key["pk"]["S"].format(lead_id=lead_id, cookie=cookie), key["sk"]["S"]
    assert world.ask("DELETE", f"/leads/{lead_id}", by="admin").status == 204
    with world.calls.by(busy_once(*about)):
        world.settle()
    assert world.lost == []
    assert {item["pk"]["S"].partition("#")[0] for item in world.stack.items() if lead_id in str(shown(item))} == {
        erasure_keys.ERASURES
    }


def busy_once(pk: str, sk: str) -> Watcher:
    """Somebody else writes an item at the moment at which it is to be deleted."""
    done = list[str]()

    def watch(call: Call, carry: Carry) -> Any:
        deleted = [each.get("Delete", {}).get("Key") for each in call.parameters.get("TransactItems", ())]
        if {"pk": {"S": pk}, "sk": {"S": sk}} in deleted and not done:
            done.append(sk)
            reasons = [{"Code": "TransactionConflict"}]
            error = call.client.exceptions.from_code("TransactionCanceledException")
            raise error({"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": reasons}, "")
        return carry()

    return watch


def test_a_repeated_erasure_succeeds_and_the_erasure_of_an_unknown_lead_is_not_found(world: World) -> None:
    lead_id = known(world)
    assert [erase(world, lead_id) for _ in range(2)] == [204, 204]
    assert erase(world, "m3wabi6v5dazse7ab2phvuzz") == 404


@pytest.mark.parametrize("by", ["marketing", "sales"])
def test_only_an_administrator_may_erase_a_lead(world: World, by: str) -> None:
    world.send_form()
    assert erase(world, world.stack.lead().lead_id, by) == 403


def test_an_erasure_is_published_with_the_leads_id_and_without_personal_data(world: World) -> None:
    world.send_form(**ALL_OF_HER)
    world.settle()
    lead = world.stack.lead()
    assert world.ask("DELETE", f"/leads/{lead.lead_id}", by="admin").status == 204
    [record] = filter(tells_of_event, world.new_records())
    facts = record["dynamodb"]["NewImage"]["facts"]["S"]
    assert '"lead_id":"' + lead.lead_id in facts
    assert '"team":"sales"' in facts
    assert not [word for word in WORDS if word.casefold() in str(shown(record)).casefold()]


# --- what tools sent and nobody understood ---

WRITTEN = {
    "json": b'{"who": "Anna.Schmidt@Example.com"}',
    "escaped": b'{"who": "anna.schmidt\\u0040example.com"}',
    "form": b"who=anna.schmidt%40example.com&x=1",
}


@pytest.mark.parametrize("body", WRITTEN.values(), ids=WRITTEN)
def test_an_erasure_removes_the_quarantined_deliveries_that_name_the_person_and_no_others(
    world: World, body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Baton")
    quarantine = Quarantine(world.stack.dynamodb, world.stack.table)
    for sent in (body, b'{"who": "bob@example.org"}'):
        quarantine.keep(QuarantinedDelivery("hubspot", "POST", {}, sent, world.now), ["no such event"])
    world.send_form()
    world.settle()
    erase(world, world.stack.lead().lead_id)
    assert [kept.body for kept in quarantine.of("hubspot")] == [b'{"who": "bob@example.org"}']


# --- a table that was restored from a backup ---


def test_an_erased_lead_that_a_restored_backup_brought_back_is_erased_again(world: World) -> None:
    lead_id = known(world)
    world.send_form(email="bob@example.org")
    world.settle()
    backup = world.stack.items()
    erase(world, lead_id)
    for item in backup:
        world.stack.dynamodb.put_item(TableName=world.stack.table, Item=item)
    assert lead_id in stored(world)
    assert world.invoke("reapply_erasures", {})["erased"] == 1
    world.settle()
    assert not [word for word in WORDS if word.casefold() in stored(world)]
    assert [lead.email for lead in world.stack.leads()] == ["bob@example.org"]
    assert world.invoke("reapply_erasures", {})["erased"] == 0


def test_a_lead_that_came_anew_since_its_erasure_survives_a_restore(world: World) -> None:
    lead_id = known(world)
    erase(world, lead_id)
    world.now += DAY
    world.send_form()
    world.settle()
    assert world.invoke("reapply_erasures", {})["erased"] == 0
    assert world.stack.lead().lead_id == lead_id


# --- what is known of a person ---


def test_an_export_has_every_known_fact_of_the_person(world: World) -> None:
    lead_id = known(world)
    told = world.ask("GET", f"/leads/{lead_id}/export", by="marketing").json()
    assert [word for word in WORDS if word.casefold() not in str(told).casefold()] == []
    assert told["person"]["email"] == ANNA
    assert (len(told["handoffs"]), len(told["duties"]), told["cursor"]) == (1, 1, None)
    assert len(told["history"]) == world.stack.lead().version


def test_an_export_lists_the_ids_by_which_tools_know_the_person(world: World) -> None:
    lead_id = known(world)
    known_as = lead_keys.external_id(lead_id, "hubspot", "contact:42", world.now)
    world.stack.dynamodb.put_item(TableName=world.stack.store.table, Item=known_as)
    told = world.ask("GET", f"/leads/{lead_id}/export", by="marketing").json()
    assert told["known_as"] == [{"source": "hubspot", "id": "contact:42"}]


def test_an_export_lists_the_quarantined_deliveries_that_name_the_person(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Baton")
    lead_id, quarantine = known(world), Quarantine(world.stack.dynamodb, world.stack.table)
    for sent in (b'{"who": "anna.schmidt@example.com"}', b'{"who": "bob@example.org"}'):
        quarantine.keep(QuarantinedDelivery("mautic", "POST", {}, sent, world.now), ["no such event"])
    told = world.ask("GET", f"/leads/{lead_id}/export", by="marketing").json()
    assert [each["source"] for each in told["not_understood"]] == ["mautic"]
    monkeypatch.setattr("baton.aws.privacy.lead_export.SEARCH_SECONDS", -1.0)
    told = world.ask("GET", f"/leads/{lead_id}/export", by="marketing").json()
    assert told["not_understood"] is None, "too many to search"


def test_a_long_export_comes_in_parts_that_make_the_whole(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    lead_id = known(world)
    monkeypatch.setattr("baton.aws.privacy.lead_export.MAX_BYTES", 1_000)
    history, cursor, parts = [], None, 0
    while parts == 0 or cursor:
        query = {"cursor": cursor} if cursor else {}
        told = world.ask("GET", f"/leads/{lead_id}/export", by="sales", query=query).json()
        history, cursor, parts = history + told["history"], told["cursor"], parts + 1
    assert parts > 2
    assert [each["event_id"] for each in history] == [each.event_id for each in world.stack.history(lead_id)]


@pytest.mark.parametrize("cursor", ["%", "IA==", "\u00fc", "x" * 3000])
def test_an_export_refuses_an_invalid_cursor(world: World, cursor: str) -> None:
    lead_id = known(world)
    assert world.ask("GET", f"/leads/{lead_id}/export", by="sales", query={"cursor": cursor}).status == 422


def test_an_export_of_an_unknown_lead_is_not_found(world: World) -> None:
    assert world.ask("GET", "/leads/m3wabi6v5dazse7ab2phvuzz/export", by="sales").status == 404
