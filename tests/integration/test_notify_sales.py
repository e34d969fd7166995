from datetime import timedelta

from tests.integration.world import ANNA, KIM, MO, SAM, World

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


def test_a_late_lead_is_told_to_the_manager(world: World) -> None:
    late(world)
    told = [mail for mail in world.mails if MO in mail.to]
    assert [mail.topic for mail in told] == ["SalesMailTopic"]
    assert "not accepted in time" in told[0].subject


def test_an_escalation_that_reaches_no_manager_is_told_to_operations_without_personal_data(world: World) -> None:
    leave(world, MO)
    handoff_id = late(world)
    (told,) = [mail for mail in world.mails if mail.topic == "OperationsTopic"]
    assert "PUT /teams/sales/reps/" in told.text
    assert handoff_id in told.text
    for personal in (ANNA, "Anna", "Schmidt", SAM, KIM, MO, "example.com"):
        assert personal not in told.subject + told.text


def test_operations_hear_nothing_while_a_manager_does(world: World) -> None:
    late(world)
    assert not [mail for mail in world.mails if mail.topic == "OperationsTopic"]


def test_operations_hear_nothing_of_an_escalation_that_has_been_settled_since(world: World) -> None:
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


def test_a_lead_that_nobody_can_take_and_no_manager_hears_of_is_told_to_operations(empty_world: World) -> None:
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


def test_news_of_a_lead_goes_to_whoever_has_it(world: World) -> None:
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
