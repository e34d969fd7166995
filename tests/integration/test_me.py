"""Who the caller is, what waits for them, and how many leads each queue, team and person has."""

from datetime import timedelta
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.aws.lists import lead_counts
from tests.integration.test_calls_per_request import to_dynamodb
from tests.integration.world import KIM, SAM, World


def ask(world: World, path: str, by: str) -> Any:
    answer = world.ask("GET", path, by=by)
    assert answer.status == 200, answer.body
    return answer.json()


def count(number: int, *, more: bool = False) -> dict[str, Any]:
    return {"count": number, "more": more}


def in_review(world: World) -> None:
    guide = {"message_id": "read", "kind": "content_downloaded", "content": {"id": "guide"}}
    visit = {"message_id": "visit", "properties": {"industry": "Logistics"}}
    assert world.send_signals(guide, visit).json()["accepted"] == 2
    world.settle()


def test_a_rep_sees_their_teams_zone_and_what_waits_for_them(world: World) -> None:
    world.hire(SAM, time_zone="Asia/Tokyo", hours={"mon": ["00:00-24:00"], "tue": ["00:00-24:00"]})
    for number in range(4):
        world.send_form(email=f"lead-{number}@acme{number}.example")
    world.settle()
    mine = [lead.handoff for lead in world.stack.leads() if lead.handoff and lead.handoff.owner == SAM]
    assert mine
    me = ask(world, "/me", SAM)
    assert me == {
        "email": SAM,
        "groups": ["sales"],
        "teams": [{"team": "sales", "label": me["teams"][0]["label"], "role": "rep", "capacity": 25}],
        "all_teams": [
            {"team": "sales", "label": me["teams"][0]["label"], "department": "sales"},
            {"team": "marketing", "label": "Marketing", "department": "marketing"},
        ],
        "time_zone": "Asia/Tokyo",
        "counts": {
            "open": count(len(mine)),
            "overdue": count(0),
            "reviews": None,
            "reviews_overdue": None,
            "drafts_to_sign": count(0),
        },
    }
    world.now += timedelta(days=1)
    assert ask(world, "/me", SAM)["counts"]["overdue"] == count(len(mine))


def test_marketing_sees_reviews_and_both_departments_the_drafts_that_they_have_not_signed(world: World) -> None:
    in_review(world)
    drafted = world.ask("POST", "/agreement/drafts", {"yaml": packaged_text() + "\n# another\n"}, by="marketing").json()
    for by in ("marketing", "sales"):
        assert ask(world, "/me", by)["counts"]["drafts_to_sign"] == count(1)
    assert ask(world, "/me", "admin")["counts"]["drafts_to_sign"] is None
    assert ask(world, "/me", "marketing")["counts"]["reviews"] == count(1)
    assert ask(world, "/me", "marketing")["counts"]["reviews_overdue"] == count(0)
    path = f"/agreement/drafts/{drafted['draft_id']}/signatures"
    assert world.ask("POST", path, {}, by="marketing").status == 200
    assert ask(world, "/me", "marketing")["counts"]["drafts_to_sign"] == count(0)
    assert ask(world, "/me", "sales")["counts"]["drafts_to_sign"] == count(1)
    world.now += timedelta(days=4)
    assert ask(world, "/me", "admin")["counts"]["reviews_overdue"] == count(1)


def test_somebody_on_no_roster_has_no_teams_and_the_agreements_zone(world: World) -> None:
    me = ask(world, "/me", "admin")
    assert (me["teams"], me["time_zone"], me["counts"]["open"]) == ([], "UTC", count(0))


def test_counts_are_what_the_lists_have(world: World) -> None:
    in_review(world)
    for number in range(5):
        world.send_form(email=f"lead-{number}@acme{number}.example")
    world.send_form("content-download", email="bob@globex.example", content="guide")
    world.settle()
    counts = ask(world, "/counts", "sales")
    for queue, told in counts["queues"].items():
        listed = world.ask("GET", "/leads", query={"queue": queue}, by="sales").json()["leads"]
        assert told == count(len(listed)), queue
    sales, marketing = (
        next(each for each in counts["teams"] if each["team"] == team) for team in ("sales", "marketing")
    )
    assert (sales["open"], sales["waiting"], marketing["open"]) == (count(5), 0, count(1))
    for person in sales["people"]:
        listed = world.ask("GET", "/leads", query={"owner": person["email"]}, by="sales").json()["leads"]
        assert (person["open"], person["overdue"]) == (len(listed), count(0))
    roster = ask(world, "/teams/sales/reps", "sales")["reps"]
    said = ("email", "role", "capacity", "gets_leads", "why_not")
    assert [{name: each[name] for name in said} for each in sales["people"]] == [
        {name: each[name] for name in said} for each in roster
    ]
    world.now += timedelta(days=4)
    late = ask(world, "/counts", "sales")["teams"]
    assert {each["team"]: each["overdue"]["count"] for each in late} == {"sales": 5, "marketing": 1}


def test_a_count_ends_at_its_bound(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lead_counts, "MOST_COUNTED", 3)
    for number in range(5):
        world.send_form(email=f"lead-{number}@acme{number}.example")
    world.settle()
    assert ask(world, "/counts", "sales")["queues"]["with_sales"] == count(3, more=True)
    mine = [lead for lead in world.stack.leads() if lead.handoff and lead.handoff.owner == KIM]
    assert ask(world, "/me", KIM)["counts"]["open"]["count"] == min(3, len(mine))


def test_counts_that_did_not_change_are_not_sent_again(world: World) -> None:
    for path in ("/me", "/counts"):
        first = world.ask("GET", path, by="sales")
        again = world.ask("GET", path, by="sales", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status, again.body) == (304, "")


def test_me_takes_five_reads_and_counts_one_for_each_list_and_person(world: World) -> None:
    for path, by, calls in (
        ("/me", SAM, ["BatchGetItem"] + ["Query"] * 3),
        ("/me", "marketing", ["BatchGetItem"] + ["Query"] * 5),
        ("/counts", SAM, ["Query"] * (8 * 4 + 2 + 1 + len(world.stack.reps()))),
    ):
        ask(world, path, by)
        with world.calls.recorded() as made:
            ask(world, path, by)
        assert to_dynamodb(made) == calls, path
