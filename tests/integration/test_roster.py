"""Reps are put on the roster of sales, confirmed, changed and removed; leads follow the roster."""

import itertools
from datetime import timedelta
from typing import Any

import pytest

from baton.aws.table.keys import lead_keys
from baton.domain.leads.handoff import Handoff
from tests.integration.calls import Call, Carry, index_behind, slowly
from tests.integration.confirmations import clicked_in_the_mail, confirmation_link
from tests.integration.world import KIM, LEE, MO, SAM, World

MINUTE = timedelta(minutes=1)


def shown(world: World, email: str) -> dict[str, object]:
    found = world.ask("GET", "/teams/sales/reps", by="marketing").json()["reps"]
    return next(dict(rep) for rep in found if rep["email"] == email)


def confirm(world: World, email: str, of: str | None = None) -> int:
    link = confirmation_link(world.stack.rep(of or email).subscription_arn or "")
    return world.ask("POST", f"/teams/sales/reps/{email}/confirmation", {"link": link}, by="admin").status


def the_handoff(world: World) -> Handoff:
    world.stack.must_be_consistent()
    handoff = world.stack.lead().handoff
    assert handoff
    return handoff


def test_an_unconfirmed_rep_is_on_the_roster_with_a_reason_and_gets_no_lead(empty_world: World) -> None:
    answer = empty_world.invite(SAM)
    assert answer.status == 200
    assert {**answer.json(), "warnings": []} == {**shown(empty_world, SAM), "warnings": []}
    assert answer.json()["subscription"] == "pending"
    assert answer.json()["gets_leads"] is False
    assert answer.json()["why_not"] == "has not confirmed the address yet"
    assert empty_world.send_form().status == 202
    assert the_handoff(empty_world).owner is None


def test_a_confirmed_rep_gets_leads(empty_world: World) -> None:
    empty_world.invite(SAM, weight=2, capacity=7)
    assert confirm(empty_world, SAM) == 200
    rep = shown(empty_world, SAM)
    assert (rep["gets_leads"], rep["why_not"], rep["weight"], rep["capacity"]) == (True, None, 2, 7)
    empty_world.send_form()
    assert the_handoff(empty_world).owner == SAM


def test_a_rep_put_without_terms_has_the_terms_of_the_agreement(empty_world: World) -> None:
    agreed = empty_world.invite(SAM).json()
    assert (agreed["role"], agreed["weight"], agreed["capacity"], agreed["open_handoffs"]) == ("rep", 1, 25, 0)


def test_a_click_in_amazons_confirmation_mail_is_not_enough_to_get_leads(empty_world: World) -> None:
    empty_world.invite(SAM)
    clicked_in_the_mail(empty_world.stack.rep(SAM).subscription_arn or "")
    again = empty_world.invite(SAM).json()
    assert (again["subscription"], again["gets_leads"]) == ("unprotected", False)
    empty_world.send_form()
    assert the_handoff(empty_world).owner is None


def test_a_confirmation_token_of_another_address_is_refused(empty_world: World) -> None:
    empty_world.invite(SAM)
    empty_world.invite(KIM)
    assert confirm(empty_world, SAM, of=KIM) == 404
    assert shown(empty_world, SAM)["gets_leads"] is False


def test_an_unknown_confirmation_token_is_refused(empty_world: World) -> None:
    empty_world.invite(SAM)
    answer = empty_world.ask("POST", f"/teams/sales/reps/{SAM}/confirmation", {"link": "nonsense"}, by="admin")
    assert answer.status == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["link"]
    assert shown(empty_world, SAM)["gets_leads"] is False


def test_a_person_who_is_not_on_the_roster_cannot_be_confirmed(world: World) -> None:
    answer = world.ask("POST", f"/teams/sales/reps/{LEE}/confirmation", {"link": "nonsense"}, by="admin")
    assert answer.status == 404


def test_a_rep_put_again_gets_the_new_terms_and_keeps_the_held_leads(world: World) -> None:
    world.send_form()
    handoff = the_handoff(world)
    holder = handoff.owner or ""
    assert world.ask("POST", f"/handoffs/{handoff.handoff_id}/accept", by=holder).status == 200
    again = world.invite(holder, capacity=1).json()
    assert (again["capacity"], again["open_handoffs"], again["subscription"]) == (1, 1, "confirmed")
    assert again["why_not"] == "has 1 of at most 1 open leads"
    world.stack.must_be_consistent()


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "/teams/nonsense/reps/sam@sales.example.com", {}, 404),
        ("PUT", "/teams/sales/reps/nonsense", {}, 404),
        ("PUT", "/teams/sales/reps/lee@sales.example.com", {"weight": 0}, 422),
        ("PUT", "/teams/sales/reps/lee@sales.example.com", {"capacity": 1_001}, 422),
        ("PUT", "/teams/sales/reps/lee@sales.example.com", {"role": "boss"}, 422),
        ("PUT", "/teams/sales/reps/lee@sales.example.com", {"salary": 1}, 422),
        ("DELETE", "/teams/nonsense/reps/sam@sales.example.com", None, 404),
        ("DELETE", "/teams/sales/reps/lee@sales.example.com", None, 404),
        ("DELETE", "/teams/sales/reps/nonsense", None, 404),
    ],
    ids=str,
)
def test_an_invalid_roster_request_is_refused_and_changes_nothing(
    world: World, method: str, path: str, body: dict[str, object] | None, status: int
) -> None:
    before = world.stack.items()
    answer = world.ask(method, path, body, by="admin")
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert world.stack.items() == before


def test_two_simultaneous_changes_of_a_rep_keep_the_reps_leave(world: World) -> None:
    away, others = [{"from": "2026-12-24", "to": "2027-01-03"}], []

    def somebody_is_faster(call: Call, carry: Carry) -> Any:
        if (call.function, call.operation) == ("put_rep", "TransactWriteItems") and not others:
            others.append(call)
            assert world.ask("PUT", f"/teams/sales/reps/{SAM}", {"away": away}, by="sales").status == 200
            world.calls.running = "put_rep"
        return carry()

    with world.calls.by(somebody_is_faster):
        changed = world.ask("PUT", f"/teams/sales/reps/{SAM}", {"weight": 2}, by="admin").json()
    assert (changed["weight"], [(each["from"], each["to"]) for each in changed["away"]]) == (
        2,
        [("2026-12-24", "2027-01-03")],
    )


def test_a_reps_address_is_the_same_in_upper_and_lower_case(world: World) -> None:
    assert world.ask("PUT", "/teams/sales/reps/SAM%40Sales.Example.com", {"weight": 3}, by="admin").status == 200
    assert shown(world, SAM)["weight"] == 3
    assert len(world.stack.reps()) == 3


def test_a_rep_with_an_international_domain_acts_on_what_is_theirs_in_either_spelling(empty_world: World) -> None:
    world, sams, encoded = empty_world, "sam@müller.example", "Sam@xn--mller-kva.example"
    world.hire(sams)
    assert world.invite(encoded).status == 200
    assert world.ask("GET", f"/teams/sales/reps/{encoded}", by="sales").json()["email"] == sams
    world.send_form()
    world.settle()
    handoff = the_handoff(world)
    assert handoff.owner == sams
    for owner in (sams, encoded):
        assert len(world.ask("GET", "/leads", by="admin", query={"owner": owner}).json()["leads"]) == 1
    assert world.ask("POST", f"/handoffs/{handoff.handoff_id}/accept", by=encoded).status == 200
    given = {"owner": encoded, "reason": "they know each other"}
    again = world.ask("POST", f"/handoffs/{handoff.handoff_id}/reassign", given, by=encoded)
    assert (again.status, again.json()["owner"]) == (200, sams)


def test_a_rep_who_leaves_gets_no_more_mail(world: World) -> None:
    arn = world.stack.rep(SAM).subscription_arn or ""
    assert world.ask("DELETE", f"/teams/sales/reps/{SAM}", by="admin").status == 200
    subscribed = world.stack.sns.list_subscriptions()["Subscriptions"]
    assert arn not in [subscription["SubscriptionArn"] for subscription in subscribed]
    emails = [rep["email"] for rep in world.ask("GET", "/teams/sales/reps", by="sales").json()["reps"]]
    assert emails == [KIM, MO]


def test_an_unconfirmed_rep_can_be_removed(world: World) -> None:
    world.invite(LEE)
    assert world.ask("DELETE", f"/teams/sales/reps/{LEE}", by="admin").status == 200


def test_a_rep_can_be_removed_twice(world: World) -> None:
    for _ in range(2):
        assert world.ask("DELETE", f"/teams/sales/reps/{SAM}", by="admin").status == 200


def test_a_removed_reps_leads_are_passed_on(world: World) -> None:
    for number in range(4):
        world.send_form(email=f"visitor{number}@example.org")
    answer = world.ask("DELETE", f"/teams/sales/reps/{SAM}", by="admin")
    assert answer.json() == {"email": SAM, "passed_on": 2, "waiting": 0, "to_follow": 0, "warnings": []}
    assert (world.stack.rep(SAM).open_handoffs, world.stack.rep(KIM).open_handoffs) == (0, 4)
    world.stack.must_be_consistent()


def test_a_removal_also_counts_the_leads_that_another_function_passed_on_meanwhile(world: World) -> None:
    for number in range(4):
        world.send_form(email=f"visitor{number}@example.org")

    def faster(call: Call, carry: Carry) -> Any:
        done = carry()
        if call.service == "sns" and call.operation == "Unsubscribe":
            world.settle()
        return done

    with world.calls.by(faster):
        answer = world.ask("DELETE", f"/teams/sales/reps/{SAM}", by="admin")
    assert answer.json() == {"email": SAM, "passed_on": 2, "waiting": 0, "to_follow": 0, "warnings": []}


def test_a_rep_who_left_can_come_back(world: World) -> None:
    world.ask("DELETE", f"/teams/sales/reps/{SAM}", by="admin")
    assert world.invite(SAM).json()["subscription"] == "pending"
    assert confirm(world, SAM) == 200
    assert shown(world, SAM)["gets_leads"] is True


def test_a_lead_without_a_rep_is_mailed_to_the_manager_and_given_to_the_next_new_rep(empty_world: World) -> None:
    world = empty_world
    world.hire(MO, role="manager")
    assert world.send_form().status == 202
    world.settle()
    handoff = the_handoff(world)
    assert (handoff.state, handoff.owner, handoff.routing.chosen) == ("offered", None, None)
    assert [mail.to for mail in world.mails] == [(MO,)]
    nobody = world.ask("GET", "/leads", by="sales", query={"owner": "nobody"}).json()["leads"]
    assert [lead["handoff"]["handoff_id"] for lead in nobody] == [handoff.handoff_id]
    world.hire(SAM)
    world.settle()
    assert the_handoff(world).owner == SAM
    assert world.mails[-1].to == (SAM,)
    assert world.stack.happened().count("HandoffOffered") == 1
    assert world.ask("GET", "/leads", by="sales", query={"owner": "nobody"}).json()["leads"] == []


def test_a_waiting_lead_can_be_given_to_a_rep_by_hand(empty_world: World) -> None:
    world = empty_world
    world.send_form()
    world.settle()
    world.hire(SAM)
    given = {"owner": SAM, "reason": "just joined"}
    path = f"/handoffs/{the_handoff(world).handoff_id}/reassign"
    assert world.ask("POST", path, given, by="sales").status == 200
    world.settle()
    assert world.mails[-1].to == (SAM,)
    world.wait(15 * MINUTE)
    assert world.mails[-1].subject.startswith("Reminder")
    world.stack.must_be_consistent()


def test_a_rep_gets_no_more_leads_than_the_agreed_capacity(empty_world: World) -> None:
    world = empty_world
    world.hire(SAM, capacity=2)
    for number in range(3):
        world.send_form(email=f"visitor{number}@example.org")
    held = [lead.handoff.owner for lead in world.stack.leads() if lead.handoff]
    assert (held.count(SAM), held.count(None)) == (2, 1)
    world.stack.must_be_consistent()


def test_a_place_that_a_return_frees_goes_to_the_next_lead(empty_world: World) -> None:
    world = empty_world
    world.hire(SAM, capacity=1)
    world.send_form(email="first@example.org")
    world.settle()
    encoded = {"Content-Type": "application/x-www-form-urlencoded"}
    assert world.ask("POST", world.mails[0].link(1), "reason=bad_fit", headers=encoded).status == 200
    world.send_form(email="second@example.org")
    assert {lead.handoff.owner for lead in world.stack.leads() if lead.handoff} == {SAM}
    world.stack.must_be_consistent()


def test_a_rep_whose_mail_subscription_ended_gets_no_leads_and_operations_are_mailed_once(world: World) -> None:
    world.stack.sns.unsubscribe(SubscriptionArn=world.stack.rep(SAM).subscription_arn or "")
    for _ in range(2):
        world.invoke("check_roster", {})
    world.settle_bus()
    assert shown(world, SAM)["gets_leads"] is False
    assert [(mail.topic, mail.to) for mail in world.mails] == [("OperationsTopic", ()), ("SalesMailTopic", (MO,))]
    assert [SAM in mail.text for mail in world.mails] == [False, True]


def test_removing_the_last_rep_of_a_team_twice_escalates_the_lead_to_the_manager_once(world: World) -> None:
    world.send_form()
    world.settle()
    for email in (SAM, KIM, KIM):
        assert world.ask("DELETE", f"/teams/sales/reps/{email}", by="admin").status == 200
        world.settle()
    assert world.stack.happened().count("HandoffEscalated") == 1
    assert len([mail for mail in world.mails if mail.to == (MO,)]) == 1
    assert the_handoff(world).owner is None


def test_a_removed_reps_leads_beyond_the_requests_time_are_passed_on_afterwards(world: World) -> None:
    assert world.ask("DELETE", f"/teams/sales/reps/{KIM}", by="admin").status == 200
    for number in range(3):
        world.send_form(email=f"visitor{number}@example.org")
    world.settle()
    assert world.ask("GET", "/leads", by="admin", query={"owner": SAM}).json()["leads"]
    world.hire(LEE)
    seconds = itertools.count(step=100)
    with pytest.MonkeyPatch.context() as slow:
        slow.setattr("time.monotonic", lambda: float(next(seconds)))
        left = world.ask("DELETE", f"/teams/sales/reps/{SAM}", by="admin").json()
    assert (left["passed_on"], left["to_follow"]) == (0, 3)
    world.settle()
    assert {lead.handoff and lead.handoff.owner for lead in world.stack.leads()} == {LEE}
    world.stack.must_be_consistent()


def test_a_removal_on_a_slow_machine_answers_within_seconds_and_what_is_left_follows(world: World) -> None:
    for number in range(12):
        world.send_form(email=f"visitor{number}@example.org")
    world.settle()
    assert world.stack.rep(SAM).open_handoffs == 6
    with slowly(world.calls, 0.4) as passed:
        left = world.ask("DELETE", f"/teams/sales/reps/{SAM}", by="admin").json()
    assert passed() <= 4 + 6 * 0.4, "the budget, and the lead that was begun within it"
    assert left["passed_on"] > 0 < left["to_follow"]
    assert left["passed_on"] + left["to_follow"] == 6
    world.settle()
    assert {lead.handoff and lead.handoff.owner for lead in world.stack.leads()} == {KIM}
    world.stack.must_be_consistent()


def test_a_removed_reps_leads_that_the_index_does_not_show_yet_follow_within_a_minute(world: World) -> None:
    for number in range(4):
        world.send_form(email=f"visitor{number}@example.org")
    world.settle()
    with world.calls.by(index_behind()):
        left = world.ask("DELETE", f"/teams/sales/reps/{SAM}", by="admin").json()
        world.settle()
    assert (left["passed_on"], left["to_follow"]) == (0, 2), "the answer counts what the index lacks"
    world.wait(MINUTE)
    assert {lead.handoff and lead.handoff.owner for lead in world.stack.leads()} == {KIM}
    assert world.stack.rep(SAM).open_handoffs == 0
    world.stack.must_be_consistent()


def test_a_lead_of_a_leaver_that_cannot_be_read_does_not_keep_a_timer_running(world: World) -> None:
    world.send_form()
    world.settle()
    lead = world.stack.lead()
    owner = lead.handoff.owner if lead.handoff else None
    update = {"UpdateExpression": "SET body = :broken", "ExpressionAttributeValues": {":broken": {"S": "{"}}}
    world.stack.dynamodb.update_item(TableName=world.stack.table, Key=lead_keys.lead(lead.lead_id), **update)
    world.ask("DELETE", f"/teams/sales/reps/{owner}", by="admin")
    world.settle()
    waits = [timer for _, timer in world.waiting]
    world.wait(MINUTE * 5)
    assert [timer for _, timer in world.waiting] == waits
