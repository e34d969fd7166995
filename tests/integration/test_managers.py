"""A manager's entry on a roster is changed by administrators only, and a team without a manager is not kept quiet."""

from typing import Any

import pytest

from baton.domain.teams.reps import Role, Subscription
from tests.integration.calls import Call, Carry
from tests.integration.confirmations import confirmation_link
from tests.integration.world import KIM, LEE, MO, SAM, World

NOBODY = "team sales has no manager: operations hear of what it misses, without names; an administrator adds one"
UNREACHED = "mail reaches no manager of team sales"


def of(email: str, team: str = "sales") -> str:
    return f"/teams/{team}/reps/{email}"


def warned(world: World) -> list[str]:
    return list(world.ask("GET", "/teams/sales/reps", by="sales").json()["warnings"])


WAYS = [
    pytest.param("DELETE", MO, None, id="removes the manager"),
    pytest.param("PUT", MO, {"role": "rep"}, id="makes the manager a rep"),
    pytest.param("PUT", MO, {"role": "manager", "weight": 2}, id="changes the manager's terms"),
    pytest.param("PUT", MO, {"weight": 2}, id="changes the manager's terms without a role"),
    pytest.param("PUT", SAM, {"role": "manager"}, id="makes a rep the manager"),
    pytest.param("PUT", LEE, {"role": "manager"}, id="enters a new manager"),
]


@pytest.mark.parametrize("group", ["sales", "admin"])
@pytest.mark.parametrize(("method", "email", "body"), WAYS)
def test_only_an_administrator_changes_a_managers_entry(
    world: World, method: str, email: str, body: dict[str, Any] | None, group: str
) -> None:
    before = world.stack.items()
    answer = world.ask(method, of(email), body, by=group)
    assert answer.status == (200 if group == "admin" else 403)
    assert (world.stack.items() == before) is (group == "sales")
    if group == "sales":
        assert answer.json()["detail"] == "only an administrator says who is told of what was missed"
        assert world.stack.rep(MO).role is Role.MANAGER


def test_a_manager_who_is_in_sales_cannot_remove_themselves(world: World) -> None:
    assert world.ask("DELETE", of(MO), by=MO).status == 403
    assert world.stack.rep(MO).subscription is Subscription.CONFIRMED


def test_a_removed_manager_comes_back_as_a_manager_by_an_administrator_only(world: World) -> None:
    assert world.ask("DELETE", of(MO), by="admin").status == 200
    assert world.ask("DELETE", of(MO), by="sales").status == 200, "a repeat changes nothing"
    assert world.ask("PUT", of(MO), {}, by="sales").status == 403, "the role stays"
    assert world.ask("PUT", of(MO), {"role": "rep"}, by="sales").status == 200


def test_a_rep_who_becomes_the_manager_while_being_removed_stays(world: World) -> None:
    others = list[Call]()

    def somebody_is_faster(call: Call, carry: Carry) -> Any:
        if (call.function, call.operation) == ("remove_rep", "TransactWriteItems") and not others:
            others.append(call)
            assert world.ask("PUT", of(SAM), {"role": "manager"}, by="admin").status == 200
            world.calls.running = "remove_rep"
        return carry()

    with world.calls.by(somebody_is_faster):
        assert world.ask("DELETE", of(SAM), by="sales").status == 403
    assert (world.stack.rep(SAM).role, world.stack.rep(SAM).subscription) == (Role.MANAGER, Subscription.CONFIRMED)


def test_somebody_who_is_removed_while_confirming_stays_removed(empty_world: World) -> None:
    world, others = empty_world, list[Call]()
    world.invite(SAM)
    link = confirmation_link(world.stack.rep(SAM).subscription_arn or "")

    def somebody_is_faster(call: Call, carry: Carry) -> Any:
        if (call.function, call.operation) == ("confirm_rep", "TransactWriteItems") and not others:
            others.append(call)
            assert world.ask("DELETE", of(SAM), by="admin").status == 200
            world.calls.running = "confirm_rep"
        return carry()

    with world.calls.by(somebody_is_faster):
        assert world.ask("POST", f"{of(SAM)}/confirmation", {"link": link}, by="admin").status == 404
    assert world.stack.rep(SAM).subscription is Subscription.REMOVED


LAST = [
    pytest.param("DELETE", None, NOBODY, id="is removed"),
    pytest.param("PUT", {"role": "rep"}, NOBODY, id="becomes a rep"),
]


@pytest.mark.parametrize(("method", "body", "why"), LAST)
def test_a_team_that_loses_its_last_manager_is_warned_of_and_everybody_hears_of_it(
    world: World, method: str, body: dict[str, Any] | None, why: str
) -> None:
    assert warned(world) == []
    [warning] = world.ask(method, of(MO), body, by="admin").json()["warnings"]
    assert warning.startswith(why)
    assert warned(world) == [warning]
    world.settle()
    told = {(mail.topic, mail.to): mail for mail in world.mails}
    people = tuple(sorted({SAM, KIM} | ({MO} if method == "PUT" else set[str]())))
    assert set(told) == {("OperationsTopic", ()), ("SalesMailTopic", people)}
    assert {mail.subject for mail in world.mails} == {"Baton: team Sales has no manager any more"}
    assert "@" not in told["OperationsTopic", ()].text


def test_a_manager_with_a_successor_goes_without_a_warning(world: World) -> None:
    world.hire(LEE, role="manager")
    assert world.ask("DELETE", of(MO), by="admin").json()["warnings"] == []
    world.settle()
    assert world.mails == []


def test_a_successor_who_has_not_confirmed_the_address_is_no_successor(world: World) -> None:
    world.invite(LEE, role="manager")
    [warning] = world.ask("DELETE", of(MO), by="admin").json()["warnings"]
    assert warning.startswith(UNREACHED)


def test_a_team_gets_no_mail_about_a_manager_if_it_has_one_again_by_then(world: World) -> None:
    assert world.ask("DELETE", of(MO), by="admin").status == 200
    world.hire(LEE, role="manager")
    world.settle()
    assert world.mails == []
    assert warned(world) == []


def test_a_manager_who_ended_the_subscription_is_missed(world: World) -> None:
    world.stack.sns.unsubscribe(SubscriptionArn=world.stack.rep(MO).subscription_arn or "")
    world.invoke("check_roster", {})
    world.settle()
    assert [mail.subject for mail in world.mails if mail.topic == "SalesMailTopic"] == [
        "Baton: team Sales has no manager any more"
    ]
    assert warned(world)[0].startswith(UNREACHED)


def test_a_team_that_never_had_a_manager_is_warned_of_in_each_answer_and_mailed_to_nobody(empty_world: World) -> None:
    assert empty_world.invite(SAM).json()["warnings"][0].startswith(NOBODY)
    empty_world.settle()
    assert empty_world.mails == []
