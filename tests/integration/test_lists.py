"""Lists of leads over HTTP: what a row tells, filters together, pages both ways, and tags."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

from tests.integration.test_calls_per_request import to_dynamodb
from tests.integration.world import KIM, SAM, World

MARKETING = "marketing"


def listed(world: World, by: str = "sales", **query: str) -> list[Any]:
    answer = world.ask("GET", "/leads", query=query, by=by)
    assert answer.status == 200, answer.body
    return list(answer.json()["leads"])


def asked(world: World, email: str, message: str = "We need forty seats.") -> str:
    assert world.send_form(email=email, company="Acme", message=message).status == 202
    world.settle()
    return next(lead.lead_id for lead in world.stack.leads() if lead.email == email)


def test_a_row_tells_what_they_asked_why_now_and_which_clock_runs(world: World) -> None:
    lead_id = asked(world, "anna@acme.example", "Please call.\n" + "x" * 500)
    [row] = listed(world, team="sales")
    lead = world.stack.lead()
    assert lead.handoff
    assert row["lead_id"] == lead_id
    assert row["asked"]["words"].startswith("Please call.\nxxx")
    assert (len(row["asked"]["words"]), row["asked"]["words"][-1]) == (280, "…")
    assert row["why_now"] == list(lead.handoff.reasons)
    assert (row["source"], row["account"], row["persona"]) == ("website", None, None)
    clock = min(lead.handoff.clocks, key=lambda each: each.due_at)
    assert row["clock"] == {
        "of": "handoff",
        "name": clock.name,
        "label": clock.name.replace("_", " ").capitalize(),
        "started_at": row["handoff"]["offered_at"],
        "due_at": row["next_step"]["by"],
        "late_after": row["next_step"]["late_after"],
        "breached": False,
    }
    assert (row["overdue_since"], row["escalated_at"]) == (None, None)
    assert row["labels"] == {
        "stage": "Lead",
        "status": "With sales",
        "trigger": "Consultation request",
        "state": "Offered",
        "returned": None,
    }
    world.now = clock.due_at + timedelta(minutes=1)
    [late] = listed(world, overdue="true", queue="with_sales")
    assert (late["overdue_since"], late["clock"]["breached"]) == (row["clock"]["due_at"], True)
    board = world.ask("GET", "/leads", query={"team": "sales", "counts": "true"}, by=SAM, groups="sales").json()
    none = {"count": 0, "more": False}
    assert board["overdue"] == {"held": {"count": 1, "more": False}, "waiting": none, "marketing": none}
    assert board["counts"]["overdue"] == board["overdue"]["held"]
    world.fire(world.timer)
    [told] = listed(world, team="sales", escalated_since=row["clock"]["due_at"])
    assert told["escalated_at"] == row["clock"]["due_at"]
    assert listed(world, team="sales", escalated_since=world.now.isoformat()) == []


def test_a_lead_in_review_tells_why_and_by_when(world: World) -> None:
    guide = {"message_id": "read", "kind": "content_downloaded", "content": {"id": "guide"}}
    visit = {"message_id": "visit", "properties": {"industry": "Logistics"}}
    assert world.send_signals(guide, visit).json()["accepted"] == 2
    world.settle()
    [row] = listed(world, team=MARKETING)
    assert (row["clock"]["of"], row["clock"]["due_at"]) == ("review", row["review"]["due_at"])
    assert row["why_now"] == ["meets the definition of a marketing qualified lead"]
    assert row["labels"] == {
        "stage": "MQL",
        "status": "In review",
        "trigger": None,
        "state": None,
        "returned": None,
    }
    assert listed(world, overdue="true") == []
    world.now += timedelta(days=3)
    assert [each["overdue_since"] for each in listed(world, overdue="true")] == [row["review"]["due_at"]]


def test_filters_combine_and_a_page_goes_both_ways(world: World) -> None:
    ids = []
    for number in range(5):
        world.now += timedelta(minutes=1)
        ids.append(asked(world, f"lead-{number}@acme{number}.example"))
    mine = {person: [each["lead_id"] for each in listed(world, by=person, owner="me")] for person in (SAM, KIM)}
    assert sorted(mine[SAM] + mine[KIM]) == sorted(ids)
    assert [each["lead_id"] for each in listed(world, team="sales")] == ids
    assert [each["lead_id"] for each in listed(world, queue="with_sales", order="desc")] == ids[::-1]
    first = world.ask("GET", "/leads", query={"team": "sales", "order": "desc", "limit": "2"}, by="sales").json()
    assert [each["lead_id"] for each in first["leads"]] == ids[:2:-1]
    rest = listed(world, team="sales", order="desc", cursor=first["cursor"])
    assert [each["lead_id"] for each in rest] == ids[2::-1]
    assert listed(world, queue="with_sales", source="fair") == []
    assert len(listed(world, queue="with_sales", source="website")) == 5
    since = f"{world.now - timedelta(seconds=90):%Y-%m-%dT%H:%M:%SZ}"
    assert [each["lead_id"] for each in listed(world, queue="with_sales", changed_since=since)] == ids[3:]


def test_the_leads_of_an_account_are_listed_under_any_of_its_domains(world: World) -> None:
    account = {"name": "Acme", "domains": ["acme-tools.de"]}
    assert world.ask("PUT", "/accounts/acme-tools.com", account, by="marketing").status in (200, 201)
    ids = {asked(world, f"anna@{domain}") for domain in ("acme-tools.com", "acme-tools.de")}
    asked(world, "bob@globex.example")
    for domain in ("Acme-Tools.com", "acme-tools.de", " ACME-TOOLS.DE "):
        assert {each["lead_id"] for each in listed(world, account=domain)} >= ids, domain
    assert {each["account"]["domain"] for each in listed(world, account="acme-tools.com")} == {"acme-tools.com"}


def test_a_list_that_did_not_change_is_not_sent_again(world: World) -> None:
    asked(world, "anna@acme.example")
    query = {"queue": "with_sales"}
    first = world.ask("GET", "/leads", query=query, by="sales")
    again = world.ask("GET", "/leads", query=query, by="sales", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, "")
    asked(world, "bob@globex.example")
    changed = world.ask("GET", "/leads", query=query, by="sales", headers={"If-None-Match": first.headers["etag"]})
    assert (changed.status, len(changed.json()["leads"])) == (200, 2)


def test_a_file_has_the_limit_and_the_filters_too(world: World) -> None:
    asked(world, "anna@acme.example", "Call me; today")
    world.now += timedelta(minutes=1)
    asked(world, "bob@globex.example")
    query = {"team": "sales", "format": "csv", "limit": "1"}
    answer = world.ask("GET", "/leads", query=query, by="sales")
    [row] = csv.DictReader(StringIO(answer.body))
    assert (row["asked"], row["clock"], row["overdue_since"]) == ("Call me; today", "accept", "")
    assert row["why_now"]
    assert "limit=1" in answer.headers["link"]


def test_a_list_takes_a_query_for_each_part_of_it_and_one_read_of_its_leads(world: World) -> None:
    asked(world, "anna@acme.example")
    expected = {
        "queue=in_review": ["Query"] * 4,
        "owner=me": ["Query"],
        "owner=nobody": ["Query"],
        "team=marketing": ["Query"],
        "account=acme.example": ["BatchGetItem", "Query"],
    }
    for query, calls in expected.items():
        name, value = query.split("=")
        listed(world, by=SAM, **{name: value})
        with world.calls.recorded() as made:
            rows = listed(world, by=SAM, **{name: value})
        assert to_dynamodb(made) == [*calls, *(["BatchGetItem"] if rows else [])], query


def test_the_leads_of_an_account_that_is_listed_below_its_companys_domain_are_found(world: World) -> None:
    path = "/accounts/eu.acme.example.com"
    assert world.ask("PUT", path, {"owner": SAM, "domains": ["acme.example.net"]}, by="sales").status == 201
    for email in ("anna@eu.acme.example.com", "bo@us.acme.example.com", "cy@acme.example.net"):
        signal = {"message_id": email, "email": email, "kind": "page_visited"}
        assert world.send_signals(signal).json()["accepted"] == 1
    world.settle()
    for asked in ("eu.acme.example.com", "EU.acme.example.com ", "acme.example.net"):
        listed = world.ask("GET", "/leads", by="sales", query={"account": asked}).json()["leads"]
        assert sorted(each["email"] for each in listed) == ["anna@eu.acme.example.com", "cy@acme.example.net"]


def test_a_teams_list_tells_what_each_person_of_the_team_holds_in_the_same_call(world: World) -> None:
    for number in range(3):
        asked(world, f"lead-{number}@acme{number}.example")
    world.now += timedelta(days=4)
    whole = world.ask("GET", "/counts", by="sales").json()["teams"]
    for query in ({"team": "sales"}, {"team": "sales", "owner": SAM, "limit": "1"}, {"team": MARKETING}):
        answer = world.ask("GET", "/leads", query={**query, "counts": "true"}, by="sales").json()
        assert answer["counts"] == next(each for each in whole if each["team"] == query["team"])
        assert answer["leads"] == listed(world, **query)
    assert answer["counts"]["people"] == []
    assert "counts" not in world.ask("GET", "/leads", query={"team": "sales", "counts": ""}, by="sales").json()
    for query in ({"owner": "me", "counts": "true"}, {"team": "sales", "counts": "yes"}):
        refused = world.ask("GET", "/leads", query=query, by="sales")
        assert (refused.status, refused.json()["errors"][0]["field"]) == (422, "counts")


def test_a_board_costs_a_query_for_each_person_besides_its_list(world: World) -> None:
    asked(world, "anna@acme.example")
    query = {"team": "sales", "counts": "true"}
    people = len(world.ask("GET", "/leads", query=query, by="sales").json()["counts"]["people"])
    with world.calls.recorded() as made:
        listed(world, **query)
    lines, rosters, marketing = 2, 2, 1
    assert to_dynamodb(made).count("Query") == rosters + lines + marketing + 2 * people
