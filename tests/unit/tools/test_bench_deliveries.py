"""The bench delivers what AWS would, as the template says, and counts the transitions that AWS bills."""

from datetime import UTC, datetime

import pytest

from bench.lean.deliveries import folder_of, passes, receivers, stream_readers, stream_record
from bench.lean.timer_machine import Execution

TEMPLATE = {
    "Resources": {
        "NotifySalesFunction": {
            "Type": "AWS::Serverless::Function",
            "Properties": {
                "CodeUri": "functions/notify_sales",
                "Events": {
                    "Handoffs": {
                        "Type": "EventBridgeRule",
                        "Properties": {"EventBusName": "Bus", "Pattern": {"detail-type": ["HandoffOffered"]}},
                    }
                },
            },
        },
        "Timer": {
            "Type": "AWS::Serverless::StateMachine",
            "Properties": {
                "Events": {
                    "Deadline": {
                        "Type": "EventBridgeRule",
                        "Properties": {
                            "EventBusName": "Bus",
                            "Pattern": {"detail": {"due_at": [{"exists": True}]}},
                            "InputPath": "$.detail",
                        },
                    }
                }
            },
        },
        "MailRule": {
            "Type": "AWS::Events::Rule",
            "Properties": {
                "EventBusName": "Bus",
                "EventPattern": {"detail-type": ["HandoffReminded"]},
                "Targets": [{"Id": "queue", "Arn": "MailQueue.Arn"}],
            },
        },
        "PublishEventsFunction": {
            "Type": "AWS::Serverless::Function",
            "Properties": {
                "CodeUri": "functions/publish_events",
                "Events": {
                    "Stream": {
                        "Type": "DynamoDB",
                        "Properties": {
                            "FilterCriteria": {
                                "Filters": [
                                    {"Pattern": '{"dynamodb": {"Keys": {"sk": {"S": [{"prefix": "EVENT#"}]}}}}'}
                                ]
                            }
                        },
                    }
                },
            },
        },
    }
}


def _event(kind: str, **detail: str) -> dict[str, object]:
    return {"source": "baton", "detail-type": kind, "detail": {"lead_id": "l-1", **detail}}


@pytest.mark.parametrize(
    ("event", "who"),
    [
        (_event("HandoffOffered", due_at="2026-11-03T09:15:00Z"), ["NotifySalesFunction", "Timer"]),
        (_event("HandoffReminded"), ["MailQueue"]),
        (_event("LeadUpdated"), []),
    ],
)
def test_an_event_goes_to_whom_the_templates_rules_name(event: dict[str, object], who: list[str]) -> None:
    assert [found.logical_id for found in receivers(TEMPLATE, event)] == who


def test_a_receiver_gets_the_part_that_its_rule_cuts_out() -> None:
    event = _event("HandoffOffered", due_at="2026-11-03T09:15:00Z")
    whole, detail = receivers(TEMPLATE, event)
    assert (whole.takes(event), detail.takes(event)) == (event, event["detail"])


def test_the_streams_filter_lets_through_what_its_pattern_names() -> None:
    ((reader, patterns),) = stream_readers(TEMPLATE)
    event = stream_record(0, {}, {"pk": {"S": "LEAD#1"}, "sk": {"S": "EVENT#1"}, "body": {"B": b"\x00"}})
    lead = stream_record(1, {}, {"pk": {"S": "LEAD#1"}, "sk": {"S": "LEAD"}})
    assert folder_of(TEMPLATE, reader) == "publish_events"
    assert (passes(event, patterns), passes(lead, patterns)) == (True, False)
    assert event["dynamodb"]["NewImage"]["body"] == {"B": "AA=="}


WITH_CHOICE = {
    "StartAt": "Wait",
    "States": {
        "Wait": {"Type": "Wait", "Next": "Look"},
        "Look": {"Type": "Task", "Output": "{% $merge([]) %}", "Next": "Again"},
        "Again": {"Type": "Choice", "Choices": [{"Next": "Wait"}], "Default": "Done"},
        "Done": {"Type": "Succeed"},
    },
}
WITH_ERROR = {
    "StartAt": "Wait",
    "States": {
        "Wait": {"Type": "Wait", "Next": "Look"},
        "Look": {
            "Type": "Task",
            "Output": "{% $states.result.Payload.due_at = null ? $error('no more') : $merge([]) %}",
            "Catch": [{"ErrorEquals": ["States.QueryEvaluationError"], "Next": "Done"}],
            "Next": "Wait",
        },
        "Done": {"Type": "Succeed"},
    },
}


@pytest.mark.parametrize(("definition", "transitions"), [(WITH_CHOICE, 3 * 3 + 1), (WITH_ERROR, 3 * 2 + 1)])
def test_each_state_that_a_timer_enters_is_a_transition(definition: dict[str, object], transitions: int) -> None:
    timer = Execution(definition, {"due_at": "2026-11-03T09:15:00Z"})
    answers = iter(["2026-11-03T11:00:00Z", "2026-11-04T09:00:00Z", None])
    timer.begin()
    assert timer.wakes_at == datetime(2026, 11, 3, 9, 15, tzinfo=UTC)
    while timer.wakes_at:
        timer.wake(lambda _: {"due_at": next(answers)})
    assert timer.transitions == transitions
