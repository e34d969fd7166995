"""A manager reassigns a late lead by the link in its mail: safely, once, and only while they manage the team."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.integration.gateway import Answer
from tests.integration.world import KIM, LEE, MO, SAM, World

MINUTE = timedelta(minutes=1)
ENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
BECAUSE = "&reason=accept+is+overdue"


@pytest.fixture
def late(world: World) -> World:
    """Nobody has accepted Anna's request in time; Mo, the manager, has the mail. Lee is away."""
    world.hire(LEE, away=[{"from": "2026-11-01", "to": "2027-01-04"}])
    assert world.send_form(first_name="Anna", last_name="Schmidt", message="secret words").status == 202
    world.settle()
    world.wait(31 * MINUTE)
    return world


def handoff(world: World) -> Any:
    return world.stack.lead().handoff


def other(world: World) -> str:
    """The rep who is free, and did not get the lead."""
    return KIM if handoff(world).owner == SAM else SAM


def links(world: World) -> dict[str, str]:
    """The path of each manager's link, in their newest mail."""
    found = {mail.to[0]: re.findall(r"(/reassignments/\S+)", mail.text) for mail in world.mails if mail.to}
    return {reader: paths[-1] for reader, paths in found.items() if paths}


def press(world: World, path: str, owner: str, because: str = BECAUSE) -> Answer:
    return world.ask("POST", path, f"owner={owner}{because}", headers=ENCODED)


def reassigned(world: World) -> int:
    return world.stack.happened().count("HandoffReassigned")


def test_the_page_shows_who_is_free_and_who_is_not_and_why(late: World) -> None:
    shown = late.ask("GET", links(late)[MO])
    assert shown.status == 200
    assert f"{LEE} is away until 4 January 2027" in shown.body
    assert f"{other(late)} is free" in shown.body
    assert f'value="{handoff(late).owner}"' not in shown.body, "they have it already"
    assert "I take it myself" in shown.body
    for hidden in ("Schmidt", "secret words", "anna.schmidt"):
        assert hidden not in shown.body
    assert "overdue" in shown.body


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_opening_a_link_to_reassign_changes_nothing(late: World, method: str) -> None:
    before = late.stack.items()
    for _ in range(3):
        assert late.ask(method, links(late)[MO]).status == 200
    assert late.stack.items() == before


@pytest.mark.parametrize("owner", ["who is free", LEE, MO])
@pytest.mark.parametrize("later", [0 * MINUTE, 11 * MINUTE])
def test_a_lead_is_reassigned_once_by_its_manager_however_often_the_button_is_pressed(
    late: World, owner: str, later: timedelta
) -> None:
    path, before = links(late)[MO], reassigned(late)
    owner = other(late) if owner == "who is free" else owner
    first = press(late, path, owner)
    assert first.status == 200
    assert owner in first.body
    assert (handoff(late).owner, handoff(late).assigned_by) == (owner, MO)
    assert handoff(late).assigned_because == "accept is overdue"
    assert all(clock.started_at == late.now for clock in handoff(late).clocks)
    late.now += later
    again = press(late, path, owner)
    assert (again.status, again.body) == (200, first.body)
    assert late.ask("GET", path).body == first.body
    assert reassigned(late) == before + 1
    late.stack.must_be_consistent()


def test_a_manager_who_takes_a_lead_gets_its_mail_and_accepts_it_like_any_owner(late: World) -> None:
    assert press(late, links(late)[MO], MO).status == 200
    late.mails.clear()
    late.settle()
    (alert,) = [mail for mail in late.mails if mail.to == (MO,)]
    assert late.ask("POST", alert.link("accept"), "", headers=ENCODED).status == 200
    assert handoff(late).state == "accepted"
    late.stack.must_be_consistent()


def test_the_next_in_turn_gets_the_lead_if_the_manager_names_nobody(late: World) -> None:
    expected = other(late)
    assert press(late, links(late)[MO], "next").status == 200
    assert handoff(late).owner == expected


def test_a_second_choice_after_the_first_is_refused(late: World) -> None:
    path, first = links(late)[MO], other(late)
    assert press(late, path, first).status == 200
    before = late.stack.items()
    second = press(late, path, LEE)
    assert (second.status, first in second.body) == (409, True)
    assert late.stack.items() == before


def test_a_link_does_nothing_once_its_lead_was_accepted_and_closed_or_given_to_somebody_else(late: World) -> None:
    path = links(late)[MO]
    reassign = f"/handoffs/{handoff(late).handoff_id}/reassign"
    assert late.ask("POST", reassign, {"owner": LEE, "reason": "knows them"}, by="admin").status == 200
    before = late.stack.items()
    answer = press(late, path, other(late))
    assert (answer.status, LEE in answer.body) == (409, True)
    assert late.stack.items() == before
    closed = late.ask("POST", f"/handoffs/{handoff(late).handoff_id}/close", {"outcome": "lost"}, by="admin")
    assert closed.status == 200
    assert press(late, path, other(late)).status == 409
    assert "over" in late.ask("GET", path).body


WAYS_TO_GO = {
    "left": ("DELETE", None),
    "became a rep": ("PUT", {"role": "rep"}),
}


@pytest.mark.parametrize("way", WAYS_TO_GO)
def test_who_manages_the_team_no_more_can_do_nothing_with_old_mails(late: World, way: str) -> None:
    path, (method, body) = links(late)[MO], WAYS_TO_GO[way]
    assert late.ask(method, f"/teams/sales/reps/{MO}", body, by="admin").status == 200
    before = late.stack.items()
    for verb, said in (("GET", None), ("POST", f"owner={LEE}{BECAUSE}"), ("POST", "owner=")):
        answer = late.ask(verb, path, said, headers=ENCODED)
        assert answer.status == 403
        assert "Anna" not in answer.body
    assert late.stack.items() == before


FAULTS = [
    ("", "", 422, "Choose who gets the lead"),
    (LEE, "", 422, "Say why; the new owner reads it"),
    ("stranger@example.com", BECAUSE, 422, "is not on the roster"),
    ("x", BECAUSE, 422, "is not on the roster"),
]


@pytest.mark.parametrize(("owner", "because", "status", "words"), FAULTS)
def test_a_fault_stands_on_the_managers_form_with_what_was_typed(
    late: World, owner: str, because: str, status: int, words: str
) -> None:
    before = late.stack.items()
    answer = press(late, links(late)[MO], owner, because)
    assert (answer.status, words in answer.body) == (status, True)
    assert '<form method="post">' in answer.body
    assert ("accept is overdue" in answer.body) is bool(because)
    assert late.stack.items() == before


def test_another_managers_link_is_their_own(late: World) -> None:
    mia = "mia@sales.example.com"
    late.hire(mia, role="manager")
    late.wait(45 * MINUTE)
    found = links(late)
    assert found[MO] != found[mia]
    assert press(late, found[mia], mia).status == 200
    assert handoff(late).assigned_by == mia


def test_only_the_manager_themselves_gives_a_lead_to_a_manager(late: World) -> None:
    path = f"/handoffs/{handoff(late).handoff_id}/reassign"
    named = {"owner": MO, "reason": "our best"}
    refused = late.ask("POST", path, named, by="admin")
    assert (refused.status, "is a manager" in refused.json()["detail"]) == (409, True)
    assert late.ask("POST", path, named, by=MO).status == 200
    assert handoff(late).owner == MO
