"""Search: by address and by the beginnings of words; what was saved is found, and nothing of who was erased."""

import json
from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.search import lead_search
from baton.aws.table.keys import word_keys
from baton.domain.search.word_places import word_place
from tests.integration.calls import refuse
from tests.integration.stack import secret
from tests.integration.test_calls_per_request import to_dynamodb
from tests.integration.world import ANNA, SAM, World

MUELLER = {"first_name": "Jörg", "last_name": "Müller", "company": "Straßenbau Lüdenscheid GmbH", "phone": "030 901820"}


def search(world: World, by: str = "sales", **query: str) -> list[str]:
    """The addresses of the leads that a search finds."""
    answer = world.ask("GET", "/leads", query=query, by=by)
    assert answer.status == 200, answer.body
    return [row["email"] for row in answer.json()["leads"]]


def entries(world: World) -> list[dict[str, Any]]:
    return [item for item in world.stack.items() if item["pk"]["S"].startswith("WORDS#")]


def come(world: World, email: str = ANNA, **known: str) -> str:
    assert world.send_form("content-download", email=email, content="guide", **known).status == 202
    world.settle()
    return next(lead.lead_id for lead in world.stack.leads() if email in lead.emails)


def test_a_lead_is_found_by_its_address_and_by_the_beginning_of_each_word(world: World) -> None:
    come(world, "joerg@strassenbau.com", **MUELLER)
    come(world, "anna@acme.com", first_name="Anna")
    assert search(world, email=" Joerg@Strassenbau.COM ") == ["joerg@strassenbau.com"]
    for query in ("müller", "MUELL", "jorg", "straßenb", "strassenbau.com", "030 9018", "joerg@str", "Jö", "lüd mü"):
        assert search(world, q=query) == ["joerg@strassenbau.com"], query
    assert search(world, q="anna") == ["anna@acme.com"]
    assert search(world, q="müllerin") == search(world, email="nobody@acme.com") == []


def test_an_address_finds_its_lead_however_many_share_its_words(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lead_search, "MOST_READ", 1)
    monkeypatch.setattr(lead_search, "MOST_ENTRIES", 2)
    emails = [f"anna.{part}@acme.com" for part in ("berg", "thal", "wald", "b")]
    emails += ["anna@acme.com", "a.schmidt@acme.com", "e@acme.com", "e@acme.com.au"]
    for email in emails:
        come(world, email, first_name="Anna", company="Acme")
    for email in emails:
        assert search(world, q=email.title())[0] == email
        assert search(world, q=f" <{email}>, ")[0] == email
    for email in emails[:3]:
        assert search(world, q=email[:-5]) == [email], "a part of the domain is still to come"
    assert search(world, q="e@acme.co") == search(world, q="anna@@acme.com") == []


def test_a_row_of_a_search_is_one_of_a_list(world: World) -> None:
    come(world, "joerg@strassenbau.com", **MUELLER)
    [listed] = world.ask("GET", "/leads", query={"queue": "nurturing"}, by="sales").json()["leads"]
    answer = world.ask("GET", "/leads", query={"q": "müller"}, by="sales").json()
    assert answer == {"leads": [listed], "cursor": None, "more": False}
    file = world.ask("GET", "/leads", query={"q": "müller", "format": "csv"}, by="sales")
    assert "joerg@strassenbau.com" in file.body


def test_what_changed_is_found_under_its_new_words_only(world: World) -> None:
    lead_id = come(world, first_name="Anna", last_name="Schmidt")
    before = len(entries(world))
    assert world.ask("PATCH", f"/leads/{lead_id}", {"profile": {"last_name": "Weber"}}, by="sales").status == 200
    world.settle()
    assert (search(world, q="weber"), search(world, q="anna")) == ([ANNA], [ANNA])
    assert search(world, q="anna web") == [ANNA]
    assert len(entries(world)) == before + 1, "Schmidt stays, as a word of the address"


def test_a_repeated_or_late_delivery_of_the_stream_leaves_the_same_words(world: World) -> None:
    lead_id = come(world, "x@acme.com", first_name="Anna", last_name="Schmidt")
    for name in ("Weber", "Schmidt", "Weber"):
        world.now += timedelta(minutes=1)
        assert world.ask("PATCH", f"/leads/{lead_id}", {"profile": {"last_name": name}}, by="sales").status == 200
    records = world.new_records()
    world.deliver_records(records)
    then = entries(world)
    for start in range(len(records)):
        world.deliver_records(records[start:])
        assert entries(world) == then
    world.settle()
    assert (search(world, q="weber"), search(world, q="schmidt")) == (["x@acme.com"], [])


def test_an_entry_that_was_left_behind_shows_nobody(world: World) -> None:
    lead_id = come(world, "x@acme.com", first_name="Anna")
    pepper = secret("Pepper").encode()
    for left in ("schmidt", "anna"):
        for of in (lead_id, "a" * 24):
            item = word_keys.word(*word_place(left, pepper), of)
            world.stack.dynamodb.put_item(TableName=world.stack.store.table, Item=item)
    assert search(world, q="schmidt") == []
    assert search(world, q="anna") == ["x@acme.com"]


def test_a_merged_lead_leads_to_the_one_that_stands_for_it(world: World) -> None:
    other = come(world, "anna@oldcorp.com", first_name="Anna", last_name="Altmann", company="Oldcorp")
    stays = come(world, "anna@newcorp.com", first_name="Anna", last_name="Neumann", company="Newcorp")
    assert world.ask("POST", f"/leads/{stays}/merge", {"other": other}, by="admin").status == 200
    world.settle()
    for query in (
        {"q": "oldcorp"},
        {"q": "altmann"},
        {"q": "anna"},
        {"q": "altmann neumann"},
        {"q": "new oldcorp"},
        {"q": "neumann anna oldcorp newcorp"},
        {"email": "anna@oldcorp.com"},
    ):
        assert search(world, **query) == ["anna@newcorp.com"], query
    third = come(world, "anna@thirdcorp.com", first_name="Anna", last_name="Drittmann", company="Thirdcorp")
    assert world.ask("POST", f"/leads/{stays}/merge", {"other": third}, by="admin").status == 200
    world.settle()
    assert search(world, q="altmann thirdcorp") == search(world, q="oldcorp drittmann") == ["anna@newcorp.com"]
    assert search(world, q="altmann weber") == []


def test_nothing_of_an_erased_person_is_found_or_left(world: World) -> None:
    lead_id = come(world, "joerg@strassenbau.com", **MUELLER)
    other = come(world, "joerg@altbau.com", last_name="Müller-Alt")
    assert world.ask("POST", f"/leads/{lead_id}/merge", {"other": other}, by="admin").status == 200
    come(world, "maria@acme.com", last_name="Müller")
    world.settle()
    assert world.ask("DELETE", f"/leads/{lead_id}", by="admin").status == 204
    assert search(world, q="müller") == ["maria@acme.com"], "at once"
    world.settle()
    assert search(world, email="joerg@strassenbau.com") == search(world, q="jörg") == []
    kept = json.dumps(world.stack.items(), default=str)
    assert [each for each in entries(world) if lead_id in each["sk"]["S"] or other in each["sk"]["S"]] == []
    assert "Lüdenscheid" not in kept
    assert "luedenscheid" not in kept
    assert "901820" not in kept


def test_the_words_of_an_erased_person_go_even_if_the_stream_never_tells_of_it(world: World) -> None:
    lead_id = come(world, "joerg@strassenbau.com", **MUELLER)
    assert world.ask("DELETE", f"/leads/{lead_id}", by="admin").status == 204
    world.deliver_records([each for each in world.new_records() if each["dynamodb"]["Keys"]["sk"]["S"] != "LEAD"])
    world.settle_bus()
    assert entries(world) == []


def test_no_item_of_the_index_has_anything_of_a_person_but_keyed_hashes_and_the_leads_id(world: World) -> None:
    lead_id = come(world, "joerg@strassenbau.com", **MUELLER)
    for item in entries(world):
        assert item.keys() == {"pk", "sk"}
        assert item["sk"]["S"].endswith(f"#{lead_id}")
        told = f"{item['pk']['S']} {item['sk']['S']}"
        assert not [word for word in ("joerg", "mueller", "muller", "30901820") if word in told]


def test_a_lead_of_before_the_search_comes_into_it_when_it_is_counted_under_another_agreement(world: World) -> None:
    come(world, "joerg@strassenbau.com", **MUELLER)
    for item in entries(world):
        key = {name: item[name] for name in ("pk", "sk")}
        world.stack.dynamodb.delete_item(TableName=world.stack.store.table, Key=key)
    assert search(world, q="müller") == []
    assert world.send_signals({"email": "joerg@strassenbau.com"}).json()["accepted"] == 1
    world.settle()
    assert search(world, q="müller") == [], "nothing that is searched changed"
    world.agree(packaged_text() + "\n# another\n")
    assert world.send_signals({"email": "joerg@strassenbau.com", "message_id": "next"}).json()["accepted"] == 1
    world.settle()
    assert search(world, q="müller") == ["joerg@strassenbau.com"]


def test_ones_own_leads_come_first_then_whole_words(world: World) -> None:
    come(world, "b@acme.com", last_name="Webermann")
    come(world, "c@acme.com", last_name="Weber")
    for number in range(2):
        world.send_form(email=f"a{number}@acme.com", last_name="Weberknecht")
    world.settle()
    found = search(world, by=SAM, q="weber")
    mine = [lead.email for lead in world.stack.leads() if lead.handoff and lead.handoff.owner == SAM]
    assert found[: len(mine)] == sorted(mine)
    assert len(found) == 4
    assert found.index("c@acme.com") < found.index("b@acme.com")
    assert world.ask("GET", "/leads", query={"q": "weber", "limit": "1"}, by=SAM).json()["more"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"q": "a"}, "q"),
        ({"q": "x" * 1_000}, "q"),
        ({"q": "***"}, "q"),
        ({"email": "anna"}, "email"),
        ({"q": "anna", "queue": "won"}, "queue"),
        ({"q": "anna", "email": ANNA}, "email"),
        ({"q": "anna", "limit": "0"}, "limit"),
    ],
)
def test_a_search_for_nothing_is_refused_in_words(world: World, query: dict[str, str], field: str) -> None:
    answer = world.ask("GET", "/leads", query=query, by="sales")
    assert answer.status == 422, answer.body
    assert answer.json()["errors"][0]["field"] == field


def test_a_search_takes_a_query_for_each_spelling_and_one_read(world: World) -> None:
    come(world, "joerg@strassenbau.com", **MUELLER)
    search(world, q="jörg")
    for query, calls in (("müller", 2), ("strassenbau", 1), ("jörg müller", 4), ("nobody", 1)):
        with world.calls.recorded() as made:
            found = search(world, by=SAM, q=query)
        assert to_dynamodb(made) == ["Query"] * calls + (["Query", "BatchGetItem"] if found else []), query


def test_a_failure_of_the_index_holds_up_no_event(world: World) -> None:
    with world.calls.by(refuse("BatchWriteItem", "InternalServerError")):
        lead_id = come(world, "joerg@strassenbau.com", **MUELLER)
    assert search(world, q="müller") == []
    [kept] = world.stack.take("UnpublishedQueue")
    assert (kept["pk"], kept["sk"]) == (f"LEAD#{lead_id}", "LEAD")
    assert "Müller" not in json.dumps(kept)
