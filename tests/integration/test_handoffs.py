"""All handoffs of a lead, and one handoff by its id: clocks, owners, routing, and labels beside codes."""

from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text, read_agreement
from tests.integration.world import ANNA, KIM, SAM, World


def shown(world: World, lead_id: str, **query: str) -> dict[str, Any]:
    answer = world.ask("GET", f"/leads/{lead_id}/handoffs", by="marketing", query=query or None)
    assert answer.status == 200, answer
    found: dict[str, Any] = answer.json()
    return found


def one(world: World, handoff_id: str) -> dict[str, Any]:
    answer = world.ask("GET", f"/handoffs/{handoff_id}", by="marketing")
    assert answer.status == 200, answer
    found: dict[str, Any] = answer.json()
    return found


def handed_over(world: World, email: str = ANNA) -> str:
    world.now += timedelta(minutes=7)
    assert (
        world.send_form(email=email, first_name="Anna", company="Acme", message=f"It is {world.now:%H:%M}.").status
        == 202
    )
    world.settle()
    [lead] = [lead for lead in world.stack.leads() if lead.email == email]
    assert lead.handoff
    return lead.handoff.handoff_id


def given_back(world: World, handoff_id: str) -> None:
    world.now += timedelta(minutes=2)
    body = {"reason": "bad_timing"}
    assert world.ask("POST", f"/handoffs/{handoff_id}/return", body, by="admin").status == 200
    world.settle()


def several(world: World, count: int, email: str = ANNA) -> list[str]:
    """The ids of so many handoffs of one lead, of which all but the last were given back."""
    ids = []
    for _ in range(count):
        ids.append(handed_over(world, email))
        given_back(world, ids[-1])
    return [*ids, handed_over(world, email)]


def test_a_lead_that_was_never_handed_over_has_no_handoffs(world: World) -> None:
    world.send_form("content-download", content="guide")
    assert shown(world, world.stack.lead().lead_id) == {"handoffs": [], "cursor": None}
    assert world.ask("GET", f"/leads/{'a' * 24}/handoffs", by="sales").status == 404


def test_handoffs_are_listed_newest_first_in_pages_of_any_size(world: World) -> None:
    ids = several(world, 4)
    lead_id = world.stack.lead().lead_id
    for limit in ("1", "2", "3", "5", "25"):
        listed, cursor = [], ""
        while cursor is not None:
            page = shown(world, lead_id, limit=limit, **({"cursor": cursor} if cursor else {}))
            assert len(page["handoffs"]) <= int(limit)
            listed += [each["handoff_id"] for each in page["handoffs"]]
            cursor = page["cursor"]
        assert listed == ids[::-1]


@pytest.mark.parametrize("limit", ["0", "26", "-1", "x", "1.5", "²", "1" * 40])
def test_a_limit_beyond_the_page_is_refused_in_words(world: World, limit: str) -> None:
    handed_over(world)
    answer = world.ask("GET", f"/leads/{world.stack.lead().lead_id}/handoffs", by="sales", query={"limit": limit})
    assert answer.status == 422
    assert answer.json()["errors"] == [{"field": "limit", "detail": "must be a whole number from 1 to 25"}]


@pytest.mark.parametrize("cursor", ["x", "1.2", "-1", "²", "99999"])
def test_a_made_up_cursor_of_handoffs_is_refused(world: World, cursor: str) -> None:
    handed_over(world)
    answer = world.ask("GET", f"/leads/{world.stack.lead().lead_id}/handoffs", by="sales", query={"cursor": cursor})
    assert answer.status == 422
    assert [each["field"] for each in answer.json()["errors"]] == ["cursor"]


def test_a_page_of_handoffs_takes_two_reads_whatever_it_shows_and_one_handoff_takes_one(world: World) -> None:
    ids = several(world, 3)
    lead_id = world.stack.lead().lead_id
    shown(world, lead_id)  # the function knows the agreement
    for limit, operations in (("1", ["GetItem", "Query"]), ("25", ["GetItem", "Query"])):
        with world.calls.recorded() as calls:
            shown(world, lead_id, limit=limit)
        assert [call.operation for call in calls if call.service == "dynamodb"] == operations
    for handoff_id in ids:
        with world.calls.recorded() as calls:
            one(world, handoff_id)
        assert [call.operation for call in calls if call.service == "dynamodb"] == ["BatchGetItem"]


def test_a_handoff_shows_who_held_it_when_and_what_became_of_each_clock(world: World) -> None:
    handoff_id = handed_over(world)
    offered = one(world, handoff_id)
    first = offered["owner"]
    second = KIM if first == SAM else SAM
    assert {each["rep"] for each in offered["routing"]["skipped"]} >= {second}
    assert all(each["why"] for each in offered["routing"]["skipped"])
    world.now += timedelta(minutes=5)
    assert world.ask("POST", f"/handoffs/{handoff_id}/accept", by=first).status == 200
    world.now += timedelta(minutes=5)
    body = {"owner": second, "reason": "on holiday"}
    assert world.ask("POST", f"/handoffs/{handoff_id}/reassign", body, by="admin").status == 200

    told = one(world, handoff_id)
    assert [(each["owner"], each["until"] is None) for each in told["stints"]] == [(first, False), (second, True)]
    results = {clock["name"]: (clock["result"], clock["label"]) for clock in told["stints"][0]["clocks"]}
    assert results == {"accept": ("met", "Accept"), "first_contact": ("passed_on", "First contact")}
    assert {clock["label"] for clock in told["clocks"]} == {"Accept", "First contact"}
    assert told["routing"]["chosen"] == second
    assert told["lead"] == {
        "lead_id": world.stack.lead().lead_id,
        "email": ANNA,
        "first_name": "Anna",
        "last_name": None,
        "title": None,
        "company": "Acme",
        "status": "with_sales",
    }


def test_the_codes_of_a_handoff_have_labels_of_the_agreement_or_words(world: World) -> None:
    handoff_id = handed_over(world)
    given_back(world, handoff_id)
    labels = one(world, handoff_id)["labels"]
    agreed = read_agreement(packaged_text()).return_reasons["bad_timing"].label
    assert labels == {
        "trigger": "Consultation request",
        "state": "Returned",
        "team": "Sales",
        "return_reason": agreed,
        **({"persona": labels["persona"]} if "persona" in labels else {}),
    }


def test_a_past_handoff_reads_the_same_by_its_id_and_in_the_list(world: World) -> None:
    ids = several(world, 2)
    for listed in shown(world, world.stack.lead().lead_id)["handoffs"]:
        by_id = one(world, listed["handoff_id"])
        assert {name: value for name, value in by_id.items() if name != "lead"} == listed
    assert world.ask("GET", f"/handoffs/{ids[0][:-3]}009", by="sales").status == 404


def test_a_merged_lead_lists_the_handoffs_of_both_and_each_has_the_lead_that_stands_now(world: World) -> None:
    other = "anna@home.example.net"
    ids = [*several(world, 2)]
    theirs = handed_over(world, other)
    given_back(world, theirs)
    leads = {lead.email: lead.lead_id for lead in world.stack.leads()}
    answer = world.ask("POST", f"/leads/{leads[ANNA]}/merge", {"other": leads[other]}, by="marketing")
    assert answer.status == 200, answer
    listed = shown(world, leads[ANNA])
    assert [each["handoff_id"] for each in listed["handoffs"]] == [theirs, *ids[::-1]]
    by_ones, cursor = [], ""
    while cursor is not None:
        page = shown(world, leads[other], limit="1", **({"cursor": cursor} if cursor else {}))
        by_ones, cursor = [*by_ones, *page["handoffs"]], page["cursor"]
    assert by_ones == listed["handoffs"]
    assert one(world, theirs)["lead"]["lead_id"] == leads[ANNA]


def test_nothing_is_shown_of_the_handoffs_of_an_erased_lead(world: World) -> None:
    ids = several(world, 1)
    lead_id = world.stack.lead().lead_id
    assert world.ask("DELETE", f"/leads/{lead_id}", by="admin").status == 204
    for path in (f"/leads/{lead_id}/handoffs", *(f"/handoffs/{each}" for each in ids)):
        assert world.ask("GET", path, by="admin").status == 404
