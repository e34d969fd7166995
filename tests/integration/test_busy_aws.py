"""While AWS is busy or silent, a request is tried again, or answered with 503 and Retry-After."""

from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError

from baton.aws.table import retries
from tests.integration.calls import Call, Carry, refuse
from tests.integration.webhooks import counts, send
from tests.integration.world import World, tells_of_event

WRITE = "TransactWriteItems"
ADDRESS = "https://dynamodb.eu-central-1.amazonaws.com"


def cancelled(*codes: str) -> dict[str, object]:
    return {"CancellationReasons": [{"Code": code} for code in codes]}


def must_be_refused_for_now(world: World) -> None:
    before = world.stack.items()
    answer = world.send_form()
    assert answer.status == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"] == "1"
    problem = answer.json()
    assert (problem["type"], problem["title"], problem["status"]) == ("about:blank", "Service Unavailable", 503)
    assert "again" in problem["detail"]
    counted_none = {"N": "0"}
    assert [item for item in world.stack.items() if item.get("sent") != counted_none] == before


RETRIED = {
    "somebody else writes the lead": cancelled("None", "TransactionConflict", "None", "None", "None", "None", "None"),
    "the table is throttled": cancelled("ThrottlingError", "None"),
    "the partition is throttled": cancelled("None", "ProvisionedThroughputExceeded"),
    "the lead has changed since it was read": cancelled("None", "None", "ConditionalCheckFailed"),
}


@pytest.mark.parametrize("reasons", RETRIED.values(), ids=RETRIED)
def test_a_cancelled_transaction_is_tried_again(world: World, reasons: dict[str, object]) -> None:
    with world.calls.by(refuse(WRITE, "TransactionCanceledException", times=2, **reasons)):
        assert world.send_form().status == 202
    assert world.stack.happened() == ["LeadCaptured", "SignalRecorded", "HandoffOffered"]
    world.stack.must_be_consistent()


@pytest.mark.parametrize("reasons", RETRIED.values(), ids=RETRIED)
def test_a_request_whose_transaction_is_always_cancelled_is_answered_503(
    world: World, reasons: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retries, "PATIENCE_SECONDS", 0.05)  # a setting: twelve seconds would show no more
    with world.calls.by(refuse(WRITE, "TransactionCanceledException", **reasons)):
        must_be_refused_for_now(world)
    assert world.send_form().status == 202


def test_a_single_write_that_a_transaction_is_in_the_way_of_is_asked_for_again(world: World) -> None:
    """A webhook that is not understood is put by itself, and the tool sends it again."""
    strange = b'{"type": 7}'
    with world.calls.by(refuse("PutItem", "TransactionConflictException", times=1)):
        assert send(world, "standard", strange).status == 503
        assert counts(send(world, "standard", strange)) == (0, 0, 1)
    assert len([item for item in world.stack.items() if item["pk"]["S"] == "QUARANTINE#standard"]) == 1


BUSY = [
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "RequestLimitExceeded",
    "TransactionInProgressException",
    "InternalServerError",
    "ServiceUnavailable",
]


@pytest.mark.parametrize("code", BUSY)
@pytest.mark.parametrize("operation", ["GetItem", "Query", WRITE])
def test_a_busy_table_is_answered_with_503_and_retry_after(world: World, operation: str, code: str) -> None:
    with world.calls.by(refuse(operation, code)):
        must_be_refused_for_now(world)


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalServiceError"])
def test_secrets_that_cannot_be_read_are_answered_with_503_and_retry_after(world: World, code: str) -> None:
    with world.calls.by(refuse("GetSecretValue", code)):
        must_be_refused_for_now(world)


@pytest.mark.parametrize(
    "fault",
    [
        ReadTimeoutError(endpoint_url=ADDRESS),
        ConnectTimeoutError(endpoint_url=ADDRESS),
        EndpointConnectionError(endpoint_url=ADDRESS),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_a_timeout_of_aws_is_answered_with_503_and_retry_after(world: World, fault: Exception) -> None:
    def no_answer(*_: object) -> None:
        raise fault

    with world.calls.by(no_answer):
        must_be_refused_for_now(world)


def test_a_roster_under_constant_change_is_answered_with_503_and_retry_after(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retries, "PATIENCE_SECONDS", 0.05)
    always = cancelled("TransactionConflict", "None", "None")
    with world.calls.by(refuse(WRITE, "TransactionCanceledException", **always)):
        answer = world.ask("PUT", "/teams/sales/reps/lee@sales.example.com", {}, by="admin")
    assert (answer.status, answer.headers.get("retry-after")) == (503, "1")


def test_a_denied_write_is_answered_with_500_and_no_retry_after(world: World) -> None:
    with world.calls.by(refuse(WRITE, "AccessDeniedException")):
        answer = world.send_form()
    assert answer.status == 500
    assert answer.json()["title"] == "Internal Server Error"
    assert "retry-after" not in answer.headers


def test_a_transaction_with_a_validation_error_is_answered_with_500(world: World) -> None:
    with world.calls.by(refuse(WRITE, "TransactionCanceledException", **cancelled("None", "ValidationError"))):
        assert world.send_form().status == 500


@pytest.mark.parametrize("operation", ["GetItem", "Query", WRITE])
def test_a_timer_that_finds_the_table_busy_runs_again(world: World, operation: str) -> None:
    assert world.send_form().status == 202
    world.settle()
    with world.calls.by(refuse(operation, "ThrottlingException", times=2)):
        world.wait(timedelta(minutes=46))
    assert world.stack.happened().count("HandoffReassigned") == 1
    world.stack.must_be_consistent()


def test_a_mail_that_cannot_be_sent_is_tried_again_and_sent_once(world: World) -> None:
    assert world.send_form().status == 202
    with world.calls.by(refuse("Publish", "Throttled", times=2)):
        world.settle()
    assert len(world.mails) == 1


def test_an_alert_is_recorded_although_other_writes_conflict_on_the_lead(world: World) -> None:
    assert world.send_form().status == 202
    conflict = cancelled("None", "TransactionConflict")
    with world.calls.by(refuse(WRITE, "TransactionCanceledException", times=3, **conflict)):
        world.settle()
    assert len(world.mails) == 1
    assert world.stack.happened().count("OwnerNotified") == 1
    world.stack.must_be_consistent()


def test_an_alert_whose_record_conflicts_every_time_is_sent_once_and_not_recorded(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retries, "PATIENCE_SECONDS", 0.05)  # a setting: twelve seconds would show no more
    assert world.send_form().status == 202
    records = world.new_records()
    with world.calls.by(refuse(WRITE, "TransactionCanceledException", **cancelled("None", "TransactionConflict"))):
        world.deliver_records(records)
        world.settle_bus()
    world.deliver_records(records)
    world.settle()
    assert len(world.mails) == 1
    assert "OwnerNotified" not in world.stack.happened()


def test_an_event_that_the_bus_refuses_is_published_again_with_the_later_events_in_order(world: World) -> None:
    assert world.send_form().status == 202
    sent: list[list[str]] = []

    def refuse_the_second(call: Call, carry: Carry) -> Any:
        if call.operation != "PutEvents":
            return carry()
        sent.append([entry["DetailType"] for entry in call.parameters["Entries"]])
        if len(sent) > 1:
            return carry()
        return {"Entries": [{"EventId": "1"}, {"ErrorCode": "ThrottlingException"}, {"EventId": "3"}]}

    with world.calls.by(refuse_the_second):
        world.settle()
    first, again = ["LeadCaptured", "SignalRecorded", "HandoffOffered"], ["SignalRecorded", "HandoffOffered"]
    assert sent == [first, again, ["OwnerNotified"]]
    assert len(world.mails) == 1


def test_an_unreadable_stream_record_goes_to_the_queue_and_holds_up_no_other_event(world: World) -> None:
    assert world.send_form().status == 202
    records = world.new_records()
    first = next(filter(tells_of_event, records))
    lead = next(each for each in records if not tells_of_event(each))
    broken = [{**each, "dynamodb": {**each["dynamodb"], "NewImage": {"body": {"S": "{"}}}} for each in (first, lead)]
    world.deliver_records([*broken, *(each for each in records if each not in (first, lead))])
    world.settle_bus()
    assert len(world.mails) == 1
    kept = world.stack.take("UnpublishedQueue")
    assert [each["sk"] for each in kept] == ["EVENT#00000001", "LEAD"]
    assert "anna" not in str(kept)
