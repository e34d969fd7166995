"""Staff update a lead, hand it over, hold it back and release it by hand."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from baton.agreement.reading.agreement_reader import packaged_text
from baton.domain.basics.moments import iso
from baton.domain.leads.lead import Lead
from baton.domain.leads.stage_and_status import Status
from tests.integration.gateway import STAFF, Answer
from tests.integration.test_calls_per_request import to_dynamodb
from tests.integration.world import KIM, LEE, MO, SAM, World

EVENTS = Path(__file__).parents[2] / "events"
MARIA = STAFF["marketing"]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BANT = {"budget": {"value": 40000}, "authority": {"value": "decides"}, "need": {"value": "pressing", "met": True}}
TIMELINE = {"timeline": {"value": "this quarter"}}
READ, SEVERAL, ROSTER, SAVE = "GetItem", "BatchGetItem", "Query", "TransactWriteItems"


@pytest.fixture
def known(world: World) -> World:
    """Anna has read something, and is nurtured."""
    assert world.send_signals({"message_id": "known"}).status == 202
    world.settle()
    return world


def lead(world: World) -> Lead:
    return world.stack.lead()


def ask(world: World, method: str, path: str, body: Any = None, by: str = "marketing") -> Answer:
    return world.ask(method, f"/leads/{lead(world).lead_id}{path}", body, by=by)


def update(world: World, by: str = "marketing", **said: Any) -> Answer:
    return ask(world, "PATCH", "", said, by)


def hand_over(world: World, by: str = "marketing", **said: Any) -> Answer:
    return ask(world, "POST", "/handoff", {"reason": "met at the fair", **said}, by)


def hold(world: World, by: str = "marketing", **said: Any) -> Answer:
    return ask(world, "POST", "/hold", {"reason": "a merger", **said}, by)


def release(world: World, by: str = "marketing") -> Answer:
    return ask(world, "DELETE", "/hold", by=by)


def must_be_a_problem(answer: Answer, status: int, *fields: str) -> str:
    assert answer.status == status, answer
    problem = answer.json()
    assert [error["field"] for error in problem.get("errors", [])] == list(fields)
    detail: str = problem["detail"]
    return detail


def changes_nothing(world: World, answer: Answer, before: Any) -> None:
    assert answer.status == 200, answer
    assert world.stack.items() == before


# --- putting down what is known ---


@pytest.mark.parametrize("group", STAFF)
def test_every_staff_group_may_update_a_lead(known: World, group: str) -> None:
    answer = update(known, group, profile={"title": "COO"}, bant={"budget": {"value": 40000}})
    assert answer.status == 200
    shown = answer.json()
    assert shown == ask(known, "GET", "", by="sales").json()
    assert shown["profile"]["title"] == "COO"
    assert shown["bant"]["budget"]["source"] == STAFF[group]
    last = known.stack.history(lead(known).lead_id)[-1]
    assert (last.event.type, last.by) == ("LeadUpdated", STAFF[group])
    known.stack.must_be_consistent()


def test_an_update_with_the_last_missing_answer_hands_the_lead_over(known: World) -> None:
    assert update(known, bant=BANT).json()["status"] == "nurturing"
    answer = update(known, bant=TIMELINE)
    known.settle()
    handoff = answer.json()["handoff"]
    assert (handoff["trigger"], handoff["state"]) == ("sql", "offered")
    assert f"timeline: this quarter ({MARIA}" in " ".join(handoff["reasons"])
    assert [mail.to for mail in known.mails] == [(handoff["owner"],)]


SQL_OF_TARGETS = packaged_text().replace("sql: {bant: all}", "sql: {bant: all, target_account: true}")
TARGETS_SOONER = packaged_text().replace(
    "threshold: 100 ", "thresholds: [{id: targets, when: {target_account: true}, threshold: 50}]\nthreshold: 100 ", 1
)


@pytest.mark.parametrize(
    ("agreed", "said", "trigger"),
    [
        (SQL_OF_TARGETS, {"bant": {**BANT, **TIMELINE}}, "sql"),
        (TARGETS_SOONER, {"profile": {"title": "Clerk"}}, "score"),
    ],
    ids=["the definition of an SQL", "another threshold"],
)
def test_a_rule_that_requires_a_target_account_holds_for_a_lead_of_one(
    world: World, agreed: str, said: Any, trigger: str
) -> None:
    world.agree(agreed)
    world.send_signals({"kind": "content_downloaded", "content": {"id": "guide"}, "channel": "outbound"})
    assert world.ask("PUT", "/accounts/example.com", {}, by="sales").status == 201
    assert update(world, **said).json()["handoff"]["trigger"] == trigger


def test_the_sample_update_makes_the_lead_an_sql_and_hands_the_lead_over(known: World) -> None:
    assert known.ask("PUT", "/accounts/example.co.uk", {"target": False}, by="sales").status == 201
    answer = ask(known, "PATCH", "", json.loads((EVENTS / "update-lead.json").read_text()))
    assert answer.status == 200
    assert (answer.json()["stage"], answer.json()["handoff"]["trigger"]) == ("sql", "sql")


def test_an_update_sent_twice_is_stored_once(known: World) -> None:
    said = {"profile": {"title": "COO"}, "bant": BANT, "company": {"name": "Acme"}}
    update(known, **said)
    before = known.stack.items()
    known.now += DAY
    changes_nothing(known, update(known, "sales", **said), before)


def test_an_update_with_null_clears_the_value_and_the_history_keeps_both(known: World) -> None:
    update(known, profile={"title": "COO"}, bant=BANT)
    assert update(known, profile={"title": None}, bant={"budget": None}).status == 200
    assert lead(known).profile.title is None
    assert set(lead(known).bant) == {"authority", "need"}
    said = [each.event for each in known.stack.history(lead(known).lead_id) if each.event.type == "LeadUpdated"]
    assert said[0].profile.title == "COO"
    assert said[1].cleared == ("profile.title", "bant.budget")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"stage": "sql"}, "stage"),
        ({"profile": {"mood": "good"}}, "profile.mood"),
        ({"bant": {"budget": 7}}, "bant.budget"),
        ({"company": {"employees": "many"}}, "company.employees"),
        ({"account": "nowhere.example.org"}, "account"),
    ],
)
def test_an_invalid_update_is_refused_with_the_field_at_fault_and_changes_nothing(
    known: World, said: Any, field: str
) -> None:
    before = known.stack.items()
    must_be_a_problem(update(known, **said), 422, field)
    assert known.stack.items() == before


def test_a_lead_linked_to_a_target_account_is_handed_to_the_accounts_owner(known: World) -> None:
    assert known.ask("PUT", "/accounts/acme.com", {"owner": SAM, "domains": ["acme.de"]}, by="sales").status == 201
    shown = update(known, account="acme.de").json()
    assert shown["account"] == {"domain": "acme.com", "matched_by": "link"}
    assert (shown["handoff"]["trigger"], shown["handoff"]["owner"]) == ("target_account", SAM)


def test_an_update_removes_the_leads_link_to_its_account(known: World) -> None:
    assert known.ask("PUT", "/accounts/acme.com", {"target": False}, by="sales").status == 201
    assert update(known, account="acme.com").json()["account"]["domain"] == "acme.com"
    assert update(known, account=None).json()["account"] is None
    before = known.stack.items()
    changes_nothing(known, update(known, account=None), before)


def test_a_lead_with_sales_that_becomes_an_sql_is_not_handed_over_again(world: World) -> None:
    world.send_form()
    assert update(world, "sales", bant={**BANT, **TIMELINE}).json()["stage"] == "sql"
    assert world.stack.happened().count("HandoffOffered") == 1


# --- handing over ---


@pytest.mark.parametrize("group", STAFF)
def test_every_staff_group_may_hand_a_lead_over_and_the_rules_verdict_is_kept(known: World, group: str) -> None:
    answer = hand_over(known, group)
    assert answer.status == 200
    known.settle()
    handoff = answer.json()
    assert (handoff["trigger"], handoff["state"]) == ("manual", "offered")
    assert handoff["reasons"][0] == f"handed over by {STAFF[group]}: met at the fair"
    assert handoff["verdict"][:2] == ["the rules would not hand it over", "score 10 of 100: 90 points short"]
    assert handoff["verdict"][2:] == handoff["reasons"][3:]
    assert "SQL lacks budget: no answer yet" in handoff["verdict"]
    assert [mail.to for mail in known.mails] == [(handoff["owner"],)]
    assert known.waiting
    known.stack.must_be_consistent()


def test_a_manual_handover_can_name_the_owner(known: World) -> None:
    answer = ask(known, "POST", "/handoff", json.loads((EVENTS / "hand-over.json").read_text()))
    assert (answer.json()["owner"], answer.json()["routing"]["why"]) == (SAM, f"named by {MARIA}")
    assert known.stack.rep(SAM).open_handoffs == 1


@pytest.mark.parametrize("owner", [LEE, MO])
def test_a_manual_handover_to_a_manager_or_a_stranger_is_refused(known: World, owner: str) -> None:
    before = known.stack.items()
    assert owner in must_be_a_problem(hand_over(known, owner=owner), 409)
    assert known.stack.items() == before


@pytest.mark.parametrize(
    ("said", "field"), [({"reason": " "}, "reason"), ({"reason": "x" * 501}, "reason"), ({"why": "x"}, "why")]
)
def test_a_manual_handover_needs_a_reason(known: World, said: Any, field: str) -> None:
    must_be_a_problem(hand_over(known, **said), 422, field)


def test_a_lead_that_sales_has_is_not_handed_over_again(world: World) -> None:
    world.send_form()
    before = world.stack.items()
    handoff = lead(world).handoff
    assert handoff
    assert str(handoff.owner) in must_be_a_problem(hand_over(world), 409)
    assert world.stack.items() == before


def test_a_manual_handover_sent_twice_is_one_handoff(known: World) -> None:
    hand_over(known)
    before = known.stack.items()
    known.now += timedelta(minutes=9)
    changes_nothing(known, hand_over(known), before)
    known.now += timedelta(minutes=1)
    must_be_a_problem(hand_over(known), 409)


@pytest.mark.parametrize("reason", ["bad_timing", "bad_fit", "not_qualified"])
def test_a_returned_lead_can_be_handed_over_by_hand(world: World, reason: str) -> None:
    world.send_form()
    handoff = lead(world).handoff
    assert handoff
    path = f"/handoffs/{handoff.handoff_id}/return"
    assert world.ask("POST", path, {"reason": reason}, by="admin").status == 200
    assert hand_over(world, owner=KIM).json()["owner"] == KIM
    assert lead(world).status is Status.WITH_SALES
    world.stack.must_be_consistent()


def test_a_lead_in_the_spam_queue_can_be_handed_over_by_hand(world: World) -> None:
    world.send_form(website="https://spam.example")
    assert hand_over(world).json()["state"] == "offered"
    world.settle()
    assert len(world.mails) == 1


# --- holding back ---


@pytest.mark.parametrize("group", STAFF)
def test_every_staff_group_may_hold_a_lead_back_from_the_rules(known: World, group: str) -> None:
    answer = hold(known, group)
    assert answer.status == 200
    held = answer.json()["held"]
    assert (held["by"], held["reason"]) == (STAFF[group], "a merger")
    assert held["verdict"][0] == "the rules would not hand it over"
    assert update(known, bant={**BANT, **TIMELINE}).json()["handoff"] is None
    assert lead(known).stage == "sql"


def test_the_rules_decide_again_when_a_hold_ends(known: World) -> None:
    hold(known, until=iso(known.now + 3 * DAY))
    update(known, bant={**BANT, **TIMELINE})
    known.settle()
    known.wait(3 * DAY - timedelta(minutes=1))
    assert lead(known).handoff is None
    known.wait(timedelta(minutes=1))
    handoff = lead(known).handoff
    assert handoff
    assert (handoff.trigger, handoff.offered_at) == ("sql", known.now)
    assert len(known.mails) == 1


def test_a_hold_without_a_date_lasts_as_long_as_agreed(known: World) -> None:
    hold(known)
    update(known, bant={**BANT, **TIMELINE})
    known.settle()
    known.wait(30 * DAY - HOUR)
    assert lead(known).handoff is None
    known.wait(HOUR)
    assert lead(known).handoff


def test_a_lead_that_meets_no_rule_stays_nurtured_when_its_hold_ends(known: World) -> None:
    hold(known, until=iso(known.now + DAY))
    known.settle()
    known.wait(2 * DAY)
    assert (lead(known).status, lead(known).handoff) == (Status.NURTURING, None)
    update(known, bant={**BANT, **TIMELINE})
    assert lead(known).handoff


def test_a_longer_hold_replaces_the_first(known: World) -> None:
    hold(known, until=iso(known.now + DAY))
    hold(known, until=iso(known.now + 3 * DAY))
    update(known, bant={**BANT, **TIMELINE})
    known.settle()
    known.wait(2 * DAY)
    assert lead(known).handoff is None
    known.wait(DAY)
    assert lead(known).handoff


def test_a_held_lead_that_requests_a_consultation_is_handed_over(known: World) -> None:
    hold(known)
    known.send_form()
    handoff = lead(known).handoff
    assert handoff
    assert (handoff.trigger, lead(known).held) == ("consultation", None)


def test_a_hold_sent_twice_is_stored_once(known: World) -> None:
    said = json.loads((EVENTS / "hold-back.json").read_text())
    assert ask(known, "POST", "/hold", said).status == 200
    before = known.stack.items()
    known.now += DAY
    changes_nothing(known, ask(known, "POST", "/hold", said), before)


@pytest.mark.parametrize("days", [-1, 0, 361])
def test_a_hold_until_a_past_or_too_distant_date_is_refused(known: World, days: int) -> None:
    before = known.stack.items()
    must_be_a_problem(hold(known, until=iso(known.now + days * DAY)), 422, "until")
    assert known.stack.items() == before


def test_a_hold_takes_a_date_without_a_time(known: World) -> None:
    answer = hold(known, until="2027-01-15")
    assert (answer.status, answer.json()["held"]["until"]) == (200, "2027-01-15T00:00:00Z")


@pytest.mark.parametrize("until", ["2026-12-24T10:00:00", "24/12/2026", "0001-01-01", "9999-12-31", "soon", ""])
def test_a_hold_must_end_on_a_day_or_at_a_moment_with_a_time_zone(known: World, until: Any) -> None:
    must_be_a_problem(hold(known, until=until), 422, "until")


def test_a_lead_that_sales_has_is_not_held_back(world: World) -> None:
    world.send_form()
    must_be_a_problem(hold(world), 409)


# --- letting go ---


def test_a_released_lead_is_handed_over_at_once_if_a_rule_holds(known: World) -> None:
    hold(known)
    update(known, bant={**BANT, **TIMELINE})
    shown = release(known, "sales").json()
    assert (shown["held"], shown["handoff"]["trigger"]) == (None, "sql")
    assert shown["handoff"]["offered_at"]
    known.stack.must_be_consistent()


def test_a_released_lead_that_meets_no_rule_stays_with_marketing(known: World) -> None:
    hold(known)
    assert release(known).json()["handoff"] is None
    before = known.stack.items()
    changes_nothing(known, release(known), before)
    known.settle()
    known.wait(31 * DAY)
    assert lead(known).handoff is None


def test_a_manual_handover_of_a_held_lead_names_the_hold_in_its_verdict(known: World) -> None:
    hold(known)
    update(known, bant={**BANT, **TIMELINE})
    verdict = hand_over(known, "sales").json()["verdict"]
    assert verdict[0].startswith("the rules would hand it over (sql)")
    assert verdict[-1].startswith(f"held back by {MARIA} until")


# --- nobody there, and what it costs ---


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "", {}),
        ("POST", "/handoff", {"reason": "x"}),
        ("POST", "/hold", {"reason": "x"}),
        ("DELETE", "/hold", None),
    ],
)
def test_a_request_about_an_unknown_lead_is_not_found(world: World, method: str, path: str, body: Any) -> None:
    must_be_a_problem(world.ask(method, f"/leads/{'a' * 24}{path}", body, by="marketing"), 404)


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (lambda world, n: update(world, profile={"title": f"title {n}"}), [READ, SAVE]),
        (lambda world, n: update(world, company={"name": f"Company {n}"}), [READ, SEVERAL, SAVE]),
        (lambda world, n: hold(world, reason=f"reason {n}"), [READ, SEVERAL, SAVE]),
    ],
    ids=["update", "update of the company", "hold"],
)
def test_an_update_or_hold_reads_the_lead_once_and_the_account_only_where_needed(
    known: World, act: Callable[[World, int], Answer], expected: list[str]
) -> None:
    act(known, 1)
    with known.calls.recorded() as calls:
        assert act(known, 2).status == 200
    assert to_dynamodb(calls) == expected


def test_a_release_takes_two_reads_and_one_transaction(known: World) -> None:
    hold(known)
    release(known)
    hold(known, reason="another")
    with known.calls.recorded() as calls:
        assert release(known).status == 200
    assert to_dynamodb(calls) == [READ, SEVERAL, SAVE]


def test_a_manual_handover_also_reads_the_roster(known: World) -> None:
    must_be_a_problem(hand_over(known, owner=LEE), 409)  # the function is warm
    with known.calls.recorded() as calls:
        assert hand_over(known).status == 200
    assert to_dynamodb(calls) == [READ, SEVERAL, ROSTER, SAVE]
