"""Mails about a handoff go once to its owner, the manager, the account's owner, or operations."""

from datetime import timedelta
from typing import Any

from tests.integration.calls import Call, Carry
from tests.integration.world import ANNA, KIM, LEE, MO, SAM, World

MINUTE = timedelta(minutes=1)


def late(world: World) -> str:
    """A lead that nobody accepts, up to the moment when the managers are told; gives its handoff's id."""
    assert world.send_form(first_name="Anna", last_name="Schmidt", company="Schmidt GmbH").status == 202
    world.settle()
    world.wait(30 * MINUTE)
    handoff = world.stack.lead().handoff
    assert handoff
    return handoff.handoff_id


def leave(world: World, *emails: str) -> None:
    for email in emails:
        assert world.ask("DELETE", f"/teams/sales/reps/{email}", by="admin").status == 200


def test_a_lead_not_accepted_in_time_is_mailed_to_the_manager(world: World) -> None:
    late(world)
    told = [mail for mail in world.mails if MO in mail.to]
    assert [mail.topic for mail in told] == ["SalesMailTopic"]
    assert "not accepted in time" in told[0].subject


def test_an_escalation_that_reaches_no_manager_is_mailed_to_operations_without_personal_data(world: World) -> None:
    leave(world, MO)
    handoff_id = late(world)
    of_team, of_lead = [mail for mail in world.mails if mail.topic == "OperationsTopic"]
    assert "no manager any more" in of_team.subject
    assert handoff_id in of_lead.text
    for told in (of_team, of_lead):
        assert "PUT /teams/sales/reps/" in told.text
        for personal in (ANNA, "Anna", "Schmidt", SAM, KIM, MO, "example.com"):
            assert personal not in told.subject + told.text


def test_operations_get_no_mail_when_a_manager_gets_the_escalation(world: World) -> None:
    late(world)
    assert not [mail for mail in world.mails if mail.topic == "OperationsTopic"]


def test_operations_get_no_mail_about_an_escalation_of_a_lead_accepted_meanwhile(world: World) -> None:
    leave(world, MO)
    assert world.send_form().status == 202
    world.settle()
    world.wait(29 * MINUTE)
    mails, handoff = len(world.mails), world.stack.lead().handoff
    assert handoff
    world.now += MINUTE
    world.deliver("follow_up", dict(world.timer))  # it escalates, and before the bus delivers that, sales accepts
    assert world.ask("POST", f"/handoffs/{handoff.handoff_id}/accept", by=handoff.owner).status == 200
    world.settle()
    assert "HandoffEscalated" in world.stack.happened()
    assert len(world.mails) == mails


def test_a_lead_that_reaches_no_rep_and_no_manager_is_mailed_to_operations(empty_world: World) -> None:
    assert empty_world.send_form().status == 202
    empty_world.settle()
    assert [mail.topic for mail in empty_world.mails] == ["OperationsTopic"]


def test_the_same_event_delivered_twice_is_mailed_once(world: World) -> None:
    assert world.send_form().status == 202
    records = world.new_records()
    world.deliver_records(records)
    world.deliver_records(records)
    world.settle_bus()
    assert [mail.to for mail in world.mails] == [(world.stack.lead().handoff.owner,)]  # type: ignore[union-attr]


def test_the_timeline_says_when_the_owner_was_mailed(world: World) -> None:
    assert world.send_form().status == 202
    world.now += timedelta(seconds=3)
    world.settle()
    (told,) = [each for each in world.stack.history(world.stack.lead().lead_id) if each.event.type == "OwnerNotified"]
    assert (told.at, told.by) == (world.now, "mail")
    handoff = world.stack.lead().handoff
    assert handoff
    assert [stint.notified_at for stint in handoff.stints] == [world.now]
    world.stack.must_be_consistent()


def test_each_owner_is_recorded_as_mailed_when_the_lead_is_passed_on(world: World) -> None:
    assert world.send_form().status == 202
    world.settle()
    world.wait(45 * MINUTE)
    handoff = world.stack.lead().handoff
    assert handoff
    assert [(stint.owner, stint.notified_at) for stint in handoff.stints] == [
        (other(handoff.owner or ""), world.now - 45 * MINUTE),
        (handoff.owner, world.now),
    ]
    assert world.stack.happened().count("OwnerNotified") == 2


def test_an_alert_about_a_lead_returned_meanwhile_is_not_recorded(world: World) -> None:
    assert world.send_form().status == 202
    handoff = world.stack.lead().handoff
    assert handoff

    def meanwhile_it_is_returned(call: Call, carry: Carry) -> Any:
        sent = carry()
        if call.operation == "Publish":
            back = {"reason": "bad_fit"}
            assert world.ask("POST", f"/handoffs/{handoff.handoff_id}/return", back, by=handoff.owner).status == 200
        return sent

    records = world.new_records()
    with world.calls.by(meanwhile_it_is_returned):
        world.deliver_records(records)
        world.settle_bus()
    world.deliver_records(records)
    world.settle()
    assert len(world.mails) == 1
    assert "OwnerNotified" not in world.stack.happened()


def test_a_lead_without_an_owner_records_no_alert(empty_world: World) -> None:
    assert empty_world.send_form().status == 202
    empty_world.settle()
    assert "OwnerNotified" not in empty_world.stack.happened()


def test_news_of_a_lead_goes_to_its_owner(world: World) -> None:
    assert world.send_form().status == 202
    world.settle()
    assert world.send_form(message="One more thing.").status == 202
    world.settle()
    alert, news = world.mails
    assert news.to == alert.to
    assert "One more thing." in news.text


def test_a_mail_goes_to_its_recipients_subscription_only(world: World) -> None:
    for email in (SAM, KIM, MO):
        arn = world.stack.rep(email).subscription_arn
        attributes = world.stack.sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
        assert attributes["FilterPolicy"] == f'{{"to": ["{email}"]}}'


def list_account(world: World, owner: str) -> None:
    account = {"name": "Example GmbH", "owner": owner, "target": True}
    assert world.ask("PUT", "/accounts/example.com", account, by="admin").status in (200, 201)


def offered(world: World) -> str:
    """Anna's request is with sales; gives who has her."""
    assert world.send_form(first_name="Anna", last_name="Schmidt").status == 202
    world.settle()
    has_her = world.stack.lead().handoff
    assert has_her
    assert has_her.owner
    return has_her.owner


def other(owner: str) -> str:
    return SAM if owner == KIM else KIM


def test_an_account_owner_is_mailed_about_a_lead_of_another_rep(world: World) -> None:
    has_her = offered(world)
    list_account(world, other(has_her))
    world.mails.clear()
    world.now += MINUTE
    assert world.send_form("content-download", content="price-list").status == 202
    world.settle()
    (told,) = [mail for mail in world.mails if mail.to == (other(has_her),)]
    assert told.subject == "Target account Example GmbH: content downloaded"
    assert "content downloaded (price-list)" in told.text
    assert f"WHOSE LEAD IT IS\n{has_her} has had it since Tue 24 Nov 2026, 09:30 UTC." in told.text
    assert not [mail for mail in world.mails if mail.topic == "OperationsTopic"]


def test_an_account_owner_is_mailed_once_although_events_are_delivered_twice(world: World) -> None:
    has_her = offered(world)
    list_account(world, other(has_her))
    world.settle()
    world.mails.clear()
    world.now += MINUTE
    assert world.send_form("content-download", content="price-list").status == 202
    records = world.new_records()
    world.deliver_records(records)
    world.deliver_records(records)
    world.settle_bus()
    world.send_form("content-download", content="guide")
    world.settle()
    assert len([mail for mail in world.mails if mail.to == (other(has_her),)]) == 1


def test_operations_are_mailed_when_no_mail_reaches_an_account_owner(world: World) -> None:
    offered(world)
    list_account(world, LEE)
    world.now += MINUTE
    assert world.send_form("content-download", content="price-list").status == 202
    world.settle()
    (told,) = [mail for mail in world.mails if mail.topic == "OperationsTopic"]
    assert told.subject == "Baton: no mail reaches the owner of example[.]com"
    for personal in (ANNA, "Anna", "Schmidt", SAM, KIM, LEE):
        assert personal not in told.subject + told.text


def test_an_account_owner_who_gets_the_lead_is_mailed_the_alert_alone(world: World) -> None:
    list_account(world, KIM)
    assert world.send_form("content-download", content="price-list", first_name="Anna").status == 202
    world.settle()
    (alert,) = world.mails
    assert alert.to == (KIM,)
    assert alert.subject == "Target account lead: Anna, example.com - accept by 10:00 UTC"
    assert "TARGET ACCOUNT: example.com\n" in alert.text
    assert "+50 whitepaper (Price list, 24 Nov)" in alert.text


def test_an_alert_names_the_persona_that_the_lead_fits(world: World) -> None:
    assert world.send_form(title="Head of Operations", country="DE").status == 202
    world.settle()
    assert "Fits Head of operations in industry to 50%" in world.mails[0].text
