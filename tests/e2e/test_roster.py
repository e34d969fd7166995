"""Who is on a team gets leads and mail; who leaves gets neither, and what they held is passed on."""

import json
from collections.abc import Iterator

import pytest

from tests.e2e.at_work import TEAM, AtWork, View, fields_at_fault, problem, read, until
from tools.mailbox import open_mailbox

REPS = f"/teams/{TEAM}/reps"
PAGE = 25


@pytest.fixture
def paula(baton: AtWork) -> Iterator[str]:
    """Somebody who gets every lead, because of her weight, until she holds all that she may."""
    email = "paula@baton.example"
    read(baton.admin.put(f"{REPS}/{email}", json={"weight": 100, "capacity": PAGE + 2}))
    yield email
    baton.admin.delete(f"{REPS}/{email}")


def on_the_roster(baton: AtWork) -> dict[str, View]:
    return {rep["email"]: rep for rep in read(baton.admin.get(REPS))["reps"]}


def everybody(baton: AtWork) -> dict[str, list[str]]:
    """Who is subscribed to the mail topic, each with their subscriptions."""
    pages = baton.session.client("sns").get_paginator("list_subscriptions_by_topic")
    found: dict[str, list[str]] = {}
    for page in pages.paginate(TopicArn=baton.outputs["SalesMailTopicArn"]):
        for subscription in page["Subscriptions"]:
            found.setdefault(subscription["Endpoint"], []).append(subscription["SubscriptionArn"])
    return found


def subscriptions(baton: AtWork, endpoint: str) -> list[dict[str, str]]:
    sns = baton.session.client("sns")
    return [
        sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"] for arn in everybody(baton).get(endpoint, [])
    ]


def test_a_new_rep_is_subscribed_to_their_own_mail_only(baton: AtWork, paula: str) -> None:
    assert on_the_roster(baton)[paula] | {"last_offered_at": None} == {
        "email": paula,
        "role": "rep",
        "weight": 100,
        "capacity": PAGE + 2,
        "territories": [],
        "calendar": None,
        "hours": None,
        "time_zone": None,
        "away": [],
        "subscription": "confirmed",
        "open_handoffs": 0,
        "last_offered_at": None,
        "gets_leads": True,
        "why_not": None,
    }
    [subscription] = subscriptions(baton, paula)
    assert subscription["Protocol"] == "email"
    assert json.loads(subscription["FilterPolicy"]) == {"to": [paula]}


def test_the_filter_of_a_reps_subscription_lets_through_only_mail_to_that_rep(baton: AtWork, paula: str) -> None:
    inbox = open_mailbox(baton.session, "paulas-inbox", [baton.outputs["SalesMailTopicArn"]])
    [queue] = [arn for arn in everybody(baton) if arn.endswith(":paulas-inbox")]
    [hers], [copy] = subscriptions(baton, paula), subscriptions(baton, queue)
    baton.session.client("sns").set_subscription_attributes(
        SubscriptionArn=copy["SubscriptionArn"], AttributeName="FilterPolicy", AttributeValue=hers["FilterPolicy"]
    )
    inbox.read()
    inbox.mails.clear()

    handoff = baton.ask()["handoff"]
    for owner in (paula, baton.other_than(handoff["owner"])):
        body = {"owner": owner, "reason": "region"}
        read(baton.admin.post(f"/handoffs/{handoff['handoff_id']}/reassign", json=body))
    baton.mail("passed on to you", handoff["handoff_id"], to=owner)
    baton.mail("no longer yours", handoff["handoff_id"], to=paula)

    until(lambda: len(inbox.read() or inbox.mails) >= 2, what="her mail")
    assert {mail.to for mail in inbox.mails} == {(paula,)}


def test_a_rep_who_leaves_gets_no_mail_and_no_leads_and_the_held_leads_are_passed_on(baton: AtWork, paula: str) -> None:
    asked = [baton.ask() for _ in range(PAGE + 4)]
    held = [lead for lead in asked if lead["handoff"]["owner"] == paula]
    assert len(held) == PAGE + 2
    listed = [lead["lead_id"] for lead in baton.listed(*(lead["lead_id"] for lead in held), owner=paula)]
    assert sorted(listed) == sorted(lead["lead_id"] for lead in held)
    assert baton.ask()["handoff"]["owner"] != paula, "she holds all that she may"

    def all_passed_on() -> bool:
        left = read(baton.admin.delete(f"{REPS}/{paula}"))
        return left["passed_on"] == left["to_follow"] == 0

    until(all_passed_on, what="passing on")

    assert paula not in on_the_roster(baton)
    assert subscriptions(baton, paula) == []
    assert list(baton.pages("/leads", "leads", owner=paula)) == []
    owners = {baton.lead(lead["lead_id"])["handoff"]["owner"] for lead in held}
    assert owners <= {"sam@baton.example", "rita@baton.example"}
    assert baton.ask()["handoff"]["owner"] != paula


def test_a_rep_with_invalid_terms_is_refused_with_the_field_at_fault(baton: AtWork) -> None:
    path = f"{REPS}/lena@baton.example"
    for body, status, at_fault in (
        ({"weight": 0}, 422, ["weight"]),
        ({"weight": 101}, 422, ["weight"]),
        ({"weight": "heavy"}, 422, ["weight"]),
        ({"capacity": -1}, 422, ["capacity"]),
        ({"role": "king"}, 422, ["role"]),
        ({"colour": "blue"}, 422, ["colour"]),
    ):
        assert fields_at_fault(problem(baton.admin.put(path, json=body), status)) == at_fault
    problem(baton.admin.put(path, content=b"{"), 400)
    problem(baton.admin.put(f"{REPS}/no-address", json={}), 404)

    assert "lena@baton.example" not in on_the_roster(baton)
    assert subscriptions(baton, "lena@baton.example") == []


def test_a_team_that_the_agreement_does_not_know_has_no_roster(baton: AtWork) -> None:
    path = "/teams/none/reps/lena@baton.example"

    assert "sales" in problem(baton.admin.put(path, json={}), 404)["detail"]
    problem(baton.admin.delete(path), 404)
    assert subscriptions(baton, "lena@baton.example") == []


def test_a_lead_cannot_be_reassigned_to_a_stranger_or_a_manager(baton: AtWork) -> None:
    lead = baton.ask()
    path = f"/handoffs/{lead['handoff']['handoff_id']}/reassign"

    for owner in ("stranger@baton.example", "mona@baton.example"):
        assert owner in problem(baton.admin.post(path, json={"owner": owner, "reason": "try"}), 409)["detail"]
    assert baton.unchanged(lead)
