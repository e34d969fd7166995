"""Operations hear once of what failed, by mail; of a thousand failures in two mails; and of each that comes later."""

import json
from datetime import timedelta
from typing import Any

import boto3
import pytest
from moto.cloudwatch.models import cloudwatch_backends

from tests.integration.calls import refuse
from tests.integration.stack import ACCOUNT, REGION
from tests.integration.world import Mail, World

LOOK = {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}


def look(world: World) -> list[Mail]:
    """The mails of one look."""
    before = len(world.mails)
    world.invoke("watch_failures", LOOK)
    world.settle_bus()
    return world.mails[before:]


def looks(world: World, hours: float) -> list[Mail]:
    """The mails of the looks of some hours."""
    mails = []
    for _ in range(int(hours * 4)):
        world.now += timedelta(minutes=15)
        mails += look(world)
    return mails


def fail(world: World, queue: str, times: int = 1) -> None:
    for number in range(times):
        world.stack.sqs.send_message(QueueUrl=world.stack.physical[queue], MessageBody=json.dumps({"n": number}))


def failed(number: int, machine: str = "FollowUpTimer", status: str = "FAILED") -> dict[str, Any]:
    return {
        "id": f"event-{number}",
        "source": "aws.states",
        "detail-type": "Step Functions Execution Status Change",
        "detail": {"stateMachineArn": f"arn:of:{machine}", "status": status, "name": f"execution-{number}"},
    }


def measured(metric: str, value: float, **dimensions: str) -> None:
    boto3.client("cloudwatch", REGION).put_metric_data(
        Namespace="Baton",
        MetricData=[
            {
                "MetricName": metric,
                "Value": value,
                "Timestamp": MEASURED_AT[0],
                "Dimensions": [{"Name": n, "Value": v} for n, v in {"service": "baton", **dimensions}.items()],
            }
        ],
    )


MEASURED_AT: list[Any] = []


@pytest.fixture(autouse=True)
def machines(world: World) -> None:
    for machine in ("FollowUpTimer", "WaitingTimer", "AdoptAgreement", "DraftTrial"):
        world.stack.physical[machine] = f"arn:of:{machine}"
    world.stack.physical |= {"PublishEventsFunction": "publish_events"}
    cloudwatch_backends[ACCOUNT][REGION].reset()
    MEASURED_AT[:] = [world.now - timedelta(minutes=10)]


def test_nothing_is_mailed_while_nothing_failed(world: World) -> None:
    assert looks(world, hours=2) == []


def test_a_failure_is_mailed_to_operations_once_with_its_severity_and_command(world: World) -> None:
    fail(world, "UnsentMailQueue")

    [mail] = look(world)
    assert (mail.topic, mail.subject) == ("OperationsTopic", "Baton: UnsentMailQueue - look now")
    assert "new: 1; in the queue: 1" in mail.text
    assert "POST /queues/UnsentMailQueue/redrive" in mail.text
    assert looks(world, hours=20) == []


def test_many_failures_are_the_first_mail_of_each_kind_and_one_digest(world: World) -> None:
    fail(world, "LostTimersQueue")
    first = look(world)
    fail(world, "LostTimersQueue", 100)
    for number in range(30):
        world.deliver("watch_failures", failed(number))
    world.settle_bus()
    at_once = world.mails[len(first) :]

    mails = looks(world, hours=3)

    assert [mail.subject for mail in [*first, *at_once]] == [
        "Baton: LostTimersQueue - look now",
        "Baton: FollowUpTimer - look now",
    ]
    assert [mail.subject for mail in mails] == ["Baton: LostTimersQueue and 1 more - look now"]
    assert "new: 100; in the queue: 101" in mails[0].text
    assert "new: 29" in mails[0].text


def test_a_failure_after_days_of_others_is_mailed_too(world: World) -> None:
    """An alarm on how many messages lie there would stay on for two weeks and say nothing of the second one."""
    fail(world, "UnsentMailQueue")
    look(world)
    looks(world, hours=5)
    fail(world, "UnsentMailQueue")

    [mail] = looks(world, hours=1)

    assert "new: 1; in the queue: 2" in mail.text


def test_a_failure_that_nobody_mends_is_mailed_again_each_day(world: World) -> None:
    fail(world, "UnclosedBooksQueue")
    look(world)

    [mail] = looks(world, hours=25)

    assert mail.subject == "Baton: UnclosedBooksQueue - can wait until morning"
    assert "nothing new; in the queue: 1, since 2026-11-24T09:30:00.000Z" in mail.text


def test_a_failed_execution_is_mailed_at_once_and_its_second_delivery_is_not(world: World) -> None:
    for _ in range(2):
        world.deliver("watch_failures", failed(1, "AdoptAgreement", "TIMED_OUT"))
    world.settle_bus()

    assert [mail.subject for mail in world.mails] == ["Baton: AdoptAgreement - can wait until morning"]
    assert looks(world, hours=3) == []


def test_a_mail_that_does_not_go_out_is_sent_with_the_next_look(world: World) -> None:
    fail(world, "UnsentMailQueue")
    topic = world.stack.physical["OperationsTopic"]
    world.stack.physical["OperationsTopic"] = f"{topic}-that-is-gone"
    world.cold()
    with pytest.raises(Exception, match="NotFound"):
        look(world)
    world.stack.physical["OperationsTopic"] = topic
    world.cold()

    [mail] = look(world)
    assert "new: 1" in mail.text


@pytest.mark.parametrize(("number", "is_told"), [(20, False), (21, True)])
def test_refused_forms_are_told_beyond_the_limit_of_their_reason(world: World, number: int, is_told: bool) -> None:
    measured("RefusedForms", number, reason="no_address")
    measured("AllRefusedForms", number)

    mails = look(world)

    assert [mail.subject for mail in mails] == ["Baton: FormsWithoutAddress - look now"] * is_told
    assert looks(world, hours=2) == []


def test_a_quarantined_delivery_is_told_within_the_hour_and_may_wait(world: World) -> None:
    measured("QuarantinedWebhooks", 3)

    [mail] = looks(world, hours=1)
    assert mail.subject == "Baton: QuarantinedWebhooks - can wait until morning"
    assert "new: 3" in mail.text


def test_a_quarantined_delivery_is_told_although_looks_failed_for_hours(world: World) -> None:
    assert looks(world, hours=1) == []
    MEASURED_AT[:] = [world.now]
    measured("QuarantinedWebhooks", 3)
    with world.calls.by(refuse("GetMetricData", "InternalServiceFault")):
        for _ in range(12):
            world.now += timedelta(minutes=15)
            with pytest.raises(Exception, match="InternalServiceFault"):
                look(world)

    [mail] = look(world)
    assert "new: 3" in mail.text
    assert looks(world, hours=5) == []


@pytest.mark.parametrize("minute", range(0, 120, 10))
def test_each_quarantined_delivery_is_told_once_whenever_it_comes(world: World, minute: int) -> None:
    look(world)
    MEASURED_AT[:] = [world.now + timedelta(minutes=minute)]
    measured("QuarantinedWebhooks", 3)
    [mail] = looks(world, hours=5)
    assert "new: 3" in mail.text


def test_a_quarantined_delivery_whose_mail_does_not_go_out_is_told_with_a_later_look(world: World) -> None:
    measured("QuarantinedWebhooks", 3)
    with world.calls.by(refuse("Publish", "InternalError")), pytest.raises(Exception, match="InternalError"):
        look(world)
    [mail] = look(world)
    assert "new: 3" in mail.text


def test_two_looks_at_once_send_one_mail(world: World) -> None:
    fail(world, "UnsentMailQueue")
    assert len(look(world)) == 1
    assert look(world) == []
