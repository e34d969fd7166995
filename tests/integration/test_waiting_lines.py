"""A lead that no rep can take waits in line. Leads are given out in order when hours begin, a leave ends, a place
becomes free, a rep joins, or another agreement comes into force.
"""

import itertools
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.teams import waiting_lines
from baton.domain.teams import roster
from tests.integration.calls import Call, Carry
from tests.integration.world import KIM, LEE, MO, SAM, World

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EVENING = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
OFFICE = {"time_zone": "Europe/Berlin", "hours": {"mon-fri": "09:00-17:00"}, "holidays": ["2026-11-25 Day off"]}
MORNING = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
NORTH = {"id": "north", "when": {"country": ["NO", "SE"]}}
ENCODED = {"Content-Type": "application/x-www-form-urlencoded"}


def agreed(*changes: tuple[str, Any]) -> str:
    """The shipped agreement with other values at some places."""
    document = yaml.safe_load(packaged_text())
    for path, value in changes:
        *way, last = path.split(".")
        place = document
        for name in way:
            place = place.setdefault(name, {})
        place[last] = value
    return yaml.safe_dump(document)


BY_HOURS = agreed(("calendars", {"office": OFFICE}), ("teams.sales.calendar", "office"))
BY_TERRITORY = agreed(("territories", [NORTH]))


def visitors(world: World, *numbers: int, **known: str) -> None:
    """So many visitors ask for a person, a second apart."""
    for number in numbers:
        assert world.send_form(email=f"visitor{number}@example.org", **known).status == 202
        world.settle()
        world.now += timedelta(seconds=1)
    world.stack.must_be_consistent()


def owners(world: World) -> dict[int, str | None]:
    """Who has which visitor's lead."""
    world.stack.must_be_consistent()
    held = {lead.email: lead.handoff.owner for lead in world.stack.leads() if lead.handoff and lead.handoff.is_open}
    return {int(email.removeprefix("visitor").partition("@")[0]): owner for email, owner in sorted(held.items())}


def handoff_id(world: World, number: int) -> str:
    [lead] = [lead for lead in world.stack.leads() if lead.email == f"visitor{number}@example.org"]
    assert lead.handoff
    return lead.handoff.handoff_id


def close(world: World, number: int) -> None:
    path = f"/handoffs/{handoff_id(world, number)}/close"
    assert world.ask("POST", path, {"outcome": "lost"}, by="admin").status == 200
    world.settle()


def call(world: World, number: int) -> None:
    """The owner reaches out, so that nobody passes the lead on."""
    path = f"/handoffs/{handoff_id(world, number)}/contact"
    assert world.ask("POST", path, {"channel": "phone"}, by="admin").status == 200


def routing(world: World, number: int) -> Any:
    """How it is explained who has a visitor's lead."""
    path = f"/leads/{handoff_id(world, number)[:-4]}"
    return world.ask("GET", path, by="sales").json()["handoff"]["routing"]


def team_timers(world: World) -> list[str]:
    return [due_at for due_at, event_id in world.waiting if event_id.startswith("team-")]


# --- Hours and leave


def test_leads_of_the_night_wait_and_are_shared_out_when_hours_begin_after_the_holiday(world: World) -> None:
    world.agree(BY_HOURS)
    world.now = EVENING
    visitors(world, 1, 2, 3)
    assert set(owners(world).values()) == {None}
    assert [mail.to for mail in world.mails if mail.subject.startswith("Nobody has")] == [(MO,)] * 3
    assert team_timers(world) == ["2026-11-26T08:00:00Z"], "one timer for the team, however many wait"
    world.wait(MORNING - world.now - MINUTE)
    assert set(owners(world).values()) == {None}
    world.wait(MINUTE)
    assert owners(world) == {1: KIM, 2: SAM, 3: KIM}
    reassigned = [recorded for recorded in world.stack.history(handoff_id(world, 1)[:-4]) if recorded.by == "line"]
    assert [recorded.event.reason for recorded in reassigned] == ["its turn in the line"]
    assert [clock.started_at for clock in reassigned[0].event.clocks] == [MORNING] * 2, "the owner's clocks start then"
    assert team_timers(world) == []
    assert [mail.to for mail in world.mails if mail.to != (MO,)] == [(KIM,), (SAM,), (KIM,)]


def test_a_rep_in_another_time_zone_gets_leads_during_the_hours_of_that_zone(world: World) -> None:
    world.agree(BY_HOURS)
    world.hire(KIM, time_zone="America/New_York", hours={"mon-fri": "09:00-17:00"})
    world.now = EVENING
    visitors(world, 1)
    assert owners(world) == {1: KIM}, "it is three in the afternoon there"
    shown = world.ask("GET", f"/teams/sales/reps/{SAM}", by="sales").json()
    assert shown["gets_leads"] is False
    assert shown["why_not"] == "is not at work before Thu 26 November 09:00 (Europe/Berlin)"


def test_a_rep_back_from_leave_gets_the_waiting_lead_and_no_more_than_an_equal_share(world: World) -> None:
    until = {"from": "2026-11-24", "to": "2026-11-25", "why": "private"}
    for email in (SAM, KIM):
        world.hire(email, away=[until])
    visitors(world, 1)
    assert owners(world) == {1: None}
    assert {each["why"] for each in routing(world, 1)["skipped"]} == {"is away until 25 November 2026"}, "and no more"
    world.hire(KIM, away=[])
    world.settle()
    assert owners(world) == {1: KIM}, "an absence that is struck out ends at once"
    visitors(world, 2, 3, 4)
    for number in (1, 2, 3, 4):
        call(world, number)
    world.wait(2 * DAY)
    visitors(world, 5, 6, 7, 8)
    assert [owners(world)[number] for number in (5, 6, 7, 8)] == [SAM, KIM, SAM, KIM], "and catches up with nothing"


def test_a_reassignment_to_a_rep_on_leave_or_out_of_hours_is_accepted_with_a_warning(world: World) -> None:
    world.agree(BY_HOURS)
    world.hire(KIM, away=[{"from": "2026-11-24", "to": "2026-11-25"}])
    world.now = EVENING
    visitors(world, 1)
    path = f"/handoffs/{handoff_id(world, 1)}/reassign"
    hers = world.ask("POST", path, {"owner": KIM, "reason": "hers"}, by="sales").json()["routing"]["warnings"]
    assert hers == [f"{KIM} is away until 25 November 2026"]
    [his] = world.ask("POST", path, {"owner": SAM, "reason": "he is still here"}, by="sales").json()["routing"][
        "warnings"
    ]
    assert his.startswith(f"{SAM} is not at work before")
    assert owners(world) == {1: SAM}


# --- A free place, somebody new


@pytest.mark.parametrize("how", ["closed", "returned", "passed on"])
def test_a_place_that_becomes_free_goes_to_the_lead_that_waited_longest(empty_world: World, how: str) -> None:
    world = empty_world
    world.hire(SAM, capacity=1)
    visitors(world, 1, 2, 3)
    assert owners(world) == {1: SAM, 2: None, 3: None}
    if how == "closed":
        close(world, 1)
        assert owners(world) == {2: SAM, 3: None}
    elif how == "returned":
        answer = world.ask("POST", world.mails[0].link(1), "reason=bad_fit", headers=ENCODED)
        assert answer.status == 200
        world.settle()
        assert owners(world) == {2: SAM, 3: None}
    else:
        world.hire(KIM, capacity=1)
        world.settle()
        assert owners(world) == {1: SAM, 2: KIM, 3: None}
        world.hire(LEE, capacity=1)
        world.settle()
        close(world, 3)
        answer = world.ask("POST", f"/handoffs/{handoff_id(world, 1)}/reassign", {"reason": "no time"}, by="sales")
        assert answer.status == 200
        world.settle()
        visitors(world, 4)
        assert owners(world) == {1: LEE, 2: KIM, 4: SAM}


def test_a_new_lead_does_not_overtake_the_waiting_leads(empty_world: World) -> None:
    world = empty_world
    visitors(world, 1, 2)
    world.hire(SAM, capacity=1)  # nothing is delivered yet: somebody is free, and the line does not know it
    assert world.send_form(email="visitor3@example.org").status == 202
    assert owners(world) == {1: None, 2: None, 3: None}
    world.settle()
    assert owners(world) == {1: SAM, 2: None, 3: None}


def test_a_higher_capacity_is_used_for_waiting_leads_at_once(empty_world: World) -> None:
    world = empty_world
    world.hire(SAM, capacity=1)
    visitors(world, 1, 2, 3)
    assert world.invite(SAM, capacity=2).status == 200
    world.settle()
    assert owners(world) == {1: SAM, 2: SAM, 3: None}


@pytest.mark.parametrize("longest", [roster.MOST_BYTES, -1], ids=["lines of their own", "a line that all share"])
def test_a_rep_who_cannot_take_the_first_waiting_lead_gets_the_next(
    empty_world: World, longest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = empty_world
    monkeypatch.setattr(roster, "MOST_BYTES", longest)
    world.hire(SAM, capacity=1)
    visitors(world, 1, 2)
    answer = world.ask("POST", f"/handoffs/{handoff_id(world, 1)}/return", {"reason": "wrong_person"}, by=SAM)
    assert answer.status == 200
    world.settle()
    assert owners(world) == {1: None, 2: SAM}, "he has had the first"
    close(world, 2)
    visitors(world, 3)
    assert owners(world) == {1: None, 3: SAM}, "and it holds up nobody"
    world.hire(KIM)
    world.settle()
    assert owners(world) == {1: KIM, 3: SAM}
    visitors(world, 4)
    assert owners(world) == {1: KIM, 3: SAM, 4: KIM}, "nobody is waited for any more"


def test_a_leaving_reps_lead_is_served_before_newer_waiting_leads(empty_world: World) -> None:
    world = empty_world
    world.hire(SAM)
    visitors(world, 1)
    assert world.ask("DELETE", f"/teams/sales/reps/{SAM}", by="admin").json()["waiting"] == 1
    world.settle()
    world.now += MINUTE
    visitors(world, 2)
    assert owners(world) == {1: None, 2: None}
    world.hire(KIM, capacity=1)
    world.settle()
    assert owners(world) == {1: KIM, 2: None}


def test_leads_of_two_territories_that_wait_for_one_rep_are_served_in_order_of_arrival(empty_world: World) -> None:
    world = empty_world
    world.agree(BY_TERRITORY)
    for number, country in ((1, "NO"), (2, "DE"), (3, "NO")):
        visitors(world, number, country=country)
    world.hire(SAM, capacity=2)
    world.settle()
    assert owners(world) == {1: SAM, 2: SAM, 3: None}


def test_a_new_agreement_without_working_hours_serves_the_waiting_leads(world: World) -> None:
    world.agree(BY_HOURS)
    world.now = EVENING
    visitors(world, 1)
    assert owners(world) == {1: None}
    world.agree(packaged_text())
    world.settle()
    assert owners(world)[1] in (SAM, KIM)


# --- Territories, and whoever had it before


def test_a_rep_of_one_territory_gets_its_leads_only_and_the_other_reps_get_all(world: World) -> None:
    world.agree(BY_TERRITORY)
    world.hire(LEE, territories=["north"])
    visitors(world, 1, 2, 3, country="SE")
    visitors(world, 4, 5, country="DE")
    held = owners(world)
    assert sorted(str(held[number]) for number in (1, 2, 3)) == sorted([KIM, LEE, SAM])
    assert sorted(str(held[number]) for number in (4, 5)) == [KIM, SAM]
    assert {"rep": LEE, "why": "works north only"} in routing(world, 4)["skipped"]
    turns = world.ask("GET", "/teams/sales/reps", by="sales").json()["turns"]
    assert [(each["territory"], each["waiting"]) for each in turns] == [(None, 0), ("north", 0)]


def test_a_territory_can_have_a_team_of_its_own(world: World) -> None:
    team = {"label": "Nordics", "reps": {"weight": 1, "capacity": 25}}
    world.agree(agreed(("teams.nordics", team), ("territories", [{**NORTH, "team": "nordics"}])))
    visitors(world, 1, country="NO")
    [lead] = world.stack.leads()
    assert lead.handoff
    assert (lead.handoff.team, lead.handoff.territory, lead.handoff.owner) == ("nordics", "north", None)
    assert world.ask("PUT", f"/teams/nordics/reps/{SAM}", {}, by="admin").json()["subscription"] == "confirmed"
    world.settle()
    assert owners(world) == {1: SAM}


def test_a_waiting_lead_goes_to_its_account_owner_after_leave_whatever_the_territory(world: World) -> None:
    south = {"id": "south", "when": {"country": ["IT"]}}
    world.agree(agreed(("territories", [NORTH, south])))
    world.hire(KIM, territories=["north"], away=[{"from": "2026-11-24", "to": "2026-12-24"}])
    world.hire(SAM, territories=["south"], away=[{"from": "2026-11-24", "to": "2026-11-25"}])
    account = {"name": "Example", "owner": SAM}
    assert world.ask("PUT", "/accounts/acme.com", account, by="sales").status == 201
    signal = {"email": "visitor1@acme.com", "properties": {"country": "NO"}}
    assert world.send_signals(signal).status == 202
    world.settle()
    assert owners(world) == {1: None}
    assert team_timers(world) == ["2026-11-26T00:00:00Z"]
    world.wait(2 * DAY)
    assert owners(world) == {1: SAM}


@pytest.mark.parametrize(("sticky", "next_owner"), [(True, KIM), (False, SAM)])
def test_a_lead_that_comes_back_goes_to_its_former_owner_if_sticky_is_agreed(
    world: World, sticky: bool, next_owner: str
) -> None:
    world.agree(agreed(("handoffs.consultation.sticky", sticky)))
    visitors(world, 1)
    assert owners(world) == {1: KIM}
    world.now += HOUR
    close(world, 1)
    world.now += DAY
    visitors(world, 1)
    assert owners(world) == {1: next_owner}


# --- What people see


def test_waiting_leads_are_listed_in_order_page_by_page(empty_world: World) -> None:
    world = empty_world
    visitors(world, *range(1, 31))
    first = world.ask("GET", "/leads", by="sales", query={"owner": "nobody"}).json()
    rest = world.ask("GET", "/leads", by="sales", query={"owner": "nobody", "cursor": first["cursor"]}).json()
    emails = [lead["email"] for page in (first, rest) for lead in page["leads"]]
    assert emails == [f"visitor{number}@example.org" for number in range(1, 31)]
    assert world.ask("GET", "/teams/sales/reps", by="sales").json()["turns"] == [
        {"territory": None, "waiting": 30, "behind": {}}
    ]


# --- At once, late, twice, cut off


def test_two_invocations_that_serve_one_line_give_each_lead_once_and_in_order(empty_world: World) -> None:
    world = empty_world
    visitors(world, 1, 2, 3)
    world.hire(SAM, capacity=2)
    event, others = {"detail": {"team": "sales"}}, []

    def somebody_is_faster(call: Call, carry: Carry) -> Any:
        if (call.function, call.operation) == ("serve_waiting", "TransactWriteItems") and len(others) < 2:
            others.append(call)
            world.invoke("serve_waiting", event)
            world.calls.running = "serve_waiting"
        return carry()

    with world.calls.by(somebody_is_faster):
        world.invoke("serve_waiting", event)
    assert owners(world) == {1: SAM, 2: SAM, 3: None}
    assert [world.stack.happened(handoff_id(world, each)[:-4]).count("HandoffReassigned") for each in (1, 2, 3)] == [
        *(1, 1, 0)
    ]


def test_a_waiting_lead_that_the_index_does_not_show_yet_is_served_a_moment_later(empty_world: World) -> None:
    world = empty_world
    visitors(world, 1)

    def behind(call: Call, carry: Carry) -> Any:
        return {"Items": []} if call.parameters.get("IndexName") == "gsi1" else carry()

    with world.calls.by(behind):
        world.hire(SAM)
        world.settle()
    assert owners(world) == {1: None}
    world.wait(timedelta(seconds=3))
    assert owners(world) == {1: SAM}


def test_a_long_waiting_line_is_served_in_several_invocations(
    empty_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = empty_world
    monkeypatch.setattr(waiting_lines, "BUDGET_SECONDS", -1.0)
    visitors(world, *range(1, 8))
    world.hire(SAM, KIM)
    world.settle()
    world.wait(MINUTE)
    held = list(owners(world).values())
    assert (held.count(SAM), held.count(KIM)) in {(4, 3), (3, 4)}
    assert team_timers(world) == []


def test_long_waiting_lines_of_many_teams_are_served_within_the_functions_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    countries = {"nordics": "NO", "south": "IT", "west": "FR"}
    team = {"label": "Team", "reps": {"weight": 1, "capacity": 25}}
    places = [{"id": name, "when": {"country": [country]}, "team": name} for name, country in countries.items()]
    world.agree(agreed(("territories", places), *((f"teams.{name}", team) for name in countries)))
    for number, country in enumerate(countries.values()):
        visitors(world, *range(4 * number, 4 * number + 4), country=country)
    for name in countries:
        assert world.ask("PUT", f"/teams/{name}/reps/{SAM}", {}, by="admin").status == 200
    seconds = itertools.count(0, 5)
    monkeypatch.setattr(waiting_lines, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    world.invoke("serve_waiting", {"detail": {"event_id": "search-1"}})
    assert next(seconds) <= 55, "the function ends after so long"
    world.settle()
    world.wait(MINUTE)
    assert set(owners(world).values()) == {SAM}


def test_only_the_last_timer_of_a_team_counts(world: World) -> None:
    world.agree(BY_HOURS)
    world.now = EVENING
    visitors(world, 1)
    world.hire(KIM, hours={"mon-sun": "23:00-24:00"}, time_zone="Europe/Berlin")
    world.settle()
    assert team_timers(world) == ["2026-11-24T22:00:00Z", "2026-11-26T08:00:00Z"]
    world.start_twice()
    world.wait(3 * HOUR)
    assert owners(world) == {1: KIM}
    world.wait(2 * DAY)
    assert team_timers(world) == []
    told = [item["type"]["S"] for item in world.stack.items("EVENT#") if item["pk"]["S"] == "TEAM#sales"]
    assert told.count("LeadsWaiting") == 2
