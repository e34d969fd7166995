"""A new agreement drops a team: waiting leads go to the team that is agreed now, and its reps may finish theirs."""

from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.table.keys import lead_keys
from baton.aws.teams import waiting_lines
from tests.integration.confirmations import confirmation_link
from tests.integration.test_waiting_lines import agreed, handoff_id, owners, visitors
from tests.integration.world import KIM, LEE, MO, SAM, World

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NORDICS = {"label": "Nordics", "reps": {"weight": 1, "capacity": 25}}
NORTH = {"id": "north", "when": {"country": ["NO", "SE"]}, "team": "nordics"}
WITH_NORDICS = agreed(("teams.nordics", NORDICS), ("territories", [NORTH]))
MIA = "mia@sales.example.com"
REASON = "the agreement does not have its team any more"


def put(world: World, team: str, email: str, **terms: Any) -> int:
    """Put somebody on a team; their address is confirmed, if that works."""
    path = f"/teams/{team}/reps/{email}"
    status: int = world.ask("PUT", path, terms, by="admin").status
    if status == 200:
        link = confirmation_link(world.stack.rep(email, team).subscription_arn or "")
        world.ask("POST", f"{path}/confirmation", {"link": link}, by="admin")
    world.settle()
    return status


def enacted(world: World, text: str) -> None:
    """Another agreement comes into force, and the bus has told so."""
    world.agree(text)
    world.settle()
    world.stack.must_be_consistent()


def waiting_in_the_north(world: World, *numbers: int) -> None:
    world.agree(WITH_NORDICS)
    visitors(world, *numbers, country="NO")
    assert {lead.handoff.team for lead in world.stack.leads() if lead.handoff} == {"nordics"}


def teams(world: World) -> dict[int, str]:
    """In which team whose lead is."""
    found = {lead.email: lead.handoff.team for lead in world.stack.leads() if lead.handoff}
    return {int(email.removeprefix("visitor").partition("@")[0]): team for email, team in sorted(found.items())}


def waiting(world: World, team: str) -> int:
    turns = world.ask("GET", f"/teams/{team}/reps", by="sales").json()["turns"]
    return sum(each["waiting"] for each in turns)


def moved(world: World, number: int) -> list[Any]:
    history = world.stack.history(handoff_id(world, number)[:-4])
    return [each for each in history if each.event.type == "HandoffReassigned"]


# --- Who waits


def test_a_lead_waiting_for_a_dropped_team_goes_to_a_rep_of_the_agreed_team(world: World) -> None:
    waiting_in_the_north(world, 1, 2)
    enacted(world, packaged_text())
    assert teams(world) == {1: "sales", 2: "sales"}
    assert set(owners(world).values()) == {KIM, SAM}
    [event] = [each.event for each in moved(world, 1)]
    assert (event.reason, event.team, event.former_team) == (REASON, "sales", "nordics")
    assert (waiting(world, "nordics"), waiting(world, "sales")) == (0, 0)


def test_leads_waiting_for_a_dropped_team_join_the_agreed_teams_line_in_order_of_arrival(empty_world: World) -> None:
    world = empty_world
    waiting_in_the_north(world, 1)
    visitors(world, 2, country="DE")
    visitors(world, 3, country="SE")
    world.now += HOUR
    enacted(world, packaged_text())
    assert (teams(world), owners(world)) == (dict.fromkeys((1, 2, 3), "sales"), dict.fromkeys((1, 2, 3)))
    assert (waiting(world, "nordics"), waiting(world, "sales")) == (0, 3)
    for number in (1, 2, 3):
        world.hire(SAM, capacity=number)
        world.settle()
        assert list(owners(world).values()).count(SAM) == number
        assert owners(world)[number] == SAM


def test_the_search_moves_a_lead_that_still_waits_for_a_dropped_team_after_three_days(empty_world: World) -> None:
    world = empty_world
    waiting_in_the_north(world, 1)
    world.agree(packaged_text())
    world.new_records()  # nobody heard of the agreement
    world.wait(3 * DAY)
    world.settle()
    assert teams(world) == {1: "nordics"}
    world.invoke("find_forgotten", {})
    world.settle_bus()
    world.settle()
    assert teams(world) == {1: "sales"}
    world.hire(KIM)
    world.settle()
    assert owners(world) == {1: KIM}


def test_a_lead_of_a_dropped_team_goes_to_the_agreed_team_of_its_trigger_and_territory(world: World) -> None:
    waiting_in_the_north(world, 1)
    south = {"id": "scandinavia", "when": {"country": ["NO", "DK"]}, "team": "south"}
    world.hire(LEE)
    enacted(world, agreed(("teams.south", NORDICS), ("territories", [south])))
    assert (teams(world), owners(world)) == ({1: "south"}, {1: None})
    [lead] = world.stack.leads()
    assert lead.handoff
    assert (lead.handoff.territory, lead.handoff.terms.team) == ("scandinavia", "south")
    assert put(world, "south", SAM) == 200
    assert owners(world) == {1: SAM}


def test_a_lead_of_a_dropped_team_goes_to_the_owner_of_its_account_first(world: World) -> None:
    world.agree(WITH_NORDICS)
    assert world.ask("PUT", "/accounts/acme.com", {"name": "Acme", "owner": SAM}, by="sales").status == 201
    for number in range(1, 5):
        world.send_signals(
            {"email": f"visitor{number}@acme.com", "message_id": str(number), "properties": {"country": "NO"}}
        )
        world.settle()
    enacted(world, packaged_text())
    held = [lead.handoff.owner for lead in world.stack.leads() if lead.handoff]
    assert (len(held), set(held)) == (4, {SAM})


def test_leads_waiting_for_a_team_that_becomes_marketings_go_to_the_agreed_team(empty_world: World) -> None:
    world = empty_world
    waiting_in_the_north(world, 1)
    enacted(world, agreed(("teams.nordics", NORDICS), ("marketing.team", "nordics")))
    assert teams(world) == {1: "sales"}


def test_a_dropped_teams_leads_move_once_although_the_move_is_cut_off_and_started_twice(
    empty_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = empty_world
    waiting_in_the_north(world, *range(1, 8))
    monkeypatch.setattr(waiting_lines, "BUDGET_SECONDS", -1.0)
    enacted(world, packaged_text())
    assert list(teams(world).values()).count("sales") == 1
    world.start_twice()
    world.wait(MINUTE)
    assert set(teams(world).values()) == {"sales"}
    assert [len(moved(world, number)) for number in range(1, 8)] == [1] * 7
    assert (waiting(world, "nordics"), waiting(world, "sales")) == (0, 7)
    before = world.stack.items()
    world.invoke("serve_waiting", {"detail": {"event_id": "search-1"}})
    assert world.stack.items() == before


def test_moving_a_dropped_teams_lead_costs_the_same_however_many_leads_wait(empty_world: World) -> None:
    world = empty_world
    waiting_in_the_north(world, *range(1, 31))
    world.agree(packaged_text())
    with world.calls.recorded() as calls:
        world.invoke("serve_waiting", {"detail": {"event_id": "search-1"}})
    asked = [call.operation for call in calls]
    assert len(asked) <= 30 * 7 + 12, asked
    assert asked.count("Scan") == 0


def test_a_dropped_team_that_is_agreed_again_has_its_reps_and_gets_leads(world: World) -> None:
    world.agree(WITH_NORDICS)
    assert put(world, "nordics", LEE) == 200
    world.agree(WITH_NORDICS)
    visitors(world, 1, country="NO")
    assert owners(world) == {1: LEE}
    enacted(world, packaged_text())
    visitors(world, 2, country="NO")
    assert teams(world) == {1: "nordics", 2: "sales"}
    enacted(world, WITH_NORDICS)
    visitors(world, 3, country="NO")
    assert owners(world)[3] == LEE


# --- What its people hold


def held_in_the_north(world: World) -> None:
    world.agree(WITH_NORDICS)
    assert put(world, "nordics", LEE) == 200
    assert put(world, "nordics", MIA) == 200
    visitors(world, 1, country="NO")
    assert owners(world) == {1: LEE}
    enacted(world, packaged_text())


def does(world: World, what: str, body: Any = None, by: str = LEE) -> Any:
    answer = world.ask("POST", f"/handoffs/{handoff_id(world, 1)}/{what}", body, by=by)
    world.settle()
    world.stack.must_be_consistent()
    return answer


def test_a_rep_of_a_dropped_team_can_work_on_a_held_lead_to_the_end(world: World) -> None:
    held_in_the_north(world)
    for what, body in (
        ("accept", None),
        ("contact", {"channel": "phone"}),
        ("rating", {"stars": 4}),
        ("close", {"outcome": "won"}),
    ):
        assert does(world, what, body).status == 200, what
    assert moved(world, 1) == []


@pytest.mark.parametrize("how", ["return", "link", "reassign", "clock", "leaves"])
def test_a_lead_that_a_dropped_teams_rep_passes_on_goes_to_the_agreed_team(world: World, how: str) -> None:
    held_in_the_north(world)
    if how == "return":
        assert does(world, "return", {"reason": "wrong_person"}).status == 200
    elif how == "link":
        [mail] = [mail for mail in world.mails if mail.to == (LEE,)]
        encoded = {"Content-Type": "application/x-www-form-urlencoded"}
        assert world.ask("POST", mail.link("return"), "reason=wrong_person", headers=encoded).status == 200
        world.settle()
    elif how == "reassign":
        assert does(world, "reassign", {"reason": "no time"}).status == 200
    elif how == "clock":
        world.wait(DAY)
    else:
        removed = world.ask("DELETE", f"/teams/nordics/reps/{LEE}", by="admin").json()
        assert (removed["passed_on"], removed["waiting"]) == (1, 0)
        world.settle()
    assert teams(world) == {1: "sales"}
    assert owners(world)[1] in (SAM, KIM)
    assert moved(world, 1)[0].event.former_team == "nordics"


def test_a_late_lead_of_a_dropped_team_without_a_manager_is_escalated_to_the_agreed_teams_manager(world: World) -> None:
    held_in_the_north(world)
    world.mails.clear()
    world.wait(16 * MINUTE)
    world.wait(HOUR)
    assert (MO,) in [mail.to for mail in world.mails]
    assert [mail.subject for mail in world.mails if mail.topic == "OperationsTopic"] == []


def test_a_dropped_teams_reps_can_be_listed_and_removed_but_not_added(world: World) -> None:
    held_in_the_north(world)
    shown = world.ask("GET", f"/teams/nordics/reps/{LEE}", by="sales").json()
    assert (shown["gets_leads"], "does not have any more" in shown["why_not"]) == (False, True)
    seen = world.ask("GET", "/teams/nordics/reps", by="sales").json()["reps"]
    assert [rep["email"] for rep in seen] == [LEE, MIA]
    assert put(world, "nordics", SAM) == 404
    assert world.ask("DELETE", f"/teams/nordics/reps/{LEE}", by="admin").status == 200
    assert world.ask("GET", f"/teams/nordics/reps/{LEE}", by="sales").status == 404


# --- By hand to another team


def test_a_lead_reassigned_to_a_rep_of_another_team_belongs_to_that_team(world: World) -> None:
    world.agree(WITH_NORDICS)
    assert put(world, "nordics", LEE) == 200
    visitors(world, 1, country="DE")
    first = owners(world)[1]
    answer = does(world, "reassign", {"owner": LEE, "reason": "speaks Norwegian"}, by="sales")
    assert (answer.status, answer.json()["team"], answer.json()["owner"]) == (200, "nordics", LEE)
    assert (teams(world), owners(world), first in (SAM, KIM)) == ({1: "nordics"}, {1: LEE}, True)
    assert does(world, "reassign", {"owner": SAM, "reason": "does not"}, by="sales").status == 200
    assert (teams(world), owners(world)) == ({1: "sales"}, {1: SAM})


def test_a_waiting_lead_takes_the_place_that_a_reassignment_to_another_team_frees(world: World) -> None:
    world.agree(WITH_NORDICS)
    assert put(world, "nordics", LEE, capacity=1) == 200
    visitors(world, 1, 2, country="NO")
    assert owners(world) == {1: LEE, 2: None}
    assert does(world, "reassign", {"owner": SAM, "reason": "an old friend"}, by="sales").status == 200
    assert owners(world) == {1: SAM, 2: LEE}


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        (LEE, "is not on the roster"),
        (MIA, "is on team nordics, which the agreement does not have any more"),
        ("eve@x.example", "is not on the roster"),
    ],
)
def test_a_reassignment_to_a_person_on_no_agreed_team_is_refused_with_a_remedy(
    world: World, owner: str, said: str
) -> None:
    held_in_the_north(world)
    if owner == LEE:
        assert does(world, "return", {"reason": "wrong_person"}).status == 200
    refused = does(world, "reassign", {"owner": owner, "reason": "back"}, by="sales")
    assert refused.status == 409
    assert said in refused.json()["detail"]
    assert "choose somebody else on a team of the agreement, or leave `owner` out" in refused.json()["detail"]


# --- What cannot be read, and who has just left


def test_an_unreadable_lead_does_not_hold_up_its_waiting_line(empty_world: World) -> None:
    world = empty_world
    visitors(world, 1, 2, 3)
    broken = lead_keys.lead(handoff_id(world, 1)[:-4])
    item = world.stack.dynamodb.get_item(TableName=world.stack.table, Key=broken)["Item"]
    world.stack.dynamodb.put_item(TableName=world.stack.table, Item={**item, "body": {"S": "{"}})
    world.hire(SAM)
    world.settle()
    world.stack.dynamodb.put_item(TableName=world.stack.table, Item=item)
    assert owners(world) == {1: None, 2: SAM, 3: SAM}
    assert [due for due, event_id in world.waiting if event_id.startswith("team-")] == [], "and nobody looks for ever"


def test_a_lead_given_to_a_rep_who_is_being_removed_is_passed_on(world: World) -> None:
    visitors(world, 1)
    [owner] = owners(world).values()

    def behind(call: Any, carry: Any) -> Any:
        mine = call.function == "remove_rep" and call.parameters.get("IndexName") == "gsi1"
        return {"Items": []} if mine else carry()

    with world.calls.by(behind):
        removed = world.ask("DELETE", f"/teams/sales/reps/{owner}", by="admin").json()
    assert (removed["passed_on"], removed["waiting"]) == (0, 0)
    assert owners(world) == {1: owner}
    world.settle()
    assert owners(world)[1] in {SAM, KIM} - {owner}
