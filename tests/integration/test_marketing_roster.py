"""Marketing has a roster of its own; the people on it get mail and no leads."""

from datetime import timedelta

import pytest

from baton.aws.agreement.agreement_in_force import Agreements
from baton.domain.leads.handoff import Handoff
from tests.integration.confirmations import confirmation_link
from tests.integration.marketing import MARIA, MAX, hire_marketing
from tests.integration.world import LEE, SAM, World

DAY = timedelta(days=1)


def the_handoff(world: World) -> Handoff:
    handoff = world.stack.lead().handoff
    assert handoff
    return handoff


def of(team: str, email: str = "") -> str:
    return f"/teams/{team}/reps{f'/{email}' if email else ''}"


@pytest.mark.parametrize("team", ["sales", "marketing"])
@pytest.mark.parametrize("group", ["marketing", "sales", "admin"])
def test_each_department_manages_its_own_roster_and_administrators_both(world: World, team: str, group: str) -> None:
    assert world.ask("PUT", of(team, LEE), {}, by="admin").status == 200
    link = {"link": confirmation_link(world.stack.rep(LEE, team).subscription_arn or "")}
    before, may = world.stack.items(), group in (team, "admin")
    for method, path, body in (
        ("PUT", of(team, LEE), {"weight": 2}),
        ("POST", f"{of(team, LEE)}/confirmation", link),
        ("DELETE", of(team, LEE), None),
    ):
        assert world.ask(method, path, body, by=group).status == (200 if may else 403)
    assert (world.stack.items() == before) is not may
    assert world.ask("GET", of(team), by=group).status == 200, "all see all"


def test_marketings_team_has_a_roster_although_the_agreement_does_not_name_the_team(world: World) -> None:
    assert "marketing" not in Agreements(world.stack.store, 0).in_force().agreement.teams
    rep = world.ask("PUT", of("marketing", MARIA), {}, by="marketing").json()
    assert (rep["email"], rep["role"], rep["weight"], rep["capacity"]) == (MARIA, "rep", 1, 25)
    assert world.ask("PUT", of("market", MARIA), {}, by="admin").status == 404


def test_only_an_administrator_makes_a_manager_of_marketing(world: World) -> None:
    assert world.ask("PUT", of("marketing", MAX), {"role": "manager"}, by="marketing").status == 403
    assert world.ask("PUT", of("marketing", MAX), {"role": "manager"}, by="admin").status == 200
    assert world.ask("PUT", of("marketing", MAX), {"weight": 2}, by="marketing").status == 403


def test_marketers_on_the_roster_get_no_leads(empty_world: World) -> None:
    hire_marketing(empty_world)
    reps = empty_world.ask("GET", of("marketing"), by="marketing").json()["reps"]
    assert {rep["email"]: (rep["gets_leads"], rep["why_not"]) for rep in reps} == {
        MARIA: (False, "is in marketing, whose people get mail and no leads"),
        MAX: (False, "is a manager"),
    }
    empty_world.send_form()
    assert the_handoff(empty_world).owner is None
    handoff = the_handoff(empty_world).handoff_id
    for said in ({"owner": MARIA, "reason": "x"}, {"reason": "x"}):
        assert empty_world.ask("POST", f"/handoffs/{handoff}/reassign", said, by="admin").status == 409
    empty_world.wait(DAY)
    assert the_handoff(empty_world).owner is None
    empty_world.send_signals({"email": "bob@example.org"})
    [lead] = [lead for lead in empty_world.stack.leads() if lead.email == "bob@example.org"]
    by_hand = {"owner": MARIA, "reason": "x"}
    assert empty_world.ask("POST", f"/leads/{lead.lead_id}/handoff", by_hand, by="marketing").status == 409


def test_a_marketer_who_leaves_passes_no_lead_on(world: World) -> None:
    hire_marketing(world)
    world.send_signals(
        {"message_id": "1", "kind": "content_downloaded", "content": {"id": "guide"}}, {"message_id": "2"}
    )
    owed = world.ask("GET", "/leads", by="marketing", query={"owner": "marketing"}).body
    answer = world.ask("DELETE", of("marketing", MARIA), by="marketing")
    assert answer.json() == {"email": MARIA, "passed_on": 0, "waiting": 0, "to_follow": 0, "warnings": []}
    assert world.ask("GET", "/leads", by="marketing", query={"owner": "marketing"}).body == owed


@pytest.mark.parametrize(("leaves", "stays"), [("sales", "marketing"), ("marketing", "sales")])
def test_a_person_on_both_teams_who_leaves_one_keeps_the_mail_and_leads_of_the_other(
    world: World, leaves: str, stays: str
) -> None:
    world.ask("PUT", of("marketing", SAM), {}, by="admin")
    world.hire(SAM)
    world.send_form()
    world.send_form(email="bob@example.org")
    assert world.stack.rep(SAM).open_handoffs == 1
    assert world.ask("DELETE", of(leaves, SAM), by="admin").json()["passed_on"] == (1 if leaves == "sales" else 0)
    arn = world.stack.rep(SAM, stays).subscription_arn
    assert arn in [each["SubscriptionArn"] for each in world.stack.sns.list_subscriptions()["Subscriptions"]]
    world.stack.must_be_consistent()


def test_a_marketers_ended_mail_subscription_is_reported_to_operations(world: World) -> None:
    hire_marketing(world)
    world.stack.sns.unsubscribe(SubscriptionArn=world.stack.rep(MARIA, "marketing").subscription_arn or "")
    world.invoke("check_roster", {})
    world.settle_bus()
    assert world.ask("GET", of("marketing", MARIA), by="sales").json()["subscription"] == "ended"
    assert [mail.subject for mail in world.mails if mail.topic == "OperationsTopic"] == [
        "Baton: somebody in team Marketing gets no mail any more"
    ]
