"""Operations' own address is confirmed as sales' addresses are, and everybody sees if none is."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.calls import Call, Carry, refuse
from tests.integration.confirmations import clicked_in_the_mail, confirmation_link
from tests.integration.gateway import Answer
from tests.integration.test_roster import shown
from tests.integration.world import LEE, MO, SAM, World

OPS = "ops@example.com"
THERE = "/operations/confirmation"
NOBODY, UNCONFIRMED, BY_A_CLICK = (
    "nobody gets Baton's alarms; subscribe",
    "nobody gets Baton's alarms, because no address",
    "a mail scanner can end Baton's alarms",
)


@pytest.fixture
def unheard(world: World) -> Iterator[World]:
    """Nobody is subscribed to the topic of operations."""
    sns, topic = world.stack.sns, world.stack.physical["OperationsTopic"]
    kept = sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    for one in kept:
        sns.unsubscribe(SubscriptionArn=one["SubscriptionArn"])
    yield world
    for one in sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]:
        sns.unsubscribe(SubscriptionArn=one["SubscriptionArn"])
    for one in kept:
        sns.subscribe(TopicArn=topic, Protocol=one["Protocol"], Endpoint=one["Endpoint"])


def subscribe(world: World, email: str = OPS, protocol: str = "email") -> str:
    topic = world.stack.physical["OperationsTopic"]
    done = world.stack.sns.subscribe(TopicArn=topic, Protocol=protocol, Endpoint=email, ReturnSubscriptionArn=True)
    return done["SubscriptionArn"]


def warned(world: World) -> list[str]:
    return list(world.ask("GET", "/teams/sales/reps", by="sales").json()["warnings"])


def paste(world: World, arn: str) -> Answer:
    return world.ask("POST", THERE, {"link": confirmation_link(arn)}, by="admin")


@pytest.mark.parametrize("link", ["https://[sns", "https://a\u2100.example.com/?Token=x"])
@pytest.mark.parametrize("place", [THERE, f"/teams/sales/reps/{SAM}/confirmation"])
def test_what_is_no_address_is_refused_as_no_link(world: World, place: str, link: str) -> None:
    answer = world.ask("POST", place, {"link": link}, by="admin")
    assert (answer.status, answer.json()["errors"][0]["field"]) == (422, "link")


def test_the_roster_says_that_nobody_of_operations_is_subscribed_until_an_address_is_confirmed(unheard: World) -> None:
    assert warned(unheard)[0].startswith(NOBODY)
    arn = subscribe(unheard)
    assert warned(unheard)[0].startswith(UNCONFIRMED)
    answer = paste(unheard, arn)
    assert (answer.status, answer.json()) == (
        200,
        {"addresses": [{"address": OPS, "subscription": "confirmed"}], "warnings": []},
    )
    assert warned(unheard) == []


def test_a_click_in_amazons_mail_does_not_protect_operations_address(unheard: World) -> None:
    clicked_in_the_mail(subscribe(unheard))
    shown_now = unheard.ask("GET", THERE, by="admin").json()
    assert shown_now["addresses"] == [{"address": OPS, "subscription": "unprotected"}]
    assert shown_now["warnings"][0].startswith(BY_A_CLICK)
    assert warned(unheard) == shown_now["warnings"]


def test_what_is_no_mail_is_confirmed_by_its_subscription(unheard: World) -> None:
    subscribe(unheard, "https://chat.example.com/hook", "https")
    assert warned(unheard) == []


@pytest.mark.parametrize("by", ["marketing", "sales"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_only_an_administrator_confirms_operations_address(unheard: World, method: str, by: str) -> None:
    arn = subscribe(unheard)
    assert unheard.ask(method, THERE, {"link": confirmation_link(arn)}, by=by).status == 403
    assert warned(unheard)[0].startswith(UNCONFIRMED)


@pytest.mark.parametrize("link", ["nonsense", "https://sns.eu-central-1.amazonaws.com/confirmation.html?Token=other"])
def test_a_link_without_a_usable_token_is_refused_with_a_remedy(unheard: World, link: str) -> None:
    answer = unheard.ask("POST", THERE, {"link": link}, by="admin")
    assert (answer.status, [each["field"] for each in answer.json()["errors"]]) == (422, ["link"])


def test_every_quarter_of_an_hour_the_log_and_a_metric_tell_that_nobody_is_reached(
    unheard: World, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def told() -> list[object]:
        unheard.invoke("check_roster", {})
        counted = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "OperationsUnreached" in line]
        logged = [each.__dict__ for each in caplog.records if each.getMessage().startswith("no address of operations")]
        caplog.clear()
        return [each["state"] for each in [*counted, *logged]]

    assert told() == ["ended", "ended"]
    paste(unheard, subscribe(unheard))
    assert told() == []


def test_the_search_for_forgotten_leads_tells_that_nobody_is_reached(unheard: World) -> None:
    assert unheard.invoke("find_forgotten", {})["warnings"][0].startswith(NOBODY)
    paste(unheard, subscribe(unheard))
    assert "warnings" not in unheard.invoke("find_forgotten", {})


def test_the_weekly_mail_tells_that_nobody_is_reached(unheard: World) -> None:
    unheard.invoke("mail_report", {})
    unheard.settle_bus()
    text = " ".join(unheard.mails[0].text.split())
    assert f"WHOM MAIL DOES NOT REACH - {NOBODY}" in text


# --- an address of a team that is not confirmed any more ---


def pending(world: World, email: str) -> None:
    from moto.sns.models import sns_backends  # noqa: PLC0415

    from tests.integration.stack import ACCOUNT, REGION  # noqa: PLC0415

    arn = world.stack.rep(email).subscription_arn or ""
    sns_backends[ACCOUNT][REGION].subscriptions[arn].attributes["PendingConfirmation"] = "true"


def ended(world: World, email: str) -> None:
    world.stack.sns.unsubscribe(SubscriptionArn=world.stack.rep(email).subscription_arn or "")


def clicked(world: World, email: str) -> None:
    clicked_in_the_mail(world.stack.rep(email).subscription_arn or "")


@pytest.mark.parametrize("lose", [pending, ended, clicked])
def test_operations_and_the_manager_hear_once_of_a_change_away_from_confirmed(world: World, lose: Any) -> None:
    lose(world, SAM)
    for _ in range(2):
        world.invoke("check_roster", {})
    world.settle_bus()
    assert [(mail.topic, mail.to) for mail in world.mails] == [("OperationsTopic", ()), ("SalesMailTopic", (MO,))]
    assert [SAM in mail.text for mail in world.mails] == [False, True]
    assert shown(world, SAM)["gets_leads"] is False


def test_a_manager_who_gets_no_mail_any_more_is_not_mailed_about_that(world: World) -> None:
    world.hire(LEE, role="manager")
    ended(world, MO)
    world.invoke("check_roster", {})
    assert [mail.to for mail in opened(world) if mail.topic == "SalesMailTopic"] == [(LEE,)]


def opened(world: World) -> Any:
    world.settle_bus()
    return world.mails


def test_a_stop_before_the_state_is_stored_tells_of_the_lost_address_once_more(world: World) -> None:
    ended(world, SAM)

    def stops(call: Call, carry: Carry) -> Any:
        if (call.function, call.operation) == ("check_roster", "TransactWriteItems"):
            raise KeyboardInterrupt
        return carry()

    with world.calls.by(stops), pytest.raises(KeyboardInterrupt):
        world.invoke("check_roster", {})
    world.invoke("check_roster", {})
    assert [mail.topic for mail in opened(world)].count("OperationsTopic") == 2
    assert shown(world, SAM)["subscription"] == "ended"


# --- as many as SNS takes ---


def test_a_person_beyond_snss_quota_is_refused_in_words_and_nothing_is_changed(world: World) -> None:
    before = world.stack.items()
    with world.calls.by(refuse("Subscribe", "FilterPolicyLimitExceeded")):
        answer = world.invite(LEE)
    assert answer.status == 409
    assert "200 people" in answer.json()["detail"]
    assert "filter policies per topic" in answer.json()["detail"]
    assert world.stack.items() == before


@pytest.mark.parametrize(("pending", "warnings"), [(9, []), (10, ["180 of at most 200 people have mail"])])
def test_the_roster_warns_from_the_hundred_and_eightieth_address_on(
    world: World, pending: int, warnings: list[str]
) -> None:
    """moto counts no subscriptions."""

    def counts(call: Call, carry: Carry) -> Any:
        if call.operation != "GetTopicAttributes":
            return carry()
        assert call.parameters["TopicArn"] == world.stack.physical["SalesMailTopic"]
        return {"Attributes": {"SubscriptionsConfirmed": "170", "SubscriptionsPending": str(pending)}}

    with world.calls.by(counts):
        assert [said.partition(";")[0] for said in warned(world)] == warnings
