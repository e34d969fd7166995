"""Free notes on a lead: kept in its history, shown in its timeline, exported and erased with the person."""

from datetime import timedelta
from typing import Any

import pytest

from tests.integration.gateway import Answer
from tests.integration.world import ANNA, World

TEXT = "Met her at the fair in Hanover; call after four."


@pytest.fixture
def lead_id(world: World) -> str:
    world.send_form("content-download", content="guide")
    return world.stack.lead().lead_id


def note(world: World, lead_id: str, text: Any = TEXT, by: str = "sales") -> Answer:
    return world.ask("POST", f"/leads/{lead_id}/notes", {"text": text}, by=by)


def noted(world: World, lead_id: str) -> list[str]:
    events = world.ask("GET", f"/leads/{lead_id}/timeline", by="sales").json()["events"]
    return [each["text"] for each in events if each["type"] == "NoteAdded"]


def test_a_note_stands_in_the_timeline_with_its_author_and_in_a_sentence(world: World, lead_id: str) -> None:
    answer = note(world, lead_id, f"  {TEXT}\n\nShe likes tea. ")
    assert (answer.status, answer.json()["text"]) == (201, f"{TEXT}\n\nShe likes tea.")
    told = world.ask("GET", f"/leads/{lead_id}/timeline", by="marketing", query={"order": "newest", "words": "en"})
    last = told.json()["events"][0]
    assert (last["type"], last["by"], last["text"]) == ("NoteAdded", "sally@example.com", f"{TEXT}\n\nShe likes tea.")
    assert last["words"] == f"sally@example.com noted: {TEXT} She likes tea."


def test_a_note_changes_nothing_that_is_known_of_the_lead(world: World, lead_id: str) -> None:
    before = world.ask("GET", f"/leads/{lead_id}", by="sales").json()
    world.now += timedelta(minutes=1)
    assert note(world, lead_id).status == 201
    after = world.ask("GET", f"/leads/{lead_id}", by="sales").json()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"version", "updated_at"}
    world.stack.must_be_consistent()


def test_the_same_note_within_ten_minutes_is_one_note(world: World, lead_id: str) -> None:
    assert [note(world, lead_id).status for _ in range(3)] == [201, 200, 200]
    assert note(world, lead_id, by="marketing").status == 201
    assert note(world, lead_id, "Another one.").status == 201
    world.now += timedelta(minutes=11)
    assert note(world, lead_id).status == 201
    assert noted(world, lead_id) == [TEXT, TEXT, "Another one.", TEXT]


@pytest.mark.parametrize("text", ["", "  ", "x" * 2_001, None, 5, ["x"]], ids=lambda text: str(text)[:5])
def test_a_note_without_a_text_or_with_a_very_long_one_is_refused(world: World, lead_id: str, text: Any) -> None:
    before = world.stack.items()
    answer = note(world, lead_id, text)
    assert answer.status == 422
    assert [each["field"] for each in answer.json()["errors"]] == ["text"]
    assert world.stack.items() == before


def test_a_note_costs_one_read_and_one_transaction(world: World, lead_id: str) -> None:
    with world.calls.recorded() as calls:
        note(world, lead_id)
    assert [call.operation for call in calls if call.service == "dynamodb"] == ["GetItem", "TransactWriteItems"]


def test_the_bus_never_hears_what_a_note_says(world: World, lead_id: str) -> None:
    note(world, lead_id)
    [event] = [each for each in world.stack.history(lead_id) if each.event.type == "NoteAdded"]
    assert event.for_the_bus().keys() == {"event_id", "lead_id", "at", "version"}


def test_a_note_on_a_merged_lead_goes_to_the_one_that_stands_for_it(world: World, lead_id: str) -> None:
    world.send_form("content-download", email="anna@home.example.net", content="guide")
    other = next(lead.lead_id for lead in world.stack.leads() if lead.email != ANNA)
    note(world, other, "Hers.")
    world.now += timedelta(minutes=1)
    assert world.ask("POST", f"/leads/{lead_id}/merge", {"other": other}, by="marketing").status == 200
    assert note(world, other, "Theirs.").status == 201
    assert noted(world, lead_id) == ["Hers.", "Theirs."]


def test_a_note_is_exported_and_erased_with_the_person(world: World, lead_id: str) -> None:
    note(world, lead_id)
    exported = world.ask("GET", f"/leads/{lead_id}/export", by="marketing").json()
    assert [each["text"] for each in exported["history"] if each["type"] == "NoteAdded"] == [TEXT]
    assert world.ask("DELETE", f"/leads/{lead_id}", by="admin").status == 204
    world.settle()
    assert TEXT not in str(world.stack.items())
    assert note(world, lead_id).status == 404


def test_a_note_on_an_unknown_lead_is_refused(world: World) -> None:
    assert note(world, "a" * 24).status == 404
